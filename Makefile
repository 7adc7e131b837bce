# Everything Fairlead needs is built here from python3 and the package registry; see README.md.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install dev run test slow lint types contracts format lock rules eval clean

install: $(VENV)/.installed  ## build .venv with .venv/bin/fairlead
dev: $(VENV)/.installed-dev  ## the same, plus what the tests need

$(VENV)/.tools: requirements/tools.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.tools requirements/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

run: install  ## start the product with the story loaded, at http://127.0.0.1:$(PORT)
	FAIRLEAD_DATA=$${FAIRLEAD_DATA:-var} $(BIN)/fairlead demo --port $(PORT)

test: dev  ## the quick suite
	$(BIN)/pytest -m "not slow" -n 2

slow: dev  ## browsers, killed processes, PostgreSQL
	$(BIN)/pytest -m slow -n 2

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/basedpyright

contracts: dev
	$(BIN)/lint-imports --no-cache

format: dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock:  ## rewrite the hashed lists after a change of pyproject.toml
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --no-header --no-annotate --python-version 3.11 pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt

rules: dev  ## rewrite what is made of the rule files: the index and docs/rules
	$(BIN)/python -m fairlead.cli.rule_pages .

eval: dev  ## how often the coach is right, over the labelled sentences and the real reviews
	$(BIN)/python -m benchmarks.coach_quality

clean:
	rm -rf $(VENV)
