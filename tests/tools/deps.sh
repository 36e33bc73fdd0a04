#!/bin/sh
# deps.sh 'PACKAGE...': sees to it that these Debian packages are there.
# Installs what is missing as root or with sudo; else says what to install.
missing=
for p in $1; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q '^install ok installed' ||
        missing="$missing $p"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "not a Debian machine: take care that you have what these packages hold:$missing" >&2
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    sudo=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo=sudo
else
    echo "please install, as root: apt-get update && apt-get install$missing" >&2
    exit 1
fi
echo "installing:$missing"
# shellcheck disable=SC2086
$sudo apt-get update -qq &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends $missing >/dev/null
