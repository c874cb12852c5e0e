# Everything runs from .venv, which is made from requirements.lock on first use.
# Needs git, make and Python 3.11-3.13; uses uv where it is installed, else venv and pip.

COHORT ?= cohorts/synthetic-2017-2020.yml
JOBS ?= 2
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
UV := $(shell command -v uv 2>/dev/null)
# Two threads of linear algebra on two cores wait for each other; several processes do better.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
# A module's tests share what it made. Modules go in the order of tests/conftest.py, the dear ones first.
SPREAD := -n $(JOBS) --dist loadfile --no-loadscope-reorder

.PHONY: help book test quick-test lint format serve docs outputs clean lock synthetic

help: ## List what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

book: $(READY) ## Build the book (HTML and PDF) for COHORT
	$(BIN)/resultatbok build $(COHORT) --jobs $(JOBS)

test: $(READY) lint ## Run every check: lint, types, unit tests, the built book, nbval
	$(BIN)/python -m pytest $(SPREAD) --cov
	$(BIN)/python -m pytest $(SPREAD) --nbval-lax --nbval-cell-timeout=300 -p no:cacheprovider book

quick-test: $(READY) ## Run the tests that need no book, browser or registers and are not slow
	$(BIN)/python -m pytest $(SPREAD) -m "not book and not browser and not registers and not slow"

lint: $(READY) ## Check style, types and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## Rewrite the code in the project's style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

serve: $(READY) ## Show the built book of COHORT on http://localhost:PORT
	$(BIN)/resultatbok serve $(COHORT) --port $(PORT)

docs: $(READY) ## Make the developer's book (docs/ and the API) in build/docs
	$(BIN)/python -m sphinx -W --keep-going -q docs build/docs

synthetic: $(READY) ## Write the synthetic registers in data/synthetic again
	$(BIN)/resultatbok synthesise --out data/synthetic

outputs: $(READY) ## Run the chapters and store the text that nbval compares with
	$(BIN)/python tools/store_outputs.py

clean: ## Remove everything that was made, the environment included
	rm -rf build $(VENV) .mypy_cache .pytest_cache .ruff_cache
	find src tests book -type d \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

# The options keep the lock free of index addresses and valid for every supported Python and system.
lock: ## Resolve requirements.lock and environment.yml anew from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-strip-extras --no-annotate --no-header --extra dev --upgrade \
		pyproject.toml --output-file requirements.lock
	$(PYTHON) tools/conda_environment.py

$(READY): requirements.lock pyproject.toml
ifneq ($(UV),)
	$(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" $(VENV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	touch $@
