# Vanthu: one Makefile. `make help` lists the targets.
#
# Every folder of engine/ becomes one static library; a program pulls from them what it needs, so that
# vanthu itself never links Poppler or librsvg (tests/check/ldd.t proves it).

VERSION := 0.1.0
BUILD   ?= build
PREFIX  ?= /usr/local
CC      ?= gcc
PKG_CONFIG ?= pkg-config

# --- Debian packages: to build, to run, to test -------------------------------------------------
BUILD_DEPS := gcc make pkg-config gettext libc6-dev libglib2.0-dev libxml2-dev libpoppler-glib-dev libzip-dev \
	libsqlite3-dev libssl-dev zlib1g-dev libpcre2-dev libcairo2-dev librsvg2-dev libfontconfig-dev libqrencode-dev libsodium-dev libseccomp-dev \
	libtesseract-dev libleptonica-dev
RUN_DEPS   := fonts-croscore poppler-data tesseract-ocr-vie
FUZZ_DEPS  := clang libclang-rt-14-dev
TEST_DEPS  := openssl perl libxml2-utils sqlite3 poppler-utils zbar-tools zip unzip python3 universal-ctags

# --- flags ---------------------------------------------------------------------------------------
PKGS_CORE := glib-2.0 libxml-2.0 libzip sqlite3 libpcre2-8 libsodium libqrencode libseccomp
PKGS_PDF  := poppler-glib gio-2.0 zlib
PKGS_SIGN := poppler-glib gio-2.0 libcrypto zlib
PKGS_OCR  := tesseract lept
PKGS_DRAW := librsvg-2.0 cairo cairo-pdf fontconfig
pkg = $(shell $(PKG_CONFIG) $(1) $(2) 2>/dev/null)

WARN   := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla -Wpointer-arith
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=gnu17 $(WARN) $(CFLAGS) -Iengine -I$(BUILD)/gen -DVANTHU_VERSION='"$(VERSION)"' \
	-DVANTHU_PREFIX='"$(PREFIX)"' -DG_LOG_DOMAIN='"vanthu"' -DPCRE2_CODE_UNIT_WIDTH=8 -D_GNU_SOURCE \
	$(CFLAGS_CORE) $(EXTRA_CFLAGS)
ifdef WERROR
ALL_CFLAGS += -Werror
endif
CFLAGS_CORE := $(call pkg,--cflags,$(PKGS_CORE))
LIBS_CORE   := $(call pkg,--libs,$(PKGS_CORE)) -lm
CFLAGS_PDF  := $(call pkg,--cflags,$(PKGS_PDF))
LIBS_PDF    := $(call pkg,--libs,$(PKGS_PDF))
CFLAGS_SIGN := $(call pkg,--cflags,$(PKGS_SIGN))
LIBS_SIGN   := $(call pkg,--libs,$(PKGS_SIGN))
CFLAGS_OCR  := $(call pkg,--cflags,$(PKGS_OCR))
LIBS_OCR    := $(call pkg,--libs,$(PKGS_OCR))
CFLAGS_DRAW := $(call pkg,--cflags,$(PKGS_DRAW))
LIBS_DRAW   := $(call pkg,--libs,$(PKGS_DRAW))
LDFLAGS_ALL := -Wl,--as-needed $(LDFLAGS) $(EXTRA_LDFLAGS)

# --- sources: the listing is the pipeline --------------------------------------------------------
FOLDERS := base capture decode document extract flow generate store tool
MAINS   := engine/tool/main.c engine/decode/main_decode.c engine/decode/main_pdf.c \
	engine/decode/main_signatures.c engine/decode/main_convert.c engine/decode/main_ocr.c engine/generate/main_draw.c
SOURCES := $(filter-out $(MAINS),$(wildcard $(FOLDERS:%=engine/%/*.c)))
HEADERS := $(wildcard $(FOLDERS:%=engine/%/*.h))
LIBS    := $(foreach f,$(FOLDERS),$(if $(filter engine/$(f)/%,$(SOURCES)),$(BUILD)/lib$(f).a))
LIB_GROUP = -Wl,--start-group $(LIBS) -Wl,--end-group
PROGRAMS := $(patsubst %,$(BUILD)/%,$(if $(wildcard engine/tool/main.c),vanthu) \
	$(if $(wildcard engine/decode/main_decode.c),vanthu-decode) \
	$(if $(wildcard engine/decode/main_pdf.c),vanthu-decode-pdf) \
	$(if $(wildcard engine/decode/main_signatures.c),vanthu-signatures) \
	$(if $(wildcard engine/decode/main_convert.c),vanthu-convert) \
	$(if $(wildcard engine/decode/main_ocr.c),vanthu-ocr) \
	$(if $(wildcard engine/generate/main_draw.c),vanthu-draw))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))

REPLAYS := $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/replay/%,$(wildcard tests/fuzz/fuzz_*.c))

MO := $(BUILD)/locale/vi/LC_MESSAGES/vanthu.mo

.PHONY: all help deps deps-build deps-test demo check check-run corpus sanitize fuzz bench golden install lint \
	format docs clean
all: $(PROGRAMS) $(MO)

help:
	@echo 'make            build            make demo      the whole line on samples/'
	@echo 'make check      all tests        make sanitize  the same under ASan and UBSan'
	@echo 'make golden     rewrite goldens  make bench     speed beside the bare libraries'
	@echo 'make fuzz FUZZ=docx T=60         make install   PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)'
	@echo 'make lint format docs deps clean'

# Objects that include a foreign library's headers beyond the core ones.
$(BUILD)/engine/decode/pdf%.o $(BUILD)/engine/decode/main_pdf.o: EXTRA_CFLAGS += $(CFLAGS_PDF)
$(BUILD)/engine/decode/signature%.o $(BUILD)/engine/decode/main_signatures.o: EXTRA_CFLAGS += $(CFLAGS_SIGN)
$(BUILD)/engine/decode/ocr%.o $(BUILD)/engine/decode/main_ocr.o: EXTRA_CFLAGS += $(CFLAGS_PDF) $(CFLAGS_OCR)
$(BUILD)/engine/generate/svg%.o $(BUILD)/engine/generate/main_draw.o: EXTRA_CFLAGS += $(CFLAGS_DRAW)

$(BUILD)/engine/%.o: engine/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

define folder_library
$(BUILD)/lib$(1).a: $(patsubst %.c,$(BUILD)/%.o,$(filter engine/$(1)/%,$(SOURCES)))
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call folder_library,$(f))))

# A helper binds its symbols when it starts, not in each of its children.
BIND_ONCE := -Wl,-z,now
$(BUILD)/vanthu: $(BUILD)/engine/tool/main.o $(LIBS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB_GROUP) $(LIBS_CORE)
$(BUILD)/vanthu-decode: $(BUILD)/engine/decode/main_decode.o $(LIBS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) $(BIND_ONCE) -o $@ $< $(LIB_GROUP) $(LIBS_CORE)
$(BUILD)/vanthu-decode-pdf: $(BUILD)/engine/decode/main_pdf.o $(LIBS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) $(BIND_ONCE) -o $@ $< $(LIB_GROUP) $(LIBS_CORE) $(LIBS_PDF)
$(BUILD)/vanthu-signatures: $(BUILD)/engine/decode/main_signatures.o $(LIBS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) $(BIND_ONCE) -o $@ $< $(LIB_GROUP) $(LIBS_CORE) $(LIBS_SIGN)
$(BUILD)/vanthu-convert: $(BUILD)/engine/decode/main_convert.o $(LIBS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) $(BIND_ONCE) -o $@ $< $(LIB_GROUP) $(LIBS_CORE)
$(BUILD)/vanthu-ocr: $(BUILD)/engine/decode/main_ocr.o $(LIBS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) $(BIND_ONCE) -o $@ $< $(LIB_GROUP) $(LIBS_CORE) $(LIBS_PDF) $(LIBS_OCR)
$(BUILD)/vanthu-draw: $(BUILD)/engine/generate/main_draw.o $(LIBS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) $(BIND_ONCE) -o $@ $< $(LIB_GROUP) $(LIBS_CORE) $(LIBS_DRAW)

$(MO): engine/base/vi.po
	@mkdir -p $(@D)
	msgfmt -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIBS)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/unit $(CFLAGS_SIGN) $(CFLAGS_OCR) -MMD -MP $(LDFLAGS_ALL) -o $@ $< $(LIB_GROUP) \
		$(LIBS_CORE) $(LIBS_SIGN) $(LIBS_OCR)

# A fuzz target with libFuzzer (clang), or with a main of ours that only runs files through it.
$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(LIBS)
	$(CC) $(ALL_CFLAGS) -fsanitize=fuzzer -Itests/unit -Itests/fuzz $(LDFLAGS_ALL) -o $@ $< $(LIB_GROUP) $(LIBS_CORE) $(LIBS_PDF) -lz
$(BUILD)/replay/%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(LIBS)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/unit -Itests/fuzz $(LDFLAGS_ALL) -o $@ $< tests/fuzz/replay.c $(LIB_GROUP) $(LIBS_CORE) $(LIBS_PDF) -lz

-include $(shell test -d $(BUILD) && find $(BUILD) -name '*.d')

# What tests load into vanthu to crash it, or to fill its disk.
$(BUILD)/killat.so: tests/lib/killat.c
	@mkdir -p $(@D)
	$(CC) -std=gnu17 -D_GNU_SOURCE $(WARN) -O1 -g -shared -fPIC -o $@ $< -ldl

# --- packages ------------------------------------------------------------------------------------
deps: ; @sh tests/lib/deps.sh $(BUILD_DEPS) $(RUN_DEPS) $(TEST_DEPS)
deps-build: ; @sh tests/lib/deps.sh $(BUILD_DEPS) $(RUN_DEPS)
deps-test: deps

# pkg-config is asked when the Makefile is read: after installing packages it must be read again.
demo: deps-build
	@$(MAKE) --no-print-directory all
	@sh samples/demo.sh $(BUILD)

# --- tests: prove runs GTest binaries and shell scripts, which all speak TAP ---------------------
check: deps-test
	@$(MAKE) --no-print-directory WERROR=1 all check-run
check-run: all $(UNIT_TESTS) $(REPLAYS) $(BUILD)/killat.so
	@BUILD=$(abspath $(BUILD)) LC_ALL=C.UTF-8 prove -j2 --merge --exec '' $(UNIT_TESTS) \
		$(wildcard tests/cli/*.t tests/check/*.t)
corpus: all
	@BUILD=$(abspath $(BUILD)) LC_ALL=C.UTF-8 prove -j2 --exec '' $(wildcard tests/corpus/*.t)

sanitize: deps-test
	@$(MAKE) --no-print-directory BUILD=build/asan CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined -DVANTHU_SANITIZE' WERROR=1 all
	@G_SLICE=always-malloc ASAN_OPTIONS=verify_asan_link_order=0 LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lib/lsan.supp:print_suppressions=0 \
	$(MAKE) --no-print-directory BUILD=build/asan CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined -DVANTHU_SANITIZE' WERROR=1 check-run

golden: all $(UNIT_TESTS)
	@BUILD=$(abspath $(BUILD)) VANTHU_GOLDEN=write LC_ALL=C.UTF-8 prove --exec '' $(UNIT_TESTS) $(wildcard tests/cli/*.t)
	@git --no-pager diff --stat -- tests/golden

# VANTHU_BENCH_SCALE=10 makes the workload ten times as large.
$(BUILD)/bench: $(addprefix tests/bench/,bench.c bare.c memory.c bench.h) $(LIBS)
	$(CC) $(ALL_CFLAGS) $(CFLAGS_PDF) $(LDFLAGS_ALL) -o $@ $(filter %.c,$^) $(LIB_GROUP) $(LIBS_CORE) $(LIBS_PDF)
$(BUILD)/bench-draw: tests/bench/draw.c
	$(CC) $(ALL_CFLAGS) $(CFLAGS_DRAW) $(LDFLAGS_ALL) -o $@ $< $(LIBS_CORE) $(LIBS_DRAW)
$(BUILD)/bench-fill: tests/bench/fill.c $(LIBS)
	$(CC) $(ALL_CFLAGS) -Itests/unit $(LDFLAGS_ALL) -o $@ $< $(LIB_GROUP) $(LIBS_CORE)
$(BUILD)/bench-patterns: tests/bench/patterns.c $(LIBS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS_ALL) -o $@ $< $(LIB_GROUP) $(LIBS_CORE)
bench: all $(BUILD)/bench $(BUILD)/bench-draw $(BUILD)/bench-fill $(BUILD)/bench-patterns
	@BUILD=$(abspath $(BUILD)) sh tests/bench/bench.sh

# Targets: tests/fuzz/fuzz_*.c. What is found goes to build/fuzz/crash-*.
FUZZ ?= docx
T ?= 60
fuzz: all
	@sh tests/lib/deps.sh $(FUZZ_DEPS)
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined -DVANTHU_SANITIZE' build/fuzz/fuzz_$(FUZZ)
	@sh tests/fuzz/seeds.sh $(abspath $(BUILD))/vanthu build/fuzz/seeds
	@mkdir -p build/fuzz/corpus/$(FUZZ)
	G_SLICE=always-malloc build/fuzz/fuzz_$(FUZZ) -max_total_time=$(T) -timeout=20 -rss_limit_mb=4096 \
	-artifact_prefix=build/fuzz/ -print_final_stats=1 build/fuzz/corpus/$(FUZZ) build/fuzz/seeds/$(FUZZ)

HELPERS := $(filter $(BUILD)/vanthu-%,$(PROGRAMS))
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/vanthu $(DESTDIR)$(PREFIX)/share/vanthu \
		$(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/locale/vi/LC_MESSAGES \
		$(DESTDIR)$(PREFIX)/lib/systemd/system
	$(MAKE) --no-print-directory -B PREFIX=$(PREFIX) BUILD=$(BUILD)/install all
	install $(BUILD)/install/vanthu $(DESTDIR)$(PREFIX)/bin/
	install $(HELPERS:$(BUILD)/%=$(BUILD)/install/%) $(DESTDIR)$(PREFIX)/libexec/vanthu/
	cp -R rules templates $(DESTDIR)$(PREFIX)/share/vanthu/
	install -m 644 $(MO) $(DESTDIR)$(PREFIX)/share/locale/vi/LC_MESSAGES/vanthu.mo
	VANTHU_DATA=. VANTHU_LANG=en $(BUILD)/vanthu man > $(DESTDIR)$(PREFIX)/share/man/man1/vanthu.1
	sed 's|@PREFIX@|$(PREFIX)|' docs/vanthu.service > $(DESTDIR)$(PREFIX)/lib/systemd/system/vanthu@.service

# Pages that are written from tables.
docs: all
	@sh tests/lib/findings.sh >docs/findings.md
	@$(BUILD)/vanthu rules schema >rules/schema/rules.rng
	@python3 tests/lib/manual.py tables $(BUILD)/vanthu docs/rules.md >docs/rules.md.new && mv docs/rules.md.new docs/rules.md

lint:
	clang-tidy --quiet $(SOURCES) -- $(ALL_CFLAGS) $(CFLAGS_SIGN) $(CFLAGS_DRAW)
	cppcheck --quiet --enable=warning,portability --inline-suppr -Iengine $(SOURCES)
format:
	clang-format -i $(SOURCES) $(MAINS) $(HEADERS) $(wildcard tests/unit/*.c)
clean:
	rm -rf $(BUILD)
