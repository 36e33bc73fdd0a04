# stet: make, make check, make install.  `make help` lists the rest.
#
# One Makefile for the whole tree (no recursion).  Everything built goes to
# build/$(VARIANT)/, so variants live side by side:
#
#     make check VARIANT=asan

.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

VERSION := $(shell sed -n 's/^.define STET_VERSION "\(.*\)"/\1/p' include/stet/base.h)
SOVER   := 0

# -- what the user may set ---------------------------------------------------
VARIANT    ?= release
PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR     ?= $(PREFIX)/share/man
DESTDIR    ?=
CC         ?= cc
PKG_CONFIG ?= pkg-config
CFLAGS     ?= -O2 -g
PKGS       := libcurl zlib libdeflate libxml-2.0 sqlite3 libcrypto libssl \
              libidn2 libpsl jansson libbrotlidec libzstd

# -- what it may not ---------------------------------------------------------
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef \
        -Wvla -Wswitch-enum -Wimplicit-fallthrough
STET_CPPFLAGS := -Iinclude -Isrc -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -D_GNU_SOURCE
STET_CFLAGS   := -std=c17 -fPIC -pthread -fvisibility=hidden $(WARN)

SAN := -fno-omit-frame-pointer -fno-sanitize-recover=all -O1
ifeq ($(VARIANT),release)
else ifeq ($(VARIANT),debug)
STET_CFLAGS += -O0 -g3 -Werror
else ifeq ($(VARIANT),asan)
STET_CFLAGS += $(SAN) -fsanitize=address,undefined -Werror
STET_LDFLAGS += -fsanitize=address,undefined
else ifeq ($(VARIANT),tsan)
STET_CFLAGS += $(SAN) -fsanitize=thread -Werror
STET_LDFLAGS += -fsanitize=thread
else ifeq ($(VARIANT),cov)
STET_CFLAGS += -O0 --coverage
STET_LDFLAGS += --coverage
else ifeq ($(VARIANT),fuzz)
CC := clang
STET_CFLAGS += $(SAN) -fsanitize=fuzzer-no-link,address,undefined
STET_LDFLAGS += -fsanitize=address,undefined
FUZZ_LDFLAGS := -fsanitize=fuzzer
else
$(error VARIANT is one of release debug asan tsan cov fuzz, not '$(VARIANT)')
endif

ifneq ($(strip $(PKGS)),)
STET_CPPFLAGS += $(shell $(PKG_CONFIG) --cflags $(PKGS))
LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS))
endif

COMPILE = $(CC) $(STET_CPPFLAGS) $(CPPFLAGS) $(STET_CFLAGS) $(CFLAGS) -MMD -MP
LINK    = $(CC) $(STET_CFLAGS) $(CFLAGS) $(STET_LDFLAGS) $(LDFLAGS)

ifndef V
say = @printf '  %-5s %s\n' $(1) $(patsubst $(B)/%,%,$@);
endif

# -- what there is -----------------------------------------------------------
B := build/$(VARIANT)

CLI_SRC  := $(sort $(wildcard src/cli/*.c))
LIB_SRC  := $(filter-out $(CLI_SRC),$(sort $(wildcard src/*/*.c)))
TEST_SRC := $(sort $(wildcard tests/unit/*/test_*.c))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
AID_SRC  := $(sort $(wildcard tests/lib/*.c))

LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(B)/%.o)
AID_OBJ := $(AID_SRC:%.c=$(B)/%.o)
TESTS   := $(TEST_SRC:tests/unit/%.c=$(B)/tests/%)
FUZZERS := $(FUZZ_SRC:tests/fuzz/%.c=$(B)/fuzz/%)
REPLAYS := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=$(B)/tests/replay_%)

.PHONY: all
all: $(B)/stet $(B)/libstet.a $(B)/libstet.so.$(SOVER)

# -- how it is built ---------------------------------------------------------
# A change of compiler or flags rebuilds everything that used them.
.PHONY: FORCE
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) / $(LINK) $(LIBS)' | cmp -s - $@ || \
	 echo '$(COMPILE) / $(LINK) $(LIBS)' >$@

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -Itests -c -o $@ $<

$(B)/libstet.a: $(LIB_OBJ)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

$(B)/libstet.so.$(SOVER): $(LIB_OBJ)
	$(call say,LD)$(LINK) -shared -Wl,-soname,libstet.so.$(SOVER) -o $@ $^ $(LIBS)

$(B)/stet: $(CLI_OBJ) $(B)/libstet.a
	$(call say,LD)$(LINK) -o $@ $^ $(LIBS)

# Tests link the objects, not the library: they may look inside.
$(B)/tests/%: $(B)/tests/unit/%.o $(AID_OBJ) $(LIB_OBJ)
	@mkdir -p $(@D)
	$(call say,LD)$(LINK) -o $@ $^ $(LIBS)

$(B)/tests/replay_%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/replay.o $(LIB_OBJ)
	@mkdir -p $(@D)
	$(call say,LD)$(LINK) -o $@ $^ $(LIBS)

$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(LIB_OBJ)
	@mkdir -p $(@D)
	$(call say,LD)$(LINK) $(FUZZ_LDFLAGS) -o $@ $^ $(LIBS)

# -- how it is checked -------------------------------------------------------
PROVE ?= prove --timer --jobs $(shell nproc)
CHECK_ENV := TESTS=$(CURDIR)/tests STET=$(CURDIR)/$(B)/stet

.PHONY: check check-unit check-cli check-fuzz
check: check-unit check-fuzz check-cli
check-unit: $(TESTS)
	$(CHECK_ENV) $(PROVE) --exec '' $(TESTS)
check-cli: $(B)/stet
	$(CHECK_ENV) $(PROVE) --exec sh tests/cli/*.t
check-fuzz: $(REPLAYS)
	@for r in $(REPLAYS); do \
	    $$r tests/fuzz/corpus/$${r##*/replay_}/* >$$r.tap || { cat $$r.tap; exit 1; }; \
	done
	@echo "every corpus replayed"

.PHONY: check-all valgrind coverage
check-all: lint
	$(MAKE) check VARIANT=debug
	$(MAKE) check VARIANT=asan
	$(MAKE) check VARIANT=tsan
valgrind: $(TESTS)
	$(CHECK_ENV) $(PROVE) --exec 'valgrind -q --error-exitcode=9 --leak-check=full' $(TESTS)

.PHONY: fuzz
FUZZ_TIME ?= 60
fuzz:
	$(MAKE) VARIANT=fuzz $(FUZZ_SRC:tests/fuzz/%.c=build/fuzz/fuzz/%)
	@for f in $(FUZZ_SRC:tests/fuzz/%.c=%); do \
	    build/fuzz/fuzz/$$f -max_total_time=$(FUZZ_TIME) -print_final_stats=0 \
	        tests/fuzz/corpus/$${f#fuzz_} || exit 1; \
	done

.PHONY: lint lint-floors lint-headers lint-exports lint-man
lint: lint-floors lint-headers lint-exports lint-man
lint-floors:
	@tests/lint/floors.sh
# Every header must compile alone.
HEADERS := $(sort $(wildcard include/stet/*.h src/*/*.h tests/lib/*.h))
lint-headers:
	@for h in $(HEADERS); do \
	    echo "#include \"$$h\"" | $(CC) $(STET_CPPFLAGS) -I. -Itests $(STET_CFLAGS) \
	        -Werror -fsyntax-only -x c - || exit 1; done
lint-exports: $(B)/libstet.a $(B)/libstet.so.$(SOVER)
	@tests/lint/exports.sh $^
lint-man:
	@for m in man/*.[1357]; do groff -man -Tutf8 -wall -wmac -z $$m 2>&1 | \
	    { ! grep . ; } || exit 1; done

.PHONY: tidy cppcheck analyze format
tidy:
	clang-tidy --quiet $(LIB_SRC) $(CLI_SRC) -- $(STET_CPPFLAGS) -std=c11
cppcheck:
	cppcheck --quiet --std=c17 --enable=warning,portability,performance \
	    --inline-suppr --error-exitcode=1 $(STET_CPPFLAGS) src
analyze:
	@for f in $(LIB_SRC) $(CLI_SRC); do \
	    gcc -fanalyzer $(STET_CPPFLAGS) -std=c17 -c -o /dev/null $$f || exit 1; done
format:
	clang-format -i $$(git ls-files '*.c' '*.h')

# -- how it is installed -----------------------------------------------------
.PHONY: install uninstall
install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig \
	    $(DESTDIR)$(INCLUDEDIR)/stet $(DESTDIR)$(MANDIR)/man1
	install -m 755 $(B)/stet $(DESTDIR)$(BINDIR)
	install -m 644 $(B)/libstet.a $(DESTDIR)$(LIBDIR)
	install -m 755 $(B)/libstet.so.$(SOVER) $(DESTDIR)$(LIBDIR)
	ln -sf libstet.so.$(SOVER) $(DESTDIR)$(LIBDIR)/libstet.so
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	    -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@PKGS@|$(PKGS)|' src/libstet.pc.in \
	    >$(DESTDIR)$(LIBDIR)/pkgconfig/libstet.pc
	install -m 644 include/stet/*.h $(DESTDIR)$(INCLUDEDIR)/stet
	install -m 644 man/*.1 $(DESTDIR)$(MANDIR)/man1
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/stet $(DESTDIR)$(LIBDIR)/libstet.* \
	    $(DESTDIR)$(LIBDIR)/pkgconfig/libstet.pc
	rm -rf $(DESTDIR)$(INCLUDEDIR)/stet

.PHONY: clean help
clean:
	rm -rf build
help:
	@echo 'all check check-all lint tidy cppcheck analyze format fuzz valgrind'
	@echo 'install uninstall clean; VARIANT=release|debug|asan|tsan|cov|fuzz V=1'

.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(AID_OBJ:.o=.d) \
    $(TEST_SRC:%.c=$(B)/%.d) $(FUZZ_SRC:%.c=$(B)/%.d)
