#!/bin/sh
# The manual does as it says: --help of each command, and every EXAMPLE.
#
# The examples of a page run one after the other, in a folder with an archive
# "news" in it; what a page shows as their output must come out ("..." is
# anything).  Saving goes to the test world.
. "$TESTS/cli/lib.sh"
top=$TESTS/..

for command in $("$STET" help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    runs "stet $command --help" 0 "$STET" "$command" --help
    head -n 1 out | grep -q "^usage: stet $command"
    tell $? "stet $command --help shows its usage"
done

# The statuses that stet(1) and stet-save(1) name.
runs "no command is a usage error" 2 "$STET"
runs "nor is there such a command" 2 "$STET" frobnicate
runs "no URL is a usage error" 2 "$STET" save -o news
runs "so is what is no URL" 2 "$STET" save -o news example
runs "and a URL that is not http" 2 "$STET" save -o news ftp://example.org/
runs "and a password too long" 2 "$STET" save -o news \
    "http://u:$(printf '%05000d' 0)@example.org/"
runs "and an option that is none" 2 "$STET" list --frobnicate
[ ! -e news ]
tell $? "then nothing is touched"
runs "a folder that cannot be made" 3 "$STET" save -o /dev/null/news http://example.org/
[ "$(wc -l <err)" = 1 ]
tell $? "it is told in one line"

# try COMMAND EXPECTED PAGE
try() {
    sh -c "$1" >got 2>err
    status=$?
    pattern=$(printf '%s' "$2" | sed -e 's/[][?*\\]/\\&/g' -e 's/\.\.\./*/g')
    got=$(tr -d '\r' <got)
    good=1
    # shellcheck disable=SC2254
    case $got in
    $pattern) [ "$status" = 0 ] && good=0 ;;
    esac
    tell $good "$3: $(printf '%s' "$1" | head -n 1 | tr -d '\\')"
    [ $good = 0 ] || { echo "exit $status"; cat got err; } | sed 's/^/# /'
}

# Runs the examples of a page.
page() {
    examples "$1" >"$dir/examples"
    name=${1##*/}
    command='' want=''
    while IFS= read -r line; do
        case $line in
        '#end' | '$ '*)
            [ -z "$command" ] || try "$command" "$want" "$name"
            command=${line#'$ '} want=''
            [ "$line" != '#end' ] || command=''
            ;;
        '> '*) command="$command
${line#'> '}" ;;
        *) want="$want${want:+
}$line" ;;
        esac
    done <"$dir/examples"
}

WORLD_HOME=$TESTS/world
. "$TESTS/world/world.sh"
if ! PATH=$PATH:/usr/sbin command -v nginx >/dev/null || ! world_start "$dir/world"; then
    echo "# no world here (nginx, openssl): examples are not run"
    finish
fi
trap 'world_stop; cd / && rm -rf "$dir"' EXIT

# A stet that finds the world's hosts.
mkdir bin
{
    echo '#!/bin/sh'
    echo 'case $1 in save | crawl) verb=$1'
    echo "shift; exec '$STET' \$verb $WORLD_STET_OPTS --delay 0 \"\$@\" ;; esac"
    echo "exec '$STET' \"\$@\""
} >bin/stet
chmod +x bin/stet
PATH=$dir/bin:$PATH
runs "the archive of the examples" 0 stet save -q -o news \
    https://chunked.example/story.html https://www.thecourier.example/

for page in "$top"/man/*.1; do
    mkdir work && cp -r news work/ && cd work || exit 1
    page "$page"
    cd "$dir" && rm -rf work
done

# The program of libstet(3) compiles and runs.
examples "$top/man/libstet.3" | grep -v '^#end' >program.c
flags=
case ${VARIANT:-} in
asan | fuzz) flags=-fsanitize=address,undefined ;;
tsan) flags=-fsanitize=thread ;;
cov) flags=--coverage ;;
esac
# shellcheck disable=SC2086
runs "the program of libstet(3) compiles" 0 "${CC:-cc}" -std=c17 -Wall -Wextra \
    -Werror $flags -I "$top/include" -o program program.c \
    "$BUILD/libstet.so.0" -Wl,-rpath,"$BUILD"
runs "it reads an archive" 0 ./program news/archive/*.warc.gz
grep -q ' https://chunked.example/story.html$' out
tell $? "it names the responses"
finish
