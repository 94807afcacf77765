# Everything a newcomer needs: `make run` and `make test`. Needs Python 3.11 or newer, and make.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test bench lint fmt types messages lock clean

help: ## say what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/\1|\2/p' Makefile | while IFS='|' read -r name does; do printf '  make %-10s %s\n' "$$name" "$$does"; done

run: .venv/.base ## install, plant the demo city if there is no database, and serve (PORT=8000)
	@exec $(BIN)/duban start

test: .venv/.dev ## everything: lint, types, import rules, both databases, browser
	@exec $(BIN)/python -m tests.everything $(ARGS)

bench: .venv/.dev ## the benchmark: a table here, JSON in bench/results/
	@exec $(BIN)/python -m bench $(ARGS)

lint: .venv/.dev ## style, formatting and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports

fmt: .venv/.dev ## format the code and mend what can be mended mechanically
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

types: .venv/.dev ## check types (mypy, strict)
	@$(BIN)/mypy

messages: .venv/.base ## collect the Chinese sentences, update and compile the English catalogue
	@mkdir -p build
	@$(BIN)/pybabel -q extract --mapping pyproject.toml --keyword "_" --no-wrap --sort-by-file --add-location file \
		--project duban --output-file build/duban.pot duban
	@$(BIN)/pybabel -q update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--domain django --locale en --input-file build/duban.pot --output-dir duban/locale
	@$(BIN)/duban messages

lock: .venv/.dev ## pin the newest fitting versions into requirements/*.txt, with hashes
	@for set in base dev; do $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-header requirements/$$set.in --output-file requirements/$$set.txt || exit 1; done

clean: ## remove what was built (the data folder stays)
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Locked dependencies first, by hash; then the project itself, which downloads nothing.
.venv/.base: requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Duban needs Python 3.11 or newer; this is %d.%d. Set PYTHON=/path/to/python3.11." % sys.version_info[:2])'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "Making the virtual environment in .venv"; $(PYTHON) -m venv .venv; }
	@echo "Installing what Duban needs"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Installing what the tests need"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
