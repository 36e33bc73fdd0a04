"""html5lib's tokenizer tests: tokens but for parse errors.

Left out: xmlViolation.test (an infoset's rules, not a tokenizer's) and inputs
that hold lone surrogates, which no UTF-8 can.
"""

import re

from harness import case, ident

FILES = ["html5lib/tokenizer/test1.test"]


def unescape(x):
    """Undoes the second escaping of tests that are doubleEscaped."""
    if isinstance(x, str):
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), x)
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if isinstance(x, list):
        return [unescape(i) for i in x]
    if isinstance(x, dict):
        return {unescape(k): unescape(v) for k, v in x.items()}
    return x


def is_text(x):
    try:
        x.encode()
        return True
    except UnicodeEncodeError:
        return False


def rows(ctx):
    """Question, expected tokens and id of every test in every state."""
    for path in sorted((ctx.vectors / "html5lib/tokenizer").glob("*.test")):
        for n, test in enumerate(ctx.json(path).get("tests", [])):
            if test.get("doubleEscaped"):
                test = dict(test, input=unescape(test["input"]), output=unescape(test["output"]))
            if not is_text(test["input"]):
                continue
            for state in test.get("initialStates", ["Data state"]):
                question = {"input": test["input"], "initialState": state}
                if "lastStartTag" in test:
                    question["lastStartTag"] = test["lastStartTag"]
                yield question, test["output"], ident(path.stem, str(n), state)


def cases(ctx):
    todo = list(rows(ctx))
    answers = ctx.ask("tokens", [question for question, _, _ in todo])
    for (_, want, name), answer in zip(todo, answers):
        yield case(name, answer.get("output"), want)
