/*
 * A heap that runs out, preloaded into a program under test:
 *
 *     LD_PRELOAD=starve.so STARVE=7:once stet ...
 *
 * The 7th allocation, of whatever part of the program, fails; with "forever"
 * all after it too.  STARVE=@HASH:once fails the first allocation that is
 * made by way of the call stack of that hash, which is the same in each run.
 * STARVE=record writes a line a call stack to the file STARVE_FILE at exit:
 *
 *     HASH COUNT FIRST FRAME FRAME...
 *
 * COUNT is how often it came, FIRST the number of its first allocation, a
 * frame "object+offset", the innermost first.  With a failure the same file
 * gets the frames of the first one at once, after the word "failed"; and
 * those of a crash after the word "crashed".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unwind.h>

enum {
    MAX_FRAMES = 64,
    MAX_STACKS = 1 << 15, /* a power of two */
    PRIME_TRIES = 64,
};

struct stack {
    uint64_t hash;
    uintptr_t caller; /* offset in its object: what is looked at first */
    void *frames[MAX_FRAMES];
    int n, skip;
};

struct entry {
    struct stack stack;
    long count, first;
};

enum mode { OFF, RECORD, NUMBER, STACK };

static enum mode mode;
static int forever;
static long at;
static uint64_t wanted;
static uintptr_t wanted_caller;
static const char *file;
static atomic_long count;
static atomic_int struck;
static atomic_flag lock = ATOMIC_FLAG_INIT;
static struct entry *table; /* MAX_STACKS, hashed openly */
static _Thread_local int inside __attribute__((tls_model("initial-exec")));

static void read_orders(void)
{
    const char *spec = getenv("STARVE");

    file = getenv("STARVE_FILE");
    if (!spec || !file)
        return;
    forever = strstr(spec, ":forever") != NULL;
    if (strcmp(spec, "record") == 0) {
        table = calloc(MAX_STACKS, sizeof(*table));
        mode = table ? RECORD : OFF;
    } else if (spec[0] == '@') {
        char *end;
        wanted = strtoull(spec + 1, &end, 16);
        wanted_caller = strtoull(end + 1, &end, 16);
        mode = STACK;
    } else {
        at = strtol(spec, NULL, 10);
        mode = NUMBER;
    }
}

/* Where code lies in the object that it is of. */
static uintptr_t offset_of(void *ip)
{
    struct dl_find_object o;

    if (_dl_find_object(ip, &o) != 0)
        return 0;
    return (uintptr_t)ip - o.dlfo_link_map->l_addr;
}

/* One of recursion's many frames is enough. */
static int is_known(const struct stack *s, void *ip)
{
    for (int i = 0; i < s->n; i++) {
        if (s->frames[i] == ip)
            return 1;
    }
    return 0;
}

static _Unwind_Reason_Code add_frame(struct _Unwind_Context *c, void *ctx)
{
    struct stack *s = ctx;
    void *ip = (void *)_Unwind_GetIP(c);

    if (s->skip-- > 0 || !ip || is_known(s, ip))
        return _URC_NO_REASON;
    s->frames[s->n++] = ip;
    s->hash = (s->hash ^ offset_of(ip)) * 0x100000001b3u;
    s->hash ^= s->hash >> 29;
    return s->n == MAX_FRAMES ? _URC_END_OF_STACK : _URC_NO_REASON;
}

/* The callers of the function of this file that was called from outside. */
__attribute__((noinline)) static void walk(struct stack *s, void *caller)
{
    s->hash = 0xcbf29ce484222325u;
    s->n = 0;
    s->skip = 3; /* this, fails() and what is preloaded */
    s->caller = offset_of(caller);
    _Unwind_Backtrace(add_frame, s);
}

/* Without the heap, which may be what is broken. */
static void put_line(int fd, const char *what, const struct stack *s)
{
    char line[MAX_FRAMES * 64];
    size_t n = (size_t)snprintf(line, sizeof(line), "%s", what);

    for (int i = 0; i < s->n && n < sizeof(line) - 64; i++) {
        struct dl_find_object o;
        const char *name = "?", *slash;
        if (_dl_find_object(s->frames[i], &o) == 0)
            name = o.dlfo_link_map->l_name;
        if (!name[0])
            name = "program";
        slash = strrchr(name, '/');
        n += (size_t)snprintf(line + n, 64, " %.30s+0x%lx",
                              slash ? slash + 1 : name,
                              (unsigned long)offset_of(s->frames[i]));
    }
    line[n++] = '\n';
    if (write(fd, line, n) < 0)
        _exit(9);
}

static void record(const struct stack *s, long n)
{
    size_t i = s->hash & (MAX_STACKS - 1);

    while (atomic_flag_test_and_set(&lock))
        ;
    for (int tries = 0; tries < PRIME_TRIES; tries++) {
        struct entry *e = &table[(i + (size_t)tries) & (MAX_STACKS - 1)];
        if (e->count == 0) {
            e->stack = *s;
            e->first = n;
        }
        if (e->stack.hash == s->hash) {
            e->count++;
            break;
        }
    }
    atomic_flag_clear(&lock);
}

static void tell(const char *what, const struct stack *s)
{
    int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    if (fd < 0)
        return;
    put_line(fd, what, s);
    close(fd);
}

/* Whether this allocation is to fail; in STACK mode it costs next to nothing
 * where the caller is another. */
__attribute__((noinline)) static int fails(void *caller)
{
    struct stack s;
    long n = ++count;
    int strikes;

    if (mode == OFF || inside)
        return 0;
    if (atomic_load(&struck))
        return forever;
    if ((mode == NUMBER && n != at) ||
        (mode == STACK && offset_of(caller) != wanted_caller))
        return 0;
    inside = 1;
    walk(&s, caller);
    if (mode == RECORD)
        record(&s, n);
    strikes = mode == NUMBER || (mode == STACK && s.hash == wanted);
    if (strikes && atomic_exchange(&struck, 1) == 0)
        tell("failed", &s);
    else if (!forever)
        strikes = 0;
    inside = 0;
    return strikes;
}

static void on_crash(int number)
{
    struct stack s;

    inside = 1;
    walk(&s, NULL);
    tell("crashed", &s);
    signal(number, SIG_DFL);
    raise(number);
}

/* A sanitizer has its own way. */
static void catch_crash(int number)
{
    struct sigaction was, act = { .sa_handler = on_crash };

    sigemptyset(&act.sa_mask);
    act.sa_flags = (int)SA_RESETHAND;
    if (sigaction(number, NULL, &was) == 0 && was.sa_handler == SIG_DFL)
        sigaction(number, &act, NULL);
}

__attribute__((constructor)) static void begin(void)
{
    inside = 1;
    read_orders();
    if (mode != OFF) {
        catch_crash(SIGSEGV);
        catch_crash(SIGBUS);
        catch_crash(SIGABRT);
    }
    inside = 0;
}

__attribute__((destructor)) static void report(void)
{
    int fd;

    if (mode != RECORD)
        return;
    mode = OFF;
    fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    for (size_t i = 0; fd >= 0 && i < MAX_STACKS; i++) {
        const struct entry *e = &table[i];
        char head[96];
        if (e->count == 0)
            continue;
        snprintf(head, sizeof(head), "%016llx:%lx %ld %ld",
                 (unsigned long long)e->stack.hash,
                 (unsigned long)e->stack.caller, e->count, e->first);
        put_line(fd, head, &e->stack);
    }
    close(fd);
}

#define REAL(name)                 \
    static __typeof__(&name) real; \
    if (!real)                     \
    real = (__typeof__(&name))(uintptr_t)dlsym(RTLD_NEXT, #name)
#define FAIL_IF_TOLD                          \
    if (fails(__builtin_return_address(0))) { \
        errno = ENOMEM;                       \
        return NULL;                          \
    }

void *malloc(size_t n)
{
    REAL(malloc);
    FAIL_IF_TOLD
    return real(n);
}

void *calloc(size_t n, size_t size)
{
    REAL(calloc);
    FAIL_IF_TOLD
    return real(n, size);
}

void *realloc(void *p, size_t n)
{
    REAL(realloc);
    /* Of no bytes it frees. */
    if (n > 0)
        FAIL_IF_TOLD
    return real(p, n);
}

void *reallocarray(void *p, size_t n, size_t size)
{
    REAL(reallocarray);
    FAIL_IF_TOLD
    return real(p, n, size);
}

void *memalign(size_t to, size_t n)
{
    REAL(memalign);
    FAIL_IF_TOLD
    return real(to, n);
}

void *aligned_alloc(size_t to, size_t n)
{
    REAL(aligned_alloc);
    FAIL_IF_TOLD
    return real(to, n);
}

int posix_memalign(void **out, size_t to, size_t n)
{
    REAL(posix_memalign);
    if (fails(__builtin_return_address(0)))
        return ENOMEM;
    return real(out, to, n);
}
