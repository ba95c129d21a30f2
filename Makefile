# What a newcomer types: each target sets up what it needs, in .venv and nowhere else.
#
# It keeps to what the GNU Make 3.81 of macOS knows, and to relative paths,
# so that the name of the folder around it may hold spaces.

ADDR ?= 127.0.0.1
PORT ?= 8000
ARGS ?=

PY := .venv/bin/python

# mkdocs-material's note on MkDocs 2, which we do not use.
export NO_MKDOCS_2_WARNING := 1

# uv trusts its own list of authorities unless told to trust the computer's, as pip does: behind a proxy that matters.
export UV_SYSTEM_CERTS ?= 1
export UV_NATIVE_TLS ?= 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve build test lint format check bench screenshots lock clean

# An interpreter that went away (upgraded, removed) leaves stamps that promise too much.
$(shell $(PY) -c '' 2>/dev/null || rm -f .venv/.ready-*)

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

serve: .venv/.ready-serve ## Show the archive on this computer, reloading as files change (PORT=8000 ADDR=127.0.0.1)
	@exec $(PY) -m mkdocs serve --dev-addr $(ADDR):$(PORT) $(ARGS)

# Not with --quiet, which makes --strict exit with 0.
build: .venv/.ready-serve ## Build the site into site/; any problem fails it
	@$(PY) -m mkdocs build --strict $(ARGS)

# All of them on every core; what is chosen by ARGS in one process, which begins sooner and can be debugged.
JOBS ?= $(if $(strip $(ARGS)),0,auto)

test: .venv/.ready-test ## Run the tests (ARGS="-k anchoring" for some of them, JOBS=0 for one at a time)
	@$(PY) -m pytest --numprocesses=$(JOBS) --dist=worksteal $(ARGS)

lint: .venv/.ready-test ## Check the style and the types of the code
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy

format: .venv/.ready-test ## Bring the code into its form
	@$(PY) -m ruff check --fix
	@$(PY) -m ruff format

check: lint ## Check the code, then every file of the archive
	@$(PY) -m archive_builder check $(ARGS)

bench: .venv/.ready-test ## Measure (ARGS passes options on)
	@$(PY) -m bench $(ARGS)

screenshots: .venv/.ready-test ## Photograph a page of each kind into screenshots/, and print some (needs Chromium; ARGS=--extremes for odd ones, too)
	@$(PY) tools/screenshots.py $(ARGS)

# Pins that still fit stay as they are; UPGRADE=1 takes the newest of everything.
lock: ## Pin every dependency by hash, for every platform (UPGRADE=1 for the newest)
	@set -e; uv='uv'; \
	command -v uv >/dev/null || { $(make-venv); $(PY) -m pip install -q --disable-pip-version-check uv; uv='$(PY) -m uv'; }; \
	compile() { $$uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) --group build "$$@" pyproject.toml >/dev/null; }; \
	compile -o requirements.txt; \
	compile -o requirements-dev.txt --group dev -c requirements.txt

clean: ## Remove everything made here, .venv included
	@rm -rf .venv site dist build .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.ready-serve: requirements.txt pyproject.toml
	@$(make-venv); lock=requirements.txt; $(install)
	@touch $@

# The second lock holds the first, so that both are done.
.venv/.ready-test: requirements-dev.txt pyproject.toml
	@$(make-venv); lock=requirements-dev.txt; $(install)
	@touch .venv/.ready-serve $@

new-enough = import sys; sys.exit(sys.version_info < (3, 11))

# An empty .venv, unless a usable one is there. One that uv made has no pip, so that without uv it is made again.
define make-venv
set -e; uv=$$(command -v uv || true); \
if { $(PY) -c '$(new-enough)' && { test "$$uv" || $(PY) -c 'import pip'; }; } >/dev/null 2>&1; then \
	echo 'Bringing .venv up to date…'; \
else \
	python=; \
	for name in python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$name -c '$(new-enough)' >/dev/null 2>&1; then python=$$name; break; fi; \
	done; \
	test "$$python" || { echo 'Python 3.11 or newer is missing: on Debian and Ubuntu "sudo apt install python3 python3-venv", on macOS "brew install python".' >&2; exit 1; }; \
	test "$$uv" || $$python -c 'import ensurepip, venv' >/dev/null 2>&1 || \
		{ echo "Python's venv module is missing: on Debian and Ubuntu \"sudo apt install $$python-venv\"." >&2; exit 1; }; \
	echo 'Setting up .venv (once, about a minute)…'; \
	rm -rf .venv; \
	if test "$$uv"; then uv venv -q --python "$$(command -v $$python)" .venv; else $$python -m venv .venv; fi; \
fi
endef

# What the lock pins and nothing else, each file proved by its hash; then the project itself, where it lies.
define install
if test "$$uv"; then \
	install() { uv pip install -q --python $(PY) "$$@"; }; check() { uv pip check --python $(PY); }; \
else \
	install() { $(PY) -m pip install -qq --disable-pip-version-check "$$@"; }; check() { $(PY) -m pip check; }; \
fi; \
install --require-hashes -r "$$lock"; \
install --no-deps --no-build-isolation -e .; \
unfit=$$(check 2>&1) || { echo "$$unfit" >&2; echo 'The locks do not fit pyproject.toml: run "make lock".' >&2; exit 1; }
endef
