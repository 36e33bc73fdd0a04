# Every sample breaks the rule that it is named by, and breaks no rule that
# is not said in its README.
. "$TESTS/cli/lib.sh"
bad=$TESTS/../warc-samples/bad
"$STET" check --rules >rules

# The longest rule that the name begins with.
rule_of() {
    cut -f 1 rules | while read -r rule; do
        case $1 in "$rule"[.-]*) echo "${#rule} $rule" ;; esac
    done | sort -n | tail -n 1 | cut -d ' ' -f 2
}

for f in "$bad"/*.wa*; do
    name=${f##*/}
    rule=$(rule_of "$name")
    level=$(awk -F '\t' -v r="$rule" '$1 == r { print $2 }' rules)
    "$STET" check --json "$f" >out 2>err
    status=$?
    grep -q "\"rule\":\"$rule\"" out
    tell $? "$name breaks $rule"
    case $level in must) want=1 ;; *) want=0 ;; esac
    [ "$status" = "$want" ]
    tell $? "$name: the exit status is that of its level, $level"
done
# A rule without a sample needs an archive folder, a very large set, or
# certificates (sign.t).
cut -f 1 rules | grep -v -e '^index-' -e '^too-many' -e '^wacz-t' | while read -r rule; do
    ls "$bad/$rule".* >/dev/null 2>&1 || echo "$rule"
done >missing
[ ! -s missing ]
tell $? "every rule has a sample: $(tr '\n' ' ' <missing)"
finish
