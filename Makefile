.DEFAULT_GOAL := help
.PHONY: help demo test lint bench lock clean

PYTHON ?= $(shell command -v python3.11 || echo python3)
PORT ?= 8155
# a story has a workspace, a database and at times a browser beside its test: one core is left for them
WORKERS ?= $(shell $(PYTHON) -c "import os; print(max(2, (os.cpu_count() or 2) - 1))")
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

help: ## Show what can be done
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(READY) ## Run the desk with an invented partnership, in your browser (FRESH=1 starts anew)
	$(BIN)/comms-desk demo --port $(PORT) $(if $(FRESH),--fresh)

test: $(READY) ## Run every test, on SQLite and PostgreSQL
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

lint: $(READY) ## Check style, types, imports and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## Measure how quickly a press shows, and how many presses at once
	$(BIN)/python -m benchmarks

lock: ## Choose the newest versions that pyproject.toml allows, and pin them with their hashes
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --upgrade --output-file requirements.lock

clean: ## Remove what was built and what the demo kept
	rm -rf $(VENV) .demo build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)
