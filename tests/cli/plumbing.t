# The plumbing commands: url, tokens, links, article, rewrite, robots.
. "$TESTS/cli/lib.sh"

runs "url shows parts and keys" 0 "$STET" url --base https://www.a.org/b/c ../d?x
shows "all of them" '{"input":"../d?x","href":"https://www.a.org/d?x","origin":"https://www.a.org","protocol":"https:","username":"","password":"","host":"www.a.org","hostname":"www.a.org","port":"","pathname":"/d","search":"?x","hash":"","site":"a.org","surt":"org,a)/d?x","surtWabac":"org,a)/d?x"}'
runs "url tells what is no URL" 1 "$STET" url 'http://['
shows "as JSON" '{"input":"http://[","error":"not a URL: http://["}'
runs "url without one is misuse" 2 "$STET" url

printf '{"id":1,"input":"x"}\nnot JSON\n{"id":2,"input":"urn:A"}\n' >questions
runs "bad lines are answered and work goes on" 0 "$STET" url --json <questions
shows "with the question's id" '{"id":1,"input":"x","error":"not a URL: x"}
{"error":"JSON line 1 column 3: invalid token near '"'not'"'"}
{"id":2,"input":"urn:A","href":"urn:A","origin":"null","protocol":"urn:","username":"","password":"","host":"","hostname":"","port":"","pathname":"A","search":"","hash":"","site":"","surt":"urn:a","surtWabac":"urn:A"}'

printf '<p class=a>x&amp;y</p>' >doc.html
runs "tokens are shown" 0 "$STET" tokens --offsets doc.html
shows "a line a token" '["StartTag","p",{"class":"a"},{"offset":0,"length":11}]
["Character","x&y",{"offset":11,"length":7}]
["EndTag","p",{"offset":18,"length":4}]'

printf '<a href="/x#y">z</a>' >doc.html
runs "links are found" 0 "$STET" links --base https://a.org/b doc.html
shows "with their places" '{"url":"https://a.org/x","fragment":"#y","raw":"/x#y","role":"anchor","context":"a@href","hop":"L","offset":9,"length":4,"text":"z"}'
runs "links want a base" 2 "$STET" links doc.html
runs "and a type they know" 2 "$STET" links --base https://a.org/ --type x doc.html

runs "links are pointed into a replay" 0 "$STET" rewrite --base https://a.org/b --prefix /w/ --timestamp 20200102030405 doc.html
printf '<a href="/w/20200102030405/https://a.org/x#y">z</a>' >want
cmp -s out want
tell $? "and no byte is added"
runs "rewrite wants to know where" 2 "$STET" rewrite --base https://a.org/b doc.html

printf 'User-agent: stet\nDisallow: /x\nCrawl-delay: 2\n' >robots.txt
runs "robots.txt is asked" 0 "$STET" robots --url https://a.org/xy robots.txt
shows "and the rule named" '{"allowed":false,"rule":"/x","line":2,"crawlDelay":2}'
runs "for another agent" 0 "$STET" robots --agent other --url /xy robots.txt
shows "none applies" '{"allowed":true}'

printf '<title>T</title><meta property="og:title" content="H">' >doc.html
runs "the facts of a story are found" 0 "$STET" article --url https://a.org/ doc.html
runs "at a time it understands" 2 "$STET" article --url https://a.org/ --captured soon doc.html
runs "a file that is not there is a fault" 3 "$STET" tokens nowhere.html

finish
