#include "article/lists.h"
void stet_lists_find(struct stet_facts *f)
{
    (void)f;
}
