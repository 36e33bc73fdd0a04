"""Stored bytes against the bytes that the origin says it sent."""

import os

import plain_warc
from rig import url_of


def head_of(message):
    """The head of a message, its last empty line included."""
    end = message.find(b"\r\n\r\n")
    return message[:end + 4]


def by_url(room):
    """url -> ([responses and revisits], [failures]), each in order."""
    found = {}
    for path in room.warcs:
        for r in plain_warc.records(path):
            slot = found.setdefault(r.url, ([], []))
            if r.type in ("response", "revisit"):
                slot[0].append(r)
            elif r.type == "metadata" and any(n == "fetch-outcome" for n, _ in r.warc_fields()):
                slot[1].append(r)
    return found


def differs(record, sent):
    """Why a record is not what was sent, or None."""
    if (record["WARC-Profile"] or "").endswith("/server-not-modified"):
        # Replayers would take a 304 for the page's head: the metadata has it.
        return None if sent.startswith(b"HTTP/1.1 304 ") and not record.block else "it is no bare 304"
    if record.type == "revisit":
        return None if record.block == head_of(sent) else "the head of the revisit differs"
    if record.block == sent:
        return None
    if record["WARC-Truncated"] and sent.startswith(record.block):
        return None
    at = next((i for i, (a, b) in enumerate(zip(record.block, sent)) if a != b),
              min(len(record.block), len(sent)))
    return (f"{len(record.block)} bytes stored, {len(sent)} sent, first difference at {at}: "
            f"{record.block[at:at + 40]!r} / {sent[at:at + 40]!r}")


class Count:
    def __init__(self):
        self.exact = self.truncated = self.revisits = self.failures = 0

    def add(self, record):
        if record.type == "revisit":
            self.revisits += 1
        elif record["WARC-Truncated"]:
            self.truncated += 1
        else:
            self.exact += 1

    def __str__(self):
        parts = [(self.exact, "whole"), (self.revisits, "revisits by their heads"),
                 (self.truncated, "cut short and marked so"), (self.failures, "failure records")]
        return ", ".join(f"{n} {what}" for n, what in parts if n)


def check_http(tap, name, room):
    """Every exchange over plain http is in the archive as it was, or a
    failure record says what became of it."""
    found, count, wrong, failed = by_url(room), Count(), [], set()
    for entry in room.diary:
        if entry["scheme"] != "http" or entry["method"] != "GET":
            continue
        url = url_of(entry)
        records, failures = found.get(url, ([], []))
        if records:
            record = records.pop(0)
            why = differs(record, room.world.sent(entry))
            if why:
                wrong.append(f"{url}: {why}")
            else:
                count.add(record)
        elif failures:
            # One for all of its exchanges: libcurl asks again when it cannot
            # read a status line on a connection that had served before.
            count.failures += url not in failed
            failed.add(url)
        else:
            wrong.append(f"{url}: asked for, and no record of it ({entry})")
    wrong += [f"{url}: a response that nobody sent" for url, (rest, _) in found.items()
              if rest and url.startswith("http:")]
    tap.none(wrong, f"{name}: what is stored is what was sent ({count})")


def check_https(tap, name, room):
    """Over HTTP/2 the records say so, and bodies are what was sent."""
    found, wrong, n = by_url(room), [], 0
    sent = {}
    for entry in room.diary:
        if entry["scheme"] == "https":
            sent.setdefault(url_of(entry), []).append(room.world.sent(entry))
    for url, (records, _) in found.items():
        for r, message in zip(records, sent.get(url, [])):
            n += 1
            said = (r.all("WARC-Protocol"), r["WARC-IP-Address"])
            if said != (["h2", "tls/1.3"], "127.0.0.1"):
                wrong.append(f"{url}: WARC-Protocol and address {said}")
            if not (r["WARC-Cipher-Suite"] or "").startswith("TLS_"):
                wrong.append(f"{url}: WARC-Cipher-Suite {r['WARC-Cipher-Suite']}")
            first, _, body = r.http()
            if not first.startswith("HTTP/1.1 "):
                wrong.append(f"{url}: {first}")
            if r.type == "response" and body != body_of(message):
                wrong.append(f"{url}: the body differs")
    tap.check(n > 0, f"{name}: {n} exchanges over https are there")
    tap.none(wrong, f"{name}: they say h2, tls/1.3, cipher suite and address; bodies are exact")


def body_of(message):
    head, _, body = message.partition(b"\r\n\r\n")
    return plain_warc.unchunk(body) if b"chunked" in head.lower() else body


def check(tap, rooms):
    for name, room in rooms.items():
        schemes = {e["scheme"] for e in room.diary}
        if "http" in schemes:
            check_http(tap, name, room)
        if "https" in schemes:
            check_https(tap, name, room)
    for name, room in rooms.items():
        tap.none([os.path.basename(p) for p in room.warcs if p.endswith(".open")],
                 f"{name}: no file was left open")
