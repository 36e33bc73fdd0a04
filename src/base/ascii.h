#ifndef STET_BASE_ASCII_H
#define STET_BASE_ASCII_H

#include <stdbool.h>

/* Character classes of ASCII; bytes above 0x7F belong to none. */
static inline bool stet_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static inline bool stet_is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool stet_is_alpha(unsigned char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool stet_is_alnum(unsigned char c)
{
    return stet_is_alpha(c) || stet_is_digit(c);
}

/* The white space of HTML: tab, LF, FF, CR, space. */
static inline bool stet_is_space(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static inline char stet_to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* 0 to 15, or -1. */
static inline int stet_hex_value(unsigned char c)
{
    if (stet_is_digit(c))
        return c - '0';
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (c | 0x20) - 'a' + 10;
    return -1;
}

#endif
