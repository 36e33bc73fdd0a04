#ifndef STET_HTML_H
#define STET_HTML_H

/*
 * The HTML tokenizer (WHATWG HTML, section 13.2.5) with source offsets.
 *
 * Bytes go in, in pieces of any size, and tokens come out through a
 * callback.  Every string is UTF-8 whatever the document's charset; every
 * offset counts bytes of the source, so that a rewriter can splice.
 *
 * Charsets in which markup is always ASCII bytes (all but UTF-16,
 * ISO-2022-JP and the replacement encoding) are tokenized as they are and
 * decoded string by string.  The others are decoded first; then offsets
 * count bytes of the decoded UTF-8 text, which stet_html_tokenizer_is_recoded()
 * tells.
 *
 * Memory is bounded (about STET_MAX_HTML_VALUE plus the longest piece fed)
 * and time is linear, whatever the input:
 *
 *   - text and comments of any length come in pieces;
 *   - attributes of any number come in batches of STET_MAX_HTML_ATTRS: no
 *     attribute is ever lost;
 *   - a name or value longer than its limit is cut, which `truncated` says;
 *     its offset and length are still those of the source.
 *
 * Two deviations from the standard are deliberate.  A tree builder tells
 * the tokenizer when raw text begins; here the tokenizer decides that by
 * tag names, keeping track of svg and math by itself (scripts are off, so
 * noscript holds markup).  And a numeric character reference has at most
 * STET_MAX_HTML_DIGITS digits.
 */

#include "stet/base.h"
#include "stet/error.h"

enum {
    STET_MAX_HTML_ATTRS = 256,      /* attributes of one token */
    STET_MAX_HTML_NAME = 1 << 12,   /* source bytes of a tag's, attribute's
                                       or doctype's name or identifier */
    STET_MAX_HTML_VALUE = 1 << 20,  /* source bytes of an attribute value */
    STET_MAX_HTML_BATCH = 1 << 20,  /* source bytes after which attributes
                                       are delivered */
    STET_MAX_HTML_TEXT = 1 << 16,   /* source bytes of one decoded piece */
    STET_MAX_HTML_DIGITS = 1 << 10, /* digits of a character reference */
    STET_MAX_HTML_FOREIGN = 64,     /* nested svg, math and HTML in them */
};

/* The encodings of the Encoding Standard, and none. */
/* clang-format off */
#define STET_CHARSETS(X)                                                      \
    X(UTF_8, "UTF-8") X(IBM866, "IBM866") X(ISO_8859_2, "ISO-8859-2")         \
    X(ISO_8859_3, "ISO-8859-3") X(ISO_8859_4, "ISO-8859-4")                   \
    X(ISO_8859_5, "ISO-8859-5") X(ISO_8859_6, "ISO-8859-6")                   \
    X(ISO_8859_7, "ISO-8859-7") X(ISO_8859_8, "ISO-8859-8")                   \
    X(ISO_8859_8_I, "ISO-8859-8-I") X(ISO_8859_10, "ISO-8859-10")             \
    X(ISO_8859_13, "ISO-8859-13") X(ISO_8859_14, "ISO-8859-14")               \
    X(ISO_8859_15, "ISO-8859-15") X(ISO_8859_16, "ISO-8859-16")               \
    X(KOI8_R, "KOI8-R") X(KOI8_U, "KOI8-U") X(MACINTOSH, "macintosh")         \
    X(WINDOWS_874, "windows-874") X(WINDOWS_1250, "windows-1250")             \
    X(WINDOWS_1251, "windows-1251") X(WINDOWS_1252, "windows-1252")           \
    X(WINDOWS_1253, "windows-1253") X(WINDOWS_1254, "windows-1254")           \
    X(WINDOWS_1255, "windows-1255") X(WINDOWS_1256, "windows-1256")           \
    X(WINDOWS_1257, "windows-1257") X(WINDOWS_1258, "windows-1258")           \
    X(X_MAC_CYRILLIC, "x-mac-cyrillic") X(GBK, "GBK") X(GB18030, "gb18030")   \
    X(BIG5, "Big5") X(EUC_JP, "EUC-JP") X(ISO_2022_JP, "ISO-2022-JP")         \
    X(SHIFT_JIS, "Shift_JIS") X(EUC_KR, "EUC-KR")                             \
    X(REPLACEMENT, "replacement") X(UTF_16BE, "UTF-16BE")                     \
    X(UTF_16LE, "UTF-16LE") X(X_USER_DEFINED, "x-user-defined")
/* clang-format on */

enum stet_charset {
    STET_CHARSET_NONE = 0,
#define STET_X(id, name) STET_CHARSET_##id,
    STET_CHARSETS(STET_X)
#undef STET_X
        STET_N_CHARSETS
};

/* Element names that tokens carry as a number. */
/* clang-format off */
#define STET_HTML_TAGS(X)                                                     \
    X(A, "a") X(ABBR, "abbr") X(ADDRESS, "address")                           \
    X(ANNOTATION_XML, "annotation-xml") X(APPLET, "applet") X(AREA, "area")   \
    X(ARTICLE, "article") X(ASIDE, "aside") X(AUDIO, "audio") X(B, "b")       \
    X(BASE, "base") X(BASEFONT, "basefont") X(BDI, "bdi") X(BDO, "bdo")       \
    X(BGSOUND, "bgsound") X(BIG, "big") X(BLOCKQUOTE, "blockquote")           \
    X(BODY, "body") X(BR, "br") X(BUTTON, "button") X(CANVAS, "canvas")       \
    X(CAPTION, "caption") X(CENTER, "center") X(CITE, "cite") X(CODE, "code") \
    X(COL, "col") X(COLGROUP, "colgroup") X(COMMAND, "command")               \
    X(DATA, "data") X(DATALIST, "datalist") X(DD, "dd") X(DEL, "del")         \
    X(DESC, "desc") X(DETAILS, "details") X(DFN, "dfn") X(DIALOG, "dialog")   \
    X(DIR, "dir") X(DIV, "div") X(DL, "dl") X(DT, "dt") X(EM, "em")           \
    X(EMBED, "embed") X(FIELDSET, "fieldset") X(FIGCAPTION, "figcaption")     \
    X(FIGURE, "figure") X(FONT, "font") X(FOOTER, "footer")                   \
    X(FOREIGNOBJECT, "foreignobject") X(FORM, "form") X(FRAME, "frame")       \
    X(FRAMESET, "frameset") X(H1, "h1") X(H2, "h2") X(H3, "h3") X(H4, "h4")   \
    X(H5, "h5") X(H6, "h6") X(HEAD, "head") X(HEADER, "header")               \
    X(HGROUP, "hgroup") X(HR, "hr") X(HTML, "html") X(I, "i")                 \
    X(IFRAME, "iframe") X(IMAGE, "image") X(IMG, "img") X(INPUT, "input")     \
    X(INS, "ins") X(ISINDEX, "isindex") X(KBD, "kbd") X(KEYGEN, "keygen")     \
    X(LABEL, "label") X(LEGEND, "legend") X(LI, "li") X(LINK, "link")         \
    X(LISTING, "listing") X(MAIN, "main") X(MAP, "map") X(MARK, "mark")       \
    X(MARQUEE, "marquee") X(MATH, "math") X(MENU, "menu")                     \
    X(MENUITEM, "menuitem") X(META, "meta") X(METER, "meter") X(MI, "mi")     \
    X(MN, "mn") X(MO, "mo") X(MS, "ms") X(MTEXT, "mtext") X(NAV, "nav")       \
    X(NOBR, "nobr") X(NOEMBED, "noembed") X(NOFRAMES, "noframes")             \
    X(NOSCRIPT, "noscript") X(OBJECT, "object") X(OL, "ol")                   \
    X(OPTGROUP, "optgroup") X(OPTION, "option") X(OUTPUT, "output") X(P, "p") \
    X(PARAM, "param") X(PICTURE, "picture") X(PLAINTEXT, "plaintext")         \
    X(PRE, "pre") X(PROGRESS, "progress") X(Q, "q") X(RB, "rb") X(RP, "rp")   \
    X(RT, "rt") X(RTC, "rtc") X(RUBY, "ruby") X(S, "s") X(SAMP, "samp")       \
    X(SCRIPT, "script") X(SEARCH, "search") X(SECTION, "section")             \
    X(SELECT, "select") X(SLOT, "slot") X(SMALL, "small") X(SOURCE, "source") \
    X(SPAN, "span") X(STRIKE, "strike") X(STRONG, "strong") X(STYLE, "style") \
    X(SUB, "sub") X(SUMMARY, "summary") X(SUP, "sup") X(SVG, "svg")           \
    X(TABLE, "table") X(TBODY, "tbody") X(TD, "td") X(TEMPLATE, "template")   \
    X(TEXTAREA, "textarea") X(TFOOT, "tfoot") X(TH, "th") X(THEAD, "thead")   \
    X(TIME, "time") X(TITLE, "title") X(TR, "tr") X(TRACK, "track")           \
    X(TT, "tt") X(U, "u") X(UL, "ul") X(USE, "use") X(VAR, "var")             \
    X(VIDEO, "video") X(WBR, "wbr") X(XMP, "xmp") X(AMP_IMG, "amp-img")       \
    X(AMP_VIDEO, "amp-video") X(AMP_IFRAME, "amp-iframe")                     \
    X(FEIMAGE, "feimage")
/* clang-format on */

/* Attribute names that tokens carry as a number. */
/* clang-format off */
#define STET_HTML_ATTRS(X)                                                    \
    X(ACTION, "action") X(ALT, "alt") X(ARCHIVE, "archive")                   \
    X(ARIA_LABEL, "aria-label") X(AS, "as") X(BACKGROUND, "background")       \
    X(CHARSET, "charset") X(CITE, "cite") X(CLASS, "class")                   \
    X(CLASSID, "classid") X(CODE, "code") X(CODEBASE, "codebase")             \
    X(COLOR, "color") X(CONTENT, "content") X(CROSSORIGIN, "crossorigin")     \
    X(DATA, "data") X(DATA_BG, "data-bg") X(DATA_HREF, "data-href")           \
    X(DATA_LAZY_SRC, "data-lazy-src") X(DATA_ORIGINAL, "data-original")       \
    X(DATA_SIZES, "data-sizes") X(DATA_SRC, "data-src")                       \
    X(DATA_SRCSET, "data-srcset") X(DATA_URL, "data-url")                     \
    X(DATETIME, "datetime") X(DIR, "dir") X(DYNSRC, "dynsrc")                 \
    X(ENCODING, "encoding") X(FACE, "face") X(FORMACTION, "formaction")       \
    X(HEIGHT, "height") X(HIDDEN, "hidden") X(HREF, "href")                   \
    X(HREFLANG, "hreflang") X(HTTP_EQUIV, "http-equiv") X(ICON, "icon")       \
    X(ID, "id") X(IMAGESIZES, "imagesizes") X(IMAGESRCSET, "imagesrcset")     \
    X(INTEGRITY, "integrity") X(ITEMID, "itemid") X(ITEMPROP, "itemprop")     \
    X(ITEMSCOPE, "itemscope") X(ITEMTYPE, "itemtype") X(LANG, "lang")         \
    X(LOADING, "loading") X(LONGDESC, "longdesc") X(LOWSRC, "lowsrc")         \
    X(MANIFEST, "manifest") X(MEDIA, "media") X(METHOD, "method")             \
    X(NAME, "name") X(NONCE, "nonce") X(PING, "ping") X(POSTER, "poster")     \
    X(PROFILE, "profile") X(PROPERTY, "property") X(REL, "rel") X(REV, "rev") \
    X(ROLE, "role") X(SIZE, "size") X(SIZES, "sizes") X(SRC, "src")           \
    X(SRCDOC, "srcdoc") X(SRCSET, "srcset") X(STYLE, "style")                 \
    X(TARGET, "target") X(TITLE, "title") X(TYPE, "type") X(URL, "url")       \
    X(USEMAP, "usemap") X(VALUE, "value") X(VALUETYPE, "valuetype")           \
    X(WIDTH, "width") X(XLINK_HREF, "xlink:href") X(XML_BASE, "xml:base")     \
    X(XML_LANG, "xml:lang") X(XMLNS, "xmlns")
/* clang-format on */

enum stet_html_tag {
    STET_HTML_TAG_OTHER = 0,
#define STET_X(id, name) STET_HTML_TAG_##id,
    STET_HTML_TAGS(STET_X)
#undef STET_X
        STET_N_HTML_TAGS
};

enum stet_html_attr_id {
    STET_HTML_ATTR_OTHER = 0,
#define STET_X(id, name) STET_HTML_ATTR_##id,
    STET_HTML_ATTRS(STET_X)
#undef STET_X
        STET_N_HTML_ATTRS
};

/* The number of a lower-case name; _OTHER when it is not in the list. */
STET_API enum stet_html_tag stet_html_tag_of(struct stet_span name);
STET_API enum stet_html_attr_id stet_html_attr_of(struct stet_span name);

enum stet_html_kind {
    STET_HTML_START,
    STET_HTML_END,
    STET_HTML_TEXT,
    STET_HTML_COMMENT, /* bogus comments (<!x>, <?x>, </ x>) too */
    STET_HTML_DOCTYPE
};

struct stet_html_attr {
    enum stet_html_attr_id id;
    struct stet_span name;  /* lower case */
    struct stet_span value; /* character references decoded; "" if none */
    uint64_t name_offset, name_length;   /* in the source */
    uint64_t value_offset, value_length; /* the same, without the quotes;
                                            where the name ends if none */
    char quote;                          /* '"', '\'' or 0 */
    bool has_value;                      /* there is a '=' */
    bool duplicate; /* the name came before in this piece: to be ignored */
    bool truncated; /* name or value went past its limit */
};

/*
 * A token, or a piece of one.  Pieces of one token follow each other: all
 * but the first are `continued`, all but the last have `more` (a comment's
 * or tag's last piece has it not; a text's pieces are simply adjacent TEXT
 * tokens, and neither flag is ever set on them).  Everything it points to
 * is good until the callback returns.
 *
 * Tokens and their pieces come in order of offset and do not overlap.  What
 * lies between them is "</>", the marks of a CDATA section or a byte order
 * mark, and nothing else; at the end of the input there may be a tag that is
 * not closed, which is no token (as in browsers).  A tag that was given out
 * in part then ends without its last piece.
 */
struct stet_html_token {
    enum stet_html_kind kind;
    bool more, continued;
    bool truncated; /* the name, or a part of a doctype, went past a limit */

    uint64_t offset, length; /* of this piece in the source */

    /* START and END: lower-case name.  DOCTYPE: its name, lower case. */
    struct stet_span name;
    enum stet_html_tag tag;
    uint64_t name_offset, name_length;
    bool self_closing;

    /* START, and always empty for END. */
    const struct stet_html_attr *attrs;
    size_t n_attrs;

    /* TEXT and COMMENT: in UTF-8, line ends as '\n', character references
     * decoded (a reference or a line end may be a TEXT token of its own).
     * raw: the source bytes of it, as they are; for TEXT just [offset,
     * offset + length), for COMMENT what stands between the marks. */
    struct stet_span text;
    struct stet_span raw;
    uint64_t raw_offset;
    /* TEXT: the raw-text element that holds it (title, textarea, style,
     * script, ...), or _OTHER in ordinary markup. */
    enum stet_html_tag raw_in;
    bool foreign; /* inside svg or math (a tag: it is foreign itself) */

    /* DOCTYPE */
    struct stet_span public_id, system_id; /* "" when missing */
    bool has_name, has_public_id, has_system_id;
    bool force_quirks;
};

/* Non-zero stops the tokenizer; _feed() and _finish() then return it. */
typedef int (*stet_html_token_fn)(void *ctx, const struct stet_html_token *t);

enum stet_html_state {
    STET_HTML_DATA,
    STET_HTML_RCDATA,
    STET_HTML_RAWTEXT,
    STET_HTML_SCRIPT_DATA,
    STET_HTML_PLAINTEXT,
    STET_HTML_CDATA
};

struct stet_html_options {
    enum stet_charset charset; /* _NONE is UTF-8 */
    stet_html_token_fn on_token;
    void *ctx;

    enum stet_html_state state;      /* to begin in */
    struct stet_span last_start_tag; /* lower case; what may end a raw text
                                        that it begins in */
    /* No TEXT tokens for ordinary markup: for readers of links.  Those of
     * raw-text elements still come, and those within svg and math, where a
     * style element holds ordinary text. */
    bool skip_text;
    /*
     * The document is XHTML or SVG by its media type: no tag begins raw text,
     * none ends svg or math but their own, and CDATA sections are everywhere
     * (skip_text then skips none).  A START that closes itself is followed by
     * an END of no length, but for void elements and within svg and math.
     */
    bool xml;
    /* Never change the state by tag names, and no CDATA sections but for
     * the one it begins in: the standard's tokenizer without a tree builder,
     * as tests drive it. */
    bool plain;
    /* A byte order mark at the start is text, not dropped. */
    bool keep_bom;
};

struct stet_html_tokenizer;

/* STET_ENOMEM; STET_EUSAGE without on_token. */
STET_API STET_NODISCARD int stet_html_tokenizer_new(
    struct stet_html_tokenizer **out, const struct stet_html_options *opts,
    struct stet_error *err);

/*
 * The next piece of the document, of any size.  STET_OK; STET_ENOMEM; or
 * what on_token returned: after either it takes no more (the same code
 * comes back).  Tokens may come later than the piece that ends them.
 */
STET_API STET_NODISCARD int stet_html_tokenizer_feed(
    struct stet_html_tokenizer *t, struct stet_span bytes,
    struct stet_error *err);

/* The end of the document: the tokens still open.  Errors as _feed(). */
STET_API STET_NODISCARD int stet_html_tokenizer_finish(
    struct stet_html_tokenizer *t, struct stet_error *err);

/* NULL is fine. */
STET_API void stet_html_tokenizer_free(struct stet_html_tokenizer *t);

/* True if offsets count decoded UTF-8 text, not source bytes (see above). */
STET_API bool stet_html_tokenizer_is_recoded(
    const struct stet_html_tokenizer *t);

/* A whole document at once: new, feed, finish, free. */
STET_API STET_NODISCARD int stet_html_tokenize(
    struct stet_span document, const struct stet_html_options *opts,
    struct stet_error *err);

#endif
