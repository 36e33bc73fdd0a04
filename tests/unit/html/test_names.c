#include "base/span.h"
#include "lib/tap.h"
#include "stet/html.h"

static void test_tags(void)
{
#define STET_X(id, name) \
    CHECK_INT(stet_html_tag_of(STET_SPAN(name)), STET_HTML_TAG_##id);
    STET_HTML_TAGS(STET_X)
#undef STET_X
    CHECK_INT(stet_html_tag_of(STET_SPAN("")), STET_HTML_TAG_OTHER);
    CHECK_INT(stet_html_tag_of(STET_SPAN("IMG")), STET_HTML_TAG_OTHER);
    CHECK_INT(stet_html_tag_of(STET_SPAN("img\0")), STET_HTML_TAG_OTHER);
    CHECK_INT(stet_html_tag_of(STET_SPAN("blockquot")), STET_HTML_TAG_OTHER);
}

static void test_attrs(void)
{
#define STET_X(id, name) \
    CHECK_INT(stet_html_attr_of(STET_SPAN(name)), STET_HTML_ATTR_##id);
    STET_HTML_ATTRS(STET_X)
#undef STET_X
    CHECK_INT(stet_html_attr_of(STET_SPAN("data-srcs")), STET_HTML_ATTR_OTHER);
    CHECK_INT(stet_html_attr_of(STET_SPAN("onclick")), STET_HTML_ATTR_OTHER);
}

TESTS({ "every tag of the list is found", test_tags },
      { "every attribute of the list is found", test_attrs })
