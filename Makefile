# The project's commands. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two processes take file after file, in the order of tests/conftest.py; one that dies ends the run with the name of
# its test. ARGS="-n 0" keeps to one process, for a debugger.
PYTEST := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help run test setup setup-run setup-test lint format bench error-rates chaos chromium services-test lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

run: setup-run ## Set up what is missing and start voxweb on http://127.0.0.1:8000 (HOST=, PORT=)
	@exec $(BIN)/python manage.py voxweb --host $(HOST) --port $(PORT)

test: setup-test ## Set up what is missing and run every test (ARGS="-k upload" to choose)
	@$(PYTEST) $(ARGS)
	@node --test $(shell find tests/static -name '*.test.js' -o -name '*.test.mjs' 2>/dev/null)

setup: setup-test ## Set up everything without starting anything (quick when nothing changed)

setup-run: $(VENV)/.base static/dist/.built
setup-test: $(VENV)/.dev static/dist/.built chromium

$(VENV)/.tools:
	@command -v $(PYTHON) >/dev/null || { echo "voxweb needs python3 (3.11 or newer), which is not installed."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "voxweb needs Python 3.11 or newer; $(PYTHON) is older. Name a newer one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing (on Debian and Ubuntu: apt-get install python3-venv)."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.base: requirements/base.txt | $(VENV)/.tools
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.tools
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.base

$(VENV)/.bench: requirements/bench.txt | $(VENV)/.tools
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@ $(VENV)/.base $(VENV)/.dev

node_modules/.installed: package.json package-lock.json
	@command -v npm >/dev/null || { echo "voxweb needs Node.js 20 or newer (with npm) to build its pages; it is not installed."; exit 1; }
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

static/dist/.built: node_modules/.installed $(shell find static/src -type f 2>/dev/null)
	npm run --silent build
	@touch $@

chromium: ## Make sure a Chromium for the browser tests is here (system package where possible)
	@$(PYTHON) tests/browser/find_chromium.py --install

lint: setup-test ## Check style, types, import directions, templates and JavaScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint templates --check --lint --quiet
	npx --no-install biome ci static/src tests/static

format: setup-test ## Rewrite everything in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet
	npx --no-install biome check --write static/src tests/static

bench: $(VENV)/.bench static/dist/.built ## Measure what the promises say (figures, not tests)
	$(BIN)/python -m tests.benchmarks

error-rates: $(VENV)/.bench static/dist/.built ## Word and speaker error rates on real recordings (VOXWEB_SAMPLES=folder)
	$(BIN)/python -m tests.benchmarks.error_rates

chaos: setup-test ## Kill and break everything at random while files are transcribed and takes recorded
	$(BIN)/python -m tests.benchmarks.chaos
	$(BIN)/python -m tests.benchmarks.live_chaos

# These know neither database nor broker: on services they would only repeat themselves.
WITHOUT_SERVICES := audio capture document engine fetch relay speech subtitles timing
services-test: setup-test ## The tests that touch a database or a broker, on DATABASE_URL and REDIS_URL
	@test -n "$$DATABASE_URL" -a -n "$$REDIS_URL" || { echo "Set DATABASE_URL and REDIS_URL."; exit 1; }
	@$(PYTEST) $(WITHOUT_SERVICES:%=--ignore=tests/%) $(ARGS)

lock: ## Pin and hash the requirements again after changing requirements/*.in (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv)."; exit 1; }
	for name in base dev bench; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --no-header --no-emit-index-url --no-emit-find-links requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Remove what setup made; the data folder stays
	rm -rf $(VENV) node_modules static/dist staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis
