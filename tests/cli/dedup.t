# stet dedup: what becomes a revisit, what does not, and what it writes.
. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

body=$(printf '%1100s' x | tr ' ' a)
ok='HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'
plain="$ok\\r\\n$body"
framed="${ok}Transfer-Encoding: chunked\\r\\n\\r\\n44c\\r\\n$body\\r\\n0\\r\\n\\r\\n"
page="HTTP/1.1 404 No\\r\\n\\r\\n$body"
sum=$(printf %s "$body" | sha256sum | cut -d' ' -f1)
sums='WARC-Block-Digest: sha256:0000000000000000000000000000000000000000000000000000000000000000'
at() { # another date for the record on standard input
    sed "s/^WARC-Date: 2026-11-23T15:40:19.123Z/WARC-Date: $1/"
}

record warcinfo - 'software: test\r\n' >info
{
    cat info
    record response http://a.example/1 "$plain" "$http"
    record response http://a.example/2 "$plain" "$http"
    record response http://a.example/chunked "$framed" "$http"
    record response http://a.example/chunked2 "$framed" "$http"
    record response http://a.example/small "${ok}\\r\\nsmall" "$http"
    record response http://a.example/small2 "${ok}\\r\\nsmall" "$http"
    record response http://a.example/none "$page" "$http"
    record response http://a.example/cut "$plain" "$http" 'WARC-Truncated: time'
    record response http://a.example/segment "$plain" "$http" 'WARC-Segment-Number: 1'
    record response http://a.example/1 "$plain" "$http"
    record response http://a.example/1 "$plain" "$http" | at 2026-11-24T00:00:00Z
    record response http://a.example/referred "$plain" "$http"
    record revisit http://a.example/r "$ok\\r\\n" "$http" \
        'WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest' \
        "WARC-Payload-Digest: sha256:$sum" \
        'WARC-Refers-To-Target-URI: http://a.example/referred' \
        'WARC-Refers-To-Date: 2026-11-23T15:40:19.123Z' 'WARC-Truncated: length'
} >in.warc
cp in.warc before
runs "a file is rewritten" 0 "$STET" dedup --index out.cdxj in.warc out.warc.gz
grep -q '^14 records, 3 of them now revisits, [0-9]* bytes of bodies left out$' err
tell $? "it says what it did"
cmp in.warc before
tell $? "the input is as it was"
"$STET" list out.warc.gz | cut -f3,6 >types
"$STET" list in.warc | cut -f3,6 | awk -F'\t' -v OFS='\t' '
    $2 ~ /\/(2|chunked2)$/ || ($2 ~ /\/1$/ && ++n == 3) { $1 = "revisit" } { print }' |
    cmp - types
tell $? "what is the same body, whole and framed alike, is a revisit"
"$STET" check --json out.warc.gz >found
! grep -q 'revisit\|digest\|gzip\|length' found
tell $? "the file keeps the rules"
"$STET" show out.warc.gz http://a.example/2 >two
grep -q '^WARC-Refers-To-Target-URI: http://a.example/1' two &&
    grep -q '^WARC-Refers-To-Date: 2026-11-23T15:40:19.123Z' two &&
    grep -q '^WARC-Refers-To: <urn:uuid:2>' two && grep -q '^HTTP/1.1 200 OK' two &&
    grep -q '^WARC-Record-ID: <urn:uuid:3>' two && grep -q '^WARC-Truncated: length' two
tell $? "it says of what it is, and keeps its own head and id"
"$STET" index out.warc.gz | cmp - out.cdxj
tell $? "the index fits"
digest() {
    sed -n "s|.*$1\", .*\"digest\": \"\\([^\"]*\\)\".*|\\1|p" out.cdxj | head -n 1
}
[ -n "$(digest example/2)" ] && [ "$(digest example/1)" = "$(digest example/2)" ]
tell $? "revisit and original have one digest in it"
runs "again there is nothing to do" 0 "$STET" dedup out.warc.gz again.warc.gz
grep -q ', 0 of them now' err && cmp out.warc.gz again.warc.gz
tell $? "the file is the same"

mkdir d
"$STET" recompress -q in.warc d/a.warc.gz
{ cat info; record response http://b.example/ "$plain" "$http"; } >b.warc
"$STET" recompress -q b.warc d/b.warc.gz
runs "a folder becomes a folder" 0 "$STET" dedup -q d e --index e.cdxj
[ "$("$STET" list e/b.warc.gz | cut -f3 | tail -n 1)" = revisit ]
tell $? "bodies are compared across its files"
grep -q '"filename": "b.warc.gz"' e.cdxj
tell $? "the index is of all"

{ cat info; record response http://a.example/1 "$plain" "$http"
  record response http://a.example/2 "$plain" "$http" "$sums"; } >wrong.warc
runs "what has a wrong digest is told" 1 "$STET" dedup wrong.warc w.warc.gz
grep -q 'the block has not the digest' err && ! "$STET" list w.warc.gz | grep -q revisit
tell $? "and stays as it is"
head -c 1500 in.warc >cut.warc
runs "a damaged file is refused" 1 "$STET" dedup cut.warc c.warc.gz
[ ! -e c.warc.gz ]
tell $? "and leaves nothing"
runs "a file that is there is not written over" 3 "$STET" dedup in.warc out.warc.gz
runs "a folder neither" 3 "$STET" dedup d e
runs "standard input is a mistake" 2 "$STET" dedup - x.warc.gz
runs "two of one name are a mistake" 2 "$STET" dedup d/a.warc.gz e/a.warc.gz x
runs "one operand is a mistake" 2 "$STET" dedup in.warc
finish
