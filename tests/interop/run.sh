#!/bin/bash
# Holds stet's archives against tools that others wrote: warcio, cdxj-indexer,
# pywb and py-wacz (PyPI), warcio, js-wacz and ReplayWeb.page (npm), gowarc
# (Go), jwarc and JWAT (Maven), Chromium.  Sets itself up under build/interop
# (kit.py); needs the package registries and no other network.
# Arguments choose parts: exact, validators, formats, replay, export.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
home=${INTEROP_HOME:-$top/build/interop}
export INTEROP_HOME=$home STET=${STET:-$top/build/release/stet} TESTS=$top/tests

# PACKAGE of each COMMAND that is not there.
wanted() {
    while [ $# -gt 0 ]; do
        command -v "$1" >/dev/null || printf ' %s' "$2"
        shift 2
    done
}
needed="chromium python3-venv perl python3 nginx-light openssl$(wanted node nodejs npm npm)"
# Without these some tools are skipped, and said to be.
more=$(wanted go golang-go javac default-jdk-headless mvn maven)
"$top/tests/tools/deps.sh" "$needed$more" || "$top/tests/tools/deps.sh" "$needed" || exit 1

mkdir -p "$home"
if [ ! -x "$home/venv/bin/pip" ]; then
    rm -rf "$home/venv" "$home/pip.done"
    python3 -m venv "$home/venv" || exit 1
fi

export PATH=$home/venv/bin:$PATH
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$home/venv/bin/python" "$top/tests/interop/run.py" "$@" 2>&1 | tee -a "$log"
status=${PIPESTATUS[0]}
passed=$(grep -c '^ok ' "$log") failed=$(grep -c '^not ok ' "$log")
[ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
skipped=$(grep -c '^ok .*# SKIP' "$log")
[ "$skipped" = 0 ] && skips='' || skips=", $skipped skipped"
echo "$((passed - skipped)) passed, $failed failed$skips"
exit "$status"
