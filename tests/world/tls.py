"""HTTPS for the world: a test authority made by openssl(1), and nginx in front.

nginx speaks TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2, and hands every request to
the origin over HTTP/1.1 with its Host.  All its files lie in the run folder,
and it ends when the world ends, however that happens.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time

CONF = """\
daemon off;
{user}worker_processes 1;
pid {run}/nginx/pid;
error_log {run}/nginx/error.log warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  server_tokens off;
  client_body_temp_path {run}/nginx/body;
  proxy_temp_path {run}/nginx/proxy;
  fastcgi_temp_path {run}/nginx/fastcgi;
  uwsgi_temp_path {run}/nginx/uwsgi;
  scgi_temp_path {run}/nginx/scgi;
  merge_slashes off;
  ignore_invalid_headers off;
  underscores_in_headers on;
  large_client_header_buffers 8 64k;
  keepalive_requests 100000;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache off;
  proxy_http_version 1.1;
  proxy_buffering off;
  proxy_buffer_size 64k;
  proxy_buffers 4 64k;
  proxy_max_temp_file_size 0;
  proxy_read_timeout 600s;
  proxy_next_upstream off;
  proxy_pass_header Server;
  proxy_pass_header Date;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-Proto https;
  proxy_set_header X-World-Via "nginx $server_protocol $ssl_protocol";
{servers}}}
"""

SERVER = """\
  server {{
    listen 127.0.0.1:{port} ssl http2{default};
    server_name {name};
    ssl_certificate {run}/tls/{cert}.pem;
    ssl_certificate_key {run}/tls/{cert}.key;
    location / {{ proxy_pass http://127.0.0.1:{upstream}; }}
  }}
"""

# Hosts whose certificate no honest client accepts -> name of the certificate.
BAD = {"badcert.example": "selfsigned", "expired.example": "expired", "wrongname.example": "wrongname"}


def openssl(*words):
    """Run openssl(1); its words are shown when it fails."""
    subprocess.run(["openssl", *words], check=True, capture_output=True, stdin=subprocess.DEVNULL)


def new_key(tls, name):
    """A P-256 key."""
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{tls}/{name}.key")


def new_leaf(tls, name, hosts, days):
    """A certificate for hosts, signed by the authority, with its chain."""
    new_key(tls, name)
    openssl("req", "-new", "-key", f"{tls}/{name}.key", "-subj", f"/CN={hosts[0]}", "-out", f"{tls}/{name}.csr")
    with open(f"{tls}/{name}.ext", "w", encoding="ascii") as out:
        out.write("basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=")
        out.write(",".join(f"DNS:{host}" for host in hosts) + "\n")
    openssl(
        "x509", "-req", "-in", f"{tls}/{name}.csr", "-CA", f"{tls}/ca.pem", "-CAkey", f"{tls}/ca.key",
        "-CAcreateserial", "-days", str(days), "-extfile", f"{tls}/{name}.ext", "-out", f"{tls}/{name}.pem",
    )


def certificates(run, hosts):
    """The authority, the good leaf and the bad ones; the authority's path."""
    tls = os.path.join(run, "tls")
    os.makedirs(tls, exist_ok=True)
    new_key(tls, "ca")
    openssl(
        "req", "-x509", "-new", "-key", f"{tls}/ca.key", "-subj", "/CN=Test authority of the world",
        "-days", "3650", "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", f"{tls}/ca.pem",
    )
    new_leaf(tls, "good", hosts, 3650)
    new_leaf(tls, "expired", ["expired.example"], -1)
    new_leaf(tls, "wrongname", ["somebody-else.example"], 3650)
    new_key(tls, "selfsigned")
    openssl(
        "req", "-x509", "-new", "-key", f"{tls}/selfsigned.key", "-subj", "/CN=badcert.example",
        "-addext", "subjectAltName=DNS:badcert.example", "-days", "3650", "-out", f"{tls}/selfsigned.pem",
    )
    return f"{tls}/ca.pem"


def free_port():
    """A loopback port that nobody has now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def die_with_parent():
    """In the child: SIGTERM when the parent is gone (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def write_conf(run, port, upstream):
    """The configuration file; its path."""
    servers = SERVER.format(
        port=port, default=" default_server", name="_", cert="good", run=run, upstream=upstream
    )
    for name, cert in BAD.items():
        servers += SERVER.format(port=port, default="", name=name, cert=cert, run=run, upstream=upstream)
    user = "user root root;\n" if os.geteuid() == 0 else ""
    path = os.path.join(run, "nginx", "nginx.conf")
    with open(path, "w", encoding="utf-8") as out:
        out.write(CONF.format(user=user, run=run, servers=servers))
    return path


def nginx_program():
    """Where nginx is, or None."""
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def start_nginx(run, port, upstream):
    """Start nginx and wait until it listens: (process, port)."""
    program = nginx_program()
    if not program or not shutil.which("openssl"):
        raise SystemExit("world: HTTPS needs nginx and openssl (or say --no-tls)")
    os.makedirs(os.path.join(run, "nginx"), exist_ok=True)
    port = port or free_port()
    conf = write_conf(run, port, upstream)
    process = subprocess.Popen(
        [program, "-p", run, "-e", f"{run}/nginx/error.log", "-c", conf],
        preexec_fn=die_with_parent, stdin=subprocess.DEVNULL,
    )
    for _ in range(200):
        if process.poll() is not None:
            with open(f"{run}/nginx/error.log", encoding="utf-8") as log:
                raise SystemExit("world: nginx did not start:\n" + log.read())
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process, port
        except OSError:
            time.sleep(0.02)
    process.terminate()
    raise SystemExit("world: nginx does not listen")
