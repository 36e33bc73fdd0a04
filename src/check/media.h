#ifndef STET_CHECK_MEDIA_H
#define STET_CHECK_MEDIA_H

#include "base/span.h"

/*
 * True for a media type by the grammar of section 5.6, with white space
 * around each ';' (annotation 38) and nothing after the last one allowed.
 * Browsers' forgiving rules (http/mime.h) are not for a checker.
 */
bool stet_check_is_media_type(struct stet_span text);

#endif
