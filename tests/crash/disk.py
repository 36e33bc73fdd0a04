"""A disk as a crash leaves it: what a program did to a folder, read from
strace's record of it, and what of that had to be there, or could be, had the
power gone at any point.

The model is that of a journaling file system: bytes that were written since
a file was last synced may be there or not, each sector by itself and in any
order; names (made, renamed, removed) come back in order, up to some point not
before the last sync of their folder or of a file that was made in it."""

import os
import re
import subprocess

SECTOR = 512
TRACED = ("openat,pwrite64,write,writev,pwritev,ftruncate,rename,renameat,renameat2,unlink,"
          "unlinkat,mkdir,mkdirat,fsync,fdatasync,sync_file_range,copy_file_range,fallocate")
LINE = re.compile(r"(\d+) +(.*)$", re.S)
CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)(<.*>)?.*$", re.S)


def trace(command, out, env=None):
    """Runs a command under strace; its record goes to the file `out`."""
    return subprocess.run(["strace", "-f", "-y", "-xx", "-qq", "-s", "1000000000", "-o", out,
                           "-e", "trace=" + TRACED, *command], env=env, capture_output=True, text=True)


def text(escaped):
    return bytes.fromhex(escaped.replace("\\x", ""))


def split(args):
    """Arguments at commas that are in no string or bracket."""
    out, depth, quoted, at = [], 0, False, 0
    for i, c in enumerate(args):
        if c == '"':
            quoted = not quoted
        elif not quoted and c in "<[{(":
            depth += 1
        elif not quoted and c in ">]})":
            depth -= 1
        elif c == "," and not quoted and depth == 0:
            out.append(args[at:i].strip())
            at = i + 1
    out.append(args[at:].strip())
    return out


def calls(path):
    """(name, arguments, result, started) of each call that ended, in the order
    of their ends; started is how many had ended when it began."""
    begun, ended = {}, 0
    for line in open(path, encoding="ascii"):
        pid, rest = LINE.match(line.rstrip("\n")).groups()
        if rest.endswith("<unfinished ...>"):
            begun[pid] = (rest[:-len("<unfinished ...>")], ended)
            continue
        started = ended
        if rest.startswith("<... "):
            head, started = begun.pop(pid)
            rest = head + rest[rest.index("resumed>") + len("resumed>"):]
        m = CALL.match(rest)
        if m:
            ended += 1
            yield m.group(1), split(m.group(2)), int(m.group(3)), started


class Unknown(Exception):
    """The record has a call that this model does not know."""


def path_of(arg, root):
    """The name in the folder of "…" or of a descriptor; None: elsewhere."""
    m = re.search(r'["<]((?:\\x[0-9a-f]{2})*)[">]', arg)
    name = text(m.group(1)).decode() if m else ""
    if name.endswith(" (deleted)"):  # a file without a name is gone with its writer
        return None
    return os.path.relpath(name, root) if name == root or name.startswith(root + "/") else None


def operations(record, root):
    """What was done in the folder `root`, as tuples:
    ("make", name) ("write", name, offset, data) ("cut", name, size)
    ("rename", from, to) ("remove", name) ("folder", name) ("sync", name, started)."""
    out, index = [], [0]
    for name, args, result, started in calls(record):
        op = operation(name, args, result, root)
        if op and op[0] == "sync":
            op += (index[started],)
        if op:
            out.append(op)
        index.append(len(out))
    return out


def operation(name, args, result, root):
    if result < 0:
        return None
    if name == "openat":
        path = path_of(args[1], root)
        if path is None or "O_CREAT" not in args[2]:
            return None
        return ("create", path, "O_TRUNC" in args[2])
    if name.startswith("rename"):
        pair = args if name == "rename" else [args[1], args[3]]
        old, new = (path_of(a, root) for a in pair[:2])
        return ("rename", old, new) if old else None
    if name in ("unlink", "unlinkat", "mkdir", "mkdirat"):
        path = path_of(args[1] if name.endswith("at") else args[0], root)
        return path and ("folder" if name.startswith("mkdir") else "remove", path)
    path = path_of(args[0], root)
    if path is None:
        return None
    if name == "pwrite64":
        data = text(args[1].strip('"'))[:result]
        return ("write", path, int(args[3]), data)
    if name == "ftruncate":
        return ("cut", path, int(args[1]))
    if name in ("fsync", "fdatasync"):
        return ("sync", path)
    raise Unknown(f"{name} in {path}")


class File:
    """Bytes that are safe, and changes that are not yet."""

    def __init__(self):
        self.safe = bytearray()
        self.pending = []  # (index of the operation, offset or None, data or size)

    def sync(self, before):
        """All that was done before operation number `before` is safe."""
        done = [p for p in self.pending if p[0] < before]
        self.pending = [p for p in self.pending if p[0] >= before]
        for _, offset, what in done:
            apply(self.safe, offset, what)

    def after_crash(self, rng, keep):
        """Its bytes when each pending sector is kept with that chance."""
        data = bytearray(self.safe)
        changes = []
        for _, offset, what in self.pending:
            if offset is None:
                changes.append((None, what))
                continue
            at = 0
            while at < len(what):
                end = min(len(what), (offset + at) // SECTOR * SECTOR + SECTOR - offset)
                changes.append((offset + at, what[at:end]))
                at = end
        for offset, what in changes:
            if rng.random() < keep:
                apply(data, offset, what)
        return bytes(data)


def apply(data, offset, what):
    if offset is None:
        del data[what:]
        data.extend(bytes(what - len(data)))
    else:
        data.extend(bytes(max(0, offset - len(data))))
        data[offset:offset + len(what)] = what


class Disk:
    """The folder as its operations go on."""

    def __init__(self, ignored=lambda name: False):
        self.ignored = ignored  # syncs of such files do nothing
        self.names = {}         # as the program sees them: name -> File
        self.safe_names = {}
        self.folders = set()
        self.pending_names = []  # (index, function of the names, names it concerns)
        self.index = 0

    def note(self, change, *concerned):
        change(self.names)
        self.pending_names.append((self.index, change, concerned))

    def settle_names(self, until):
        for _, change, _ in self.pending_names[:until]:
            change(self.safe_names)
        del self.pending_names[:until]

    def step(self, op):
        kind, name = op[0], op[1]
        if kind == "create":
            if name not in self.names:
                new = File()
                self.note(lambda names: names.__setitem__(name, new), name)
            elif op[2]:
                self.names[name].pending.append((self.index, None, 0))
        elif kind == "write":
            self.names[name].pending.append((self.index, op[2], op[3]))
        elif kind == "cut":
            self.names[name].pending.append((self.index, None, op[2]))
        elif kind == "rename":
            def move(names, old=op[1], new=op[2]):
                if old in names:
                    names[new] = names.pop(old)
            self.note(move, op[1], op[2])
        elif kind == "remove":
            self.note(lambda names: names.pop(name, None), name)
        elif kind == "folder":
            self.folders.add(name)
        elif kind == "sync" and not self.ignored(name):
            self.sync(name, op[2])
        self.index += 1

    def sync(self, name, before):
        """The journal is written in order: with one name all before it."""
        if name in self.names:
            self.names[name].sync(before)
        last = 0
        for i, (index, _, concerned) in enumerate(self.pending_names):
            inside = any(c == name or (name in self.folders | {"."} and
                                       (os.path.dirname(c) or ".") == name) for c in concerned)
            if index < before and inside:
                last = i + 1
        self.settle_names(last)

    def after_crash(self, rng):
        """name -> bytes of one state that the disk may be in."""
        names = dict(self.safe_names)
        for _, change, _ in self.pending_names[:rng.randint(0, len(self.pending_names))]:
            change(names)
        keep = rng.choice((0.0, 0.3, 0.7, 1.0))
        return {name: file.after_crash(rng, keep) for name, file in names.items()}

    def write_to(self, folder, state):
        for name in self.folders:
            os.makedirs(os.path.join(folder, name), exist_ok=True)
        os.makedirs(folder, exist_ok=True)
        for name, data in state.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data)
