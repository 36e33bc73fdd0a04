"""What benchmarks run on: sites, nginx before them, and a stopwatch."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))

NGINX = """\
worker_processes 1; daemon off; pid {dir}/nginx.pid; error_log {dir}/nginx.err;
events {{ worker_connections 1024; }}
http {{
  log_format one '$request_method $request_uri $status $body_bytes_sent';
  access_log {dir}/requests.log one;
  client_body_temp_path {dir}/t; proxy_temp_path {dir}/t; fastcgi_temp_path {dir}/t;
  uwsgi_temp_path {dir}/t; scgi_temp_path {dir}/t;
  types {{ text/html html; text/css css; application/javascript js; image/jpeg jpg;
    image/png png; image/x-icon ico; font/woff2 woff2; application/rss+xml xml; text/plain txt; }}
  sendfile on; tcp_nopush on; tcp_nodelay on;
  keepalive_requests 10000000; keepalive_timeout 300;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
  server {{ listen 127.0.0.1:{tls} ssl http2; root {root};
    ssl_certificate {dir}/cert.pem; ssl_certificate_key {dir}/key.pem;
    ssl_session_cache shared:s:1m; }}
}}
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def is_free(port):
    with socket.socket() as s:
        try:
            s.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Site:
    """A made site; made anew only when its maker, or its port, changed."""

    def __init__(self, cache, kind, pages, scheme="http"):
        self.root = os.path.join(cache, f"{kind}-{pages}-{scheme}")
        makers = [os.path.join(HERE, n) for n in ("site.py", "prose.py")]
        stamp = max(os.path.getmtime(m) for m in makers)
        try:
            self.facts = json.load(open(self.root + ".json"))
            self.port = int(self.facts["base"].rsplit(":", 1)[1])
            fresh = os.path.getmtime(self.root + ".json") > stamp and is_free(self.port)
        except (OSError, ValueError):
            fresh = False
        if not fresh:
            self.make(kind, pages, scheme)

    def make(self, kind, pages, scheme):
        shutil.rmtree(self.root, ignore_errors=True)
        os.makedirs(self.root)
        self.port = free_port()
        subprocess.run([sys.executable, os.path.join(HERE, "site.py"), kind, str(pages),
                        self.root, f"{scheme}://127.0.0.1:{self.port}"], check=True)
        self.facts = json.load(open(self.root + ".json"))

    @property
    def base(self):
        return self.facts["base"]

    @property
    def list(self):
        return self.root + ".urls"

    def urls(self):
        return open(self.list).read().split()

    def file_of(self, url):
        return self.root + url[len(self.base):]


class Server:
    """nginx for one site; with `delay_ms`, TLS behind a way that long."""

    def __init__(self, site, folder, delay_tool=None, delay_ms=0):
        self.site, self.dir = site, folder
        os.makedirs(folder, exist_ok=True)
        self.processes = []
        tls = free_port()
        plain = site.port if delay_ms == 0 else free_port()
        self.cacert = os.path.join(folder, "cert.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
                        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-keyout", f"{folder}/key.pem", "-out", self.cacert],
                       check=True, stderr=subprocess.DEVNULL)
        conf = os.path.join(folder, "nginx.conf")
        with open(conf, "w") as f:
            f.write(NGINX.format(dir=folder, root=site.root, port=plain, tls=tls))
        self.start([shutil.which("nginx") or "/usr/sbin/nginx", "-c", conf], plain)
        if delay_ms:
            self.start([delay_tool, str(site.port), str(tls), str(delay_ms)], site.port)

    def start(self, command, port):
        self.processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        for _ in range(200):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(.02)
        sys.exit(f"bench: {command[0]} does not answer")

    def stop(self):
        for p in reversed(self.processes):
            p.send_signal(signal.SIGTERM)
            p.wait()

    def forget(self):
        """The log begins anew."""
        time.sleep(.1)
        os.truncate(os.path.join(self.dir, "requests.log"), 0)

    def requests(self):
        """[(path, status, bytes)] since forget()."""
        time.sleep(.1)
        with open(os.path.join(self.dir, "requests.log")) as f:
            rows = [line.split() for line in f]
        return [(r[1], int(r[2]), int(r[3])) for r in rows]


def measure(spend, command, cwd, time_limit=3000):
    """Runs to the end: wall clock and CPU in seconds, peak memory in MB."""
    spent = os.path.join(cwd, "spent")
    with open(os.path.join(cwd, "said"), "w") as said:
        subprocess.run([spend, spent, *command], cwd=cwd, stdout=said, stderr=said,
                       timeout=time_limit, check=True)
    status, wall, user, system, peak = open(spent).read().split()
    return {"wall": float(wall), "cpu": float(user) + float(system), "status": int(status),
            "rss": int(peak) / 1024}
