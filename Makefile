# What a person types to build, try, test, measure and install zscope. `make help` lists it.

SHELL := /bin/bash
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=

# Relocations take a tenth of their place (0.8 MB less) where the C library reads them packed, as from glibc 2.36 on.
PACKED := $(shell getconf GNU_LIBC_VERSION 2>/dev/null | \
    awk '$$1 == "glibc" && $$2 >= 2.36 { print "-Xlinker -z -Xlinker pack-relative-relocs" }')

# The Swift runtime is linked in; unused sections, symbols, exports and unwind tables are left out.
RELEASE := -c release --product zscope --static-swift-stdlib \
    -Xswiftc -use-ld=lld -Xlinker --gc-sections -Xlinker --icf=all -Xlinker -s \
    -Xlinker --version-script=$(CURDIR)/.ci/link/exports.map \
    -Xlinker -T$(CURDIR)/.ci/link/unwind.ld -Xlinker --no-eh-frame-hdr $(PACKED)
CHECKED := --explicit-target-dependency-import-check error
BINARY := .build/release/zscope

.DEFAULT_GOAL := help
.PHONY: help setup build demo test fixtures lint docs tour fuzz conformance bench bench-tui install uninstall dist clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 19

setup: ## Install the Debian packages that zscope builds with, where they are missing
	@.ci/packages build

build: setup ## Build the release binary, .build/release/zscope
	$(SWIFT) build $(RELEASE)

demo: build ## Open the explorer on a demo store (without a terminal: print its map)
	@$(BINARY) demo || [ $$? -eq 1 ]

fixtures: ## Make the stores that other Zarr programs write, for the tests
	@.ci/packages build test
	@Tests/Fixtures/prepare

test: fixtures ## Run every test
	$(SWIFT) build --build-tests $(CHECKED)
	$(SWIFT) test --disable-xctest --skip-build $(CHECKED) $(if $(FILTER),--filter '$(FILTER)')

lint: ## Check the format and the rules of the house
	$(SWIFT) format lint --strict --parallel -r Package.swift Sources Tests
	@.ci/rules

docs: build ## Renew what the program itself says in docs: the commands and the codecs
	@sed '/^## Commands$$/q' docs/cli.md > .build/cli.md
	@{ echo; $(BINARY) generate markdown; } >> .build/cli.md
	@mv .build/cli.md docs/cli.md
	@$(BINARY) codec list --markdown > docs/codecs.md
	@.ci/insert keys docs/explorer.md $(BINARY) generate keys

fuzz: setup ## Throw changed inputs at every reader (FUZZ=codec-zstd for one, FUZZ_SECONDS=60 each)
	@SWIFT='$(SWIFT)' Tests/Fuzz/run $(FUZZ)

conformance: build fixtures ## Show the probe stores to zscope and three others; rewrites docs/conformance.md
	@python3 -B Tests/Conformance/run.py $(BINARY) --peers .build-fixtures/venv-zarr3/bin/python \
	    --table docs/conformance.md

bench: build ## Measure beside a C floor, zarr-python, TensorStore and zarrs; rewrites docs/benchmarks.md
	@.ci/packages build test
	@Tests/Benchmarks/run

bench-tui: build ## Measure the explorer beside ncdu, tig, btop and xr-tui; rewrites docs/benchmarks-tui.md
	@.ci/packages bench
	@Tests/Benchmarks/Terminal/run

tour: build ## Renew the screens of the tour and the manual, made by zscope itself on its demo store
	@.ci/tour docs/tour.md docs/explorer.md

install: build ## Put the binary, man page and completions under PREFIX (/usr/local)
	@.ci/install '$(DESTDIR)$(PREFIX)' $(BINARY)

uninstall: ## Take away what `make install` put under PREFIX
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,bin/zscope share/man/man1/zscope.1 \
	    share/bash-completion/completions/zscope share/zsh/site-functions/_zscope \
	    share/fish/vendor_completions.d/zscope.fish)

dist: ## Make dist/zscope-VERSION-ARCH.tar.gz, which runs where nothing was installed
	@.ci/packages build dist
	@.ci/dist

clean: ## Remove what was built, fixtures included
	rm -rf .build .build-* dist
