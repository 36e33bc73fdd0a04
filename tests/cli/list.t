. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

record warcinfo - '' >info
record response http://a.example/ "$page" "$http" >page
record resource urn:text:http://a.example/ text 'Content-Type: text/plain' >text
cat info page text >a.warc
for f in info page text; do gzip -nc $f; done >a.warc.gz
tab=$(printf '\t')
date=2026-11-23T15:40:19.123Z

runs "a plain file is listed" 0 "$STET" list a.warc
i=$(wc -c <info) p=$(wc -c <page) t=$(wc -c <text)
shows "with offsets, lengths and statuses" \
"0${tab}$i${tab}warcinfo${tab}$date${tab}-${tab}-
$i${tab}$p${tab}response${tab}$date${tab}200${tab}http://a.example/
$((i + p))${tab}$t${tab}resource${tab}$date${tab}-${tab}urn:text:http://a.example/"

runs "a gzip file is listed" 0 "$STET" list a.warc.gz
first=$(gzip -nc info | wc -c) second=$(gzip -nc page | wc -c)
third=$(gzip -nc text | wc -c)
shows "with those of its members" \
"0${tab}$first${tab}warcinfo${tab}$date${tab}-${tab}-
$first${tab}$second${tab}response${tab}$date${tab}200${tab}http://a.example/
$((first + second))${tab}$third${tab}resource${tab}$date${tab}-${tab}urn:text:http://a.example/"

runs "one type is listed alone" 0 "$STET" list --type resource a.warc
[ "$(wc -l <out)" = 1 ]
tell $? "and no other"

runs "standard input is read" 0 sh -c '"$STET" list - <a.warc.gz'
[ "$(wc -l <out)" = 3 ]
tell $? "to its end"

runs "JSON is written" 0 "$STET" list --json -t response a.warc
shows "one object a line" '{"file":"a.warc","offset":'"$i"',"length":'"$p"',"blockLength":62,"type":"response","status":200,"mime":"text/html","url":"http://a.example/","date":"'$date'","id":"urn:uuid:2","contentType":"application/http;msgtype=response"}'

runs "columns are chosen" 0 "$STET" list -f url,status,offset,http:content-type,warc-type,x a.warc
shows "what there is none of is a hyphen" \
"-${tab}-${tab}0${tab}-${tab}warcinfo${tab}-
http://a.example/${tab}200${tab}$i${tab}text/html; charset=utf-8${tab}response${tab}-
urn:text:http://a.example/${tab}-${tab}$((i + p))${tab}-${tab}resource${tab}-"
runs "so are members" 0 "$STET" list --json --fields type,status,x,length a.warc
shows "what there is none of is left out" '{"type":"warcinfo","length":'"$i"'}
{"type":"response","status":200,"length":'"$p"'}
{"type":"resource","length":'"$t"'}'
runs "names are tokens" 2 "$STET" list -f 'a,,b' a.warc

mkdir -p x/archive && cp a.warc.gz x/archive/a.warc.gz.open && cp a.warc x/archive
runs "a folder stands for its files" 0 "$STET" list x
[ "$(wc -l <out)" = 6 ] && grep -q '^x/archive/a.warc.gz.open' out
tell $? "and each line names its file"

{ cat info; echo junk; cat page; } >bad.warc
runs "damage is told and passed by" 0 "$STET" list bad.warc
[ "$(wc -l <out)" = 2 ] && grep -q 'no record begins here' err
tell $? "on standard error"

record resource "$(printf 'http://a.example/\033[31m')" '' >evil.warc
runs "foreign text cannot drive the terminal" 0 "$STET" list evil.warc
grep -qiF '\x1b[31m' out
tell $? "it is shown as text"

runs "a file that is not there is told" 3 "$STET" list no.warc
printf '%s\n' 'http://a.example/ 192.0.2.1 20200102030405 text/html 39' \
    'HTTP/1.1 404 Not Found' 'X: y' '' '<p>no page' >a.arc
runs "an ARC file is listed" 0 "$STET" list a.arc
tab=$(printf '\t')
grep -qx "0${tab}96${tab}response${tab}2020-01-02T03:04:05Z${tab}404${tab}http://a.example/" out
tell $? "as the WARC file that it would be"
# lists NAME NUMBER OPTION...: so many records
lists() {
    name=$1 n=$2
    shift 2
    "$STET" list "$@" a.warc >out && [ "$(wc -l <out)" = "$n" ]
    tell $? "$name"
}
lists "a URL is chosen by its beginning" 1 -u http://a
lists "a status is chosen" 1 -s 200
lists "so is a class of them" 1 -s 2xx
lists "and one that is not there" 0 --status 404
lists "a media type is chosen" 1 -m text/plain
lists "so is a kind of them" 2 -m text/
lists "a year is chosen" 3 --from 2026 --to 2026
lists "a day is not there" 0 --from 2026-11-24
lists "nor one before" 0 --to 20261122
lists "a second is chosen" 3 --from 20261123154019 --to 20261123154019
runs "a status that is none is a mistake" 2 "$STET" list -s 1 a.warc
runs "so is a date that is none" 2 "$STET" list --from x a.warc
runs "no file is a mistake" 2 "$STET" list
finish
