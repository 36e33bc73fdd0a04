#!/usr/bin/env python3
"""How well `stet article` knows a text again, and tells texts apart.

texts.py STET PAGES [--misses]

All pages of PAGES/fundus and PAGES/htmldate are different stories: no two
fingerprints may be near each other.  Pages with five paragraphs or more are
changed, each in these ways, and are to be known by what is left:

    line        a line is added
    less        a paragraph is gone, one of middling length
    other       it is another page's
    print       nothing but the title and paragraphs of twelve words or more, in
                other markup: headings between them, lists and lines are gone
"""
import argparse
import concurrent.futures
import glob
import gzip
import itertools
import json
import os
import re
import subprocess
import tempfile

SAME = 28  # STET_SAME_TEXT_BITS
ARTICLE = re.compile(rb"<article\b.*?</article>", re.S | re.I)
PARAGRAPH = re.compile(rb"<p\b[^>]*>(.*?)</p>", re.S | re.I)


def fingerprint(stet, page):
    """Of a page, or None."""
    with tempfile.NamedTemporaryFile(suffix=".html") as f:
        f.write(page)
        f.flush()
        out = subprocess.run(
            [stet, "article", "--url", "https://news.example/a", f.name],
            stdout=subprocess.PIPE, check=True).stdout
    text = json.loads(out).get("text-fingerprint")
    return text and int(text, 16)


def distance(a, b):
    return bin(a ^ b).count("1")


def words(paragraph):
    return len(re.sub(rb"<[^>]*>", b" ", paragraph).split())


def paragraphs(page):
    """Those of a page that are more than a label, with what is in them; of
    its article, if one has most of them."""
    found = [m for m in PARAGRAPH.finditer(page) if words(m.group(1)) >= 12]
    for part in ARTICLE.finditer(page):
        within = [m for m in found
                  if part.start() < m.start() < part.end()]
        if len(within) * 2 > len(found):
            return within
    return found


def middling(found):
    return sorted(found, key=lambda m: words(m.group(1)))[len(found) // 2]


def changes(page, stranger):
    """The changed pages by name."""
    found = paragraphs(page)
    if len(found) < 5:
        return {}
    at, one = found[0].end(), middling(found)
    title = re.search(rb"<title\b[^>]*>(.*?)</title>", page, re.S | re.I)
    title = title.group(1) if title else b"A story"
    return {
        "line": page[:at] + b"<p>Updated on Friday with what the ministry "
                b"had to say about it.</p>" + page[at:],
        "less": page[:one.start()] + page[one.end():],
        "other": page[:one.start(1)] + stranger + page[one.end(1):],
        "print": b"<!doctype html><title>" + title + b"</title><main><h1>" +
                 title + b"</h1><div class=print>" +
                 b"".join(b"<p>" + m.group(1) + b"</p>\n" for m in found) +
                 b"</div></main>",
    }


def is_utf8(page):
    try:
        page.decode()
    except UnicodeDecodeError:
        return False
    return True


def read(path):
    with gzip.open(path) as f:
        return f.read()


def look_at(stet, job):
    """A page's name and fingerprint, and those of what it was changed to."""
    path, stranger = job
    page = read(path)
    whole = fingerprint(stet, page)
    changed = changes(page, stranger) if whole and is_utf8(page) else {}
    return os.path.basename(path), whole, {
        name: fingerprint(stet, text) for name, text in changed.items()}


def show_apart(found):
    pairs = sorted(((distance(a[1], b[1]), a[0], b[0]) for a, b in
                    itertools.combinations(found, 2)), key=lambda p: p[0])
    print("texts: %d, %d pairs, %d within %d bits; the nearest differ in %d" % (
        len(found), len(pairs), sum(p[0] <= SAME for p in pairs), SAME,
        pairs[0][0]))
    for bits, a, b in pairs:
        if bits <= SAME:
            print("    %d: %s, %s" % (bits, a, b))


def show_again(found, misses):
    for way in "line", "less", "other", "print":
        rows = [(name, whole, changed[way]) for name, whole, changed in found
                if way in changed]
        lost = [(name, "no text" if text is None else distance(whole, text))
                for name, whole, text in rows
                if text is None or distance(whole, text) > SAME]
        print("%-32s %4d of %4d known again, %.3f" % (
            "changed: " + way, len(rows) - len(lost), len(rows),
            1 - len(lost) / max(len(rows), 1)))
        for name, bits in lost if misses else []:
            print("    %s: %s" % (name, bits))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("stet")
    parser.add_argument("pages")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    paths = sorted(glob.glob(os.path.join(args.pages, "fundus", "*.html.gz")) +
                   glob.glob(os.path.join(args.pages, "htmldate",
                                          "*.html.gz")))
    strangers = []
    for path in paths:
        found = paragraphs(read(path))
        strangers.append(middling(found).group(1) if found else b"")
    jobs = zip(paths, strangers[1:] + strangers[:1])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = [row for row in pool.map(lambda j: look_at(args.stet, j), jobs)
                 if row[1] is not None]
    show_apart(found)
    show_again(found, args.misses)


if __name__ == "__main__":
    main()
