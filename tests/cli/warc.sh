# Words for tests that need WARC files:
#   record TYPE URL BLOCK [FIELD...]    one plain record to standard output
# URL may be -, BLOCK and FIELDs are for printf.  Ids count up from 1.
ids=0

record() {
    type=$1 url=$2
    printf "$3" >block
    shift 3
    ids=$((ids + 1))
    printf 'WARC/1.1\r\nWARC-Type: %s\r\n' "$type"
    printf 'WARC-Record-ID: <urn:uuid:%s>\r\n' "$ids"
    printf 'WARC-Date: 2026-11-23T15:40:19.123Z\r\n'
    [ "$url" = - ] || printf 'WARC-Target-URI: %s\r\n' "$url"
    for field; do
        printf "$field\r\n"
    done
    printf 'Content-Length: %s\r\n\r\n' "$(wc -c <block | tr -d ' ')"
    cat block
    printf '\r\n\r\n'
}

http='Content-Type: application/http;msgtype=response'
page='HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>'
chunks='HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
chunks="$chunks"'3\r\nabc\r\n0\r\n\r\n'
