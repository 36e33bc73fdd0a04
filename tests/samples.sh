#!/bin/bash
# samples.sh [FOLDER]: makes the good samples in warc-samples/ anew.
#
# The world's clock and stet's stand still, record ids are counted from a
# seed and there is one request at a time, so that the same bytes come out
# each time (with another zlib or libdeflate: the same after decompression).
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
out=${1:-$top/warc-samples}
stet=${STET:-$top/build/release/stet}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)

. "$top/tests/world/world.sh"
trap 'world_stop; rm -rf "$work"' EXIT
world_start "$work/world" --clock 2024-11-23T12:00:00Z

# 2024-11-23T12:00:00Z, then each second one save.
clock=1732363200000 seed=1

# save ARCHIVE URL-OR-OPTION...
save() {
    local archive=$work/$1
    shift
    status=0
    # shellcheck disable=SC2086
    STET_TEST_FIXED="$clock $seed" "$stet" save --quiet --delay 0 $WORLD_STET_OPTS \
        -o "$archive" "$@" 2>"$work/said" || status=$?
    [ $status -le 1 ] || { cat "$work/said" >&2; exit 1; }
    clock=$((clock + 1000)) seed=$((seed + 1))
}

# keep ARCHIVE...: their WARC files under the archive's name
keep() {
    local name
    for name; do
        set -- "$work/$name"/archive/*.warc.gz
        [ $# = 1 ] || { echo "$name: $# files" >&2; exit 1; }
        cp "$1" "$out/$name.warc.gz"
    done
}

morgenpost=http://www.morgenpost.example
save story --no-related "$WORLD_FRONT"
save cluster --no-linked-images \
    $morgenpost/wirtschaft/2020/01/26/bundesregierung-ringt-um-regeln-fuer-das-mobilfunknetz-4711.html
save chunked --no-related http://chunked.example/story.html http://chunked.example/trailers.html
save revisit --no-related http://twins.example/
save redirect --no-related http://redirect.example/302 http://redirect.example/spaces \
    http://redirect.example/loop/a http://redirect.example/ssrf/private
save h2 --no-related https://chunked.example/story.html
save failures --no-related --ignore-robots http://faults.example/H01 http://faults.example/H12 \
    http://faults.example/H31 http://faults.example/H35 http://faults.example/C03 \
    http://faults.example/H55 https://badcert.example/
save statuses --no-related http://status.example/204 http://status.example/404 \
    http://status.example/gzip http://status.example/empty
cp "$work"/story/derived/*.warc.gz "$out/story-derived.warc.gz"
keep story cluster chunked revisit redirect h2 failures statuses
