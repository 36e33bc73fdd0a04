#!/bin/sh
# manual.sh STET: the manual and the program say the same.
#
#   - every command has a page, and every such page a command
#   - a page's OPTIONS are those of --help: letters, names and values
#   - no page names an option that no command has
#   - a page has the sections that one looks for
#   - rules of stet check, outcomes and facts are where they are looked up
set -u
stet=$1 bad=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

say() {
    echo "$1"
    bad=1
}

# What groff makes of a page's source, as far as names go.
plain() { sed -e 's/\\-/-/g' -e 's/\\&//g' -e 's/\\f[A-Z]//g' "$1"; }

# "-o, --output ARCHIVE", one option a line.
options_of_help() {
    "$stet" "$1" --help |
        sed -n 's/^ *\(\(-[A-Za-z], \)\{0,1\}--[a-z0-9.-]*\( [A-Z][A-Z0-9:.|-]*\)\{0,1\}\) .*/\1/p' |
        grep -vx -- --help | sort
}
options_of_page() {
    plain "$1" | sed -n '/^\.SH OPTIONS/,/^\.SH [^O]/p' | grep -A1 '^\.TP' |
        sed -n 's/^\.BI* //p' | tr -d '"' | sed 's/  */ /g' | grep -- -- | sort
}

commands=$("$stet" help | sed -n 's/^  \([a-z]*\) .*/\1/p')
[ -n "$commands" ] || { echo "$stet help names no command" && exit 1; }
for command in $commands; do
    page=man/stet-$command.1
    if [ ! -f "$page" ]; then
        say "$page: there is none"
        continue
    fi
    for section in NAME SYNOPSIS DESCRIPTION OPTIONS 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
        grep -qx ".SH $section" "$page" || say "$page: no section $section"
    done
    grep -q "stet\\\\-$command (1)" man/stet.1 || say "man/stet.1: no word of $command"
    options_of_help "$command" >"$dir/help"
    options_of_page "$page" >"$dir/page"
    "$stet" "$command" --help | grep -o -- '--[a-z][a-z0-9-]*' >>"$dir/all"
    diff "$dir/help" "$dir/page" |
        sed -n -e "s|^< \(.*\)|$page: not there: \1|p" \
            -e "s|^> \(.*\)|$page: there is no: \1|p" >"$dir/diff"
    [ ! -s "$dir/diff" ] || say "$(cat "$dir/diff")"
done

# Of stet itself, and of pkg-config.
printf '%s\n' --version --name --cflags --libs >>"$dir/all"
for page in man/*.[1357]; do
    name=${page#man/}
    case $name in
    stet.1 | *.[357]) ;;
    *)
        name=${name#stet-} name=${name%.1}
        echo "$commands" | grep -qx "$name" || say "$page: there is no such command"
        ;;
    esac
    for option in $(plain "$page" | grep -o -- '\(^\|[^-a-z]\)--[a-z][a-z0-9-]*' |
        sed 's/^[^-]//' | sort -u); do
        grep -qx -- "$option" "$dir/all" || say "$page: no command has $option"
    done
done

# WORDS PAGE: each of them stands there in bold.
stand_in() {
    page=$2
    plain "$page" | grep '^\.B' >"$dir/bold"
    for word in $1; do
        grep -q -- "[ \"]$word\([ \",]\|$\)" "$dir/bold" || say "$page: no word of $word"
    done
}
stand_in "$("$stet" check --rules | cut -f1)" man/stet-check.1
stand_in "$(sed -n 's/^ *X(STET_OUT_[A-Z_]*, "\([a-z-]*\)".*/\1/p' src/fetch/exchange.h |
    grep -vx cancelled)" man/stet-archive.5
stand_in "$(sed -n 's/^ *X(STET_ROLE_[A-Z]*, "\([a-z]*\)").*/\1/p' src/plan/target.h)" \
    man/stet-archive.5
stand_in "$(sed -n '/^#define STET_RESOURCES/,/^$/s/.*"\([a-z]*\)".*/\1/p' src/plan/target.h)" \
    man/stet-archive.5
stand_in "$(sed -n 's/.*put_[a-z_]*(p, "\([a-z-]*\)".*/\1/p' src/article/print.c)" \
    man/stet-archive.5
stand_in "$(sed -n 's/.*add_line(b, "\([A-Za-z-]*\)".*/\1/p' src/product/records.c)" \
    man/stet-archive.5
for header in include/stet/*.h; do
    plain man/libstet.3 | grep -qx "\.I stet/${header##*/}" ||
        say "man/libstet.3: no word of ${header##*/}"
done
exit $bad
