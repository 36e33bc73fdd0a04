# stet extract: bodies as files, and never outside the folder.
. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

gone='HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\ngone'
empty='HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n'
record warcinfo - 'software: x\r\n' >a.warc
record response http://a.example/ "$page" "$http" >>a.warc
record response http://a.example/ "$page" "$http" >>a.warc
record response http://b.example/x "$chunks" "$http" >>a.warc
record response http://a.example/gone "$gone" "$http" >>a.warc
record response http://a.example/moved "$empty" "$http" >>a.warc
record request http://a.example/ 'GET / HTTP/1.1\r\n\r\n' \
    'Content-Type: application/http;msgtype=request' >>a.warc
record resource urn:x:1 'some text' 'Content-Type: text/plain' >>a.warc
for bad in http://a.example/../../../../evil http://../evil \
    http://a.example/%2e%2e/%2e%2e/evil file:///etc/evil ../../evil /evil \
    'http://a.example/..%5c..%5cevil' 'http://c.example/a/CON'; do
    record resource "$(printf %s "$bad" | sed 's/%/%%/g')" evil \
        'Content-Type: text/plain' >>a.warc
done

runs "bodies are extracted" 0 "$STET" extract -o in/x a.warc
[ "$(find in -type f | wc -l)" = "$(wc -l <out)" ] && [ "$(wc -l <out)" = 13 ]
tell $? "a line is printed for each file"
[ "$(find . -name '*evil*' -not -path './in/x/*' | wc -l)" = 0 ] && [ ! -e /evil ]
tell $? "none is outside the folder"
[ "$(find in -type d -name '..*' | wc -l)" = 0 ]
tell $? "no name begins with points"
f=$(awk '$2 == "http://b.example/x" { print $1 }' out)
[ "$(cat "in/x/$f")" = abc ]
tell $? "chunks are put together"
grep -q 'index~2.html' out
tell $? "a second capture has its own name"

runs "a status is chosen" 0 "$STET" extract -o s -s 4xx a.warc
cut -f2 out >urls && mv urls out
shows "it alone" "http://a.example/gone"
runs "a URL, a type and a date are chosen" 0 "$STET" extract -o u \
    -u http://b -m image/ --from 2027 a.warc
[ ! -s out ]
tell $? "nothing is all of these"
runs "a type of record is chosen" 0 "$STET" extract -q -o t -t warcinfo a.warc
grep -q '^software: x' t/other/* && [ ! -s out ]
tell $? "and written quietly"

mkdir trap && ln -s "$dir" trap/b.example && ln -s "$dir" trap/b.example@http
runs "a link on the way is not followed" 3 "$STET" extract -o trap -u http://b a.warc
[ ! -e x ] && [ ! -e x.html ] && [ ! -e index.html ]
tell $? "nothing came out of the folder"
runs "no folder is a mistake" 2 "$STET" extract a.warc
runs "so is a status that is none" 2 "$STET" extract -o y -s 4 a.warc
[ ! -e y ]
tell $? "then nothing is made"
finish
