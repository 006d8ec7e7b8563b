# Needs Python >= 3.11 and a package index; uses a C compiler if there is one.

SHELL := /bin/bash
.SHELLFLAGS := -eo pipefail -c
.DEFAULT_GOAL := test
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
BUILD := pyproject.toml $(wildcard setup.py src/antiphon/engine/kernel.py)
COMPILED := src/antiphon/engine/*.c src/antiphon/engine/*.so

ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)
endif

export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: demo test parity test-services dist lint fmt clean

demo: $(VENV)/installed
	@$(BIN)/antiphon demo

# Types are checked while the tests run, and spoken of only if they are wrong, so that the last line
# is the summary of pytest.
test: $(VENV)/installed-for-tests
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/pyright --pythonpath $(BIN)/python >$(VENV)/types.log 2>&1 & types=$$!; \
	status=0; $(BIN)/pytest -n 2 --dist worksteal --ignore=tests/services || status=$$?; \
	wait $$types || { cat $(VENV)/types.log; exit 1; }; \
	exit $$status

parity: $(VENV)/installed-for-tests
	$(BIN)/antiphon parity evidence --write
	$(BIN)/antiphon parity suite --cases 72000 --seed 1 --jobs 2 --json
	ANTIPHON_PURE=1 $(BIN)/antiphon parity lockstep --cases 20000 --seed 2 --jobs 2 --json
	$(BIN)/antiphon parity waves --cases 20000 --seed 1 --jobs 2 --json
	$(BIN)/antiphon parity mutants --json
	$(BIN)/antiphon parity claims --profile full --json
	HYPOTHESIS_PROFILE=deep $(BIN)/pytest -n 2 tests/laws tests/parity

test-services: $(VENV)/installed-for-tests
	$(BIN)/pytest tests/services

# What was not looked at, or not at these sources, does not go out.
dist: $(VENV)/installed-for-tests
	$(BIN)/antiphon parity matrix --check --release
	$(BIN)/antiphon parity ledger
	@$(PIP) install 'build>=1.2'
	rm -rf dist
	$(BIN)/python -m build

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python

fmt: $(VENV)/installed-for-tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist src/*.egg-info .hypothesis .pytest_cache .ruff_cache
	rm -f $(COMPILED)
	find src tests -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/bin/pip:
	$(if $(PYTHON),,$(error Antiphon needs Python 3.11 or newer: install it, or say PYTHON=path))
	@echo 'Making $(VENV) with $(PYTHON) ...'
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/installed: $(BUILD) | $(VENV)/bin/pip
	@echo 'Installing antiphon into $(VENV) ...'
	@rm -f $(COMPILED)
	@$(PIP) install --editable .
	@touch $@

$(VENV)/installed-for-tests: $(BUILD) | $(VENV)/bin/pip
	@echo 'Installing antiphon and what its tests need into $(VENV) ...'
	@rm -f $(COMPILED)
	@$(PIP) install --editable '.[test,lint]'
	@touch $@ $(VENV)/installed
