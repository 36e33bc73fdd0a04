#!/bin/sh
# Feeds every corpus to its fuzz target: what a fuzzer once found stays
# found.  One test a target.
count=0 status=0
for replay in "$BUILD"/tests/replay_*; do
    [ -x "$replay" ] || continue
    count=$((count + 1))
    name=${replay##*/replay_}
    if "$replay" "$TESTS/fuzz/corpus/$name"/* >"$replay.tap" 2>&1; then
        echo "ok $count - $name"
    else
        sed 's/^/# /' "$replay.tap"
        echo "not ok $count - $name"
        status=1
    fi
done
echo "1..$count"
exit $status
