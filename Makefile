# Wireroom: the commands a newcomer needs. `make help` lists them. Needs python3 (3.11 or newer, with venv) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements

.DEFAULT_GOAL := help
.PHONY: help run live real serve test check format bench lock clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.core  ## Run the whole line on the bundled newsstand, without network; ends with where to look
	@$(BIN)/wireroom demo --dir demo

serve: $(VENV)/.core  ## Serve the edition that `make run` made
	@$(BIN)/wireroom serve --beat demo

live: $(VENV)/.core  ## Run the shipped beat against its real feeds
	@$(BIN)/wireroom run --beat beats/ai-watch

real: $(VENV)/.dev  ## Run a whole cycle over the outside pages, served from loopback as their own hosts
	@$(BIN)/pytest tests/acceptance/test_real_pages.py -s

test: $(VENV)/.dev  ## Run all tests
	@$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/.dev  ## Format, lint, types, layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev  ## Write the format and the lint fixes
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/.dev  ## Measure every figure against its peers, in the same run
	@failed=0; for script in bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || failed=1; done; exit $$failed

lock: $(VENV)/.core  ## Refresh the hashed lock files
	@$(BIN)/python requirements/lock.py

clean:  ## Remove the environment and what `make run` made
	rm -rf $(VENV) demo build

# Each stamp depends on its lock, so a changed lock is installed before the next command runs.
$(VENV)/.core: $(LOCK)/core.txt $(LOCK)/build.txt pyproject.toml requirements/install.sh
	@PYTHON=$(PYTHON) sh requirements/install.sh $(VENV) core

$(VENV)/.dev: $(LOCK)/dev.txt $(LOCK)/build.txt pyproject.toml requirements/install.sh
	@PYTHON=$(PYTHON) sh requirements/install.sh $(VENV) dev
