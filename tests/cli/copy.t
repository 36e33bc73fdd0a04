# stet recompress and stet mend: what they write, say and answer.
. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

record warcinfo - '' >one
record response http://a.example/ "$page" "$http" >two
record response http://b.example/ "$chunks" "$http" >three
cat one two three >plain.warc
gzip -nc plain.warc >bad.warc.gz
for f in one two three; do gzip -nc $f; done >good.warc.gz

runs "a file in one member is recompressed" 0 "$STET" recompress bad.warc.gz a.warc.gz
grep -q '^3 records copied$' err
tell $? "it says how many records"
[ "$("$STET" list a.warc.gz | cut -f1 | sort -un | wc -l)" = 3 ]
tell $? "each is in a member of its own"
"$STET" check -q --strict a.warc.gz 2>/dev/null
zcat a.warc.gz | cmp - plain.warc
tell $? "the bytes are the same"
runs "it is made plain" 0 "$STET" recompress -q --plain good.warc.gz b.warc
cmp b.warc plain.warc && [ ! -s err ]
tell $? "the bytes are the same, and nothing is said"
runs "pipes will do" 0 sh -c "'$STET' recompress --plain - - <good.warc.gz | cmp - plain.warc"
if command -v zstd >/dev/null; then
    zstd -q plain.warc -o z.warc.zst
    runs "so will zstd" 0 "$STET" recompress -q --plain z.warc.zst z.warc
    cmp z.warc plain.warc
    tell $? "the bytes are the same"
fi
runs "frames of zstd are written" 0 "$STET" recompress -q --zstd bad.warc.gz c.warc.zst
runs "and are read" 0 "$STET" recompress -q --plain c.warc.zst d.warc
cmp d.warc plain.warc
tell $? "the bytes are the same"
[ "$("$STET" list c.warc.zst | cut -f1 | sort -un | wc -l)" = 3 ]
tell $? "each is in a frame of its own"
if command -v zstd >/dev/null; then
    zstd -qdc c.warc.zst | cmp - plain.warc
    tell $? "zstd reads them too"
fi
i=0
while [ $i -lt 40 ]; do
    record resource "http://a.example/$i" "<p>A page with words that each page has, number $i"
    i=$((i + 1))
done >many.warc
runs "a dictionary is trained" 0 "$STET" recompress -q --dictionary many.warc e.warc.zst
[ "$(head -c 4 e.warc.zst | od -An -tx1 | tr -d ' ')" = 5d2a4d18 ]
tell $? "the file begins with it"
runs "and read" 0 "$STET" recompress -q --plain e.warc.zst f.warc
cmp f.warc many.warc
tell $? "the bytes are the same"
runs "an offset leads to a record" 0 "$STET" show --block e.warc.zst \
    "$("$STET" list e.warc.zst | sed -n 's/^\([0-9]*\).*example\/7$/\1/p')"
grep -q 'number 7$' out
tell $? "the right one"
runs "too few records are no dictionary" 0 "$STET" recompress -q --dictionary plain.warc g.warc.zst
"$STET" recompress -q --plain g.warc.zst - | cmp - plain.warc
tell $? "but a file"
runs "the index goes with it" 0 "$STET" recompress -q --index h.cdxj bad.warc.gz h.warc.gz
"$STET" index h.warc.gz | cmp -s - h.cdxj && [ "$(wc -l <h.cdxj)" = 2 ]
tell $? "and fits"
rm -f [c-h].warc*
runs "plain and zstd are a mistake" 2 "$STET" recompress --plain --zstd plain.warc c.warc

runs "a file that is there is not written over" 3 "$STET" recompress plain.warc a.warc.gz
mkdir x && : >x/stet.db
runs "an archive is refused" 2 "$STET" recompress x c.warc.gz
grep -q 'is an archive' err && [ ! -e c.warc.gz ]
tell $? "it says why"
runs "a level that is none is a mistake" 2 "$STET" recompress --level 10 plain.warc d.warc.gz
runs "one operand is a mistake" 2 "$STET" recompress plain.warc

{
    gzip -nc one
    gzip -nc two | head -c 60
    gzip -nc three
} >broken.warc.gz
cp broken.warc.gz before
runs "a damaged file is not recompressed" 1 "$STET" recompress broken.warc.gz e.warc.gz
[ ! -e e.warc.gz ]
tell $? "nothing is left of the attempt"
runs "it is mended" 1 "$STET" mend --plain broken.warc.gz f.warc
cat one three | cmp - f.warc
tell $? "what is whole is there"
grep -q 'at .*: from here to .* bytes gave no record' err
tell $? "what is lost is told with its place"
cmp broken.warc.gz before
tell $? "the input is as it was"
head -c 60 two >nothing
runs "nothing whole is told" 1 "$STET" mend -q nothing g.warc
[ ! -e g.warc ]
tell $? "and leaves no file"
printf '%s\n' 'http://a.example/ 192.0.2.1 20200102030405 text/html 39' \
    'HTTP/1.1 404 Not Found' 'X: y' '' '<p>no page' >a.arc
runs "an ARC file is made a WARC file" 0 "$STET" recompress -q --plain a.arc i.warc
"$STET" check -q i.warc && "$STET" show --body i.warc http://a.example/ | grep -q 'no page'
tell $? "that is sound and has its bodies"
runs "a whole file is mended without loss" 0 "$STET" mend -q plain.warc h.warc
finish
