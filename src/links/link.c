#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "html/scan.h"
#include "links/out.h"

const char *stet_link_role_name(enum stet_link_role role)
{
    static const char *const names[] = {
#define STET_X(id, name) name,
        STET_LINK_ROLES(STET_X)
#undef STET_X
    };

    return (size_t)role < sizeof(names) / sizeof(names[0]) ? names[role]
                                                           : "other";
}

char stet_link_hop(const struct stet_link *l)
{
    if (l->role == STET_LINK_REFRESH)
        return 'R';
    if (l->speculative)
        return 'X';
    return l->requisite ? 'E' : 'L';
}

static const struct {
    char name[8]; /* padded with NULs, to be compared whole */
    unsigned char file;
} extensions[] = {
    /* Those that pages are full of come first. */
    { "html", STET_FILE_PAGE },     { "jpg", STET_FILE_IMAGE },
    { "png", STET_FILE_IMAGE },     { "js", STET_FILE_SCRIPT },
    { "css", STET_FILE_STYLE },     { "svg", STET_FILE_IMAGE },
    { "webp", STET_FILE_IMAGE },    { "php", STET_FILE_PAGE },
    { "jpeg", STET_FILE_IMAGE },    { "htm", STET_FILE_PAGE },
    { "gif", STET_FILE_IMAGE },     { "aspx", STET_FILE_PAGE },
    { "avif", STET_FILE_IMAGE },    { "bmp", STET_FILE_IMAGE },
    { "heic", STET_FILE_IMAGE },    { "ico", STET_FILE_IMAGE },
    { "jfif", STET_FILE_IMAGE },    { "jpe", STET_FILE_IMAGE },
    { "jxl", STET_FILE_IMAGE },     { "tif", STET_FILE_IMAGE },
    { "tiff", STET_FILE_IMAGE },    { "aac", STET_FILE_MEDIA },
    { "flac", STET_FILE_MEDIA },    { "m4a", STET_FILE_MEDIA },
    { "m4v", STET_FILE_MEDIA },     { "mov", STET_FILE_MEDIA },
    { "mp3", STET_FILE_MEDIA },     { "mp4", STET_FILE_MEDIA },
    { "mpeg", STET_FILE_MEDIA },    { "mpg", STET_FILE_MEDIA },
    { "oga", STET_FILE_MEDIA },     { "ogg", STET_FILE_MEDIA },
    { "ogv", STET_FILE_MEDIA },     { "opus", STET_FILE_MEDIA },
    { "ts", STET_FILE_MEDIA },      { "vtt", STET_FILE_MEDIA },
    { "wav", STET_FILE_MEDIA },     { "webm", STET_FILE_MEDIA },
    { "doc", STET_FILE_DOCUMENT },  { "docx", STET_FILE_DOCUMENT },
    { "epub", STET_FILE_DOCUMENT }, { "odt", STET_FILE_DOCUMENT },
    { "pdf", STET_FILE_DOCUMENT },  { "ppt", STET_FILE_DOCUMENT },
    { "pptx", STET_FILE_DOCUMENT }, { "xls", STET_FILE_DOCUMENT },
    { "xlsx", STET_FILE_DOCUMENT }, { "zip", STET_FILE_DOCUMENT },
    { "csv", STET_FILE_DOCUMENT },  { "mjs", STET_FILE_SCRIPT },
    { "eot", STET_FILE_FONT },      { "otf", STET_FILE_FONT },
    { "ttf", STET_FILE_FONT },      { "woff", STET_FILE_FONT },
    { "woff2", STET_FILE_FONT },    { "asp", STET_FILE_PAGE },
    { "jsp", STET_FILE_PAGE },      { "shtml", STET_FILE_PAGE },
    { "xhtml", STET_FILE_PAGE },    { "atom", STET_FILE_FEED },
    { "rss", STET_FILE_FEED },      { "xml", STET_FILE_XML },
    { "json", STET_FILE_JSON },     { "m3u8", STET_FILE_HLS },
    { "mpd", STET_FILE_DASH },
};

/* The last part of the path, without query and fragment. */
static struct stet_span last_part(struct stet_span url)
{
    size_t end, start;

    if (url.len == 0)
        return STET_SPAN("");
    end =
        (size_t)(stet_scan_two(url.ptr, url.ptr + url.len, '?', '#') - url.ptr);
    for (start = end; start && url.ptr[start - 1] != '/'; start--)
        ;
    /* "http://example.com" has a host there, no path. */
    if (start > 1 && url.ptr[start - 2] == '/' &&
        (start == 2 || url.ptr[start - 3] == ':'))
        return STET_SPAN("");
    return stet_span_sub(url, start, end - start);
}

enum stet_link_file stet_link_file_of(struct stet_span url)
{
    struct stet_span name = last_part(url);
    char extension[sizeof(extensions[0].name)] = { 0 };
    size_t dot = name.len;

    while (dot && name.ptr[dot - 1] != '.')
        if (name.len - --dot > sizeof(extension))
            return STET_FILE_OTHER;
    if (!dot)
        return STET_FILE_OTHER;
    for (size_t i = dot; i < name.len; i++)
        extension[i - dot] = stet_to_lower(name.ptr[i]);
    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
        if (!memcmp(extension, extensions[i].name, sizeof(extension)))
            return extensions[i].file;
    return STET_FILE_OTHER;
}

enum stet_link_role stet_link_role_of_file(enum stet_link_file f)
{
    switch (f) {
    case STET_FILE_IMAGE:
        return STET_LINK_IMAGE;
    case STET_FILE_MEDIA:
    case STET_FILE_HLS:
    case STET_FILE_DASH:
        return STET_LINK_MEDIA;
    case STET_FILE_STYLE:
        return STET_LINK_STYLE;
    case STET_FILE_SCRIPT:
        return STET_LINK_SCRIPT;
    case STET_FILE_FONT:
        return STET_LINK_FONT;
    case STET_FILE_FEED:
        return STET_LINK_FEED;
    case STET_FILE_PAGE:
    case STET_FILE_DOCUMENT:
        return STET_LINK_ANCHOR;
    case STET_FILE_OTHER:
    case STET_FILE_XML:
    case STET_FILE_JSON:
    default:
        return STET_LINK_OTHER;
    }
}
