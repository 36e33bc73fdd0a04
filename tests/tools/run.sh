#!/bin/sh
# run.sh TEST: runs a test program, or a script by its first line, whether
# or not it is marked executable.
case $1 in
*.t)
    read -r first <"$1"
    case $first in
    *python3*) exec python3 "$@" ;;
    *) exec sh "$@" ;;
    esac
    ;;
esac
exec "$@"
