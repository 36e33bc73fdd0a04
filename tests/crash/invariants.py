"""What must hold of an archive after a crash and the run that went on: read
with the standard library alone (tools/plain_warc.py), not with stet."""

import collections
import json
import pathlib
import subprocess
import sys
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import plain_warc  # noqa: E402

CAPTURES = ("response", "revisit")


def read_files(archive, folder="archive"):
    """[(file name, Record)] of every file, and what is wrong with them."""
    found, wrong = [], []
    for path in sorted(pathlib.Path(archive, folder).iterdir()):
        if path.name.endswith(".open"):
            wrong.append(f"{path.name}: still open after the run ended")
        try:
            found += [(path.name, r) for r in plain_warc.records(path)]
        except (plain_warc.Broken, ValueError, zlib.error) as e:
            wrong.append(f"{path.name}: {e}")
    return found, wrong


def is_known(archive):
    """True once a run is committed there: then it is gone on with by the
    archive's name alone, for it may even have ended."""
    code = ("import sqlite3, sys; db = sqlite3.connect(sys.argv[1]);"
            "print(db.execute('SELECT count(*) FROM run').fetchone()[0])")
    done = subprocess.run([sys.executable, "-c", code, str(pathlib.Path(archive, "stet.db"))],
                          capture_output=True, text=True)
    return done.returncode == 0 and int(done.stdout) > 0


def check_digests(records):
    for name, r in records:
        label = r["WARC-Block-Digest"]
        if label and plain_warc.digest(label, r.block) != label:
            yield f"{name} at {r.offset}: the block digest of {r.url}"


def check_groups(records):
    """Each capture has its request beside it, each id is there once, and a
    revisit's original is in the archive."""
    ids = collections.Counter(r["WARC-Record-ID"] for _, r in records)
    yield from (f"record id {i} {n} times" for i, n in ids.items() if n > 1)
    asked = {r["WARC-Concurrent-To"] for _, r in records if r.type == "request"}
    originals = {(r.url, r["WARC-Date"]) for _, r in records if r.type == "response"}
    for name, r in records:
        if r.type in CAPTURES and r["WARC-Record-ID"] not in asked:
            yield f"{name} at {r.offset}: no request for {r.url}"
        if r.type == "revisit":
            to = (r["WARC-Refers-To-Target-URI"], r["WARC-Refers-To-Date"])
            if to not in originals:
                yield f"{name} at {r.offset}: {r.url} refers to what is not there"


def check_index(archive, records):
    """A line for each capture and no other, in order, where it says."""
    at = {(name, r.offset, r.length): r for name, r in records}
    lines = pathlib.Path(archive, "indexes", "index.cdx").read_bytes().splitlines()
    keys = [line.partition(b"{")[0] for line in lines]
    if keys != sorted(keys):
        yield "index.cdx is not sorted"
    seen = set()
    for line in lines:
        fields = json.loads(line[line.index(b"{"):])
        place = (fields["filename"], int(fields["offset"]), int(fields["length"]))
        record = at.get(place)
        if record is None or record.url != fields["url"]:
            yield f"index.cdx: {fields['url']} is not at {place}"
        if place in seen:
            yield f"index.cdx: {fields['url']} twice"
        seen.add(place)
    for place, r in at.items():
        if r.type in CAPTURES + ("resource",) and place not in seen:
            yield f"index.cdx: no line for {r.url}"


def check_lists(archive, captured):
    """Page lists and log are whole, and tell of what is there."""
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        path = pathlib.Path(archive, name)
        if path.exists():
            for line in path.read_text().splitlines()[1:]:
                if json.loads(line)["url"] not in captured:
                    yield f"{name}: {line[:120]}"
    lines = pathlib.Path(archive, "logs", "crawl.jsonl").read_text().splitlines()
    logged = collections.Counter(json.loads(line)["url"] for line in lines)
    yield from (f"crawl.jsonl: {u} {n} times" for u, n in logged.items() if n > 1)
    yield from (f"crawl.jsonl: nothing of {u}" for u in captured if u not in logged)


def violations(archive, want):
    """Everything that is wrong; want is the set of URLs that must be there,
    each captured exactly once."""
    records, wrong = read_files(archive)
    wrong += read_files(archive, "derived")[1]
    captured = collections.Counter(r.url for _, r in records if r.type in CAPTURES)
    wrong += [f"lost: {u}" for u in sorted(want - set(captured))]
    wrong += [f"not expected: {u}" for u in sorted(set(captured) - want)]
    wrong += [f"{n} times: {u}" for u, n in captured.items() if n > 1]
    wrong += check_digests(records)
    wrong += check_groups(records)
    wrong += check_index(archive, records)
    wrong += check_lists(archive, captured)
    return wrong
