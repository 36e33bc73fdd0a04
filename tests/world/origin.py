"""A scripted HTTP/1.1 origin: reads requests, plays replies, writes the diary."""

import asyncio
import re
import socket
import struct

import actions as act

MAX_HEAD = 4 * 1024 * 1024
PIECE = 64 * 1024
HEADER = re.compile(r"([^:]*):[ \t]*(.*?)[ \t]*$", re.S)


class Request:
    """One request head, with the header lines as they came."""

    def __init__(self, head):
        lines = head.decode("latin-1").split("\r\n")
        words = lines[0].split(" ")
        self.valid = len(words) == 3
        self.method, self.target, self.version = words if self.valid else ("", lines[0], "")
        self.headers = []
        for line in lines[1:]:
            match = HEADER.match(line)
            if line:
                self.headers.append(list(match.groups()) if match else [line, ""])
        self.host, self.path, self.query = self._locate()
        self.scheme = self.get("x-forwarded-proto") or "http"
        self.via = "nginx" if self.get("x-world-via") else "direct"

    def _locate(self):
        """Host, path and query, from an origin-form or absolute-form target."""
        target, host = self.target, self.get("host") or ""
        match = re.match(r"https?://([^/?#]*)(.*)$", target, re.I)
        if match:
            host, target = match.group(1), match.group(2) or "/"
        host = re.sub(r":\d*$", "", host).lower()
        path, _, query = target.partition("?")
        return host, path, query

    def get(self, name):
        """The first value of a header, or None."""
        for key, value in self.headers:
            if key.lower() == name:
                return value
        return None

    @property
    def keeps_alive(self):
        """Whether the client wants the connection afterwards."""
        wish = (self.get("connection") or "").lower()
        if self.version == "HTTP/1.0":
            return "keep-alive" in wish
        return "close" not in wish


class Origin:
    """Accepts connections and answers by `answer(request) -> [action]`."""

    def __init__(self, answer, diary):
        self.answer = answer
        self.diary = diary
        self.connections = 0
        self.tasks = set()

    async def start(self, port):
        """Listen on loopback; the port that was got."""
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", port, limit=MAX_HEAD)
        self.port = self.server.sockets[0].getsockname()[1]
        return self.port

    async def stop(self):
        """Close the listener, end what is being played, note it."""
        self.server.close()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _serve(self, reader, writer):
        self.connections += 1
        number = self.connections
        task = asyncio.current_task()
        self.tasks.add(task)
        writer.transport.set_write_buffer_limits(high=0)
        try:
            while await self._exchange(number, reader, writer):
                pass
        except (ConnectionError, TimeoutError, asyncio.CancelledError):
            pass
        finally:
            self.tasks.discard(task)
            writer.close()

    async def _exchange(self, connection, reader, writer):
        """One request and its reply; true when another may follow."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return False
        request = Request(head)
        length = request.get("content-length") or "0"
        if length.isdigit():
            await reader.readexactly(int(length))
        exchange = self.diary.begin(connection, self.port, request)
        try:
            keep = await play(self.answer(request), reader, writer, exchange)
        except BaseException:
            exchange.finish(aborted=True)
            raise
        exchange.finish()
        return keep and request.keeps_alive


async def play(script, reader, writer, exchange):
    """Do what the script says; true when the connection may live on."""
    speaking = [i for i, step in enumerate(script) if isinstance(step, SPEAKING)]
    last = speaking[-1] if speaking else -1
    if last < 0:
        exchange.finish()
    for i, step in enumerate(script):
        if isinstance(step, act.Close):
            await writer.drain()
            return False
        if isinstance(step, act.Reset):
            await reset(writer)
            return False
        await STEPS[type(step)](step, reader, writer, exchange, i == last)
    return not isinstance(script[-1], act.Hold)


async def send(step, _reader, writer, exchange, last):
    """Send a block in pieces, noting each before it leaves."""
    part = {act.Send: "bin", act.Interim: "interim", act.Excess: "excess"}[type(step)]
    for at in range(0, len(step.data), PIECE):
        piece = step.data[at : at + PIECE]
        await put(piece, part, writer, exchange, last and at + PIECE >= len(step.data))
    if last:
        exchange.finish()


async def put(data, part, writer, exchange, last=False):
    """Note bytes, write the exchange down when they are the last, then let them go."""
    if writer.is_closing():
        raise ConnectionResetError
    exchange.add(part, data)
    if last:
        exchange.finish()
    writer.write(data)
    await writer.drain()


async def drip(step, _reader, writer, exchange, last):
    """Send a few bytes at a time."""
    for at in range(0, len(step.data), step.size):
        piece = step.data[at : at + step.size]
        await put(piece, "bin", writer, exchange, last and at + step.size >= len(step.data))
        await asyncio.sleep(step.seconds)


async def repeat(step, _reader, writer, exchange, _last):
    """Send the same bytes many times."""
    count = 0
    while step.times == 0 or count < step.times:
        await put(step.data, "bin", writer, exchange)
        await asyncio.sleep(step.seconds)
        count += 1


async def wait(step, *_):
    """Say nothing for a while."""
    await asyncio.sleep(step.seconds)


async def hold(step, reader, *_):
    """Say nothing until the client goes."""
    try:
        async with asyncio.timeout(step.seconds):
            while await reader.read(PIECE):
                pass
    except TimeoutError:
        pass


async def reset(writer):
    """RST: a moment for the client to read what it has, then linger 0."""
    await writer.drain()
    await asyncio.sleep(0.05)
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


SPEAKING = (act.Send, act.Interim, act.Excess, act.Drip, act.Repeat)
STEPS = {
    act.Send: send,
    act.Interim: send,
    act.Excess: send,
    act.Drip: drip,
    act.Repeat: repeat,
    act.Wait: wait,
    act.Hold: hold,
}
