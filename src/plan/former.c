#include "plan/former.h"

#include "base/mem.h"

struct stet_former *stet_former_new(void)
{
    struct stet_former *f = stet_alloc(sizeof(*f));

    if (f)
        stet_arena_init(&f->text, STET_MAX_FORMER_BYTES);
    return f;
}

void stet_former_free(struct stet_former *f)
{
    if (!f)
        return;
    stet_arena_clear(&f->text);
    stet_free(f);
}
