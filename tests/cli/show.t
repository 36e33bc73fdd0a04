. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

record warcinfo - '' >info
record response http://a.example/ "$page" "$http" >page
record request http://a.example/ 'GET / HTTP/1.1\r\n\r\n' \
    'Content-Type: application/http;msgtype=request' >request
record response http://b.example/ "$chunks" "$http" >chunked
printf 'a body to be compressed' | gzip -nc >body.gz
{
    record response http://c.example/ '@' "$http"
} >zipped
# The block is binary, so it is put in behind printf's back.
printf 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n' >block
cat body.gz >>block
{
    sed -n '1,/Content-Length/p' zipped | sed '$d'
    printf 'Content-Length: %s\r\n\r\n' "$(wc -c <block | tr -d ' ')"
    cat block
    printf '\r\n\r\n'
} >zipped2
for f in info page request chunked zipped2; do gzip -nc $f; done >a.warc.gz
at=$(gzip -nc info | wc -c)

runs "a record is shown by offset" 0 "$STET" show a.warc.gz "$at"
head -c -4 page | cmp - out
tell $? "header and block, byte for byte"
runs "the header alone" 0 "$STET" show --header a.warc.gz "$at"
[ "$(tail -c 4 out | od -An -tx1 | tr -d ' ')" = 0d0a0d0a ] && ! grep -q HTTP/ out
tell $? "is shown"
runs "the block alone" 0 "$STET" show --block a.warc.gz "$at"
printf "$page" | cmp - out
tell $? "is shown"
runs "the payload alone" 0 "$STET" show --payload a.warc.gz "$at"
printf '<p>' | cmp - out
tell $? "is shown"

runs "a record is shown by URL" 0 "$STET" show --payload a.warc.gz http://b.example/
printf abc | cmp - out
tell $? "its chunks put together"
runs "the request of a URL is shown" 0 "$STET" show --block -t request a.warc.gz http://a.example/
printf 'GET / HTTP/1.1\r\n\r\n' | cmp - out
tell $? "when asked for"
runs "a coded payload is shown" 0 "$STET" show --payload a.warc.gz http://c.example/
cmp body.gz out
tell $? "as it is coded"
runs "a coded body is shown" 0 "$STET" show --body a.warc.gz http://c.example/
printf 'a body to be compressed' | cmp - out
tell $? "with its coding undone"

mkdir -p x/archive && cp a.warc.gz x/archive
runs "a URL is found in an archive" 0 "$STET" show --payload x http://b.example/
runs "an offset where no record begins is told" 1 "$STET" show a.warc.gz 1
runs "a URL that is not there is told" 1 "$STET" show a.warc.gz http://d.example/
grep -q 'no such record' err
tell $? "by name"
runs "two parts at once are a mistake" 2 "$STET" show --header --block a.warc.gz 0
runs "a file alone is a mistake" 2 "$STET" show a.warc.gz
runs "a file that is not there is told" 3 "$STET" show no.warc 0
latin='HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\nd\351j\340'
record response http://l.example/ "$latin" "$http" >l.warc
runs "a body is shown as text" 0 "$STET" show --text l.warc http://l.example/
printf 'd\303\251j\303\240' | cmp - out
tell $? "in UTF-8"
runs "one part at a time" 2 "$STET" show --text --body l.warc http://l.example/
finish
