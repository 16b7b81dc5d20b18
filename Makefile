# tribu: make demo shows it, make test proves it. Both need Go, a C compiler and make; what else
# they need they install, or name in one line.
SHELL := /bin/bash
GO ?= go
BIN := bin/tribu
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
SHARED ?= ../shared
FUZZ ?= ./...
SEED ?= $(shell date +%s)
LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOTEST := $(GO) test -timeout 20m

.PHONY: help build test race lint golden fuzz bench eval demo hostile crash clean cc chromium

help: ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

build: cc ## build bin/tribu
	@$(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) ./cmd/tribu

demo: build ## a whole run on the bundled community, offline, in seconds
	@$(BIN) demo demo

test: cc chromium ## everything a change must pass
	@echo "vet, then all tests: some ten minutes of a processor"
	@$(GO) vet ./...
	@$(GOTEST) ./...

race: cc chromium ## the tests under the race detector
	@$(GOTEST) -race -short ./...

lint: ## golangci-lint at its pinned version
	@$(GO) run $(LINT) run

golden: cc ## rewrite the golden files; look at the diff before you commit
	@for p in ./crawler ./nlp ./reports; do $(GO) test $$p -update || exit 1; done

fuzz: cc ## fuzz every target of FUZZ (./...) for FUZZTIME (10s), or EXECUTIONS=10000000: so many in all, uninstrumented, on all processors
	@all=$$(for pkg in $$($(GO) list $(FUZZ)); do $(GO) test -list '^Fuzz' $$pkg | sed -n "s,^Fuzz,$$pkg Fuzz,p"; done); n=$$(wc -l <<<"$$all"); \
	if [ -z "$(EXECUTIONS)" ]; then while read -r pkg f; do echo "== $$pkg $$f"; $(GO) test $$pkg -run '^$$' -fuzz "^$$f$$" -fuzztime $${FUZZTIME:-10s} || exit 1; done <<<"$$all"; \
	else echo "$$n targets, $$(( $(EXECUTIONS) / n + 1 )) executions of each"; export found=$$($(GO) env GOCACHE)/fuzz; set -o pipefail; \
		xargs -P $$(nproc) -L 1 sh -c '$(GO) test $$0 -run "^$$1$$" -count 1 -timeout 0 -v -executions '$$(( $(EXECUTIONS) / n + 1 ))' -mutations $(SEED) -found $$found/$$0' <<<"$$all" | \
		grep -vE '^(=== |PASS$$|ok | *--- PASS)'; fi

bench: cc ## what forming tribes (TARGETS=T6: that part) and crawling cost, beside igraph, hnswlib, Scrapy and sqlite3 if installed; benchmarks of the hot paths
	@set -o pipefail; $(GO) test ./cmd/tribu -run '^TestTargets$$/$(TARGETS)' -count 1 -timeout 180m -v -targets $${NODES:-1000000} | grep -vE '^(=== |--- PASS|PASS$$|ok )'
	@set -o pipefail; $(GO) test ./crawler -run '^TestFigures$$' -count 1 -timeout 30m -v -figures | grep -vE '^(=== |--- PASS|PASS$$|ok )'
	@set -o pipefail; $(GO) test ./cmd/tribu -run '^TestFrontierMemory$$' -count 1 -v -frontier 1000000 | grep -vE '^(=== |--- PASS|PASS$$|ok )'
	@$(GO) test ./... -run '^$$' -bench . -benchmem -benchtime $${BENCHTIME:-1s}

eval: build ## quality on the corpora and gold sets of SHARED
	@SHARED=$(abspath $(SHARED)) $(GO) test ./nlp -run '^TestEval' -count 1 -timeout 60m -v
	@SHARED=$(abspath $(SHARED)) $(GO) test ./cmd/tribu -run '^Test(Eval|Weekly)$$' -count 1 -timeout 60m -v -eval

hostile: cc ## 80 things a server may do wrong, with the real limits (minutes)
	@set -o pipefail; $(GO) test ./crawler -run '^TestHostile$$' -count 1 -timeout 30m -v -hostile | grep -vE '^(=== |--- PASS|PASS$$|ok )'

crash: build ## kill and starve the real binary, tear its log, go on, compare digests (minutes)
	@set -o pipefail; $(GO) test ./cmd/tribu -run '^TestCrash$$' -count 1 -timeout 60m -v -crash | grep -vE '^(=== |--- PASS|PASS$$|ok )'

clean: ## remove what the build and the demo made
	@rm -rf bin demo

cc:
	@command -v $(GO) >/dev/null || { echo "needs Go 1.26 or newer: https://go.dev/dl"; exit 1; }
	@command -v $$($(GO) env CC) >/dev/null || { echo "needs a C compiler: apt-get install gcc libc6-dev"; exit 1; }

chromium:
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 || \
		{ [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "installing chromium for the browser tests" && \
		  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
		{ echo "needs Chromium for the browser tests: apt-get install chromium"; exit 1; }
