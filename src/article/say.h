#ifndef STET_ARTICLE_SAY_H
#define STET_ARTICLE_SAY_H

#include "base/span.h"

/*
 * Does s hold the word, which is in lower case, in any case of its ASCII
 * letters?  stet_span_ifind() for the short words and values of class
 * attributes, of which there are thousands on a page.
 */
static inline bool stet_says(struct stet_span s, const char *word)
{
    size_t i = 0;

    for (; s.ptr && i < s.len; i++) {
        size_t k = 0;

        while (word[k] && i + k < s.len &&
               ((unsigned char)s.ptr[i + k] | 0x20) ==
                   ((unsigned char)word[k] | 0x20))
            k++;
        if (!word[k])
            return true;
    }
    return false;
}

/* One of the words, a list that ends with NULL. */
static inline bool stet_says_any(struct stet_span s, const char *const *words)
{
    for (; s.len > 0 && *words; words++)
        if (stet_says(s, *words))
            return true;
    return false;
}

#endif
