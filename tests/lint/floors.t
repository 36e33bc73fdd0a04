#!/bin/sh
# The lint of floors as a test, so that nobody can forget it.
cd "$TESTS/.." || exit 1
echo 1..1
if tests/lint/floors.sh; then
    echo 'ok 1 - no module includes a higher floor'
else
    echo 'not ok 1 - no module includes a higher floor'
    exit 1
fi
