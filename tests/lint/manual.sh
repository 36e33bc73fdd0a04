#!/bin/sh
# manual.sh STET: every command has a page, every option of it stands there,
# and no page tells of an option that is gone.
stet=$1 bad=0
for command in $("$stet" help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    page=man/stet-$command.1
    if [ ! -f "$page" ]; then
        echo "$page: there is none"
        bad=1
        continue
    fi
    "$stet" "$command" --help | grep -o -- '--[a-z][a-z0-9-]*' | sort -u >/tmp/help.$$
    sed 's/\\-/-/g' "$page" | grep -o -- '--[a-z][a-z0-9-]*' | sort -u >/tmp/page.$$
    for option in $(cat /tmp/help.$$); do
        [ "$option" = --help ] || grep -qx -- "$option" /tmp/page.$$ || {
            echo "$page: $option is missing"
            bad=1
        }
    done
    for option in $(cat /tmp/page.$$); do
        grep -qx -- "$option" /tmp/help.$$ || [ -n "$(sed -n "s/.*$option of .*/x/p" "$page")" ] || {
            echo "$page: there is no $option"
            bad=1
        }
    done
    rm -f /tmp/help.$$ /tmp/page.$$
done
exit $bad
