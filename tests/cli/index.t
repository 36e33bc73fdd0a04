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

head -c 500 a.warc >cut.warc
runs "a file that is cut off is told" 1 "$STET" index cut.warc
runs "a file that is not there is told" 3 "$STET" index no.warc
runs "no file is a mistake" 2 "$STET" index
finish
