"""warcio (PyPI and npm) and cdxj-indexer over every file that stet wrote."""

import collections
import json
import os
import subprocess

import plain_warc
from rig import stet

HOME = os.environ["INTEROP_HOME"]


def count_members(path):
    with open(path, "rb") as f:
        return sum(1 for _ in plain_warc.members(f.read()))


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def check_files(tap, rooms):
    """`warcio check` is content, both indexers see as many records as there
    are gzip members."""
    npm = os.path.join(HOME, "npm", "node_modules", ".bin", "warcio")
    for name, room in rooms.items():
        paths = room.warcs + room.derived
        done = run("warcio", "check", *paths)
        tap.check(done.returncode == 0 and not done.stdout and not done.stderr,
                  f"warcio check finds nothing in {name}", done.stdout, done.stderr)
        want = {os.path.basename(p): count_members(p) for p in paths}
        for who, program, fields in (("warcio", "warcio", ["-f", "filename,offset"]),
                                     ("npm's warcio", npm, ["-f", "filename", "-f", "offset"])):
            done = run(program, "index", *paths, *fields)
            seen = collections.Counter(os.path.basename(json.loads(line)["filename"])
                                       for line in done.stdout.splitlines())
            tap.same(dict(seen), want, f"{who} reads {sum(want.values())} records of {name}")


def parse_cdxj(text):
    """[(key, timestamp, {…})] of a CDXJ file."""
    lines = []
    for line in text.splitlines():
        key, stamp, rest = line.split(" ", 2)
        lines.append((key, stamp, json.loads(rest)))
    return lines


def records_by_place(room):
    return {(os.path.basename(p), r.offset): r for p in room.warcs for r in plain_warc.records(p)}


def known_difference(ours, theirs, record):
    """The rules by which two lines may differ, or None.

    chunked   stet leaves the payload digest of a record kept in chunks out of
              the record and puts the digest of the entity into the index;
              cdxj-indexer finds none and makes up its own, of what warcio
              hands it.
    cut       stet gives no digest to what is not whole; cdxj-indexer does.
    headless  a head too long to be read is kept as a cut record, and its line
              has neither status nor type; cdxj-indexer reads what is there.
    untyped   where the server named no type stet's line has the type that the
              bytes look like; cdxj-indexer's has none.
    """
    if ours[:2] != theirs[:2]:
        return None
    differ = {k for k in {**ours[2], **theirs[2]} if ours[2].get(k) != theirs[2].get(k)}
    rules = []
    if "digest" in differ and record["WARC-Payload-Digest"] is None:
        framing = (record.http_field("Transfer-Encoding") or "").lower()
        if record["WARC-Truncated"] and "digest" not in ours[2]:
            rules.append("cut")
            differ.discard("digest")
        elif "chunked" in framing:
            rules.append("chunked")
            differ.discard("digest")
    if record["WARC-Truncated"] and b"\r\n\r\n" not in record.block:
        rules.append("headless")
        differ -= {"mime", "status"}
    if "mime" in differ and not record.http_field("Content-Type") and "mime" not in theirs[2]:
        rules.append("untyped")
        differ.discard("mime")
    return " and ".join(rules) if not differ else None


def place(line):
    return line[2]["filename"], int(line[2]["offset"])


def compare(tap, name, ours, theirs, records):
    """Two indexes, line by line; False when some lines differ by a rule."""
    by_place = {place(line): line for line in theirs}
    rules, wrong = {}, []
    for line in ours:
        other = by_place.pop(place(line), None)
        if other == line:
            continue
        rule = known_difference(line, other, records[place(line)]) if other else None
        if rule:
            rules[rule] = rules.get(rule, 0) + 1
        else:
            wrong.append(f"ours {line}\ntheirs {other}")
    wrong += [f"only theirs: {line}" for line in by_place.values()]
    said = ", ".join(f"{n} by the rule '{r}'" for r, n in sorted(rules.items()))
    tap.none(wrong, f"{name} agree on {len(ours)} lines" + (f"; they differ in {said}" if said else ""))
    return not rules


def compare_indexes(tap, name, room):
    done = run("cdxj-indexer", "--sort", *room.warcs)
    made = stet("index", *room.warcs)
    with open(room.index) as f:
        text = f.read()
    lines = text.splitlines()
    tap.check(lines == sorted(lines, key=str.encode), f"{name}: index.cdx is sorted by byte")
    records = records_by_place(room)
    ours = parse_cdxj(text)
    if compare(tap, f"{name}: index.cdx and cdxj-indexer", ours, parse_cdxj(done.stdout), records):
        tap.check(done.stdout == text, f"{name}: and byte for byte")
    compare(tap, f"{name}: index.cdx and stet index", ours, parse_cdxj(made.stdout), records)


def check(tap, rooms):
    check_files(tap, rooms)
    for name, room in rooms.items():
        compare_indexes(tap, name, room)
