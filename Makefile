# The commands of this repository. Needed: Rust 1.89, Python 3.11 with venv, make. Everything else goes into .venv.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test check bench fuzz docs wheel lock clean

VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
CORE := --workspace --exclude impact-py
SPHINX := build/docs/bin/sphinx-build -q -E -W -j auto --keep-going -c tools/manual -d build/docs/trees
DEMO := fixtures/models/sandefjord.toml
# What puts the package into .venv: a build of this tree to work on or, with WHEEL=1, what `make wheel` built, which CI tests.
INSTALL := $(if $(WHEEL),tools/install-wheel $(BIN)/pip,$(BIN)/maturin develop -m impact-py/Cargo.toml)

export VIRTUAL_ENV := $(VENV)
export PYO3_PYTHON := $(BIN)/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export MYPYPATH := impact-py/python
export INSTA_UPDATE ?= no

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-7s %s\n", $$1, $$2 }'

demo: .venv/ready ## builds, appraises the Sandefjord model in the terminal and writes demo/sandefjord.html
	$(INSTALL) -q
	@mkdir -p demo
	$(BIN)/socialimpact appraise $(DEMO)
	$(BIN)/socialimpact report $(DEMO) --html demo/sandefjord.html
	@echo "The page: demo/sandefjord.html"

test: ## all tests, Rust and Python, with the minutes of each stage
	@tools/stage --start
	@tools/stage "Rust tests" cargo test $(CORE) --lib --bins --tests --examples
	@tools/stage "Rust doctests" cargo test --doc $(CORE)
	@tools/stage "Service under load" $${CARGO_TARGET_DIR:-target}/debug/load 50 10
	@tools/stage "Python tools" $(MAKE) --no-print-directory .venv/ready
	@tools/stage "Python build" $(INSTALL)
	@tools/stage "Real parts" tools/real-parts chromium chromedriver libreoffice
	@tools/stage "Python tests" $(BIN)/pytest -n auto --dist loadscope
	@tools/stage --summary

check: ## formats, lints, types and documentation, every warning an error
	@tools/stage --start
	@tools/stage "Rust format" cargo fmt --all --check
	@tools/stage "Python tools" $(MAKE) --no-print-directory .venv/ready
	@tools/stage "Rust lints" cargo clippy --workspace --all-targets -- -D warnings
	@tools/stage "Rust lints, no features" cargo clippy -p impact-core --all-targets --no-default-features -- -D warnings
	@tools/stage "Rust lints, all features" cargo clippy -p impact-core --all-targets --all-features -- -D warnings
	@tools/stage "Python format" $(BIN)/ruff format --check .
	@tools/stage "Python lints" $(BIN)/ruff check --no-cache .
	@tools/stage "Python build" $(INSTALL)
	@tools/stage "Manual" $(MAKE) --no-print-directory docs
	@tools/stage "Python types" $(BIN)/mypy
	@tools/stage "Python types, pyright" $(BIN)/basedpyright
	@tools/stage "Python stubs" $(BIN)/stubtest socialimpact --mypy-config-file pyproject.toml --allowlist impact-py/stubtest.txt
	@if cargo deny --version >/dev/null 2>&1; then tools/stage "Dependencies" cargo deny check licenses bans sources; \
	else echo "== Dependencies: NOT CHECKED, cargo-deny is not installed"; fi
	@tools/stage --summary

bench: .venv/ready build/bench/ready ## the benchmarks, and ours beside what users run instead; some minutes, of which a release build is most
	cargo bench $(CORE) --benches
	cargo build --release -p impact-core --example xirr_batch
	-cargo build --release --manifest-path benches/peers/rand_distr/Cargo.toml --target-dir $${CARGO_TARGET_DIR:-target}
	VIRTUAL_ENV=$(CURDIR)/build/bench $(BIN)/maturin develop -q --profile wheel -m impact-py/Cargo.toml
	release=$${CARGO_TARGET_DIR:-target}/release && \
	build/bench/bin/python benches/compare.py $$release/examples/xirr_batch $$release/rand-distr-map

fuzz: ## an hour of fuzzing (MINUTES=60) of documents, overrides, terms and observations; needs a nightly compiler and cargo-fuzz
	tools/fuzz $(or $(MINUTES),60)

docs: .venv/ready build/docs/ready ## the manual, its notebooks run, and the crate's documentation, in build/docs/html; LINKS=1 asks other hosts too
	RUSTDOCFLAGS=-Dwarnings cargo doc -p impact-core --no-deps
	$(INSTALL) -q
	build/docs/bin/python tools/manual/pages.py build/docs/source
	rm -rf build/docs/html
	$(SPHINX) -b html build/docs/source build/docs/html
	cp -r $${CARGO_TARGET_DIR:-target}/doc build/docs/html/rust
	build/docs/bin/python tools/manual/links.py build/docs/html
	$(if $(LINKS),$(SPHINX) -D nb_execution_mode=off -b linkcheck build/docs/source build/docs/links)
	@echo "The manual: build/docs/html/index.html"

wheel: .venv/ready ## one wheel by way of the source distribution, installed and tried in an environment of its own
	rm -rf build/dist build/wheel
	$(BIN)/maturin sdist -m impact-py/Cargo.toml --out build/dist
	$(BIN)/pip wheel -q --no-deps -C build-args=--compression-level=9 -w build/dist build/dist/socialimpact-*.tar.gz
	python3 -m venv build/wheel
	build/wheel/bin/pip install -q -c requirements/dev.txt build/dist/socialimpact-*.whl
	cd build && wheel/bin/socialimpact --version && wheel/bin/python -c "import socialimpact; help(socialimpact.Table)" >/dev/null
	$(BIN)/pytest -q --noconftest tests/python/test_wheel.py
	@ls -l build/dist

# The Python tools, made anew only when the list of their versions changes.
.venv/ready: requirements/dev.txt
	python3 -m venv --clear .venv
	$(BIN)/pip install -q -r requirements/dev.txt
	@touch $@

# What `make docs` runs.
build/docs/ready: requirements/docs.txt
	python3 -m venv --clear build/docs
	build/docs/bin/pip install -q -r requirements/docs.txt
	@touch $@

# What `make bench` compares with. A peer that cannot be installed here leaves the others where they are.
build/bench/ready: requirements/bench.in requirements/bench.txt
	python3 -m venv --clear build/bench
	@grep -v '^#' requirements/bench.in | while read -r name; do echo "build/bench: $$name"; \
	build/bench/bin/pip install -q -c requirements/bench.txt $$name || echo "build/bench: $$name NOT INSTALLED, what needs it is not measured"; done
	@touch $@

lock: ## renews requirements/dev.txt, bench.txt and docs.txt from dev.in, bench.in and docs.in
	for list in dev bench docs; do rm -rf build/lock && python3 -m venv build/lock && build/lock/bin/pip install -q -r requirements/$$list.in && \
	{ echo "# Exact versions of everything in $$list.in and of what that needs; made by \`make lock\`."; build/lock/bin/pip freeze; } \
	  > requirements/$$list.txt || exit 1; done

clean: ## removes what was built
	rm -rf .venv build demo target
