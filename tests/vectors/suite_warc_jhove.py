"""JHOVE's WARC and gzip files: valid or not.

JHOVE is ISO 28500:2009 and takes "should" for "must", so a file is valid
when stet finds neither.  Its counts of messages are its own."""

import warcs
from harness import case

DIR = "warc-jhove"
FILES = [DIR + "/expect.jsonl"]


def cases(ctx):
    for row in ctx.jsonl(FILES[0]):
        if "valid" not in row:
            continue
        rules = warcs.faults(ctx, ctx.vectors / DIR / row["file"])
        yield case(row["id"], not rules, row["valid"])._replace(detail=f"{row['file']}: {rules}")
