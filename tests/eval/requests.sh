#!/bin/sh
# Holds `stet links` against what Chromium asks for on real pages.  Sets itself
# up under build/eval; needs Chromium and PyPI.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
home=$top/build/eval
"$top/tests/tools/deps.sh" 'chromium python3-venv openssl'
if [ ! -x "$home/bin/python" ]; then
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check \
        "$(grep '^websocket-client' "$top/tests/interop/requirements.txt")"
fi
exec "$home/bin/python" "$top/tests/eval/requests_seen.py" "$STET" "$@"
