#!/usr/bin/env python3
"""How well `stet article` does on pages whose truth is known.

article.py STET PAGES [--misses] [--venv DIR]

PAGES holds truth.jsonl (file, url, captured, published, title, images) and
the pages it names; markers/ in it pages without truth.  Dates count by day;
a page without an answer is a miss of accuracy, not of precision.

htmldate is measured on the same pages in the same run, if this Python or
that of the virtual environment DIR has it; where neither has, it is
installed there.
"""
import argparse
import concurrent.futures
import glob
import gzip
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata


def fold(text):
    text = html.unescape(text or "")
    text = unicodedata.normalize("NFC", text)
    return " ".join(re.sub(r"[\u00ad\u200b\u200e\u200f\ufeff]", "", text)
                    .split())


def ask(stet, folder, row):
    with gzip.open(os.path.join(folder, row["file"])) as f:
        page = f.read()
    command = [stet, "article", "--url", row["url"]]
    if row.get("captured"):
        command += ["--captured",
                    row["captured"][:19].replace(" ", "T") + "Z"]
    with tempfile.NamedTemporaryFile(suffix=".html") as f:
        f.write(page)
        f.flush()
        out = subprocess.run(command + [f.name], stdout=subprocess.PIPE,
                             check=True).stdout
    return row, json.loads(out)


def cover_of(row):
    for image in row.get("images") or []:
        if image.get("cover"):
            return image
    return None


def key_of(url):
    """A long number or UUID in a URL, which its sizes share."""
    found = re.findall(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{9,}", url)
    return found[0] if found else None


def same_picture(url, truth):
    def key(u):
        return re.sub(r"^https?:", "", html.unescape(u)).split("?")[0]

    def name(u):
        last = key(u).rstrip("/").split("/")[-1]
        return re.sub(r"\.\w+$", "", last)

    def path(u):
        return "/" + key(u).lstrip("/").partition("/")[2]

    if not url:
        return False
    urls = {key(u) for u in truth["urls"]}
    return key(url) in urls or \
        any(u.endswith(path(url)) for u in urls) or \
        (key_of(url) is not None and
         any(key_of(u) == key_of(url) for u in urls)) or \
        (len(name(url)) > 5 and any(name(url) in u for u in urls))


class Score:
    def __init__(self, name):
        self.name, self.right, self.found, self.all = name, 0, 0, 0
        self.misses = []

    def add(self, ok, found, note):
        self.all += 1
        self.found += found
        self.right += ok
        if not ok:
            self.misses.append(note)

    def show(self, misses):
        print("%-32s %4d of %4d right, accuracy %.3f, precision %.3f" % (
            self.name, self.right, self.all,
            self.right / max(self.all, 1), self.right / max(self.found, 1)))
        for note in self.misses if misses else []:
            print("    " + note)


def judge(scores, row, got):
    part = row["file"].split("/")[0]
    date = got.get("published", "")
    scores[part + " date"].add(
        date[:10] == row["published"][:10], bool(date),
        "%s: %s (%s), truth %s" % (row["file"], date or "nothing",
                                   got.get("published-source"),
                                   row["published"]))
    if part != "fundus":
        return
    title = fold(row["title"])
    scores["headline"].add(fold(got.get("headline")) == title,
                           "headline" in got, "%s: %r, truth %r" % (
                               row["file"], got.get("headline"), title))
    judge_images(scores, row, got)
    cover = cover_of(row)
    if cover:
        judge_cover(scores, row, got, cover)


def judge_cover(scores, row, got, cover):
    scores["lead image"].add(
        same_picture(got.get("lead-image"), cover), "lead-image" in got,
        "%s: %s, truth %s" % (row["file"], got.get("lead-image"),
                              (cover["urls"] or ["none"])[0]))
    if cover.get("caption"):
        caption = fold(cover["caption"])
        scores["caption"].add(
            fold(got.get("lead-image-caption")) == caption,
            "lead-image-caption" in got, "%s: %r, truth %r" % (
                row["file"], got.get("lead-image-caption"), caption))
    if cover.get("authors"):
        credit = fold(got.get("lead-image-credit"))
        scores["credit"].add(
            all(fold(a) in credit for a in cover["authors"]), bool(credit),
            "%s: %r, truth %r" % (row["file"], credit, cover["authors"]))


def judge_images(scores, row, got):
    """Pictures of the body: those of the truth that were found, those that
    were found and are in the truth, and captions of the former."""
    images = got.get("images", [])
    wanted = row.get("images") or []

    def urls(image):
        return image.get("urls") or [image["url"]]

    def match(image, truth):
        return any(same_picture(u, truth) for u in urls(image))

    for truth in wanted:
        found = [i for i in images if match(i, truth)]
        scores["all pictures"].add(bool(found), bool(found), "%s: lost %s" % (
            row["file"], (truth["urls"] or ["none"])[0]))
        if found and truth.get("caption"):
            caption = fold(truth["caption"])
            told = fold(found[0].get("caption"))
            scores["their captions"].add(told == caption, bool(told),
                                         "%s: %r, truth %r" % (
                                             row["file"], told, caption))
    for image in images if wanted else []:
        good = any(match(image, truth) for truth in wanted)
        scores["pictures in truth"].add(good, True, "%s: more: %s" % (
            row["file"], image["url"]))


def run(command, **how):
    """A command's output, or None if it fails."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False, **how)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def find_python(venv):
    """An interpreter that has htmldate, or None."""
    own = os.path.join(venv, "bin", "python3") if venv else ""
    for python in sys.executable, own:
        if python and run([python, "-c", "import htmldate"]) is not None:
            return python
    if own and run([sys.executable, "-m", "venv", venv]) is not None and \
            run([own, "-m", "pip", "install", "-q", "htmldate"]) is not None:
        return own
    return None


def show_theirs(folder, rows, venv):
    """What htmldate makes of the same pages."""
    python = find_python(venv)
    out = python and run(
        [python, os.path.join(os.path.dirname(__file__), "theirs.py"), folder],
        input="".join(json.dumps(r) + "\n" for r in rows).encode())
    if not out:
        print("htmldate is not there: not measured")
        return
    out = json.loads(out)
    for part in "fundus", "htmldate":
        score = Score("%s date, htmldate %s" % (part, out["version"]))
        for row in rows:
            if row["file"].startswith(part):
                day = out["days"].get(row["file"])
                score.add(day == row["published"][:10], bool(day), "")
        score.show(False)


def show_markers(stet, folder, found):
    """All that was taken for a marker, to be read by eye."""
    urls = {"guardian": "https://www.theguardian.com/world/a-story",
            "quartz": "https://qz.com/a-story"}
    for path in sorted(glob.glob(os.path.join(folder, "markers", "*.html"))):
        name = os.path.basename(path)
        got = json.loads(subprocess.run(
            [stet, "article", "--url", urls.get(
                name.split("-")[0].split(".")[0], "https://news.example/a"),
             "--captured", "2022-06-01T12:00:00Z", path],
            stdout=subprocess.PIPE, check=True).stdout)
        if "marker" in got:
            found.append("markers/%s: %s (%s, %s, %s)" % (
                name, got["marker"], got["marker-kind"], got["marker-place"],
                got.get("marker-verdict")))
    print("markers: %d" % len(found))
    for line in found:
        print("    " + line)


def show_kinds(kinds):
    """All pages that were not taken for articles, to be read by eye."""
    print("page kinds: " + ", ".join(
        "%d %s" % (len(files), kind) for kind, files in sorted(kinds.items())))
    for kind, files in sorted(kinds.items()):
        for line in files if kind != "article" else []:
            print("    %s: %s" % (kind, line))


def read_arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("stet")
    parser.add_argument("pages")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--venv", default="")
    return parser.parse_args()


def main():
    args = read_arguments()
    with open(os.path.join(args.pages, "truth.jsonl")) as f:
        rows = [r for r in map(json.loads, f)
                if isinstance(r.get("published"), str)]
    names = ["fundus date", "htmldate date", "headline", "lead image",
             "caption", "credit", "all pictures", "their captions",
             "pictures in truth"]
    scores = {name: Score(name) for name in names}
    markers = []
    kinds = {}
    n_related = n_most = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for row, got in pool.map(lambda r: ask(args.stet, args.pages, r), rows):
            judge(scores, row, got)
            kinds.setdefault(got["page-kind"], []).append(
                "%s: %s" % (row["file"], got.get("headline")))
            if "marker" in got:
                markers.append("%s: %s (%s)" % (row["file"], got["marker"],
                                                got["marker-kind"]))
            n_related += "related" in got
            n_most += "most-viewed" in got
    for name in names:
        scores[name].show(args.misses)
    show_theirs(args.pages, rows, args.venv)
    print("related on %d pages, most viewed on %d" % (n_related, n_most))
    show_kinds(kinds)
    show_markers(args.stet, args.pages, markers)


if __name__ == "__main__":
    main()
