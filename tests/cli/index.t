. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

digest='WARC-Payload-Digest: sha256:00'
record warcinfo - '' >info
record response 'http://www.b.example/B?z=1&a=2' "$page" "$http" "$digest" >page
record response http://a.example/ "$chunks" "$http" >chunked
record revisit http://a.example/ '' "$digest" >revisit
record metadata http://a.example/ '' 'Content-Type: application/warc-fields' >meta
cat info page chunked revisit meta >a.warc
i=$(wc -c <info) p=$(wc -c <page) c=$(wc -c <chunked) r=$(wc -c <revisit)
d=20261123154019

page_line='example,b)/b?a=2&z=1 '$d' {"url": "http://www.b.example/B?z=1&a=2", "mime": "text/html", "status": "200", "digest": "sha256:00", "length": "'$((p - 4))'", "offset": "'$i'", "filename": "a.warc"}'
chunked_line='example,a)/ '$d' {"url": "http://a.example/", "status": "200", "digest": "sha1:EZMCEYKLYMOWXPIGFLXFT3WW62PQVRQP", "length": "'$((c - 4))'", "offset": "'$((i + p))'", "filename": "a.warc"}'
revisit_line='example,a)/ '$d' {"url": "http://a.example/", "mime": "warc/revisit", "digest": "sha256:00", "length": "'$((r - 4))'", "offset": "'$((i + p + c))'", "filename": "a.warc"}'

runs "captures are indexed" 0 "$STET" index a.warc
shows "sorted by byte" "$revisit_line
$chunked_line
$page_line"
runs "they are indexed in their order" 0 "$STET" index --unsorted a.warc
shows "when asked" "$page_line
$chunked_line
$revisit_line"
runs "keys can be those of wabac.js" 0 "$STET" index --wabac a.warc
runs "a file is written" 0 "$STET" index -o a.cdx a.warc
[ "$(wc -l <a.cdx)" = 3 ] && [ ! -s out ]
tell $? "instead of standard output"

mkdir -p x/archive && gzip -nc page >x/archive/p.warc.gz.open && gzip -nc revisit >x/archive/r.warc.gz
runs "an archive is indexed" 0 "$STET" index x
grep -q '"offset": "0", "filename": "p.warc.gz"' out && [ "$(wc -l <out)" = 2 ]
tell $? "by the names that its files will have"

runs "classic CDX is written" 0 "$STET" index --cdx a.warc
shows "of 11 columns" " CDX N b a m s k r M S V g
example,a)/ $d http://a.example/ - 200 EZMCEYKLYMOWXPIGFLXFT3WW62PQVRQP - - $((c - 4)) $((i + p)) a.warc
example,a)/ $d http://a.example/ warc/revisit - 00 - - $((r - 4)) $((i + p + c)) a.warc
example,b)/b?a=2&z=1 $d http://www.b.example/B?z=1&a=2 text/html 200 00 - - $((p - 4)) $i a.warc"
runs "or of 9" 0 "$STET" index --cdx9 --unsorted a.warc
[ "$(sed -n 2p out)" = "example,b)/b?a=2&z=1 $d http://www.b.example/B?z=1&a=2 text/html 200 00 - $i a.warc" ]
tell $? "without M and S"
runs "fields can be chosen" 0 "$STET" index --unsorted --records warcinfo,revisit --replace-fields warc-type,offset a.warc
shows "and record types" '- '$d' {"warc-type": "warcinfo", "offset": "0"}
example,a)/ '$d' {"warc-type": "revisit", "offset": "'$((i + p + c))'"}'
runs "stored records are hashed" 0 "$STET" index -d --records warcinfo a.warc
grep -q "\"recordDigest\": \"sha256:$(head -c $((i - 4)) a.warc | sha256sum | cut -d' ' -f1)\"" out
tell $? "as they lie in the file"
mkdir -p sub && cp a.warc sub
runs "names are relative" 0 "$STET" index --dir-root sub/x sub
[ "$(grep -c '"filename": "../a.warc"' out)" = 3 ]
tell $? "to a folder"

request='Content-Type: application/http;msgtype=request'
record response http://c.example/p 'HTTP/1.1 200 OK

' "$http" >post.warc
record request http://c.example/p 'POST /p HTTP/1.1
Content-Type: application/x-www-form-urlencoded
Content-Length: 7

a=%%26&b' "$request" "WARC-Concurrent-To: <urn:uuid:$ids>" >>post.warc
runs "a request's body goes into the key" 0 "$STET" index -p -f method post.warc
grep -q '^example,c)/p?&__wb_method=post&a=&b .*"method": "POST", "requestBody": "a=&&b"}$' out && [ "$(wc -l <out)" = 1 ]
tell $? "and into the line"

"$STET" index -o a.cdx a.warc && "$STET" index -o p.cdx post.warc
runs "indexes are merged" 0 "$STET" index -m a.cdx p.cdx a.cdx
cat a.cdx p.cdx | LC_ALL=C sort | cmp -s - out
tell $? "into one"
printf 'b\na\n' >odd.cdx
runs "one that is not sorted is refused" 1 "$STET" index --merge odd.cdx
runs "an index is compressed" 0 "$STET" index -c z.cdx.gz -l 2 -o z.idx a.warc
gzip -dc z.cdx.gz | cmp -s - a.cdx && [ "$(wc -l <z.idx)" = 3 ] && grep -q '^!meta 0 ' z.idx
tell $? "in blocks"
runs "CDX is not" 2 "$STET" index --cdx -c z.cdx.gz a.warc
runs "nor hashed from a pipe" 2 sh -c '"$STET" index -d - <a.warc'

{
    printf 'filedesc://o.arc 0.0.0.0 20140301000000 text/plain 62\n1 0 x\n'
    printf 'URL IP-address Archive-date Content-type Archive-length\n\n'
    printf 'http://o.example/ 192.0.2.1 20140401000000 text/html 21\n'
    printf 'HTTP/1.0 200 OK\n\n<p>\n\n'
} >o.arc
runs "an ARC file is indexed" 0 "$STET" index o.arc
grep -q '^example,o)/ 20140401000000 {.*"status": "200", "digest": "sha1:.*", "length": "77", .*"filename": "o.arc"}$' out
tell $? "without the line end after a record"

head -c 500 a.warc >cut.warc
runs "a file that is cut off is told" 1 "$STET" index cut.warc
runs "a file that is not there is told" 3 "$STET" index no.warc
runs "no file is a mistake" 2 "$STET" index
finish
