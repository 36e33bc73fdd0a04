# stet: make, make demo, make test, make install.  `make help` lists the rest.
#
# One Makefile for the whole tree (no recursion but for variants).  All that
# is built goes to build/$(VARIANT)/, so variants live side by side:
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
ifeq ($(origin CC),default)
CC         := gcc
endif
PKG_CONFIG ?= pkg-config
CFLAGS     ?= -O2 -g

# -- what it stands on -------------------------------------------------------
PKGS := libcurl zlib libdeflate libxml-2.0 sqlite3 libcrypto libssl \
        libpsl jansson libbrotlidec libzstd libzip libmicrohttpd
# Used where they are found.
PKGS_MAYBE := libisal

# Debian's names: to build; and, besides, to run the tests and the demo.
DEB_BUILD := gcc libc6-dev make pkg-config libcurl4-openssl-dev zlib1g-dev \
             libdeflate-dev libxml2-dev libsqlite3-dev libssl-dev \
             libpsl-dev libjansson-dev libbrotli-dev libzstd-dev \
             libzip-dev libisal-dev libmicrohttpd-dev
DEB_TEST  := perl python3 nginx-light openssl curl
DEB_BENCH := wget httrack
DEB_LINT  := clang clang-format clang-tidy cppcheck groff
DEB_FUZZ  := clang libclang-rt-dev

# -- what it may not ---------------------------------------------------------
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
        -Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef \
        -Wvla -Wswitch-enum -Wimplicit-fallthrough
STET_CPPFLAGS := -Iinclude -Isrc -D_POSIX_C_SOURCE=200809L -D_GNU_SOURCE
STET_CFLAGS   := -std=c17 -fPIC -pthread -fvisibility=hidden $(WARN)
STET_LDFLAGS  :=

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

# Recursive, so that they are asked for only when something is compiled: by
# then `make deps` may have installed what they ask.
PKGS_FOUND = $(eval PKGS_FOUND := $$(PKGS) $$(foreach p,$$(PKGS_MAYBE),$$(shell \
             $(PKG_CONFIG) --exists $$p && echo $$p)))$(PKGS_FOUND)
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell $(PKG_CONFIG) --cflags $$(PKGS_FOUND)) \
             $$(if $$(filter libisal,$$(PKGS_FOUND)),-DSTET_HAVE_ISAL))$(PKG_CFLAGS)
LIBS       = $(eval LIBS := $$(shell $(PKG_CONFIG) --libs $$(PKGS_FOUND)) -lm)$(LIBS)

COMPILE = $(CC) $(STET_CPPFLAGS) $(PKG_CFLAGS) $(CPPFLAGS) $(STET_CFLAGS) \
          $(CFLAGS) -MMD -MP
LINK    = $(CC) $(STET_CFLAGS) $(CFLAGS) $(STET_LDFLAGS) $(LDFLAGS)

ifndef V
say = @printf '  %-5s %s\n' $(1) $(patsubst $(B)/%,%,$@);
endif

# -- what there is -----------------------------------------------------------
B := build/$(VARIANT)

CLI_SRC  := $(sort $(wildcard src/cli/*.c))
LIB_SRC  := $(filter-out $(CLI_SRC),$(sort $(wildcard src/*/*.c)))
# ONLY='base crawl': of the tests, those in folders of these names.
ONLY     ?= *
TEST_SRC := $(sort $(foreach d,$(ONLY),$(wildcard tests/unit/$d/test_*.c)))
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
# A change of compiler or flags rebuilds all that used them.
.PHONY: FORCE
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) / $(LINK) $(LIBS)' | cmp -s - $@ || \
	 echo '$(COMPILE) / $(LINK) $(LIBS)' >$@

# What reads every byte of every page gains a fifth by it.
ifeq ($(VARIANT)$(origin CFLAGS),releasefile)
$(filter $(B)/src/html/% $(B)/src/css/% $(B)/src/links/%,$(LIB_OBJ)): FAST := -O3
endif

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) $(FAST) -Itests -c -o $@ $<

$(B)/libstet.a: $(LIB_OBJ)
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

$(B)/libstet.so.$(SOVER): $(LIB_OBJ)
	$(call say,LD)$(LINK) -shared -Wl,-soname,libstet.so.$(SOVER) -o $@ $^ $(LIBS)

$(B)/stet: $(CLI_OBJ) $(B)/libstet.a
	$(call say,LD)$(LINK) -o $@ $^ $(LIBS)

# Tests link the objects, not the shared library: they may look inside.
$(B)/tests/%: $(B)/tests/unit/%.o $(AID_OBJ) $(B)/libstet.a
	@mkdir -p $(@D)
	$(call say,LD)$(LINK) -o $@ $^ $(LIBS)

$(B)/tests/replay_%: $(B)/tests/fuzz/fuzz_%.o $(B)/tests/fuzz/replay.o $(B)/libstet.a
	@mkdir -p $(@D)
	$(call say,LD)$(LINK) -o $@ $^ $(LIBS)

$(B)/bench/%: $(B)/tests/bench/%.o $(B)/libstet.a
	@mkdir -p $(@D)
	$(call say,LD)$(LINK) -o $@ $^ $(LIBS)

$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(B)/libstet.a
	@mkdir -p $(@D)
	$(call say,LD)$(LINK) $(FUZZ_LDFLAGS) -o $@ $^ $(LIBS)

# -- what it needs -----------------------------------------------------------
.PHONY: deps deps-build deps-test deps-bench deps-lint deps-fuzz
deps: deps-lint
deps-fuzz:
	@tests/tools/deps.sh '$(DEB_BUILD) $(DEB_FUZZ)'
deps-build:
	@tests/tools/deps.sh '$(DEB_BUILD)'
deps-test:
	@tests/tools/deps.sh '$(DEB_BUILD) $(DEB_TEST)'
deps-bench:
	@tests/tools/deps.sh '$(DEB_BUILD) $(DEB_TEST) $(DEB_BENCH)'
deps-lint:
	@tests/tools/deps.sh '$(DEB_BUILD) $(DEB_TEST) $(DEB_LINT)'

# -- the two commands of the README ------------------------------------------
.PHONY: demo test
demo: deps-test
	@$(MAKE) --no-print-directory all
	@STET=$(CURDIR)/$(B)/stet tests/demo.sh

test: deps-test
	@$(MAKE) --no-print-directory check

# -- how it is checked -------------------------------------------------------
PROVE ?= prove --jobs $(shell nproc)
CHECK_ENV = TESTS=$(CURDIR)/tests STET=$(CURDIR)/$(B)/stet \
            BUILD=$(CURDIR)/$(B) VARIANT=$(VARIANT)

# Shell and Python tests: they run the built program.
SCRIPTS := $(sort $(foreach d,$(ONLY),$(wildcard tests/$d/*.t)))

.PHONY: check
check: all $(TESTS) $(if $(filter tests/fuzz/%,$(SCRIPTS)),$(REPLAYS))
	$(CHECK_ENV) $(PROVE) --exec tests/tools/run.sh $(TESTS) $(SCRIPTS)

.PHONY: interop samples vectors crash powercut faulty alloc
interop: deps-test
	@$(MAKE) --no-print-directory all
	@$(CHECK_ENV) tests/interop/run.sh
crash: deps-test
	@$(MAKE) --no-print-directory all
	@$(CHECK_ENV) python3 tests/crash/kill.py $(KILLS)
powercut: deps-test
	@tests/tools/deps.sh strace
	@$(MAKE) --no-print-directory all
	@$(CHECK_ENV) python3 tests/crash/powercut.py $(STATES)
faulty: deps-test
	@$(MAKE) --no-print-directory all
	@$(CHECK_ENV) CC='$(CC)' python3 tests/crash/faulty.py $(EVERY)
alloc: deps-test
	@$(MAKE) --no-print-directory all
	@$(CHECK_ENV) CC='$(CC)' python3 tests/crash/alloc.py $(EVERY)
samples: all
	@$(CHECK_ENV) tests/samples.sh
vectors: all
	@$(CHECK_ENV) python3 tests/vectors/run.py

# A frontier of 2,000,000 URLs: what adding and leasing cost, and memory.
.PHONY: bench-frontier
bench-frontier: $(B)/bench/frontier
	@$(B)/bench/frontier

# On real pages: speed against libxml2, and whether Chromium asks for anything
# that was not found.
PAGES = $(or $(STET_PAGES),../shared/pages)
.PHONY: bench-facts eval
bench-facts: $(B)/bench/facts
	@$(B)/bench/facts $(PAGES)
eval: all
	@python3 tests/eval/article.py $(B)/stet $(PAGES) --misses \
		--venv build/eval-venv
	@python3 tests/eval/lists.py $(B)/stet $(PAGES) tests/data/lists.jsonl
	@python3 tests/eval/texts.py $(B)/stet $(PAGES)

# On files made on the fly; RECORDS=10000000 takes some 5 GB of $TMPDIR.
RECORDS ?= 400000
.PHONY: bench-index bench-check
bench-check: all $(B)/bench/warcset
	@python3 tests/bench/check.py $(B)/stet $(B)/bench/warcset
bench-index: all $(B)/bench/warcset
	@python3 tests/bench/index.py $(B)/stet $(B)/bench/warcset \
	    --records $(RECORDS)

.PHONY: bench-parse eval-links
bench-parse: $(B)/bench/parse
	@$(B)/bench/parse $(PAGES)
eval-links: all
	@$(CHECK_ENV) tests/eval/requests.sh $(PAGES)

# Whole crawls against other archivers, and how cost grows with the site;
# ARGS go to tests/bench/run.py.
.PHONY: bench bench-growth bench-wide
BENCH = BUILD=$(CURDIR)/$(B) python3 tests/bench/run.py
bench: deps-bench
	@$(MAKE) --no-print-directory all $(B)/bench/floor $(B)/bench/delay $(B)/bench/spend
	@$(BENCH) articles $(ARGS)
	@$(BENCH) far $(ARGS)
bench-growth bench-wide: deps-bench
	@$(MAKE) --no-print-directory all $(B)/bench/spend
	@$(BENCH) $(@:bench-%=%) $(ARGS)

.PHONY: check-all valgrind
check-all: lint
	$(MAKE) check VARIANT=debug
	$(MAKE) check VARIANT=asan
	$(MAKE) check VARIANT=tsan
valgrind: $(TESTS)
	$(CHECK_ENV) $(PROVE) --exec 'valgrind -q --error-exitcode=9 --leak-check=full' $(TESTS)

.PHONY: fuzz
FUZZ_TIME ?= 60
fuzz: deps-fuzz
	$(MAKE) VARIANT=fuzz $(FUZZ_SRC:tests/fuzz/%.c=build/fuzz/fuzz/%)
	@for f in $(FUZZ_SRC:tests/fuzz/%.c=%); do \
	    mkdir -p build/corpus/$$f; \
	    build/fuzz/fuzz/$$f -max_total_time=$(FUZZ_TIME) -print_final_stats=0 \
	        build/corpus/$$f tests/fuzz/corpus/$${f#fuzz_} || exit 1; \
	done

.PHONY: lint lint-floors lint-headers lint-exports lint-man lint-size lint-banned lint-format lint-clang
lint: lint-floors lint-headers lint-exports lint-man lint-size lint-banned \
      lint-format lint-clang cppcheck tidy
lint-floors:
	@tests/lint/floors.sh
# Every header must compile alone.
HEADERS := $(sort $(wildcard include/stet/*.h src/*/*.h tests/lib/*.h))
lint-headers:
	@for h in $(HEADERS); do \
	    echo "#include \"$$h\"" | $(CC) $(STET_CPPFLAGS) $(PKG_CFLAGS) -I. -Itests \
	        $(STET_CFLAGS) -Werror -fsyntax-only -x c - || exit 1; done
lint-exports: $(B)/libstet.a $(B)/libstet.so.$(SOVER)
	@tests/lint/exports.sh $^
lint-man: $(B)/stet
	@for m in man/*.[1357]; do groff -man -Tutf8 -wall -wmac -z $$m 2>&1 | \
	    { ! grep . ; } || exit 1; done
	@tests/lint/manual.sh $(B)/stet
lint-size:
	@tests/lint/size.sh
lint-banned:
	@tests/lint/banned.sh
lint-format:
	@clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h')
lint-clang:
	@$(MAKE) --no-print-directory CC=clang VARIANT=debug B=build/clang \
	    build/clang/stet >build/clang.log 2>&1 || { tail -n 40 build/clang.log; exit 1; }

.PHONY: tidy cppcheck analyze format
tidy:
	@printf '%s\n' $(LIB_SRC) $(CLI_SRC) | xargs -P $(shell nproc) -n 8 \
	    sh -c 'clang-tidy --quiet "$$@" -- $(STET_CPPFLAGS) $(PKG_CFLAGS) -std=c17 2>/dev/null' tidy
cppcheck:
	@cppcheck --quiet --std=c17 -j $(shell nproc) --enable=warning,portability,performance \
	    --inline-suppr --error-exitcode=1 $(STET_CPPFLAGS) src
analyze:
	@for f in $(LIB_SRC) $(CLI_SRC); do \
	    gcc -fanalyzer $(STET_CPPFLAGS) $(PKG_CFLAGS) -std=c17 -c -o /dev/null $$f || exit 1; done
format:
	clang-format -i $$(git ls-files '*.c' '*.h')

# -- how it is installed -----------------------------------------------------
.PHONY: install uninstall
install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig \
	    $(DESTDIR)$(INCLUDEDIR)/stet $(DESTDIR)$(MANDIR)/man1 \
	    $(DESTDIR)$(MANDIR)/man3 $(DESTDIR)$(MANDIR)/man5 \
	    $(DESTDIR)$(MANDIR)/man7
	install -m 755 $(B)/stet $(DESTDIR)$(BINDIR)
	install -m 644 $(B)/libstet.a $(DESTDIR)$(LIBDIR)
	install -m 755 $(B)/libstet.so.$(SOVER) $(DESTDIR)$(LIBDIR)
	ln -sf libstet.so.$(SOVER) $(DESTDIR)$(LIBDIR)/libstet.so
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	    -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@PKGS@|$(PKGS_FOUND)|' src/libstet.pc.in \
	    >$(DESTDIR)$(LIBDIR)/pkgconfig/libstet.pc
	install -m 644 include/stet/*.h $(DESTDIR)$(INCLUDEDIR)/stet
	for m in man/*.[1357]; do \
	    install -m 644 $$m $(DESTDIR)$(MANDIR)/man$${m##*.}; done
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/stet $(DESTDIR)$(LIBDIR)/libstet.* \
	    $(DESTDIR)$(LIBDIR)/pkgconfig/libstet.pc
	rm -rf $(DESTDIR)$(INCLUDEDIR)/stet
	for m in man/*.[1357]; do \
	    rm -f $(DESTDIR)$(MANDIR)/man$${m##*.}/$${m##*/}; done

.PHONY: clean help
clean:
	rm -rf build
help:
	@echo 'make             build stet, libstet.a and libstet.so'
	@echo 'make demo        set up, build, archive a story cluster, show it'
	@echo 'make test        set up, build, run the tests'
	@echo 'make interop     set up, build, hold the archives against other tools'
	@echo 'make crash       kill crawls at random (KILLS=500), hold what they leave'
	@echo 'make powercut    have the power go at any point of one (STATES=2000)'
	@echo 'make faulty      have each EVERY=1st file operation of one fail'
	@echo 'make alloc       have memory run out at each EVERY=1st place of one'
	@echo 'make deps        install the Debian packages (root or sudo)'
	@echo 'make check       the tests alone; VARIANT=debug|asan|tsan|cov, ONLY="FOLDER..."'
	@echo 'make lint        floors, headers, exports, manual, format, tidy, cppcheck'
	@echo 'make vectors     third-party test vectors (STET_VECTORS or ../shared)'
	@echo 'make samples     make warc-samples/ anew'
	@echo 'make eval        dates, headlines, pictures, lists against the truth, texts known again'
	@echo 'make bench       whole crawls against wget, HTTrack and a floor'
	@echo 'make bench-growth  1,000 to 20,000 pages; bench-wide: 2,000,000 links'
	@echo 'make bench-frontier  a queue of 2,000,000 URLs'
	@echo 'make bench-facts what facts cost against libxml2'
	@echo 'make bench-check checking WARC files against gzip -t'
	@echo 'make bench-index the index of RECORDS records against zcat and others'
	@echo 'make bench-parse finding links against libxml2 (STET_PAGES or ../shared)'
	@echo 'make eval-links  finding links against what Chromium asks for'
	@echo 'make fuzz        FUZZ_TIME seconds a target'
	@echo 'make install     PREFIX= DESTDIR=; make uninstall'
	@echo 'make check-all valgrind analyze format clean'

.SECONDARY:
-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(AID_OBJ:.o=.d) \
    $(TEST_SRC:%.c=$(B)/%.d) $(FUZZ_SRC:%.c=$(B)/%.d) \
    $(wildcard $(B)/tests/bench/*.d)
