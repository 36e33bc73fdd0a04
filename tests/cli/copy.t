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
runs "a whole file is mended without loss" 0 "$STET" mend -q plain.warc h.warc
finish
