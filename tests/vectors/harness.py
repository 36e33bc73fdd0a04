"""What the suites share: questions to stet, files of vectors, deviations."""

import base64
import collections
import json
import subprocess

Case = collections.namedtuple("Case", "id ok detail")


def case(id, got, want):
    """A case that passes when got equals want."""
    return Case(id, got == want, f"got {got!r}, want {want!r}")


def ident(*texts):
    """Texts as an id of printable ASCII without blanks."""
    return "|".join(json.dumps(t)[1:-1].replace(" ", "\\u0020") for t in texts if t is not None)


def data(text):
    """A text member of a question: bytes and lone surrogates as base64."""
    if isinstance(text, dict):
        return text
    if isinstance(text, bytes):
        return {"b64": base64.b64encode(text).decode()}
    try:
        text.encode()
        return text
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Context:
    def __init__(self, stet, vectors):
        self.stet = stet
        self.vectors = vectors

    def json(self, name):
        with open(self.vectors / name, encoding="utf-8") as f:
            return json.load(f)

    def jsonl(self, name):
        """Every object of a file; those that are broken are left out (some
        suites hold raw line ends in strings)."""
        text = (self.vectors / name).read_bytes().decode("utf-8", "replace")
        decoder = json.JSONDecoder(strict=False)
        at = 0
        while (at := text.find("{", at)) >= 0:
            try:
                row, at = decoder.raw_decode(text, at)
                yield row
            except ValueError:
                at = text.find('\n{"id"', at)
                if at < 0:
                    return

    def ask(self, stage, questions):
        """Asks `stet STAGE --json` all questions; the answers, in order."""
        if not questions:
            return []
        lines = [json.dumps(dict(q, id=i)) for i, q in enumerate(questions)]
        done = subprocess.run([self.stet, stage, "--json"], input="\n".join(lines) + "\n",
                              stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
        answers = [json.loads(line) for line in done.stdout.split("\n") if line]
        if [a.get("id") for a in answers] != list(range(len(lines))):
            raise RuntimeError(f"stet {stage} --json lost lines")
        return answers


class Deviations:
    """Lines of `SUITE ID REASON`; an ID that ends in '*' is a beginning."""

    def __init__(self, path):
        self.exact, self.begins, self.better = {}, [], []
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            suite, id, reason = line.split(None, 2)
            if id.endswith("*"):
                self.begins.append((suite, id[:-1], reason))
            else:
                self.exact[suite, id] = reason

    def reason(self, suite, id):
        if (suite, id) in self.exact:
            return self.exact[suite, id]
        for s, begin, reason in self.begins:
            if s == suite and id.startswith(begin):
                return reason
        return None

    def note_better(self, suite, id):
        if (suite, id) in self.exact:
            self.better.append((suite, id))
