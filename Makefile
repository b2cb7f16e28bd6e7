# Few verbs: digest (the main job on the example), test (everything), check (no tests), coverage (the tests, and how much of
# the program they run), docs (the site, into out/site), golden (writes the golden pages of tests/golden/render anew; look at
# the difference before you commit it), picture (the README's, from the example, before each release), release (builds,
# checks and tags the version in briefing/__init__.py; pushes nothing), clean. Versions are those of constraints.txt;
# `make CONSTRAINTS= test` takes the newest.
PYTHON ?= python3
CONSTRAINTS ?= constraints.txt
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile $(if $(CONSTRAINTS),-c $(CONSTRAINTS))
# What was installed is compiled by all cores; pip would use one. Files that are no Python of this version stay as they are.
COMPILE = $(BIN)/python -W ignore -m compileall -qq -j 0 .venv || true
# A process a core, at most four: each may start a browser, a mail system and a database of its own.
PARALLEL = -n auto --maxprocesses 4 --dist worksteal

.PHONY: digest test check coverage docs golden picture release clean

digest: .venv/.installed
	$(BIN)/briefing digest examples/pages --out out --format html,md,pdf,json

test: .venv/.installed-dev check
	$(BIN)/python -m pytest $(PARALLEL)

check: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: .venv/.installed-dev check
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term:skip-covered

docs: .venv/.installed-dev
	$(BIN)/python tools/docs/build.py out/site

golden: .venv/.installed-dev
	$(BIN)/python -m pytest tests/golden --regenerate

picture: .venv/.installed
	$(BIN)/briefing digest examples/pages --out out --format png
	cp out/briefing-2026-11-20.png docs/briefing.png

release: .venv/.installed-dev
	$(BIN)/python tools/release.py

.venv/.installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("briefing needs Python 3.11 or later; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(INSTALL) -e .
	$(COMPILE)
	touch $@

.venv/.installed-dev: .venv/.installed
	$(INSTALL) -e '.[dev]'
	$(COMPILE)
	touch $@

clean:
	rm -rf .venv out dist build .coverage .coverage.*
