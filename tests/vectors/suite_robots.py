"""robots.txt: RFC 9309's examples, Google's tests, crawler-commons' tests."""


from harness import case, data

FILES = ["robots-rfc9309/examples.jsonl", "robots-google/robots_test.jsonl",
         "robots-google-ctc/correctness.jsonl", "robots-crawler-commons/simple_rules.jsonl"]
IN_PARTS = True


def applies(row):
    """Rows that ask about one agent, and not by an older rule of matching."""
    return ("allowed" in row and isinstance(row.get("agent"), str)
            and not row.get("prefix_agent_matching") and not row.get("google_specific")
            and not row["id"].startswith("GoogleOnly_"))


def cases(ctx):
    for file in FILES:
        rows = [r for r in ctx.jsonl(file) if applies(r)]
        questions = [{k: data(r[k]) for k in ("robots", "agent", "url")} for r in rows]
        suite = file.split("/")[0]
        for r, a in zip(rows, ctx.ask("robots", questions)):
            yield case(f"{suite}/{r['id']}", a.get("allowed"), r["allowed"])
            if "crawl_delay_ms" in r and r["crawl_delay_ms"] and "crawlDelay" in a:
                yield case(f"{suite}/{r['id']}/delay", int(a["crawlDelay"] * 1000), r["crawl_delay_ms"])
