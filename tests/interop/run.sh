#!/bin/bash
# Holds stet's archives against tools that others wrote: warcio and
# cdxj-indexer (PyPI), warcio (npm), pywb, Chromium.  Sets itself up under
# build/interop; needs the package registries and no other network.
# Arguments choose parts: run (formats, bytes, replay), export (mirrors).
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
home=${INTEROP_HOME:-$top/build/interop}
export INTEROP_HOME=$home STET=${STET:-$top/build/release/stet} TESTS=$top/tests

"$top/tests/tools/deps.sh" 'chromium python3-venv perl python3 nginx-light openssl' ||
    exit 1
if ! command -v npm >/dev/null; then
    "$top/tests/tools/deps.sh" 'nodejs npm' || exit 1
fi

mkdir -p "$home/npm"
wanted="$home/venv/wanted"
if ! cmp -s "$top/tests/interop/requirements.txt" "$wanted"; then
    echo "# setting up $home/venv"
    rm -rf "$home/venv"
    python3 -m venv "$home/venv" &&
        "$home/venv/bin/pip" install --quiet --disable-pip-version-check \
            -r "$top/tests/interop/requirements.txt" &&
        cp "$top/tests/interop/requirements.txt" "$wanted" || exit 1
fi
if [ ! -d "$home/npm/node_modules/warcio" ]; then
    echo "# setting up $home/npm"
    npm install --prefix "$home/npm" --silent --no-audit --no-fund \
        warcio@2.4.11 >/dev/null || exit 1
fi

export PATH=$home/venv/bin:$PATH
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
for part in ${*:-run export}; do
    "$home/venv/bin/python" "$top/tests/interop/$part.py" 2>&1 | tee -a "$log"
    [ "${PIPESTATUS[0]}" = 0 ] || status=1
done
passed=$(grep -c '^ok ' "$log") failed=$(grep -c '^not ok ' "$log")
[ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
skipped=$(grep -c '^ok .*# SKIP' "$log")
[ "$skipped" = 0 ] && skips='' || skips=", $skipped skipped"
echo "$((passed - skipped)) passed, $failed failed$skips"
exit $status
