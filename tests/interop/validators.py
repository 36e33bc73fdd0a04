"""gowarc, jwarc and JWAT over every file that stet wrote, and the samples.

They look at HTTP messages too, and in the archive of the faults these are
what servers get wrong; that the records are what was sent exact.py shows.
Anything else that a tool finds is stet's fault.
"""

import os
import re
import subprocess

from formats import HOME, count_members, run
from rig import TESTS

SAMPLES = TESTS.parent / "warc-samples"
PLANTED = str(SAMPLES / "bad" / "block-digest.warc")  # to see that they look

# What is said of a message's own head and framing.
OF_MESSAGES = {
    "gowarc": r"missing line separator at end of http headers|error in http response block: ",
    "jwarc": r"(invalid HTTP header|failed to read HTTP) Content-Length|"
             r"failed to read HTTP Content-Length|EOF reached before end of chunked encoding",
    "JWAT": r"$^",
}


def plain(text):
    """({file: records}, [(file, finding)]) of what our own readers print."""
    counts, findings = {}, []
    for line in text.splitlines():
        done = re.fullmatch(r"(.*): (\d+) records", line)
        if done:
            counts[done[1]] = int(done[2])
        else:
            name = re.match(r".*?\.warc(\.gz)?", line)
            findings.append((name[0] if name else "", line))
    return counts, findings


def gowarc(paths, _):
    return plain(run(os.path.join(HOME, "gowarc"), *paths).stdout)


def jwat(paths, _):
    source = TESTS / "interop" / "java" / "Jwat.java"
    done = run("java", "-cp", os.path.join(HOME, "jars", "*"), str(source), *paths)
    return plain(done.stdout + done.stderr)


def jwarc_run(paths):
    """It names files without their folders, and findings without files."""
    by_name = {os.path.basename(p): p for p in paths}
    done = subprocess.run(
        ["java", "-cp", os.path.join(HOME, "jars", "*"), "org.netpreserve.jwarc.tools.WarcTool",
         "validate", "--threads", "1", "--verbose", *paths],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    offsets, findings = {p: set() for p in paths}, []
    for line in done.stdout.splitlines():
        record = re.match(r"(.*): +offset (\d+) \(length", line)
        if record:
            offsets[by_name[record[1]]].add(record[2])
        elif "ERROR" in line or "xception" in line:
            findings.append((paths[0], line.strip()))
    if done.returncode != bool(findings):
        findings.append((paths[0], f"jwarc ended with {done.returncode}"))
    return {p: len(o) for p, o in offsets.items()}, findings


def jwarc(paths, faulty):
    """It ends with the first file that it finds something in: those in which
    it may go one at a time."""
    counts, findings = {}, []
    for some in [[p for p in paths if p not in faulty], *([p] for p in faulty if p in paths)]:
        if some:
            counts_of, found = jwarc_run(some)
            counts |= counts_of
            findings += found
    return counts, findings


def check_tool(tap, tool, read, groups, faulty):
    """groups: {name: files}; faulty: those that hold servers' faults."""
    tap.check(read([PLANTED], set())[1], f"{tool} finds a wrong digest")
    counts, findings = read([p for paths in groups.values() for p in paths], faulty)
    tap.none([f for p, f in findings if p not in counts], f"{tool} says nothing else")
    for name, paths in groups.items():
        want = {p: count_members(p) for p in paths}
        tap.same({p: counts.get(p) for p in paths}, want,
                 f"{tool} reads {sum(want.values())} records of {name}")
        here = [(p, f) for p, f in findings if p in paths]
        apart = [f for p, f in here if p in faulty and re.search(OF_MESSAGES[tool], f)]
        said = f", {len(apart)} messages of servers apart" if apart else ""
        tap.none([f for _, f in here if f not in apart], f"{tool} finds nothing in {name}{said}")


def check(tap, rooms, kit):
    groups = {name: room.warcs + room.derived for name, room in rooms.items()}
    groups["the samples"] = [str(p) for p in sorted(SAMPLES.glob("*.warc.gz"))]
    faulty = {*rooms["faults"].warcs, str(SAMPLES / "failures.warc.gz")}
    for tool, read, package in (("gowarc", gowarc, "gowarc"), ("jwarc", jwarc, "java"),
                                ("JWAT", jwat, "java")):
        if kit.ready(package):
            check_tool(tap, tool, read, groups, faulty)
        else:
            tap.skip(f"{tool} reads what stet wrote", kit.why(package))
