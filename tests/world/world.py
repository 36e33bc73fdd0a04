#!/usr/bin/env python3
"""A small world of web sites on loopback, for the tests of stet and for its demo.

    world.py --run DIR [--clock TIME] [--no-tls] [--daemon] [--parent PID]
             [--http-port N] [--tls-port N]
    world.py --expected [--clock TIME] [--scheme http|https]
    world.py --faults

DIR/env (shell variables) appears when everything listens.  Python 3.11 and
its standard library; nginx and openssl(1) for HTTPS.  See README.md.
"""

import argparse
import asyncio
import datetime
import json
import os
import signal
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # leave no __pycache__ in the tree

import courier
import origin
import record
import sites
import tls


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(prog="world.py", description="A world to crawl, on loopback.")
    parser.add_argument("--run", help="folder for logs, keys and the env file")
    parser.add_argument("--clock", help="stop the world's clock at this time (RFC 3339)")
    parser.add_argument("--no-tls", action="store_true", help="plain HTTP only")
    parser.add_argument("--daemon", action="store_true", help="return when ready, run behind")
    parser.add_argument("--parent", type=int, default=0, help="end when this process is gone")
    parser.add_argument("--http-port", type=int, default=0)
    parser.add_argument("--tls-port", type=int, default=0)
    parser.add_argument("--expected", action="store_true", help="print what the front article needs")
    parser.add_argument("--scheme", default="http", choices=("http", "https"))
    parser.add_argument("--faults", action="store_true", help="print the catalogue of faults")
    return parser.parse_args()


def clock(text):
    """A function that tells the world's time: stopped, or the real one."""
    if text:
        stopped = courier.moment(text).astimezone(datetime.timezone.utc)
        return lambda: stopped
    return lambda: datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def quoted(text):
    """A value for a shell file."""
    return "'" + str(text).replace("'", "'\\''") + "'"


def write_env(run, http_port, tls_port, authority):
    """DIR/env, complete at once."""
    options = f"--connect-to :80:127.0.0.1:{http_port} --allow-address 127.0.0.0/8"
    if tls_port:
        options += f" --connect-to :443:127.0.0.1:{tls_port} --cacert {authority}"
    values = {
        "WORLD_RUN": run,
        "WORLD_HTTP_PORT": http_port,
        "WORLD_TLS_PORT": tls_port or "",
        "WORLD_CA": authority or "",
        "WORLD_LOG": os.path.join(run, "requests.jsonl"),
        "WORLD_SENT": os.path.join(run, "sent"),
        "WORLD_PID": os.getpid(),
        "WORLD_STET_OPTS": options,
        "WORLD_FRONT": "http://www.thecourier.example" + courier.STORIES["front"].path,
    }
    path = os.path.join(run, "env")
    with open(path + ".new", "w", encoding="utf-8") as out:
        out.write("".join(f"{name}={quoted(value)}\n" for name, value in values.items()))
    os.rename(path + ".new", path)


def birth(pid):
    """When a process was started, in the kernel's ticks, or None when it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return None if fields[0] == "Z" else fields[19]
    except OSError:
        return None


async def watch(parent, stop):
    """Set `stop` when the parent process is gone."""
    born = birth(parent)
    while born is not None and birth(parent) == born:
        await asyncio.sleep(0.5)
    stop.set()


async def live(options, run):
    """Start the origin and nginx, serve until told to end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    now = clock(options.clock)
    diary = record.Diary(run)
    server = origin.Origin(lambda request: sites.answer(request, now()), diary)
    http_port = await server.start(options.http_port)
    nginx, tls_port, authority = None, 0, None
    if not options.no_tls:
        authority = tls.certificates(run, sites.certificate_names())
        nginx, tls_port = tls.start_nginx(run, options.tls_port, http_port)
    watcher = asyncio.create_task(watch(options.parent, stop)) if options.parent else None
    write_env(run, http_port, tls_port, authority)
    await stop.wait()
    if watcher:
        watcher.cancel()
    if nginx:
        nginx.terminate()
    await server.stop()
    diary.close()
    if nginx:
        nginx.wait()


def behind(run):
    """Start this program again as a daemon and wait for its env file; the status."""
    words = [sys.executable, *[w for w in sys.argv if w != "--daemon"]]
    with open(os.path.join(run, "world.log"), "ab") as log:
        child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    for _ in range(1500):
        if os.path.exists(os.path.join(run, "env")):
            return 0
        if child.poll() is not None:
            break
        time.sleep(0.02)
    with open(os.path.join(run, "world.log"), encoding="utf-8", errors="replace") as log:
        sys.stderr.write("world: did not start\n" + log.read())
    return 3


def serve(options):
    """Make the folder and live in it."""
    run = os.path.abspath(options.run)
    os.makedirs(run, exist_ok=True)
    if os.path.exists(os.path.join(run, "env")):
        os.unlink(os.path.join(run, "env"))
    if options.daemon:
        return behind(run)
    with open(os.path.join(run, "pid"), "w", encoding="ascii") as out:
        out.write(f"{os.getpid()}\n")
    try:
        asyncio.run(live(options, run))
    finally:
        os.unlink(os.path.join(run, "pid"))
    return 0


def main():
    """The status to exit with."""
    options = arguments()
    if options.expected:
        import expected

        print(json.dumps(expected.everything(clock(options.clock)(), options.scheme), indent=1))
        return 0
    if options.faults:
        import faults

        print(json.dumps(faults.catalogue(), indent=1))
        return 0
    if not options.run:
        sys.stderr.write("world.py: --run DIR, --expected or --faults\n")
        return 2
    return serve(options)


if __name__ == "__main__":
    sys.exit(main())
