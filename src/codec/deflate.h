#ifndef STET_CODEC_DEFLATE_H
#define STET_CODEC_DEFLATE_H

/* Leads libdeflate's heap through base/mem; to be called before any of its
 * objects is made, by any thread and any number of times. */
void stet_deflate_init(void);

#endif
