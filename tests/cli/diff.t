# stet diff: two archives, and two captures in one.
. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

ip='WARC-IP-Address: 192.0.2.7'
page_url=http://a.example/story
long='The council of the harbour town met again on Monday and talked for a long time about the price of bread and the state of the roads.'
# story HEADLINE PARAGRAPH PICTURE: an article.
story() {
    printf 'HTTP/1.1 200 OK\\r\\nContent-Type: text/html; charset=utf-8\\r\\n\\r\\n'
    printf '<!doctype html><html><head><title>%s</title><meta property=og:type content=article>' "$1"
    printf '<meta property=og:title content="%s"></head><body><article><h1>%s</h1>' "$1" "$1"
    printf '<p>%s</p><p>%s</p><p>%s</p><img src=/%s></article></body></html>' "$long" "$2" "$long" "$3"
}
picture() { printf 'HTTP/1.1 200 OK\\r\\nContent-Type: image/gif\\r\\n\\r\\nGIF89a%s' "$1"; }
at() { sed "s/^WARC-Date: 2026-11-23T15:40:19.123Z/WARC-Date: $1/"; }
one="One councillor said that nothing would change before the spring, whatever was voted for today."
two="Two councillors said that all would change before the summer, whatever was voted for today."

mkdir a b
{
    record response $page_url "$(story 'Bread is dear' "$one" a.gif)" "$http" "$ip"
    record response http://a.example/a.gif "$(picture 1)" "$http" "$ip"
    record response http://a.example/gone "$(story Gone "$one" a.gif)" "$http" "$ip"
} >a/a.warc
{
    record response $page_url "$(story 'Bread is dearer' "$two" b.gif)" "$http" "$ip"
    record response http://a.example/new "$(story New "$one" a.gif)" "$http" "$ip"
} | at 2026-11-25T10:00:00Z >b/b.warc

runs "an archive is as itself" 0 "$STET" diff a a
shows "and nothing is told" "2 pages compared, 0 changed, 0 differences"
runs "two archives differ" 1 "$STET" diff a b
grep -q "^$page_url  2026-11-23T15:40:19Z  2026-11-25T10:00:00Z$" out
tell $? "the page is named, with both times"
grep -A2 '^  ~ headline$' out >fact
printf '  ~ headline\n    - "Bread is dear"\n    + "Bread is dearer"\n' | cmp - fact
tell $? "a fact is before and after"
grep -qx "  - text: $one" out && grep -qx "  + text: $two" out && ! grep -q "text: $long" out
tell $? "paragraphs are told, and not those that both have"
grep -qx '  - needs http://a.example/a.gif' out && grep -qx '  + needs http://a.example/b.gif' out
tell $? "and what the page needs"
grep -A1 '^http://a.example/gone ' out | grep -qx '  - the page' &&
    grep -A1 '^http://a.example/new ' out | grep -qx '  + the page'
tell $? "and pages that one side has alone"
runs "JSON is written" 1 "$STET" diff --json --page $page_url a b
python3 -c 'import json, sys; [json.loads(l) for l in open("out")]' &&
    grep -q '"kind":"fact",.*"name":"headline","a":"Bread is dear","b":"Bread is dearer"}' out
tell $? "a line a difference"
runs "quiet says nothing" 1 "$STET" diff -q a b
[ ! -s out ]
tell $? "at all"

# -- in one archive ------------------------------------------------------------
mkdir c
cat a/a.warc b/b.warc >c/c.warc
record response http://a.example/a.gif "$(picture 2)" "$http" "$ip" | at 2026-11-25T10:00:01Z >>c/c.warc
record response $page_url "$(story 'Bread is dear' "$one" a.gif)" "$http" "$ip" | at 2026-11-25T12:00:00Z >>c/c.warc
runs "the first capture and the last are compared" 1 "$STET" diff --page $page_url c
shows "and what they need is another" "$page_url  2026-11-23T15:40:19Z  2026-11-25T12:00:00Z
  ~ changed: http://a.example/a.gif
1 page compared, 1 changed, 1 difference"
runs "or those of other times" 1 "$STET" diff --page $page_url --to 20261125100000 c
grep -q '^  ~ headline$' out
tell $? "as they were then"
runs "the same time is no difference" 0 "$STET" diff --page $page_url --from 2026-11-25 --to 2026-11-25 c

runs "a page that is not there is told" 3 "$STET" diff --page http://no.example/ a b
runs "so is a file" 3 "$STET" diff a no
runs "three are a mistake" 2 "$STET" diff a b c
runs "and so is a time that is none" 2 "$STET" diff --to noon a b
finish
