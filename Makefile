# Few verbs: digest (the main job on the example), test (everything), check (no tests),
# docs (the site, into out/site), golden (writes the golden pages of tests/golden/render anew; look at the difference before you commit it), clean.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: digest test check docs golden clean

digest: .venv/.installed
	$(BIN)/briefing digest examples/pages --out out --format html,md,pdf,json

test: .venv/.installed-dev check
	$(BIN)/python -m pytest

check: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/.installed-dev
	$(BIN)/python tools/docs/build.py out/site

golden: .venv/.installed-dev
	$(BIN)/python -m pytest tests/golden --regenerate

.venv/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("briefing needs Python 3.11 or later; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/.installed-dev: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf .venv out dist build
