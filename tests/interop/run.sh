#!/bin/bash
# Holds stet's archives against tools that others wrote: warcio and
# cdxj-indexer (PyPI), warcio (npm), pywb, Chromium.  Sets itself up under
# build/interop; needs the package registries and no other network.
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

PATH=$home/venv/bin:$PATH
export PATH
status=0
"$home/venv/bin/python" "$top/tests/interop/run.py" || status=1
"$home/venv/bin/python" "$top/tests/interop/export.py" || status=1
exit $status
