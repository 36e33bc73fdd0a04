# The programs of the pages of section 3 compile against an installed tree,
# as a stranger's would, and do what the pages say.
. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"
top=$TESTS/..

runs "the library is installed" 0 make -s -C "$top" install VARIANT="${VARIANT:-release}" \
    DESTDIR="$dir/tree" PREFIX=/usr
if ! command -v "${PKG_CONFIG:-pkg-config}" >/dev/null; then
    finish
    exit
fi
flags=$(PKG_CONFIG_PATH=$dir/tree/usr/lib/pkgconfig "${PKG_CONFIG:-pkg-config}" \
    --define-variable=libdir="$dir/tree/usr/lib" \
    --define-variable=includedir="$dir/tree/usr/include" --cflags --libs libstet)
case ${VARIANT:-} in
asan | fuzz) flags="$flags -fsanitize=address,undefined" ;;
tsan) flags="$flags -fsanitize=thread" ;;
cov) flags="$flags --coverage" ;;
esac
export LD_LIBRARY_PATH="$dir/tree/usr/lib"

for page in libstet stet_warc_reader stet_warc_output stet_index; do
    examples "$dir/tree/usr/share/man/man3/$page.3" | grep -v '^#end' >$page.c
    # shellcheck disable=SC2086
    runs "the program of $page(3) compiles" 0 "${CC:-cc}" -std=c17 -Wall -Wextra \
        -Werror -o $page $page.c $flags
done

latin='HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=latin1\r\n\r\n<p>d\351j\340\n'
{
    record warcinfo - 'software: test\r\n'
    record response http://a.example/x "$latin" "$http"
    record response http://b.example/y 'HTTP/1.1 404 No\r\n\r\n' "$http"
} >a.warc
runs "libstet lists responses" 0 ./libstet a.warc
[ "$(wc -l <out)" = 2 ] && grep -q 'Z http://a.example/x$' out
tell $? "by date and URL"
runs "stet_warc_reader prints texts" 0 ./stet_warc_reader a.warc
printf '<p>d\303\251j\303\240\n' | cmp -s - out
tell $? "in UTF-8"
runs "stet_index finds lines" 0 ./stet_index a.warc a.cdxj 'example,b)'
[ "$(wc -l <out)" = 1 ] && grep -q '^example,b)/y 20261123154019 {' out
tell $? "by their keys"
[ "$(wc -l <a.cdxj)" = 2 ]
tell $? "in an index of all"
mkdir notes
runs "stet_warc_output writes" 0 ./stet_warc_output notes http://a.example/ 'Read twice.'
grep -q '^<urn:uuid:.*> at [0-9]* in notes-[0-9]*-00001-localhost.warc.gz$' out
tell $? "and says where"
runs "what stet check finds good" 0 "$STET" check --strict notes/*.warc.gz
[ "$("$STET" list notes | cut -f3 | tr '\n' ' ')" = 'warcinfo resource metadata ' ]
tell $? "warcinfo, note and metadata"
runs "a fault is told" 1 ./stet_warc_output nowhere http://a.example/ x
[ "$(wc -l <err)" = 1 ]
tell $? "in one line"
finish
