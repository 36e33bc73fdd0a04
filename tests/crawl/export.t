#!/bin/sh
# stet export: what a reader gets.  The world's story, and archives made by
# hand that want to write where they must not.
. "$TESTS/cli/lib.sh"
WORLD_HOME=$TESTS/world
. "$TESTS/world/world.sh"

# Every relative link of a page leads to a file of the mirror.
links_hold() { # FILE
    "$STET" links --base "file://$(realpath "$1")" --type html "$1" |
        grep -o '"url":"file:[^"]*"' | sed 's/"url":"file:\/\///; s/"$//' |
        sort -u | while read -r path; do
        path=$(printf '%b' "$(printf '%s' "$path" | sed 's/%/\\x/g')")
        [ -f "$path" ] || echo "# not there: $path"
        case $path in "$(realpath .)"/*) ;; *) echo "# outside: $path" ;; esac
    done
}

# answer FILE URL TYPE BODY [YEAR]: adds a response, whatever bytes it holds.
answer() {
    printf 'HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n%s' "$3" "$4" >block
    { header response "$2" "${5:-2026}" && cat block && printf '\r\n\r\n'; } >>"$1"
}
header() { # TYPE URL YEAR
    ids=$((ids + 1))
    printf 'WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\n' "$1" $ids
    printf 'WARC-Date: %s-11-23T15:40:19Z\r\nWARC-Target-URI: %s\r\n' "$3" "$2"
    printf 'Content-Type: application/http;msgtype=%s\r\nContent-Length: %s\r\n' "$1" "$(wc -c <block)"
    [ -z "${refers:-}" ] || printf '%s\r\n' "$refers"
    printf '\r\n'
}
ids=0

# -- names that want out
: >evil.warc
for url in 'http://h.example/../../x' 'http://h.example/%2e%2e/%2e%2e/y' \
    'http://h.example/a\..\b' "http://h.example/$(printf '%0300d' 0)/$(printf '%0300d' 1)" \
    'http://h.example/CON' 'http://h.example/con/aux.html' 'http://h.example/n%00l' \
    'http://h.example/Case' 'http://h.example/case' 'http://h.example/a' \
    'http://h.example/a/b' 'http://h.example/a/' 'http://h.example/a?q=1' 'http://h.example/a?q=2' \
    'http://index.html/' 'http://h.example/..%2f..%2fz' 'http://h.example/.../w'; do
    answer evil.warc "$url" text/html "$url"
done
mkdir -p in && runs "names that want out are exported" 0 "$STET" export evil.warc in/mirror
[ "$(ls in)" = mirror ] && [ "$(ls | tr '\n' ' ')" = 'block err evil.warc in out ' ]
tell $? "and nothing lies outside"
# /a\..\b is /b, /../../x is /x: seventeen addresses, no two of them one.
n=$(find in/mirror -mindepth 2 -type f | wc -l)
[ "$n" = 17 ]
tell $? "each in a file of its own ($n)"
[ "$(find in/mirror | tr A-Z a-z | sort | uniq -d | wc -l)" = 0 ]
tell $? "also where upper and lower case are one"
[ "$(find in/mirror | sed 's|.*/||' | awk 'length($0) > 120' | wc -l)" = 0 ]
tell $? "under short names"

# -- the folder
runs "a folder that is not empty is refused" 2 "$STET" export evil.warc in/mirror
[ "$(wc -l <err)" = 1 ] && grep -q 'in/mirror is not empty' err
tell $? "in one line that names it"
runs "--force writes into it" 0 "$STET" export --force evil.warc in/mirror
mkdir planted out_there
ln -s "$dir/out_there" planted/h.example@http
runs "a planted link is not followed" 3 "$STET" export --force evil.warc planted
[ "$(wc -l <err)" = 1 ] && grep -q planted/h.example@http err && [ -z "$(ls out_there)" ]
tell $? "it is named, and nothing lies behind it"
runs "what is not there is told" 3 "$STET" export no.warc new
[ ! -e new ]
tell $? "and no folder made"
runs "a folder must be named" 2 "$STET" export evil.warc
runs "a time must be one" 2 "$STET" export --at yesterday evil.warc new

# -- what documents need on disk
: >disk.warc
answer disk.warc http://d.example/ 'text/html; charset=utf-8' \
    '<!DOCTYPE html><base href="/deep/"><link rel=stylesheet href="s.css" integrity=sha256-x crossorigin><p>Übermut <a href="//d.example/gone">x</a> <svg><use href="/i.svg#b"/></svg> <img src="/p?1"><img src="/p?2">'
answer disk.warc http://d.example/deep/s.css 'text/css' '@import "t.css"; a { background: url(/p?1) }'
answer disk.warc http://d.example/deep/t.css 'text/css' ''
answer disk.warc 'http://d.example/p?1' image/png one
answer disk.warc 'http://d.example/p?2' image/png two
answer disk.warc http://d.example/i.svg image/svg+xml \
    '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="a"><g/></symbol><symbol id="b"><path fill="url(#c)"/></symbol><linearGradient id="c"/></svg>'
answer disk.warc http://d.example/latin 'text/html; charset=iso-8859-1' \
    "<!doctype html><title>$(printf 'gr\374n')</title>"
runs "a page with all kinds of needs" 0 "$STET" export --missing notice disk.warc disk
page=disk/d.example@http/index.html
[ "$(head -c 3 $page | od -An -tx1 | tr -d ' ')" = efbbbf ]
tell $? "says its charset, which only the header told"
grep -q '<!doctype html><meta charset="windows-1252"><title>' disk/d.example@http/latin.htm
tell $? "another does so behind its doctype"
grep -q '<base _href=' $page && grep -q ' _integrity=' $page && grep -q ' _crossorigin' $page
tell $? "is disarmed"
grep -q '<use href="#stet-1-b"' $page && grep -q '<symbol id="stet-1-b"><path fill="url(#stet-1-c)"/>' $page &&
    grep -q '<linearGradient id="stet-1-c"/>' $page && ! grep -q stet-1-a $page
tell $? "holds the elements of another file that it uses"
grep -q 'href="../_missing.html#http://d.example/gone"' $page && [ -f disk/_missing.html ]
tell $? "leads to a notice for what is missing"
links_hold $page >bad
[ ! -s bad ]
tell $? "and has links to files only"
cat bad

# -- times, revisits, redirects
: >times.warc
for year in 2020 2022 2024; do
    answer times.warc http://t.example/ text/html "it is $year" $year
done
refers=$(printf 'WARC-Refers-To-Target-URI: http://t.example/\r\nWARC-Refers-To-Date: 2020-11-23T15:40:19Z')
printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n' >block
{ header revisit http://t.example/again 2025 && cat block && printf '\r\n\r\n'; } >>times.warc
refers=$(printf 'WARC-Refers-To-Target-URI: http://t.example/lost\r\nWARC-Refers-To-Date: 2020-11-23T15:40:19Z\r\nWARC-Payload-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
{ header revisit http://t.example/lost 2025 && cat block && printf '\r\n\r\n'; } >lost.warc
refers=
printf 'HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n' >block
{ header response http://t.example/moved 2025 && cat block && printf '\r\n\r\n'; } >>times.warc
answer times.warc http://t.example/links text/html '<a href=/moved#top>m</a>'
t=t.example@http
runs "of captures over time" 0 "$STET" export times.warc times
grep -q 'it is 2024' times/$t/index.html
tell $? "the latest is taken"
grep -q 'it is 2020' times/$t/again.htm
tell $? "a revisit has the body that it refers to"
grep -q '<a href=index.html#top>' times/$t/links.htm && ! [ -e times/$t/moved.htm ]
tell $? "a link to a redirect leads to its end"
[ "$(grep -c '<li>' times/index.html)" = 3 ]
tell $? "every page is listed where no list is"
runs "or the one nearest to a time" 0 "$STET" export --at 2021-10 times.warc at
grep -q 'it is 2020' at/$t/index.html
tell $? "it is the one before"
runs "a revisit of nothing is told" 1 "$STET" export lost.warc lost
grep -q 'http://t.example/lost: a revisit' err
tell $? "by its URL"

# A 304 that was kept as a response: the page is what came before it.
: >same.warc
answer same.warc http://t.example/ text/html 'it is 2020' 2020
printf 'HTTP/1.1 304 Not Modified\r\n\r\n' >block
{ header response http://t.example/ 2024 && cat block && printf '\r\n\r\n'; } >>same.warc
runs "an answer that nothing has changed is taken in" 0 "$STET" export same.warc same
grep -q 'it is 2020' same/$t/index.html
tell $? "for the page that it is about"
mkdir -p listed/archive listed/pages
cp times.warc listed/archive
echo '{"url":"http://t.example/","title":"A title","seed":true}' >listed/pages/pages.jsonl
runs "an archive and a file make one mirror" 0 "$STET" export listed disk.warc both
[ "$(grep -c '<li>' both/index.html)" = 3 ] && grep -q 'A title' both/index.html
tell $? "the one's list, and every page of the other"

# -- bodies that are not what they should be
raw() { # FILE URL HEADER-LINES BODY
    printf 'HTTP/1.1 200 OK\r\n%s\r\n\r\n%s' "$3" "$4" >block
    { header response "$2" 2024 && cat block && printf '\r\n\r\n'; } >>"$1"
}
: >odd.warc
raw odd.warc http://o.example/ 'Content-Type: text/html' '<link rel=stylesheet href=s.css><a href=p.xhtml>'
raw odd.warc http://o.example/s.css 'X: no type' 'a{background:url(/)}'
raw odd.warc http://o.example/p.xhtml 'Content-Type: text/html' '<p>a<br>b'
raw odd.warc http://o.example/latin.css 'Content-Type: text/css; charset=latin1' "$(printf 'a{background:url(/\374.png)}')"
raw odd.warc http://o.example/%C3%BC.png 'Content-Type: image/png' png
runs "what has no type, or a name that lies" 0 "$STET" export odd.warc odd
o=odd/o.example@http
grep -q 'href=s.css>' $o/index.html && grep -q 'url(index.html)' $o/s.css
tell $? "a sheet without a type is a sheet"
ls $o | grep -q '^p.xhtml~[0-9a-f]*[.]html$'
tell $? "HTML is not named XHTML"
grep -q 'url(%25C3%25BC~[0-9a-f]*.png)' $o/latin.css
tell $? "a sheet is read in its charset"
: >broken.warc
{ printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n' &&
    head -c 20000000 /dev/zero | gzip -9; } >block
{ header response http://b.example/ 2024 && cat block && printf '\r\n\r\n'; } >>broken.warc
runs "a body that grows beyond measure" 1 "$STET" export broken.warc broken
[ "$(wc -l <err)" = 1 ]
tell $? "is told once"
: >big.warc
answer big.warc http://b.example/p.png image/png "$(printf '%09000d' 0)"
answer big.warc http://b.example/q.png image/png "$(printf '%09000d' 0)"
(trap '' XFSZ && ulimit -f 8 && "$STET" export big.warc big 2>err)
[ $? = 3 ] && grep -q 'big/b.example@http/p.png: cannot write' err && ! [ -e big/b.example@http/p.png ]
tell $? "a file that cannot be written is named, and does not stay in part"

# -- the world's story
if ! PATH=$PATH:/usr/sbin command -v nginx >/dev/null || ! world_start "$dir/world"; then
    echo "# the world cannot be started here"
    finish
fi
# shellcheck disable=SC2086
runs "the story is saved" 0 "$STET" save $WORLD_STET_OPTS -q --delay 0 -o news "$WORLD_FRONT"
world_stop
runs "and exported, while another holds the archive" 0 flock news/lock "$STET" export news mirror
grep -q '^9 pages listed' out
tell $? "with its related stories"
: >bad
find mirror -name '*.htm*' | while read -r page; do links_hold "$page"; done >bad
[ ! -s bad ]
tell $? "every link of every page leads to a file of the mirror"
head -n 5 bad
[ "$(find mirror -type l | wc -l)" = 0 ]
tell $? "there are no symbolic links"
"$STET" show news/archive/*.warc.gz "$WORLD_FRONT" --body >served
grep -o '[^<>]*is more than [^<>]*' served >want
grep -o '[^<>]*is more than [^<>]*' "mirror/$(sed -n 's/.*<li><a href="\([^"]*\)".*/\1/p' mirror/index.html | head -n 1)" >got
[ -s want ] && cmp -s want got
tell $? "the page's own word on its age is untouched"
runs "the WARC files alone give the same" 0 "$STET" export -q news/archive mirror2
rm mirror/index.html mirror2/index.html
diff -r mirror mirror2 >bad
tell $? "file by file, but for the list"
# Conversion records are the same documents.
"$STET" show news/derived/*.warc.gz "$WORLD_FRONT" --type conversion --block >converted
page=mirror/$(printf '%s' "${WORLD_FRONT#http://}" | sed 's|/|@http/|').htm
cmp converted "$page"
tell $? "a conversion record holds the same document"

# -- a page that takes from another file, saved
mkdir site
printf '<!DOCTYPE html><svg><use href="/i.svg#a"/></svg><link rel=stylesheet href=/gone.css>' >site/index.html
printf '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><circle r="5"/></g></svg>' >site/i.svg
python3 - site >port 2>/dev/null <<'END' &
import functools, http.server, sys
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
END
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s port ] || sleep 0.3; done
runs "such a page is saved" 0 "$STET" save -q --delay 0 --allow-address 127.0.0.0/8 \
    --connect-to ":80:127.0.0.1:$(cat port)" -o uses http://uses.example/
kill $server
runs "and exported" 0 "$STET" export uses uses.mirror
grep -q '<g id="stet-1-a"><circle r="5"/></g>' uses.mirror/uses.example@http/index.html
tell $? "it holds what it takes"
grep -q 'href=http://uses.example/gone.css' uses.mirror/uses.example@http/index.html
tell $? "a style sheet that was an error is left to the web"
"$STET" show uses/derived/*.warc.gz http://uses.example/ --type conversion --block >converted
cmp converted uses.mirror/uses.example@http/index.html
tell $? "and so does the conversion record"
finish
