#!/bin/sh
# No source file over 800 lines, but for generated tables.
git ls-files 'src/*.[ch]' 'include/*.h' | grep -v '_table\.[ch]$' |
    xargs wc -l | awk '$2 != "total" && $1 > 800 { print $2 ": " $1 " lines"; bad = 1 } END { exit bad }'
