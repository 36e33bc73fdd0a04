# stet recompress and stet mend over other projects' WARC files: what is
# copied lists as before, what is mended reads without damage.
. "$TESTS/cli/lib.sh"
vectors=${STET_VECTORS:-$TESTS/../../shared/vectors}
find "$vectors"/warc-* -type f \( -name '*.warc' -o -name '*.warc.gz' -o \
    -name '*.warc.gz.bad' -o -name '*.warc.zst' \) 2>/dev/null | sort >files
if [ ! -s files ]; then
    echo "1..0 # SKIP no vectors here"
    exit 0
fi

while IFS= read -r f; do
    name=${f#"$vectors"/}
    rm -f o.gz m.gz
    "$STET" recompress -q "$f" o.gz >out 2>err
    status=$?
    if [ -e o.gz ]; then
        [ $status -le 1 ]
        tell $? "$name: is recompressed"
        "$STET" list "$f" 2>/dev/null | cut -f3- >want
        "$STET" list o.gz 2>err | cut -f3- | cmp -s - want && ! grep -q 'compressed member\|line ends' err
        tell $? "$name: lists as before"
    else
        [ $status = 1 ] && [ -s err ]
        tell $? "$name: is refused, and it is said why"
    fi
    "$STET" mend -q "$f" m.gz >out 2>err
    [ $? -le 1 ]
    tell $? "$name: is mended, or nothing is whole"
    if [ -e m.gz ]; then
        "$STET" check --json m.gz >out 2>/dev/null
        ! grep -q '"rule":"\(gzip-.*\|garbage.*\|record-cut-off\|record-end\|content-length\)"' out
        tell $? "$name: then reads without damage"
    fi
done <files
finish
