. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

record warcinfo - '' >info
ip='WARC-IP-Address: 192.0.2.7'
record response http://a.example/ "$page" "$http" "$ip" >page
cat info page >good.warc
{ cat info; echo junk; cat page page page page; } >bad.warc
record resource http://a.example/ x >meagre.warc

runs "a good file is good" 0 "$STET" check good.warc
shows "and its records are counted" "1 file, 2 records: 0 must, 0 should, 0 advice"
runs "a bad file is bad" 1 "$STET" check bad.warc
sed -n 's/^\([a-z]* *[a-z-]*\).*: \([0-9]*\)$/\1 \2/p' out >rules
grep -qx 'must *garbage-between-records 1' rules && grep -q '^must *record-id-repeated 3$' rules
tell $? "by these rules"
grep -q 'bad.warc at [0-9]*: no record begins here' out
tell $? "at this place"

runs "JSON is written" 1 "$STET" check --json bad.warc
grep -q '^{"rule":"garbage-between-records","level":"must","clause":"4","file":"bad.warc","offset":' out &&
    tail -n 1 out | grep -qx '{"files":1,"records":5,"must":4,"should":0,"advice":0}'
tell $? "a line a finding and one for all"
runs "quiet says nothing" 1 "$STET" check -q bad.warc
[ ! -s out ]
tell $? "at all"

runs "what should be is no fault" 0 "$STET" check meagre.warc
runs "unless strict" 1 "$STET" check --strict meagre.warc

gzip -nc good.warc >one.warc.gz
runs "one member for all is told" 0 "$STET" check one.warc.gz
grep -q gzip-member-per-record out
tell $? "by its rule"
gzip -nc page | head -c 150 >torn.warc.gz.open
runs "a torn file is bad" 1 "$STET" check torn.warc.gz.open
grep -q gzip-truncated out && grep -q file-still-open out
tell $? "and said to be open still"

mkdir -p x/archive x/indexes
for f in info page; do gzip -nc $f; done >x/archive/a.warc.gz
"$STET" index x >x/indexes/index.cdx
runs "an archive is good" 0 "$STET" check x
shows "with its index" "1 file, 2 records: 0 must, 0 should, 0 advice"
: >x/indexes/index.cdx
runs "an index that lacks a record is bad" 1 "$STET" check x
grep -q index-missing out
tell $? "by its rule"

runs "rules are listed" 0 "$STET" check --rules
[ "$(wc -l <out)" -gt 40 ]
tell $? "all of them"
# Each rule stands in the manual page, if that is here.
if [ -r "$TESTS/../man/stet-check.1" ]; then
    missing=$(cut -f 1 out | while read -r rule; do
        sed 's/\\-/-/g' "$TESTS/../man/stet-check.1" | grep -qw -- "$rule" || echo "$rule"
    done)
    [ -z "$missing" ]
    tell $? "and in the manual $missing"
fi
runs "a file that is not there could not be read" 3 "$STET" check no.warc
runs "no file is a mistake" 2 "$STET" check
finish
