#include "plan/rule.h"

const char *stet_rule_name(enum stet_rule r)
{
    static const char *const names[] = {
#define STET_X(name, word, taken) word,
        STET_RULES(STET_X)
#undef STET_X
    };
    return names[r];
}
