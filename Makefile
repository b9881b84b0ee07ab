# Two commands for everybody: `make demo` and `make test`; each sets up what it needs.
.DEFAULT_GOAL := help
.PHONY: help demo addin test test-windows lint fix schema clean

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
# A stamp per set of packages: installing is skipped while pyproject.toml has not changed.
RUN_STAMP := $(VENV)/.run-installed
EXCEL_STAMP := $(VENV)/.excel-installed
TEST_STAMP := $(VENV)/.test-installed
WORKERS ?= 2

help:
	@echo "make demo   generate the example company's forms into xladdin-demo/"
	@echo "make addin  build the Excel add-in as dist/xladdin.xlam"
	@echo "make test   install what the tests need, then run all checks and tests"
	@echo "make test-windows   the worksheet functions in a Windows Python, in Wine; not part of make test"
	@echo "make lint   the checks alone (ruff, mypy)"
	@echo "make fix    let ruff mend what it can"
	@echo "make schema write the templates' JSON Schemas anew"

$(BIN)/python:
	@bash .ci/python.sh "$(PYTHON)" "$(VENV)"

$(RUN_STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(EXCEL_STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[excel]'
	@touch $@ $(RUN_STAMP)

$(TEST_STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(RUN_STAMP) $(EXCEL_STAMP)

demo: $(RUN_STAMP)
	$(BIN)/xladdin demo xladdin-demo

addin: $(EXCEL_STAMP)
	$(BIN)/xladdin addin build --out dist/xladdin.xlam

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(TEST_STAMP) lint
	bash tests/setup.sh
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

test-windows: $(BIN)/python
	bash tests/windows/run.sh $(BIN)/python

fix: $(TEST_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(RUN_STAMP)
	$(BIN)/python -m xladdin.schemes.json_schema

clean:
	rm -rf $(VENV) .tools xladdin-demo dist build
