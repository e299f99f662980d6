# The one front door: `make` alone prints every target with the words behind its `##`.

PYTHON = .venv/bin/python
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null)

.PHONY: help html check watch linkcheck test clean lock
.DEFAULT_GOAL := help

help:
	@echo "Steady, the handbook. Say make and one of these:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

html: .venv/.docs  ## build the handbook into build/html and say where to open it
	@$(PYTHON) -m handbook html

check: .venv/.docs  ## check prose and structure alone, in seconds
	@$(PYTHON) -m handbook check

watch: .venv/.tests  ## build again at every change, with a live page
	@$(PYTHON) -m sphinx_autobuild -n -c . -b html docs build/watch

linkcheck: .venv/.docs  ## try the outside links (needs the network; never part of test)
	@$(PYTHON) -m sphinx -n -c . -b linkcheck docs build/linkcheck

test: .venv/.tests html  ## lint, types, and every test, in a real browser
	@$(PYTHON) tests/chromium.py
	@.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy
	@$(PYTHON) -m pytest -q tests

lock: .venv/.docs .venv/.tests  ## pin again what the requirements files bring along
	@tools/lock.sh requirements.txt tests/requirements.txt

clean:  ## remove everything that was built
	@rm -rf build .venv .*_cache

.venv/.docs: requirements.txt
	@tools/environment.sh $<
	@touch $@

.venv/.tests: tests/requirements.txt .venv/.docs
	@tools/environment.sh $<
	@touch $@
