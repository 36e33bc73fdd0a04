"""pywb over archive folders, in a folder of its own.

    with Pywb({"cluster": path}) as pywb:
        status, headers, body = pywb.get("cluster", "20200101000000", "id_", url)
"""

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time

http.client._MAXHEADERS = 10000  # one of the world's hosts sets 500 cookies


class Pywb:
    def __init__(self, collections, copy=False):
        """Each collection is a link to an archive folder, or with copy one
        with its own copy of the WARC files and no index yet."""
        self.folder = tempfile.mkdtemp(prefix="stet-pywb-")
        os.mkdir(os.path.join(self.folder, "collections"))
        for name, path in collections.items():
            to = os.path.join(self.folder, "collections", name)
            if copy:
                shutil.copytree(path, to)
            else:
                os.symlink(path, to)

    def manage(self, *args):
        done = subprocess.run(["wb-manager", *args], cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)

    def reindex(self, name):
        """wb-manager makes its own index; stet's is taken away first."""
        indexes = os.path.join(self.folder, "collections", name, "indexes")
        shutil.rmtree(indexes)
        os.mkdir(indexes)
        self.manage("reindex", name)
        return os.listdir(indexes)

    def unpack(self, name, wacz):
        """A new collection of what a WACZ holds."""
        self.manage("init", name)
        self.manage("add", "--unpack-wacz", name, wacz)
        return len(os.listdir(os.path.join(self.folder, "collections", name, "archive")))

    def __enter__(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self.log = open(os.path.join(self.folder, "log"), "w+")
        self.process = subprocess.Popen(["wayback", "-b", "127.0.0.1", "-p", str(self.port)],
                                        cwd=self.folder, stdout=self.log, stderr=self.log)
        end = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise RuntimeError("pywb did not start") from None
                time.sleep(0.2)

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, collection, stamp, mod, url):
        return f"http://{self.host}/{collection}/{stamp}{mod}/{url}"

    def get(self, collection, stamp, mod, url):
        """(status, headers, body) without following redirects."""
        c = http.client.HTTPConnection(self.host, timeout=60)
        c.request("GET", f"/{collection}/{stamp}{mod}/{url}", headers={"Accept-Encoding": "gzip"})
        answer = c.getresponse()
        result = answer.status, dict(answer.getheaders()), answer.read()
        c.close()
        return result
