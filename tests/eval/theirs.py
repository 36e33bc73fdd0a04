#!/usr/bin/env python3
"""What htmldate makes of the same pages: one JSON object, file to day.

theirs.py PAGES, with rows of truth.jsonl on standard input.  It runs under
an interpreter that has htmldate; article.py sees to that.
"""
import gzip
import json
import os
import sys

import htmldate


def day_of(folder, row):
    with gzip.open(os.path.join(folder, row["file"])) as f:
        page = f.read()
    try:
        return htmldate.find_date(page, url=row["url"], original_date=True,
                                  extensive_search=True)
    except (ValueError, TypeError, AttributeError):
        return None


def main():
    rows = [json.loads(line) for line in sys.stdin]
    json.dump({"version": htmldate.__version__,
               "days": {r["file"]: day_of(sys.argv[1], r) for r in rows}},
              sys.stdout)


main()
