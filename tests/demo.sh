#!/bin/sh
# demo.sh: archives a story with its pictures and its related stories from a
# news site that runs on this machine, and shows what it has saved.
#
#     STET=path/to/stet tests/demo.sh
#
# The archive stays in build/demo/archive until the next demo replaces it.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
stet=${STET:-build/release/stet}
archive=build/demo/archive
work=$(mktemp -d)

. tests/world/world.sh
trap 'world_stop; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

bold='' plain='' dim=''
if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m')
fi

title() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
typed() { printf '%s$ %s%s\n' "$dim" "$1" "$plain"; }

# field NAME: the first such line of the metadata record in $work/facts.
field() { sed -n "s/^$1: //p" "$work/facts" | head -n 1; }

# row NAME VALUE: nothing when there is no value.
row() { [ -z "$2" ] || printf '  %-11s %s\n' "$1" "$2"; }

# Lines no longer than a terminal is wide.
narrow() { tr -d '\r' | sed -e 's/^\(.\{94\}\).\{2,\}$/\1 .../' -e 's/^/  /'; }

# P6Y302D -> 6 years and 302 days
in_words() {
    echo "$1" | sed -e 's/^P//' -e 's/\([0-9]*\)Y/\1 years and /' \
        -e 's/\([0-9]*\)D/\1 days/' -e 's/ and $//' \
        -e 's/^1 years/1 year/' -e 's/ 1 days$/ 1 day/'
}

start() {
    title 'A news site of invented hosts starts on this machine'
    tls=
    command -v openssl >/dev/null && PATH=$PATH:/usr/sbin command -v nginx >/dev/null ||
        tls=--no-tls
    world_start "$work/world" $tls || {
        echo "demo: the news site does not start (python3 3.11 is needed)" >&2
        exit 1
    }
    url=$WORLD_FRONT
    if [ -z "$tls" ]; then
        url=https:${url#http:}
        echo '  www.thecourier.example and its hosts: 127.0.0.1, TLS 1.3, HTTP/2'
    else
        echo '  www.thecourier.example and its hosts: 127.0.0.1 (no nginx here: HTTP/1.1)'
    fi
}

save() {
    title 'A story, saved with all it needs'
    typed "stet save -o $archive $url"
    mkdir -p "${archive%/*}"
    rm -rf "$archive"
    # The options lead the invented names to this machine; on the web none
    # of them is needed, and --delay is better left alone.
    # shellcheck disable=SC2086
    "$stet" save $WORLD_STET_OPTS --delay 0 -o "$archive" "$url"
}

story() {
    "$stet" show --block -t metadata "$archive" "$url" | tr -d '\r' >"$work/facts"
    title 'What the page says about itself'
    typed "stet show --type metadata $archive URL"
    row headline "$(field headline)"
    row by "$(field byline), $(field section)"
    row published "$(field published) (found in: $(field published-source))"
    row marker "$(field marker)"
    row verdict "$(field marker-verdict): it was $(in_words "$(field age-at-capture)") old when it was saved"
    row picture "$(field lead-image-caption)"
    row credit "$(field lead-image-credit)"
}

related() {
    title 'More on this story: saved too, each with all it needs'
    tab=$(printf '\t')
    sed -n 's/^related: //p' "$work/facts" >"$work/related"
    while IFS=$tab read -r link name _ place; do
        marker=$("$stet" show --block -t metadata "$archive" "$link" |
            tr -d '\r' | sed -n 's/^marker: //p')
        printf '  %s. %s\n     %s%s%s\n' "$place" "$name" "$dim" "${marker:-no marker}" "$plain"
    done <"$work/related"
    printf '  and %s most-viewed stories are noted, and not followed\n' \
        "$(grep -c '^most-viewed: ' "$work/facts")"
}

manners() {
    asked=$(wc -l <"$WORLD_LOG")
    twice=$(sed 's/.*"host": *"\([^"]*\)".*"target": *"\([^"]*\)".*/\1\2/' "$WORLD_LOG" |
        sort | uniq -d | wc -l)
    title 'What the site saw'
    printf '  %s requests; addresses asked for twice: %s\n' "$asked" "$twice"
}

records() {
    title 'In the archive'
    typed "stet list $archive | cut -f3 | sort | uniq -c | sort -rn"
    "$stet" list "$archive" | cut -f3 | sort | uniq -c | sort -rn
    typed "stet list $archive | cut -f1-3,5- | sed -n 4,7p"
    "$stet" list "$archive" | cut -f1-3,5- | sed -n 4,7p |
        expand -t 8,16,26,32 | narrow
    typed "stet show --header $archive URL"
    "$stet" show --header "$archive" "$url" | narrow | grep '[^ ]'
}

check() {
    title 'Held against the standard: records, digests, index'
    typed "stet check $archive"
    "$stet" check "$archive"
}

replay() {
    title 'Where it is'
    (cd "$archive" && du -h archive/* derived/* indexes/index.cdx pages/*.jsonl logs/*) |
        sed "s|\t|\t$archive/|"
    title 'Replay it'
    cat <<END
  in pywb:
      python3 -m venv build/pywb && build/pywb/bin/pip install pywb
      mkdir -p build/demo/collections
      ln -sfn ../archive build/demo/collections/story
      (cd build/demo && ../pywb/bin/wayback)
      and open http://localhost:8080/story/$url

  in ReplayWeb.page (https://replayweb.page): "Choose File", and take
      $archive/archive/*.warc.gz

Your turn:  ${stet#"$top"/} save https://...
END
}

start
save
story
related
manners
records
check
replay
