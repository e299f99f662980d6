# The one front door: `make` alone prints every target with the words behind its `##`.

PYTHON = .venv/bin/python

# In a checkout that was moved or copied, what is installed has to be installed again.
$(shell tools/moved.sh && rm -f .venv/.docs .venv/.tests .venv/.audit .venv/.listener)

.PHONY: help html check watch linkcheck pdf epub single zip editions site test audit ask bench bench-search bench-pdf listener lock vendor licences clean
.DEFAULT_GOAL := help

help:
	@echo "Steady, the handbook. Say make and one of these:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

html: .venv/.docs  ## build the handbook into build/html and say where to open it
	@$(PYTHON) -m handbook html

check: .venv/.docs  ## check prose and structure alone, in seconds
	@$(PYTHON) -m handbook check

watch: .venv/.docs  ## build again at every change, with a live page
	@$(PYTHON) -m handbook watch

linkcheck: .venv/.docs  ## try the outside links (needs the network; never part of test)
	@$(PYTHON) -m sphinx -n -c . -b linkcheck docs build/linkcheck

pdf: .venv/.docs  ## the book as PDF: A4, US Letter, large print (OF=folder or topic: that alone)
epub: .venv/.docs  ## the e-book
single: .venv/.docs  ## the whole handbook as one HTML file
zip: .venv/.docs  ## the pages as a zip, for a stick
editions: .venv/.docs  ## all of these, into build/editions
pdf epub single zip editions:
	@$(PYTHON) -m handbook $@ $(if $(and $(OF),$(filter pdf,$@)),"$(OF)")

site: .venv/.docs  ## the pages with the editions inside: what a server shows (BASE=https://...)
	@$(PYTHON) -m handbook site $(BASE)

test: .venv/.tests  ## lint, types, and every test, in a real browser
	@$(PYTHON) tests/chromium.py
	@.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy
	@$(PYTHON) -m pytest -q -n auto --dist loadfile --leave-nothing-out --ignore tests/audit

audit: .venv/.audit html pdf epub single zip  ## let EPUBCheck, Ace, Lighthouse and real browsers judge what was built
	@$(PYTHON) tests/chromium.py && tools/judges.sh
	@$(PYTHON) -m pytest -q --leave-nothing-out tests/audit --ignore-glob '*/test_every_*'
	@$(PYTHON) -m pytest -q -n auto --leave-nothing-out tests/audit/test_every_*.py

ask: .venv/.tests html  ## say which questions the search gets wrong (BANK=file), and what to write
	@$(PYTHON) -m benchmarks.search.ask $(BANK)

bench-search: .venv/.tests html  ## measure the search (CRANFIELD=folder, LAY=folder)
	@$(PYTHON) -m benchmarks.search $(if $(CRANFIELD),--cranfield $(CRANFIELD)) $(if $(LAY),--lay $(LAY))

bench: .venv/.docs  ## measure builds and editions of 1, 10, 100 articles (FULL=1: 1,000; RUNS=3)
	@$(PYTHON) -m benchmarks.build $(if $(FULL),--full) --runs $(or $(RUNS),3)

bench-pdf: .venv/.tests  ## measure the PDF against other ways to make one
	@$(PYTHON) benchmarks/pdf.py

listener: .venv/.listener  ## teach the search anew which words speak of danger (half an hour)
	@$(PYTHON) tools/listener.py

lock:  ## write the hashes of the requirements, and what they bring along (UPGRADE=1: its newest)
	@tools/lock.sh $(if $(UPGRADE),--upgrade) tools/requirements.txt \
	  requirements.txt tests/requirements.txt tests/audit/requirements.txt \
	  tools/listener/requirements.txt

vendor: .venv/.audit  ## write anew what the one file takes from others
	@tools/vendor.sh

licences: .venv/.docs  ## list the licences of what builds the handbook, in LICENCES.md
	@$(PYTHON) tools/licences.py

clean:  ## remove everything that was built
	@rm -rf build .venv .*_cache tests/audit/node_modules tests/audit/chromium/node_modules

# Where Python may write nothing (PYTHONDONTWRITEBYTECODE), it would compile all at each start.
.venv/.docs: requirements.txt
	@tools/environment.sh $<
	@$(PYTHON) -m compileall -q --invalidation-mode checked-hash handbook
	@touch $@

.venv/.tests: tests/requirements.txt .venv/.docs
	@tools/environment.sh $<
	@touch $@

.venv/.audit: tests/audit/requirements.txt .venv/.tests
	@tools/environment.sh $<
	@touch $@

.venv/.listener: tools/listener/requirements.txt .venv/.tests
	@tools/environment.sh $<
	@touch $@
