#!/bin/sh
# Functions that do not know how long their buffers are, or what went wrong.
if git grep -nwE '(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|atoi|atol|atof|malloc|calloc|realloc)[ ]*\(' -- 'src/*.[ch]' |
    grep -vE '^src/(cli/|base/mem\.c)' | grep -vE ':[[:space:]]*(\*|/\*)'; then
    echo 'banned functions: see tests/lint/banned.sh' >&2
    exit 1
fi
if git grep -nwE '(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|atoi)[ ]*\(' -- 'src/cli/*.[ch]'; then
    exit 1
fi
