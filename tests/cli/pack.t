# stet pack and stet unpack: what is in a WACZ, and what is refused.
. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

record warcinfo - '' >info
record response http://a.example/ "$page" "$http" >two
record response http://b.example/x "$chunks" "$http" >three
mkdir -p news/archive news/pages
for f in info two; do gzip -nc $f; done >news/archive/a.warc.gz
gzip -nc three >b.warc.gz
echo '{"format":"json-pages-1.0","id":"pages","title":"All Pages"}' >news/pages/pages.jsonl
echo '{"id":"1","url":"http://a.example/","ts":"2026-11-23T15:40:19.123Z"}' >>news/pages/pages.jsonl

runs "an archive is packed" 0 "$STET" pack -o n.wacz --title 'A "title"' news
grep -qx '1 WARC file and 1 page packed' err
tell $? "it says what is in it"
runs "and packed again, elsewhere and later" 0 env TZ=Asia/Tokyo "$STET" pack -q \
    -o m.wacz --title 'A "title"' ./news
cmp n.wacz m.wacz && [ ! -s err ]
tell $? "it is the same"
python3 - n.wacz >out 2>err <<'END'
import hashlib, json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
names = z.namelist()
assert names == ['archive/a.warc.gz', 'indexes/index.cdx', 'pages/pages.jsonl',
                 'datapackage.json', 'datapackage-digest.json'], names
assert z.getinfo('archive/a.warc.gz').compress_type == zipfile.ZIP_STORED
assert z.read('archive/a.warc.gz') == open('news/archive/a.warc.gz', 'rb').read()
assert z.read('pages/pages.jsonl') == open('news/pages/pages.jsonl', 'rb').read()
p = json.loads(z.read('datapackage.json'))
assert p['profile'] == 'data-package' and p['wacz_version'] == '1.1.1'
assert p['created'] == '2026-11-23T15:40:19Z' and p['title'] == 'A "title"'
assert p['mainPageUrl'] == 'http://a.example/'
assert sorted(r['path'] for r in p['resources']) == sorted(names[:3])
for r in p['resources']:
    data = z.read(r['path'])
    assert r['bytes'] == len(data)
    assert r['hash'] == 'sha256:' + hashlib.sha256(data).hexdigest()
    assert r['name'] == r['name'].lower()
d = json.loads(z.read('datapackage-digest.json'))
assert d['hash'] == 'sha256:' + hashlib.sha256(z.read('datapackage.json')).hexdigest()
END
tell $? "it holds what a WACZ holds"
sed 's/^/# /' err

runs "archives and files are packed together" 0 "$STET" pack -o both.wacz news b.warc.gz
runs "they are unpacked" 0 "$STET" unpack both.wacz both
cmp both/archive/a.warc.gz news/archive/a.warc.gz && cmp both/archive/b.warc.gz b.warc.gz
tell $? "as they were"
"$STET" index b.warc.gz news/archive/a.warc.gz | cmp - both/indexes/index.cdx
tell $? "with an index of both"
mkdir plain && cp news/archive/a.warc.gz plain
runs "a folder without pages is packed" 0 "$STET" pack -q -o p.wacz plain
"$STET" unpack -q p.wacz p
grep -q '"url":"http://a.example/","ts":"2026-11-23T15:40:19.123Z"' p/pages/pages.jsonl
tell $? "its pages are found"
runs "one that is there is not unpacked over" 3 "$STET" unpack both.wacz both

# 12,000 captures make an index beyond 4 MiB.
awk 'BEGIN { for (i = 0; i < 12000; i++) {
    u = sprintf("http://a.example/%05d/", i); for (k = 0; k < 20; k++) u = u "0123456789"
    printf "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:%d>\r\n", i
    printf "WARC-Date: 2026-11-23T15:40:19Z\r\nWARC-Target-URI: %s\r\n", u
    printf "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx\r\n\r\n" } }' >large.warc
runs "a large index is compressed" 0 "$STET" pack -q -o large.wacz large.warc
"$STET" unpack -q large.wacz large
zcat large/indexes/index.cdx.gz >got && "$STET" index --wabac large.warc | cmp - got
tell $? "it is that of wabac"
python3 - large/indexes >out 2>err <<'END'
import gzip, hashlib, json, sys
packed = open(sys.argv[1] + '/index.cdx.gz', 'rb').read()
idx = open(sys.argv[1] + '/index.idx').read().splitlines()
assert idx[0] == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}', idx[0]
at = 0
for line in idx[1:]:
    key, ts, it = line.split(' ', 2)
    it = json.loads(it)
    block = packed[it['offset']:it['offset'] + it['length']]
    assert it['offset'] == at and it['filename'] == 'index.cdx.gz'
    assert it['digest'] == 'sha256:' + hashlib.sha256(block).hexdigest()
    assert gzip.decompress(block).decode().startswith(key + ' ' + ts + ' {')
    at += it['length']
assert at == len(packed) and len(idx) == 13
END
tell $? "each of its blocks can be found"
sed 's/^/# /' err

mkdir other && cp b.warc.gz other/a.warc.gz
runs "two files of a name are refused" 2 "$STET" pack -o x.wacz news other
cp b.warc.gz other/c.warc.gz.open
runs "so is a file still being written" 2 "$STET" pack -o x.wacz other
head -c 50 b.warc.gz >cut.warc.gz
runs "and a damaged one" 1 "$STET" pack -o x.wacz cut.warc.gz
[ ! -e x.wacz ]
tell $? "no WACZ is left of these"
runs "no output is a mistake" 2 "$STET" pack news
runs "a file that is no WACZ is told" 1 "$STET" unpack b.warc.gz z

# bad NAME MEMBER TEXT: a copy of n.wacz with one member more
bad() {
    python3 - "$1" "$2" "$3" <<'END'
import shutil, sys, warnings, zipfile
warnings.simplefilter('ignore')
shutil.copy('n.wacz', sys.argv[1])
with zipfile.ZipFile(sys.argv[1], 'a') as z:
    z.writestr(sys.argv[2], sys.argv[3])
END
}
i=0
for name in ../evil /evil a/../../evil 'a\..\evil' 'c:evil' ./evil a//evil; do
    i=$((i + 1))
    bad slip.wacz "$name" x
    runs "a path $name is refused" 1 "$STET" unpack slip.wacz slip$i
    [ ! -e slip$i ] && [ ! -e evil ] && [ ! -e /evil ]
    tell $? "nothing is written"
done
bad more.wacz logs/x.log x
runs "a file that is not listed is told" 1 "$STET" unpack more.wacz more
grep -q 'logs/x.log: datapackage.json does not list it' err && [ -e more/logs/x.log ]
tell $? "and unpacked"
mkdir trap && ln -s "$dir" trap/pages
runs "a link in the way is not followed" 3 "$STET" unpack n.wacz trap
[ ! -e pages.jsonl ]
tell $? "nothing is written through it"
sed 's/a\.example/b.example/' n.wacz >false.wacz
runs "a false byte is told" 1 "$STET" unpack false.wacz false

vectors=${STET_VECTORS:-$TESTS/../../shared/vectors}/wacz-pywacz
if [ -d "$vectors" ]; then
    runs "a valid WACZ 1.1.1 is unpacked" 0 "$STET" unpack "$vectors/valid_example_2.wacz" v2
    runs "so is one of 1.0.0" 0 "$STET" unpack "$vectors/valid_example_1.wacz" v1
    runs "an invalid one is told" 1 "$STET" unpack "$vectors/invalid_example_1.wacz" v0
fi
record resource urn:text:http://t.example/ 'Words of "it"\n' 'Content-Type: text/plain' >text
record response http://t.example/ "$page" "$http" >tpage
cat tpage text >t.warc
runs "the text of pages is packed" 0 "$STET" pack -q --text -o t.wacz t.warc
runs "and unpacked" 0 "$STET" unpack t.wacz t
grep -q '"hasText":"true"' t/pages/pages.jsonl && tail -n 1 t/pages/pages.jsonl | grep -q '"text":"Words of \\"it\\"\\n"}$'
tell $? "in the list of pages"
finish
