#!/usr/bin/env python3
"""Makes a site of static files, always the same for the same arguments:

    site.py KIND PAGES FOLDER BASE

news    articles of about 100 KB with about 200 links, JSON-LD, srcset and a
        picture in three sizes each.  One picture in eight belongs to a pool
        that others show too; one in 32 has the bytes of another one under a
        URL of its own.  Section fronts, topics, authors, feeds.
small   pages of 6 KB, a tree with cross links.
wide    pages of 1,000 links each, to pages that are not there: a frontier
        of 1,000 times PAGES.

All of it can be reached by links from /index.html; other sites that are
linked are in .invalid.  FOLDER.json tells what was made, FOLDER.urls lists
the URLs.
"""

import hashlib
import json
import os
import sys
from html import escape

import prose

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffda000c0301000211031100")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
SECTIONS = "world politics business science climate sport culture opinion travel money".split()
WIDTHS = ((320, 10_000), (640, 30_000), (1280, 80_000))
TOUCHED = 1_700_000_000  # Last-Modified and ETag do not change either


class Site:
    def __init__(self, pages, folder, base):
        self.n, self.folder, self.base = pages, folder, base
        self.language = prose.Language("stet")
        self.urls, self.bytes = [], 0
        self.hash = hashlib.sha256()

    def put(self, path, data):
        data = data.encode() if isinstance(data, str) else data
        full = self.folder + path
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as f:
            f.write(data)
        os.utime(full, (TOUCHED, TOUCHED))
        self.urls.append(self.base + path)
        self.bytes += len(data)
        self.hash.update(path.encode() + b"\0" + hashlib.sha256(data).digest())

    def put_blob(self, path, kind, size):
        head, tail = {"jpg": (JPEG, b"\xff\xd9"), "png": (PNG, b"IEND"),
                      "woff2": (b"wOF2\0\1\0\0", b""), "ico": (b"\0\0\1\0\1\0", b"")}[kind]
        self.put(path, prose.noise(path, head, size, tail))


class News(Site):
    def make(self):
        self.plan()
        self.furnish()
        self.put_common()
        for a in self.articles:
            self.put(a["url"], self.article(a))
        self.put_pictures()
        self.put_fronts()

    # -- what there is ---------------------------------------------------
    def plan(self):
        say, r = self.language, prose.fresh("plan")
        people = [say.name(r) for _ in range(max(3, self.n // 30))]
        self.people = [(n, f"/by/{n.lower().replace(' ', '-')}-{i}.html")
                       for i, n in enumerate(people)]
        topics = [say.headline(r).split()[:2] for _ in range(max(6, self.n // 20))]
        self.topics = [(" ".join(t), f"/topic/{'-'.join(t).lower()}-{i}.html")
                       for i, t in enumerate(topics)]
        self.articles = [self.plan_article(i) for i in range(self.n)]
        self.viewed = r.sample(self.articles, min(10, self.n))
        self.info = [f"/about/{say.rare[i]}.html" for i in range(18)]

    def plan_article(self, i):
        r = prose.fresh("article", i)
        title = self.language.headline(r)
        section = SECTIONS[i % len(SECTIONS)]
        day = (2023 + r.randrange(3), 1 + r.randrange(12), 1 + r.randrange(28))
        slug = "-".join(title.lower().split()[:7])
        return {
            "i": i, "r": r, "title": title, "section": section,
            "url": "/%s/%d/%02d/%02d/%s-%d.html" % (section, *day, slug, i),
            "time": "%d-%02d-%02dT%02d:%02d:00Z" % (*day, r.randrange(24), r.randrange(60)),
            "picture": f"pool{r.randrange(100):02d}" if i % 8 == 5 else f"{i:06d}",
            "by": r.choice(self.people), "topics": r.sample(self.topics, 4),
        }

    # -- what all pages share --------------------------------------------
    def furnish(self):
        say = self.language
        self.scripts = [(f"/assets/{name}.js", size) for name, size in (
            ("vendor", 140_000), ("app", 90_000), ("ads", 60_000),
            ("player", 45_000), ("measure", 30_000))]
        nav = []
        for k, section in enumerate(SECTIONS):
            nav.append(f'<li class="nav-item nav-item--{section}" data-track="nav | {section}">'
                       f'<a class="nav-link" href="/{section}/index.html">{section.title()}</a><ul>')
            for name, url in (self.topics * 10)[6 * k:6 * k + 6]:
                nav.append(f'<li class="nav-sub" role="none"><a class="nav-sub-link" role="menuitem"'
                           f' href="{url}" data-track="nav | {section} | {name}">{name}</a></li>')
            nav.append("</ul></li>\n")
        self.nav = f'<nav aria-label="Sections"><ul class="nav-list">{"".join(nav)}</ul></nav>'
        links = [f'<li class="foot-item"><a class="foot-link" href="{u}" data-track="foot">'
                 f'{os.path.basename(u)[:-5].title()}</a></li>\n' for u in self.info]
        links += [f'<li class="foot-item"><a href="/{s}/feed.xml" type="application/rss+xml">'
                  f'{s} feed</a></li>\n' for s in SECTIONS]
        links += [f'<li><a rel="nofollow" target="_blank" href="https://{s}.invalid/share">{s}</a></li>'
                  for s in ("birdsite", "bookface", "chatter")]
        self.foot = (f'<footer class="foot"><ul>{"".join(links)}</ul><p><a href="#top">Back to the'
                     ' top</a> <a href="mailto:desk@news.invalid">Write to us</a></p></footer>\n')
        self.inline = (f"<style>{prose.styles(say, 'inline', 8000)}</style>\n"
                       f"<script>!function(){{{prose.script(say, 'inline', 8000)}}}();</script>\n")
        r = prose.fresh("symbols")
        self.symbols = '<svg style="display:none">' + "".join(
            f'<symbol id="s{k}" viewBox="0 0 24 24"><path d="M0 0' + "".join(
                f"{r.choice('lhvc')}{r.uniform(-9, 9):.1f} {r.uniform(-9, 9):.1f}"
                for _ in range(16)) + 'z"/></symbol>' for k in range(14)) + "</svg>"

    def head(self, title, url, extra=""):
        scripts = "".join(f'<script defer src="{u}"></script>\n' for u, _ in self.scripts)
        return (f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
                f'<title>{escape(title)} | The Daily Proof</title>\n'
                f'<meta name="viewport" content="width=device-width,initial-scale=1">\n'
                f'<link rel="canonical" href="{self.base}{url}">\n'
                '<link rel="icon" href="/favicon.ico">\n'
                '<link rel="stylesheet" href="/assets/main.css">\n'
                '<link rel="stylesheet" media="print" href="/assets/print.css">\n'
                '<link rel="alternate" type="application/rss+xml" href="/feed.xml">\n'
                '<link rel="preconnect" href="https://static.invalid">\n'
                f'{extra}{self.inline}{scripts}</head>\n<body id="top">{self.symbols}\n'
                '<header><a href="/index.html"><img src="/assets/logo.png" alt="The Daily Proof"'
                f' width="300" height="60"></a></header>\n{self.nav}\n')

    @staticmethod
    def picture(a, width):
        return f"/img/{a['picture'][-2:]}/{a['picture']}/{width}.jpg"

    def card(self, a, k, where):
        small, middle = self.picture(a, 320), self.picture(a, 640)
        title = escape(a["title"])
        return (f'<li class="card card--{a["section"]}" data-track="{where} | card {k + 1}"'
                f' data-id="{a["i"]:08d}"><div class="card-media"><img class="card-img" loading="lazy"'
                f' src="{small}" srcset="{small} 320w, {middle} 640w" sizes="(min-width: 740px) 300px, 50vw"'
                f' alt="{title}" width="320" height="192"></div><div class="card-text"><h3'
                f' class="card-title"><a class="card-link" href="{a["url"]}"><span class="card-kicker">'
                f'{a["section"].title()}</span> {title}</a></h3><time datetime="{a["time"]}">'
                f'{a["time"][:10]}</time> <a class="card-comments" href="{a["url"]}#comments">'
                f'{a["i"] * 37 % 900}</a></div></li>\n')

    def most_viewed(self):
        return "".join(f'<li class="viewed-item"><a class="viewed-link" href="{a["url"]}"'
                       f' data-track="viewed | {k + 1}">{escape(a["title"])}</a></li>\n'
                       for k, a in enumerate(self.viewed))

    # -- an article ------------------------------------------------------
    def facts(self, a):
        """Open Graph, JSON-LD and the page's settings."""
        r, by = a["r"], a["by"]
        pictures = [self.base + self.picture(a, w) for w, _ in WIDTHS]
        meta = {"og:url": self.base + a["url"], "og:title": a["title"], "og:type": "article",
                "og:image": pictures[2], "article:published_time": a["time"],
                "article:author": self.base + by[1], "article:section": a["section"]}
        ld = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": a["title"],
              "datePublished": a["time"], "dateModified": a["time"], "image": pictures,
              "author": {"@type": "Person", "name": by[0], "url": self.base + by[1]},
              "publisher": {"@type": "Organization", "name": "The Daily Proof",
                            "logo": {"@type": "ImageObject", "url": self.base + "/assets/logo.png"}},
              "keywords": [t for t, _ in a["topics"]]}
        config = {"id": f"{r.getrandbits(128):032x}", "section": a["section"],
                  "flags": {w: r.random() < .5 for w in self.language.rare[:80]},
                  "slots": [{"name": f"inline-{k}", "sizes": [[300, 250], [620, 350]],
                             "key": f"{r.getrandbits(128):032x}"} for k in range(40)],
                  "trials": {w: r.choice("abc") for w in self.language.rare[80:120]}}
        return ("".join(f'<meta property="{k}" content="{escape(v)}">\n' for k, v in meta.items()) +
                f'<script type="application/ld+json">{json.dumps(ld)}</script>\n'
                f'<script>window.proof={json.dumps(config)};</script>\n')

    def figure(self, a, author):
        s, m, l = (self.picture(a, w) for w, _ in WIDTHS)
        return (f'<figure class="lead"><picture><source media="(min-width: 660px)" srcset="{l} 1280w,'
                f' {m} 640w" sizes="620px"><img class="lead-img" src="{l}" srcset="{s} 320w, {m} 640w,'
                f' {l} 1280w" sizes="100vw" alt="{escape(a["title"])}" width="1280" height="768">'
                f'</picture><figcaption>{escape(author.sentence())} Photograph:'
                f' {self.language.name(a["r"])}</figcaption></figure>\n')

    def body(self, a, paragraphs):
        r, out = a["r"], []
        for k, text in enumerate(paragraphs):
            text = escape(text, quote=False)
            if r.random() < .35:
                first, _, rest = text.partition(" ")
                to = r.choice(self.articles)["url"]
                text = f'<a class="in-body" data-track="in body" href="{to}">{first}</a> {rest}'
            out.append(f'<p class="p-{r.getrandbits(20):05x}">{text}</p>\n')
            if k % 6 == 4:
                out.append(f'<div class="ad" id="ad-{k}" data-sizes="1,1|300,250"></div>\n')
            if k % 10 == 7:
                out.append(f"<h2>{escape(self.language.headline(r))}</h2>\n")
        return "".join(out)

    def article(self, a):
        r = a["r"]
        author = prose.Author(self.language, r)
        wanted, paragraphs = r.choice((6, 9, 11, 13, 16, 19, 23)) * 1000, []
        while sum(map(len, paragraphs)) < wanted:
            paragraphs.append(author.paragraph())
        same = [x for x in self.articles[a["i"] % len(SECTIONS)::len(SECTIONS)] if x is not a]
        related = r.sample(same, min(12, len(same)))
        labels = "".join(f'<li class="label"><a class="label-link" href="{u}" data-track="label | {t}">'
                         f'{t}</a></li>' for t, u in a["topics"])
        state = {"page": {"id": f"{r.getrandbits(64):016x}", "title": a["title"],
                          "blocks": [{"type": "text", "id": f"{r.getrandbits(96):024x}", "html": p}
                                     for p in paragraphs],
                          "onward": [{"url": x["url"], "title": x["title"],
                                      "image": self.picture(x, 320)} for x in related]}}
        return "".join((
            self.head(a["title"], a["url"], self.facts(a)),
            f'<main><article data-id="{a["i"]:08d}"><h1>{escape(a["title"])}</h1>\n'
            f'<p class="byline">By <a rel="author" href="{a["by"][1]}">{a["by"][0]}</a></p>\n'
            f'<p class="dateline"><time datetime="{a["time"]}">{a["time"][:10]}</time></p>\n',
            self.figure(a, author), '<div class="article-body">\n', self.body(a, paragraphs),
            f'</div><ul class="labels">{labels}</ul></article>\n'
            '<section class="related"><h2>More on this story</h2><ul>\n',
            "".join(self.card(x, k, "related") for k, x in enumerate(related)),
            '</ul></section>\n<section class="viewed"><h2>Most viewed</h2><ol>\n', self.most_viewed(),
            f'</ol></section></main>\n{self.foot}<script type="application/json" id="state">',
            json.dumps(state).replace("<", "\\u003c"), "</script>\n</body></html>\n"))

    # -- the rest --------------------------------------------------------
    def put_common(self):
        say = self.language
        self.put("/robots.txt", "User-agent: *\nDisallow: /private/\nDisallow: /*?preview=\n")
        self.put_blob("/favicon.ico", "ico", 4286)
        for url, size in self.scripts:
            self.put(url, prose.script(say, url, size))
        self.put("/assets/main.css", '@import url("fonts.css");@import "grid.css";'
                 "body{background:url(back.png)}.hero{background:url('hero.jpg')}" +
                 prose.styles(say, "main", 60_000))
        self.put("/assets/grid.css", prose.styles(say, "grid", 24_000))
        self.put("/assets/print.css", prose.styles(say, "print", 4_000))
        self.put("/assets/fonts.css", "".join(
            f'@font-face{{font-family:"Proof{k}";src:url(proof{k}.woff2) format("woff2")}}'
            for k in range(4)))
        for k in range(4):
            self.put_blob(f"/assets/proof{k}.woff2", "woff2", 24_000 + 900 * k)
        self.put_blob("/assets/back.png", "png", 3_000)
        self.put_blob("/assets/logo.png", "png", 6_000)
        self.put_blob("/assets/hero.jpg", "jpg", 120_000)

    def put_pictures(self):
        done = set()
        for a in self.articles:
            if a["picture"] in done:
                continue
            done.add(a["picture"])
            name = f"twin{a['i'] % 16}" if a["i"] % 32 == 3 else a["picture"]
            scale = prose.fresh("scale", name).uniform(.75, 1.25)
            for width, size in WIDTHS:
                self.put(self.picture(a, width), prose.noise(
                    f"{name}:{width}", JPEG, int(size * scale), b"\xff\xd9"))

    def front(self, title, url, articles, after=""):
        return (self.head(title, url) + f"<main><h1>{escape(title)}</h1><ul>\n" +
                "".join(self.card(a, k, "front") for k, a in enumerate(articles)) +
                f"</ul>{after}<ol>{self.most_viewed()}</ol></main>\n{self.foot}</body></html>\n")

    def feed(self, articles):
        items = "".join(
            f'<item><title>{escape(a["title"])}</title><link>{self.base}{a["url"]}</link>'
            f'<pubDate>{a["time"]}</pubDate></item>\n' for a in articles)
        return ('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
                f"<title>The Daily Proof</title>\n{items}</channel></rss>\n")

    def put_fronts(self):
        for k, section in enumerate(SECTIONS):
            mine = self.articles[k::len(SECTIONS)]
            for page in range(0, max(1, len(mine)), 25):
                url = f"/{section}/{f'page-{page // 25 + 1}' if page else 'index'}.html"
                more = (f'<a rel="next" href="/{section}/page-{page // 25 + 2}.html">Next</a>'
                        if page + 25 < len(mine) else "")
                self.put(url, self.front(section.title(), url, mine[page:page + 25], more))
            self.put(f"/{section}/feed.xml", self.feed(mine[:40]))
        for name, url in self.topics:
            self.put(url, self.front(name, url, [a for a in self.articles
                                                 if (name, url) in a["topics"]][:50]))
        for name, url in self.people:
            self.put(url, self.front(name, url, [a for a in self.articles
                                                 if a["by"] == (name, url)][:50]))
        for url in self.info:
            author = prose.Author(self.language, prose.fresh(url))
            self.put(url, self.head("About", url) + "<main>" + "".join(
                f"<p>{author.paragraph()}</p>\n" for _ in range(30)) + f"</main>{self.foot}</body></html>\n")
        everything = "".join(f'<li><a href="{u}">{t}</a></li>\n' for t, u in self.topics + self.people)
        self.put("/index.html", self.front("Today", "/index.html", self.viewed + self.articles[:40],
                                           f"<ul>{everything}</ul>"))
        self.put("/feed.xml", self.feed(self.articles[:50]))


class Small(Site):
    FAN, CROSS, SIZE = 20, 24, 6_000

    @staticmethod
    def url(i):
        return f"/{i // 500:03d}/{i:06d}.html" if i else "/index.html"

    def page(self, i):
        r = prose.fresh("small", i)
        author = prose.Author(self.language, r)
        to = list(range(self.FAN * i + 1, min(self.n, self.FAN * (i + 1) + 1)))
        to += [r.randrange(self.n) for _ in range(self.CROSS)]
        links = "".join(f'<li><a href="{self.url(k)}">{self.language.headline(r)[:20]}</a></li>\n'
                        for k in to)
        page = ('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
                f'<title>Page {i}</title><link rel="stylesheet" href="/a.css">'
                '<link rel="icon" href="/favicon.ico"><script defer src="/a.js"></script></head>\n'
                f'<body><img src="/logo.png" alt=""><h1>{self.language.headline(r)}</h1>\n'
                f"<ul>{links}</ul>\n")
        while len(page) < self.SIZE - 300:
            page += f"<p>{escape(author.paragraph(), quote=False)}</p>\n"
        return page + "</body></html>\n"

    def make(self):
        for i in range(self.n):
            self.put(self.url(i), self.page(i))
        self.put("/a.css", prose.styles(self.language, "a", 9_000))
        self.put("/a.js", prose.script(self.language, "a", 20_000))
        self.put_blob("/logo.png", "png", 5_000)
        self.put_blob("/favicon.ico", "ico", 1_150)
        self.put("/robots.txt", "User-agent: *\nDisallow:\n")


class Wide(Site):
    LINKS = 1_000

    def make(self):
        for i in range(self.n):
            links = "".join(f'<a href="/leaf/{i * self.LINKS + k:08d}.html">{k}</a>\n'
                            for k in range(self.LINKS))
            # All hubs come first, so that they are fetched before any leaf.
            hubs = "" if i else "".join(f'<a href="/hub/{k}.html">Hub {k}</a>\n'
                                        for k in range(1, self.n))
            self.put(f"/hub/{i}.html" if i else "/index.html",
                     f"<!doctype html>\n<title>Hub {i}</title>\n{hubs}{links}")
        self.put_blob("/favicon.ico", "ico", 1_150)
        self.put("/robots.txt", "User-agent: *\nDisallow:\n")


KINDS = {"news": News, "small": Small, "wide": Wide}


def main():
    if len(sys.argv) != 5 or sys.argv[1] not in KINDS:
        sys.exit(__doc__)
    kind, pages, folder, base = sys.argv[1:]
    site = KINDS[kind](int(pages), folder, base)
    site.make()
    with open(folder + ".urls", "w") as f:
        f.writelines(u + "\n" for u in site.urls)
    with open(folder + ".json", "w") as f:
        json.dump({"kind": kind, "pages": site.n, "base": base, "files": len(site.urls),
                   "bytes": site.bytes, "sha256": site.hash.hexdigest()}, f)


if __name__ == "__main__":
    main()
