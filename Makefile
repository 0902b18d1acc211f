# The environment comes from the locks in requirements/ (hashes, no addresses). Nothing but Python 3.11 and make is needed;
# the programs for scans and old Word files are installed with apt where that can be done.

PYTHON ?= python3.11
ifeq ($(shell command -v $(PYTHON) 2>/dev/null),)
PYTHON := python3
endif
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help programs test-programs run compiled test slow faults check gains bench fuzz audit sbom licences lock clean

help: ## list what make can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

programs: ## install tesseract, LibreOffice and antiword, which scans and old Word files need (apt)
	@scripts/install_programs.sh

test-programs:
	@scripts/install_programs.sh tests

run: .venv/run.stamp programs ## read corpus/ and write structured plans to output/
	$(BIN)/kehoach run corpus/ --out output/

compiled: .venv-compiled/stamp ## compile the rules (some minutes, gcc): .venv-compiled/bin/kehoach reads up to a sixth faster

test: .venv/dev.stamp test-programs check ## the checks and the test suite without what is slow
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not slow and not browser"

slow: .venv/dev.stamp test-programs ## the slow tests: hostile inputs, other programs, browsers, runs of many inputs
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "slow or browser"

faults: .venv/dev.stamp ## kill, starve and disturb runs with FAULTS different seeds (50)
	FAULTS=$(or $(FAULTS),50) $(BIN)/python -m pytest -n2 tests/test_faults.py -k "not prefect"

check: .venv/dev.stamp ## formatting, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gains: .venv/run.stamp ## what the working tree reads otherwise than the last release (SINCE=commit TEXTS=directory)
	$(BIN)/python scripts/gains.py --since "$(SINCE)" $(if $(TEXTS),--texts "$(TEXTS)")

bench: .venv/bench.stamp $(if $(PLAIN),,.venv-compiled/stamp) ## speed, memory, start-up, and others beside it (TEXTS=dir INPUTS=dir with PDFs PAGES=dir BODY=xpath; PLAIN=1: not compiled)
	$(if $(PLAIN),,PYTHONSAFEPATH=1 PYTHONPATH="$$(echo $(CURDIR)/.venv-compiled/lib/python*/site-packages):$(CURDIR)") \
	$(BIN)/python -m benchmarks --texts "$(or $(TEXTS),corpus)" $(if $(INPUTS),--inputs "$(INPUTS)") $(if $(PAGES),--pages "$(PAGES)" --body "$(or $(BODY),//body)")

fuzz: .venv/dev.stamp ## look for texts that break or stop a part of the road (SECONDS=300 ONLY=name ENGINE=atheris)
	$(BIN)/python -m tests.fuzz --seconds "$(or $(SECONDS),300)" $(if $(ONLY),--only "$(ONLY)") $(if $(ENGINE),--engine "$(ENGINE)")

audit: .venv/supply.stamp ## known vulnerabilities of what the locks install; says so when nobody can be asked
	$(BIN)/python scripts/audit.py requirements/run.lock requirements/dev.lock

sbom: .venv/supply.stamp ## the software bill of materials of the default install (CycloneDX), the same bytes each time
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements --output-reproducible --of JSON --pyproject pyproject.toml -o dist/kehoach.cdx.json requirements/run.lock

licences: .venv/run.stamp ## write docs/licences.md from the lock and the packages' metadata
	$(BIN)/python scripts/write_licences.py

lock: ## renew the locks from pyproject.toml (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements/bootstrap.in -o requirements/bootstrap.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o requirements/run.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml --group dev -o requirements/dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml --group dev --group bench -o requirements/bench.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml --group supply -o requirements/supply.lock

clean: ## remove the environment and all results
	rm -rf .venv .venv-compiled .venv-compiled.part output/documents output/dataset output/export output/gains output/*.json output/kehoach.duckdb output/*.sqlite* output/.dataset* output/.*.lock

.venv/bootstrap.stamp: requirements/bootstrap.lock
	$(PYTHON) -c 'import sys; sys.exit("kehoach needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(PIP) install -q --require-hashes -r requirements/bootstrap.lock
	touch $@

.venv/run.stamp: .venv/bootstrap.stamp requirements/run.lock pyproject.toml
	$(PIP) install -q --require-hashes --no-deps -r requirements/run.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q pipeline extractors schemas
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements/dev.lock
	$(PIP) install -q --require-hashes --no-deps -r requirements/dev.lock
	touch $@

.venv-compiled/stamp: .venv/dev.stamp scripts/compile_ahead.py $(shell find pipeline extractors schemas -type f -not -name '*.pyc')
	@scripts/install_programs.sh compiler
	$(BIN)/python scripts/compile_ahead.py
	touch $@

.venv/bench.stamp: .venv/dev.stamp requirements/bench.lock
	$(PIP) install -q --require-hashes --no-deps -r requirements/bench.lock
	touch $@

.venv/supply.stamp: .venv/run.stamp requirements/supply.lock
	$(PIP) install -q --require-hashes --no-deps -r requirements/supply.lock
	touch $@
