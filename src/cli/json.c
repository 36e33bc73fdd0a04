#include "cli/json.h"

/* Takes one code point (Unicode section 3.9, table 3-7). */
static unsigned long take(struct stet_span *s)
{
    const unsigned char *p = (const unsigned char *)s->ptr;
    static const unsigned long least[] = { 0, 0x80, 0x800, 0x10000 };
    size_t more = p[0] < 0xC0 ? 0 : p[0] < 0xE0 ? 1 : p[0] < 0xF0 ? 2 : 3;
    unsigned long cp = p[0];
    size_t i = 1;

    if (p[0] >= 0x80) {
        cp = p[0] & (0x3FU >> more);
        for (; i <= more && i < s->len && (p[i] & 0xC0) == 0x80; i++)
            cp = cp << 6 | (p[i] & 0x3F);
        if (more == 0 || i <= more || p[0] > 0xF4 || cp < least[more] ||
            cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000)) {
            cp = 0xFFFD;
            i = 1;
        }
    }
    s->ptr += i;
    s->len -= i;
    return cp;
}

void cli_put_json(FILE *to, struct stet_span text)
{
    putc('"', to);
    while (text.len > 0) {
        unsigned long cp = take(&text);

        if (cp == '"' || cp == '\\')
            fprintf(to, "\\%c", (int)cp);
        else if (cp >= 0x20 && cp < 0x7F)
            putc((int)cp, to);
        else if (cp < 0x10000)
            fprintf(to, "\\u%04lx", cp);
        else
            fprintf(to, "\\u%04lx\\u%04lx", 0xD800 + ((cp - 0x10000) >> 10),
                    0xDC00 + ((cp - 0x10000) & 0x3FF));
    }
    putc('"', to);
}

void cli_put_json_member(FILE *to, bool first, const char *name,
                         struct stet_span text)
{
    if (!text.ptr)
        return;
    fprintf(to, "%s\"%s\":", first ? "" : ",", name);
    cli_put_json(to, text);
}
