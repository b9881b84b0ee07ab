# Two commands for everybody: `make demo` and `make test`; each sets up what it needs.
.DEFAULT_GOAL := help
.PHONY: help demo pictures manual manual-pictures addin installer test sample test-windows lowest newer proof bench fuzz lint check \
	hook audit lock fix schema clean

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
# A stamp per set of packages: installing is skipped while neither the lock nor pyproject.toml changes.
RUN_STAMP := $(VENV)/.run-installed
TEST_STAMP := $(VENV)/.test-installed
CHECK_STAMP := $(VENV)/.check-installed
SPARK_STAMP := $(VENV)/.spark-installed
LOWEST := build/lowest
LOWEST_STAMP := $(LOWEST)/.installed
NEWER := build/$(notdir $(PYTHON))
NEWER_STAMP := $(NEWER)/.installed
# What needs LibreOffice, or tells of the newest packages only, stays out: LibreOffice speaks with the
# system's Python alone.
CHOSEN_TESTS ?= tests/test_cli.py tests/test_console.py tests/cli tests/domain tests/schemes tests/scoring \
	tests/intake tests/ooxml tests/ledger tests/layout/test_stamp.py tests/layout/test_writer.py \
	tests/analysis/test_metric.py tests/app/generating tests/app/collecting
WORKERS ?= 2
# Of `make fuzz`: how many files, and where chance starts.
N ?= 2000
SEED ?= 1

# Only what the lock names, by its hash, and nothing that runs code of its own to be installed.
PIP := $(BIN)/python -m pip install --quiet
install = $(PIP) --require-hashes --only-binary :all: --requirement requirements/$(1).txt
install_project = $(PIP) --no-deps --no-build-isolation --editable .
compile = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' $(LOCK_OPTIONS)

help:
	@echo "make demo   generate the example company's forms into xladdin-demo/, and collect a month"
	@echo "make pictures   every form as A4 pages and as it opens, into build/pictures; OLD=FOLDER beside an older run"
	@echo "make manual   the clerk's manual out of docs/手册; make manual-pictures draws its pictures anew first"
	@echo "make addin  build the Excel add-in as dist/xladdin.xlam"
	@echo "make installer   the setup file for clerks' machines, into dist; needs Debian's nsis"
	@echo "make bench  what forms, figures and reports cost, beside other tools in one run"
	@echo "make test   install what the tests need, then all checks and, in eight minutes, two tests of three"
	@echo "make test-windows   the setup file installed and tried in Wine; not part of make test"
	@echo "make lowest a choice of tests with the oldest packages that pyproject.toml allows"
	@echo "make newer  the same choice with another Python: PYTHON=python3.13"
	@echo "make lint   the checks alone (ruff, mypy, bandit)"
	@echo "make check  what a commit must keep, in seconds: lint, imports, dead code, documents, terms"
	@echo "make hook   have git run make check before each commit"
	@echo "make audit  the locked packages against the list of known vulnerabilities"
	@echo "make proof  what make test leaves out, and the long proofs with their full counts, for docs/proof.md"
	@echo "make sample choose what make test leaves out anew, by the time that each test takes"
	@echo "make fuzz   broken files for every command: N=2000 SEED=1"
	@echo "make lock   write requirements/ anew from pyproject.toml; LOCK_OPTIONS=--upgrade for newer ones"
	@echo "make fix    let ruff mend what it can"
	@echo "make schema write the templates' JSON Schemas anew"

$(BIN)/python:
	@bash .ci/python.sh "$(PYTHON)" "$(VENV)"

$(RUN_STAMP): requirements/run.txt pyproject.toml | $(BIN)/python
	$(call install,run)
	$(install_project)
	@touch $@

$(TEST_STAMP): requirements/test.txt pyproject.toml | $(BIN)/python
	$(call install,test)
	$(install_project)
	@touch $@ $(RUN_STAMP)

$(CHECK_STAMP): requirements/check.txt | $(TEST_STAMP)
	$(call install,check)
	@touch $@

# Spark comes as source only; what builds it is what built the project, so nothing else is fetched.
$(SPARK_STAMP): requirements/spark.txt | $(TEST_STAMP)
	$(call install,spark) --no-binary pyspark --no-build-isolation
	@touch $@

$(LOWEST_STAMP): requirements/lowest.txt pyproject.toml
	@bash .ci/python.sh "$(PYTHON)" $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet --require-hashes --only-binary :all: --requirement requirements/lowest.txt
	$(LOWEST)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(NEWER_STAMP): requirements/test.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "there is no $(PYTHON) here" >&2; exit 1; }
	@bash .ci/python.sh "$(PYTHON)" $(NEWER)
	$(NEWER)/bin/python -m pip install --quiet --require-hashes --only-binary :all: --requirement requirements/test.txt
	$(NEWER)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(RUN_STAMP)
	$(BIN)/xladdin demo xladdin-demo

# Wants what tests/setup.sh installs: LibreOffice and poppler.
pictures: $(TEST_STAMP)
	$(BIN)/python -m tests.workbench.pictures $(if $(OLD),--old $(OLD)) $(if $(ONLY),--only $(ONLY))

# What the code says goes into the chapters of docs/手册, and all of them into the one page that is shipped.
manual: $(TEST_STAMP)
	$(BIN)/python -m tests.workbench.handbook

manual-pictures: $(TEST_STAMP)
	$(BIN)/python -m tests.workbench.handbook_pictures $(if $(ONLY),--only $(ONLY))
	$(MAKE) manual

addin: $(RUN_STAMP)
	$(BIN)/xladdin addin build --out dist/xladdin.xlam

# Fails where any hash or signature is not as locked: xladdin/addin/setup/interpreter.json.
installer: $(TEST_STAMP)
	$(BIN)/python -m xladdin.addin.setup.make_setup . dist

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive xladdin udfs

audit: $(CHECK_STAMP)
	$(BIN)/python -m tests.supply.audit requirements/test.txt requirements/check.txt

# Ruff, mypy and bandit are `lint`; all in seconds, without a network.
check: lint $(CHECK_STAMP)
	$(BIN)/python -m tests.house

hook: $(CHECK_STAMP)
	$(BIN)/python -m tests.house.hook

# Kept for the next run, and for the hundreds of processes that tests start: whoever turns that off for
# all of Python compiles everything in each of them.
test proof sample: export PYTHONDONTWRITEBYTECODE :=
test proof sample: export PYTHONPYCACHEPREFIX := $(CURDIR)/build/bytecode

test: $(TEST_STAMP) $(SPARK_STAMP) lint
	bash tests/setup.sh
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "not proof and not long"

# All but the proofs with their full counts, timed: what `make test` runs from now on.
sample: $(TEST_STAMP) $(SPARK_STAMP)
	bash tests/setup.sh
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --junitxml build/timed.xml
	$(BIN)/python -m tests.proof.sample build/timed.xml

# Old packages warn of newer ones below them: that is theirs to mend, and no user sees it.
lowest: $(LOWEST_STAMP)
	$(LOWEST)/bin/python -m pytest -n $(WORKERS) --dist loadgroup -W ignore::DeprecationWarning $(CHOSEN_TESTS)

newer: $(NEWER_STAMP)
	$(NEWER)/bin/python -m pytest -n $(WORKERS) --dist loadgroup $(CHOSEN_TESTS)

test-windows: $(TEST_STAMP)
	bash tests/windows/run.sh $(BIN)/python

# The figures are kept even when a proof fails: they say how far it went.
proof: $(TEST_STAMP) $(SPARK_STAMP)
	bash tests/setup.sh
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "proof or long" --write-proofs

# Each way side by side in one run; what the figures mean stands in docs/performance.md.
bench: $(TEST_STAMP)
	$(BIN)/python -W ignore -m benchmarks.forms
	$(BIN)/python -m benchmarks.intake
	$(BIN)/python -W ignore -m benchmarks.many_forms --people 20000
	$(BIN)/python -m benchmarks.report_month compare

fuzz: $(TEST_STAMP)
	$(BIN)/python -m tests.fuzz --cases $(N) --seed $(SEED) --workers $(WORKERS)

# The largest set first: the others take its versions.
lock: $(CHECK_STAMP)
	$(compile) pyproject.toml --extra test --group build --output-file requirements/test.txt
	$(compile) pyproject.toml --group build --constraint requirements/test.txt \
	    --output-file requirements/run.txt
	$(compile) pyproject.toml --extra spark --group build --constraint requirements/test.txt \
	    --output-file requirements/spark.txt
	$(compile) --group check --constraint requirements/test.txt --output-file requirements/check.txt
	$(compile) --resolution lowest-direct --upgrade pyproject.toml --extra test --group build \
	    --output-file requirements/lowest.txt

fix: $(TEST_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(RUN_STAMP)
	$(BIN)/python -m xladdin.schemes.json_schema

clean:
	rm -rf $(VENV) .tools xladdin-demo dist build
