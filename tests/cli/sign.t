# Signatures of WACZ files: made with a key of one's own and by a service,
# and verified, in each way that they can be wrong.
. "$TESTS/cli/lib.sh"
. "$TESTS/cli/warc.sh"

record warcinfo - '' >info
record response http://a.example/ "$page" "$http" 'WARC-IP-Address: 192.0.2.7' >page
for f in info page; do gzip -nc $f; done >a.warc.gz
export HOME=$PWD/home
unset XDG_CONFIG_HOME

# -- anonymous -----------------------------------------------------------------
runs "a WACZ is signed" 0 "$STET" pack -q --sign --title x -o s.wacz a.warc.gz
[ "$(stat -c %a home/.config/stet/wacz-key.pem)" = 600 ]
tell $? "with a key that is made, for its owner alone"
cp home/.config/stet/wacz-key.pem first.pem
runs "it is good" 0 "$STET" check --strict s.wacz
shows "and nothing is found" "2 files, 2 records: 0 must, 0 should, 0 advice"
runs "it is signed again" 0 "$STET" pack -q --sign --title x -o s.wacz a.warc.gz
cmp -s first.pem home/.config/stet/wacz-key.pem
tell $? "with the same key"
runs "a key can be named" 0 "$STET" pack -q --key k/my.pem --title x -o k.wacz a.warc.gz
[ -s k/my.pem ]
tell $? "and is made there"
openssl genrsa -out rsa.pem 2048 2>err
runs "a key of another kind is refused" 1 "$STET" pack -q --key rsa.pem -o n.wacz a.warc.gz
[ ! -e n.wacz ]
tell $? "and nothing is written"

# Takes a WACZ apart, changes signedData by a line of Python, and puts it
# together again: change FROM TO 'd["hash"] = …'.
change() {
    cat >change.py <<PY
import base64, json, zipfile
def number(half):  # as DER has it: the top bit is the sign's
    n = int.from_bytes(half, "big")
    n = n.to_bytes(n.bit_length() // 8 + 1, "big")
    return bytes([2, len(n)]) + n
def der(signature):  # of r and s, on P-384
    raw = base64.b64decode(signature)
    both = number(raw[:48]) + number(raw[48:])
    return base64.b64encode(bytes([0x30, len(both)]) + both).decode()
name = "datapackage-digest.json"
with zipfile.ZipFile("$1") as a, zipfile.ZipFile("$2", "w") as b:
    for i in a.infolist():
        data = a.read(i.filename)
        if i.filename == name:
            o = json.loads(data)
            d = o["signedData"]
            $3
            data = json.dumps(o).encode()
        b.writestr(i, data)
PY
    python3 change.py
}
# finds RULE [OPTION...] FILE: the checker tells this rule, and no other of
# a signature.
finds() {
    rule=$1
    shift
    "$STET" check --json "$@" >out 2>err
    got=$(sed -n 's/^{"rule":"\(wacz-[a-z-]*\)".*/\1/p' out | sort -u | tr '\n' ' ')
    [ "$got" = "$rule " ]
    tell $? "$what: $rule ($got)"
}
what='another signature'
change s.wacz x.wacz 'd["signature"] = d["signature"][:-8] + "AAAAAAA="'
finds wacz-signature x.wacz
what='another hash'
change s.wacz x.wacz 'd["hash"] = "sha256:" + "0" * 64'
finds wacz-signature x.wacz
what='no key'
change s.wacz x.wacz 'del d["publicKey"]'
finds wacz-signature x.wacz
what='a member too many'
change s.wacz x.wacz 'd["more"] = 1'
finds wacz-signature x.wacz
what='a key of somebody else'
python3 - <<'PY' >other
import json, zipfile
print(json.loads(zipfile.ZipFile("k.wacz").read("datapackage-digest.json"))["signedData"]["publicKey"])
PY
change s.wacz x.wacz "d['publicKey'] = '$(cat other)'"
finds wacz-signature x.wacz
# The same signature as openssl and authsign write it.
change s.wacz x.wacz 'd["signature"] = der(d["signature"])'
runs "a signature in DER is good as well" 0 "$STET" check x.wacz

# -- of a domain ---------------------------------------------------------------
# An authority, a certificate of sign.example, and one that stamps time.
q() { "$@" >log 2>&1 || cat log; }
ca() { # NAME
    q openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
        -subj "/CN=$1" -keyout "$1.key" -out "$1.pem"
}
leaf() { # NAME CA EXTENSIONS
    q openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr"
    printf '%s\n' "$3" >ext
    q openssl x509 -req -days 20 -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial \
        -extfile ext -out "$1.pem"
    cat "$1.pem" "$2.pem" >"$1.chain"
}
ca root && ca clock && ca stranger
leaf sign.example root 'subjectAltName=DNS:sign.example'
leaf tsa clock 'extendedKeyUsage=critical,timeStamping'
cat >tsa.conf <<'CONF'
[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
certs = tsa.chain
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
CONF
echo 01 >serial
# A service as authsign is one; it does what the file `mood` says.
cat >service.py <<'PY'
import base64, http.server, json, subprocess, sys
def run(*a, data=None):
    return subprocess.run(a, input=data, capture_output=True, check=True).stdout
class H(http.server.BaseHTTPRequestHandler):
    def log_message(self, *a):
        pass
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        mood = open("mood").read().split()
        if self.headers.get("Authorization") != "Bearer let-me" or "no" in mood:
            self.send_error(403)
            return
        text = "sha256:" + "0" * 64 if "wrong" in mood else asked["hash"]
        sig = base64.b64encode(run("openssl", "dgst", "-sha256", "-sign", "sign.example.key",
                                   data=text.encode())).decode()
        query = run("openssl", "ts", "-query", "-data", "/dev/stdin", "-sha256", "-cert", data=sig.encode())
        open("q.tsq", "wb").write(query)
        form = [] if "response" in mood else ["-token_out"]
        token = run("openssl", "ts", "-reply", "-config", "tsa.conf", "-queryfile", "q.tsq", *form)
        answer = {"hash": asked["hash"], "created": asked["created"], "software": "a service",
                  "version": "0.1.0", "signature": sig, "domain": "sign.example",
                  "domainCert": open("sign.example.chain").read(),
                  "timeSignature": base64.b64encode(token).decode(),
                  "timestampCert": open("tsa.chain").read()}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
server = http.server.HTTPServer(("127.0.0.1", 0), H)
open("port.new", "w").write(str(server.server_port))
import os
os.rename("port.new", "port")
server.serve_forever()
PY
echo >mood
python3 service.py &
service=$!
trap 'kill $service 2>/dev/null' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -s port ] || sleep 0.1; done
url=http://127.0.0.1:$(cat port)/sign
echo let-me >token
cat root.pem clock.pem >both.pem
ask() { "$STET" pack -q --title x --sign-url "$url" --sign-token-file token -o "$1" a.warc.gz; }

runs "a service signs" 0 ask d.wacz
runs "its signature is good" 0 "$STET" check --strict --cacert both.pem d.wacz
shows "and nothing is found" "2 files, 2 records: 0 must, 0 should, 0 advice"
what='an authority of time that is not known'
finds wacz-time-root --cacert root.pem d.wacz
what='an authority of domains that is not known'
finds wacz-trust --cacert clock.pem d.wacz
what='neither of them'
"$STET" check --json --cacert stranger.pem d.wacz >out
grep -q wacz-trust out && grep -q wacz-time-root out
tell $? "$what: both are told"
what='another domain'
change d.wacz x.wacz 'd["domain"] = "else.example"'
finds wacz-trust --cacert both.pem x.wacz
what='another time'
change d.wacz x.wacz 'd["created"] = "2026-01-01T00:00:00Z"'
finds wacz-time --cacert both.pem x.wacz
what='a stamp that is none'
change d.wacz x.wacz 'd["timeSignature"] = "AAAA"'
finds wacz-time --cacert both.pem x.wacz
what='no stamp'
change d.wacz x.wacz 'del d["timeSignature"]'
"$STET" check --json --cacert both.pem x.wacz >out
grep -q 'wacz-signature.*timeSignature' out
tell $? "$what: that is told"
echo response >mood
ask r.wacz
runs "a stamp in its response is good as well" 0 "$STET" check --strict --cacert both.pem r.wacz
echo wrong >mood
runs "a wrong signature is not taken" 1 ask w.wacz
[ ! -e w.wacz ]
tell $? "and nothing is written"
echo no >mood
runs "a service that refuses is told" 3 ask w.wacz
grep -q 403 err
tell $? "with what it answers"
runs "a key and a service are a mistake" 2 "$STET" pack --sign --sign-url "$url" -o w.wacz a.warc.gz
kill $service
finish
