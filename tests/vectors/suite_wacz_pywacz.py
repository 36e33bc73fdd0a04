"""WACZ files of py-wacz: what is right in them, and what is wrong."""

import json
import subprocess

from harness import case

FILES = ["wacz-pywacz/expect.jsonl"]

# What an expectation speaks of, by the rules that would be broken.
RESOURCES = {"wacz-zip", "wacz-path", "wacz-layout", "wacz-listed", "wacz-hash", "wacz-package"}
EXPECTED = {"resources_ok": RESOURCES, "zip_ok": {"wacz-zip"}, "digest_ok": {"wacz-digest"},
            "signature_math_ok": {"wacz-signature"}, "chain_trusted": {"wacz-trust", "wacz-time"}}


def cases(ctx):
    for row in ctx.jsonl(FILES[0]):
        path = ctx.vectors / "wacz-pywacz" / row["file"]
        if not path.exists():
            continue
        done = subprocess.run([ctx.stet, "check", "--json", path], capture_output=True, text=True)
        found = {f["rule"] for f in map(json.loads, done.stdout.splitlines()) if "rule" in f}
        for name, rules in EXPECTED.items():
            if name in row:
                yield case(f"{row['id']}/{name}", not found & rules, row[name])
        if "signed" not in row and "pywacz_validate_exit" in row:
            # py-wacz takes the literal version 1.1.1 alone; stet only notes another.
            good = not found & RESOURCES and "wacz-digest" not in found
            want = row["pywacz_validate_exit"] == 0 or row.get("wacz_version") == "1.0.0"
            yield case(f"{row['id']}/verdict", good, want)
