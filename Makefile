# Three front doors: make demo, make test, make bench. Everything they need they bring themselves.
PYTHON ?= python3
PEOPLE ?= 30000
PORT ?= 8000
AS_OF ?= 2026-03-31
VENV := .venv
BIN := $(VENV)/bin
CARESTEAD := $(BIN)/carestead
DEMO := demo/$(PEOPLE)
TIMES ?= 20
HISTORIES := tests/unit/store/test_care_histories.py tests/unit/store/test_gaps.py \
  tests/unit/store/test_somebody_is_always_responsible.py tests/unit/web/test_api_machine.py
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo demo-data setup setup-dev test test-fast search lint bench screenshots lock clean system

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/bin/uv: requirements/setup.txt
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --require-hashes -r requirements/setup.txt
	@touch $@

$(VENV)/.run: $(VENV)/bin/uv requirements/run.txt pyproject.toml
	@echo "Bringing what carestead needs to run ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Bringing what the tests need ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.assets: $(VENV)/.run package-lock.json requirements/node.txt src/carestead/web/assets.py
	@command -v npm >/dev/null || $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/node.txt
	@$(BIN)/python -c "from pathlib import Path; from carestead.web.assets import bring; bring(Path('.').resolve())"
	@touch $@

setup: $(VENV)/.run $(VENV)/.assets  ## install into .venv, and bring the style sheets

setup-dev: setup $(VENV)/.dev

system:
	@sh tools/system.sh

demo: demo-data  ## a made-up neighbourhood, end to end, then its pages on 127.0.0.1 (PEOPLE=30000 PORT=8000)
	@$(CARESTEAD) serve --area $(DEMO)/area --port $(PORT) --demo

demo-data: setup
	@$(CARESTEAD) synth --people $(PEOPLE) --seed 1 --as-of $(AS_OF) --out $(DEMO)/sources
	@$(CARESTEAD) init --area $(DEMO)/area --name "Made-up neighbourhood" --people $(PEOPLE) --synthetic
	@$(CARESTEAD) ingest --area $(DEMO)/area $(DEMO)/sources
	@$(CARESTEAD) run --area $(DEMO)/area --as-of $(AS_OF)
	@$(CARESTEAD) risk fit --area $(DEMO)/area --use
	@$(CARESTEAD) run --area $(DEMO)/area --as-of $(AS_OF)

lint: setup-dev
	@$(BIN)/ruff check src tests tools
	@$(BIN)/ruff format --check --quiet src tests tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

test: system setup-dev lint  ## everything CI runs
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --durations=15 tests --ignore tests/acceptance
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --durations=5 tests/acceptance

test-fast: setup-dev  ## the inner loop
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile tests/house tests/unit tests/spec -m "not postgres and not slow"

search: setup-dev  ## look for histories that break a rule, drawn anew (TIMES=20 as many as in the tests)
	@CARESTEAD_SEARCH=$(TIMES) $(BIN)/python -m pytest -q -n 2 $(HISTORIES)

bench: setup-dev  ## the benchmark table (PEOPLE=1000000)
	@$(CARESTEAD) bench --people $(if $(filter file,$(origin PEOPLE)),1000000,$(PEOPLE)) --out build/bench

screenshots: setup-dev system demo-data  ## pictures of the pages, under build/screenshots
	@$(BIN)/python tools/screenshots.py $(DEMO)/area build/screenshots

lock: $(VENV)/bin/uv  ## pin every dependency again, by hash
	@for set in "run --extra web --extra ml" "dev --extra web --extra ml --extra spark --group dev -c requirements/run.txt" "setup --group setup" "node --group node"; do \
	  set -- $$set; out=$$1; shift; \
	  project=$$( [ $$out = run ] || [ $$out = dev ] && echo pyproject.toml ); \
	  $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 --universal $$project $$@ -o requirements/$$out.txt; \
	done

clean:  ## remove what was made here, not the sources
	rm -rf $(VENV) build demo node_modules src/carestead/web/static/vendor .pytest_cache .mypy_cache .ruff_cache
