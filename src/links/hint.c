#include "links/hint.h"

#include "base/ascii.h"
#include "base/span.h"

struct word {
    const char *text; /* lower case */
    enum stet_links_hint hint;
};

/* Whole names. */
static const struct word names[] = {
    { "@context", STET_HINT_NEVER },
    { "@type", STET_HINT_NEVER },
    { "@vocab", STET_HINT_NEVER },
    { "xmlns", STET_HINT_NEVER },
    { "$schema", STET_HINT_NEVER },
    { "href_matches", STET_HINT_NEVER },
    { "selector_matches", STET_HINT_NEVER },
    { "@id", STET_HINT_ID },
    { "embedurl", STET_HINT_FRAME },
    { "embed", STET_HINT_FRAME },
    { "url", STET_HINT_URL },
    { "src", STET_HINT_URL },
    { "href", STET_HINT_URL },
    { "uri", STET_HINT_URL },
    { "contenturl", STET_HINT_URL },
    { "link", STET_HINT_URL },
    { "srcset", STET_HINT_URL },
    { "path", STET_HINT_URL },
    { "mainentityofpage", STET_HINT_PAGE },
    { "start_url", STET_HINT_PAGE },
    { "scope", STET_HINT_PAGE },
    { "shortcuts", STET_HINT_PAGE },
    { "canonical", STET_HINT_PAGE },
    { "trails", STET_HINT_RELATED },
    { "significantlink", STET_HINT_RELATED },
    { "masterurl", STET_HINT_IMAGE },
};

/* Parts of names; the first one in the name decides. */
static const struct word parts[] = {
    { "related", STET_HINT_RELATED },  { "image", STET_HINT_IMAGE },
    { "img", STET_HINT_IMAGE },        { "thumb", STET_HINT_IMAGE },
    { "logo", STET_HINT_IMAGE },       { "photo", STET_HINT_IMAGE },
    { "picture", STET_HINT_IMAGE },    { "poster", STET_HINT_IMAGE },
    { "icon", STET_HINT_IMAGE },       { "avatar", STET_HINT_IMAGE },
    { "screenshot", STET_HINT_IMAGE }, { "video", STET_HINT_MEDIA },
    { "audio", STET_HINT_MEDIA },
};

static enum stet_links_hint find_part(struct stet_span key)
{
    for (size_t at = 0; at < key.len; at++) {
        char c = stet_to_lower(key.ptr[at]);

        for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
            if (parts[i].text[0] == c &&
                stet_span_istarts(stet_span_sub(key, at, key.len),
                                  parts[i].text))
                return parts[i].hint;
    }
    return STET_HINT_NONE;
}

enum stet_links_hint stet_links_hint_of(struct stet_span key)
{
    char c;

    if (key.len < 3 || key.len > 64)
        return STET_HINT_NONE;
    c = stet_to_lower(*key.ptr);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].text[0] == c && stet_span_ieqs(key, names[i].text))
            return names[i].hint;
    return find_part(key);
}
