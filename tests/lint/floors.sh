#!/bin/sh
# Checks every #include under include/ and src/ against src/FLOORS.
# A module is a folder of src/; a public header belongs to the module that
# a `header` line names.  The CLI sees public headers and itself, no more.
exec awk '
function say(text) { print FILENAME ":" FNR ": " text; bad = 1 }
function allowed(h,   i, n, who) {
    n = split(owners[h], who, " ")
    for (i = 1; i <= n; i++) if (who[i] == me) return 1
    return 0
}

FILENAME == "src/FLOORS" {
    if ($1 ~ /^[0-9]+$/) for (i = 2; i <= NF; i++) floor[$i] = $1
    if ($1 == "header") owner_of[$2] = $3
    if ($1 == "only") {
        order[++n_only] = $2
        for (i = 3; i <= NF; i++) owners[$2] = owners[$2] " " $i
    }
    next
}
FNR == 1 {
    n = split(FILENAME, part, "/")
    me = part[n - 1]
    if (me == "stet") { me = part[n]; sub(/\.h$/, "", me); me = owner_of[me] }
    if (!(me in floor)) say("\"" me "\" is not in src/FLOORS")
}
/^#[ \t]*include[ \t]*</ {
    split($0, part, /[<>]/)
    best = ""
    for (i = 1; i <= n_only; i++)
        if (index(part[2], order[i]) == 1 && length(order[i]) > length(best))
            best = order[i]
    if (best != "" && !allowed(best))
        say("only" owners[best] " may include <" part[2] ">")
}
/^#[ \t]*include[ \t]*"/ {
    split($0, part, "\"")
    it = part[2]
    public = it ~ /^stet\//
    if (public) { sub(/^stet\//, "", it); sub(/\.h$/, "", it); it = owner_of[it] }
    else sub(/\/.*/, "", it)
    if (!(it in floor)) say(part[2] " is on no floor")
    else if (me == "cli" && !public && it != "cli")
        say("the CLI includes public headers only, not " part[2])
    else if (it != me && floor[it] >= floor[me])
        say(me " (floor " floor[me] ") may not include " part[2] " (floor " floor[it] ")")
}
END { exit bad }' src/FLOORS $(find include src -name '*.[ch]' | sort)
