"""Words, sentences, styles and scripts for made-up sites; always the same.

Text is drawn so that it compresses like the real thing: common words are
common, every document has a vocabulary and phrases of its own, and code
repeats a few idioms over many names.
"""

import itertools
import random

COMMON = ("the to of and a in that is for on was with as it by at from be has"
          " have he are not this but his had an who which their they were one"
          " will said its been would more after about when out up there over"
          " all into people also she we year time two than first new could her"
          " last or what no if some them now other only before government"
          " state years week through three city under against world").split()
STARTS = "b br c ch cl d dr f fl g gr h j k l m n p pl pr r s sh sl st t tr v w".split()
VOWELS = "a e i o u ai ea ee io ou".split()
ENDS = "b ck d ft g l ll m mp n nd ng nt p r rd rm rn s ss st t".split()
TAILS = ["", "", "", "", "s", "s", "ed", "ing", "er", "ly", "al", "tion", "ment"]


def fresh(*name):
    """A generator of its own for everything that has a name."""
    return random.Random(":".join(map(str, name)))


class Language:
    def __init__(self, seed, size=8000):
        r = fresh(seed, "language")
        words = dict.fromkeys(COMMON)
        while len(words) < size:
            word = ""
            for _ in range(r.choices((1, 2, 3), (20, 55, 25))[0]):
                word += r.choice(STARTS) + r.choice(VOWELS)
                word += r.choice(ENDS) if r.random() < .4 else ""
            word += r.choice(TAILS)
            if 3 <= len(word) <= 13:
                words.setdefault(word)
        self.words = list(words)
        self.rare = self.words[len(COMMON):len(COMMON) + 2000]
        # Zipf's law, shifted as in running text.
        self.weights = list(itertools.accumulate(
            1 / (rank + 3) for rank in range(size)))

    def draw(self, r, n):
        return r.choices(self.words, cum_weights=self.weights, k=n)

    def name(self, r):
        return r.choice(self.rare).title() + " " + r.choice(self.rare).title()

    def headline(self, r):
        words = [r.choice(self.rare) if r.random() < .6 else w
                 for w in self.draw(r, r.randint(7, 12))]
        return " ".join(words).capitalize()


class Author:
    """Writes one document: with its own words, again and again."""

    def __init__(self, language, r):
        self.language, self.r = language, r
        own = language.draw(r, 50) + r.sample(language.rare, 100)
        own += [" ".join(language.draw(r, r.randint(2, 4))) for _ in range(45)]
        r.shuffle(own)
        self.own = own

    def sentence(self):
        r = self.r
        words = self.language.draw(r, max(5, min(36, int(r.gauss(18, 6)))))
        for i, word in enumerate(words):
            if len(word) > 4 and r.random() < .7:
                words[i] = self.own[int(len(self.own) * r.random() ** 2)]
        if len(words) > 9 and r.random() < .6:
            words[r.randrange(3, len(words) - 2)] += ","
        text = " ".join(words)
        text = text[0].upper() + text[1:]
        if r.random() < .1:
            return f"\u201c{text},\u201d said {self.language.name(r)}."
        return text + "."

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.r.randint(2, 4)))


def script(language, name, size):
    r = fresh(name)
    short = [r.choice("abcdefghijkmnpqrstuvwxyz") + r.choice("_abcdefgh") for _ in range(120)]
    props = [r.choice(language.rare) + r.choice(language.rare).title() for _ in range(350)]
    out, length = [], 0
    while length < size:
        a, b, c = r.sample(short, 3)
        p, q = r.choice(props), r.choice(props)
        line = r.choice((
            f"var {a}={b}.{p};",
            f"if({a}&&{a}.{p}!==null){{{b}.{q}({c},{r.randrange(999)})}}",
            f"function {a}({b},{c}){{return {b}.{p}?{c}.{q}:\"{p}\"}}",
            f"{a}.{p}=function({b}){{for(var {c}=0;{c}<{b}.length;{c}++)this.{q}({b}[{c}])}};",
            f"{a}.on(\"{p}\",function({c}){{{b}.{q}({c}.{p})}});"))
        out.append(line)
        length += len(line)
    return "".join(out)


def styles(language, name, size):
    r = fresh(name)
    out, length = [], 0
    while length < size:
        rules = ";".join(r.choice((
            f"margin:{r.randrange(48)}px", f"padding:{r.randrange(32)}px {r.randrange(32)}px",
            f"color:#{r.getrandbits(24):06x}", f"font-size:{r.uniform(.7, 3):.2f}rem",
            "display:flex", "display:none", "position:relative",
            f"line-height:1.{r.randrange(9)}", f"width:{r.randrange(101)}%",
            f"border-top:1px solid #{r.getrandbits(24):06x}"))
            for _ in range(r.randint(2, 6)))
        line = f".{r.choice(language.rare)}-{r.choice(language.rare)}{{{rules}}}"
        if r.random() < .05:
            line = f"@media (min-width:{r.choice((480, 740, 980, 1300))}px){{{line}}}"
        out.append(line)
        length += len(line)
    return "".join(out)


def noise(name, head, size, tail=b""):
    """What no compressor makes smaller, as the inside of pictures is."""
    body = fresh(name).randbytes(max(0, size - len(head) - len(tail)))
    return head + body.replace(b"\xff", b"\x7f") + tail
