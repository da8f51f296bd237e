# `make demo` and `make test` need python3 (3.11 or newer), pip and git; everything else they install into .venv.

PYTHON3 := python3
VENV := .venv
PYTHON := $(VENV)/bin/python
INSTALLED := $(VENV)/installed
MINIMUM := .cache/minimum
AXE := tests/node_modules/axe-core/package.json
# A file's tests run in one process, so that what they share is made once; slow files first, so that none is last.
PYTEST := -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder
# Old libraries warn of each other and leave files open: told, but no error.
OLD := -W default::DeprecationWarning -W default::ResourceWarning -W default::pytest.PytestUnraisableExceptionWarning

# Debian has `ensurepip` in a package of its own, python3-venv; pip alone can do the same.
VENV_WITHOUT_ENSUREPIP = { $(PYTHON3) -m venv --clear --without-pip $(VENV) \
	&& $(PYTHON3) -m pip --python $(PYTHON) install --quiet pip; }
# Fails where no browser is found.
NO_BROWSER := from vizspec.draw.pictures.browser import *; raise SystemExit(isinstance(find_browser(), NoBrowser))
# Chromium needs libraries of the system, which only root can install.
SYSTEM_LIBRARIES := $(if $(filter 0,$(shell id -u)),--with-deps)

# Tests compile each module once, and not at every start, also where a user keeps no bytecode.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo fuzz audit test quick coverage minimum check format schemas install browser clean

help: ## Show what can be made.
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

demo: install browser ## Make an example experiment in demo/, render it, and say where to look.
	rm -rf demo
	$(VENV)/bin/vizspec demo demo

test: install browser $(AXE) check ## Run every check: format, lint, types, tests.
	$(PYTHON) $(PYTEST)

quick: install ## Lint, and the tests without a browser, whole evaluations or renders: under a minute.
	$(VENV)/bin/ruff check .
	$(PYTHON) $(PYTEST) -m "not slow" --hypothesis-profile quick

coverage: install browser ## Run every test, and see how much of the code they reach: 97 % of lines and branches, or it fails.
	$(PYTHON) $(PYTEST) --cov

minimum: install browser ## Run every test with the oldest versions that pyproject.toml allows.
	$(VENV)/bin/uv venv --quiet --clear --python $(PYTHON) $(MINIMUM)
	$(VENV)/bin/uv pip install --quiet --python $(MINIMUM)/bin/python --resolution lowest-direct \
	  --editable ".[png,dask,dev]"
	$(MINIMUM)/bin/python $(PYTEST) $(OLD)

MINUTES := 10

fuzz: install ## Try mutants of every kind of input: make fuzz MINUTES=10.
	$(PYTHON) -m tests.fuzz.run $(MINUTES)

# Strict: a package that nobody could be asked about is no package without holes.
audit: install ## Look for known holes in what is installed, and in the JavaScript that is bundled.
	$(VENV)/bin/uv tool run pip-audit --strict --skip-editable --path "$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
	cd vizspec/runtime && npm audit --package-lock-only

check: install ## Format, lint and types only.
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

format: install ## Bring the code into its format.
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

schemas: install ## Write the JSON Schemas anew.
	$(VENV)/bin/vizspec schema --write --out schemas

install: $(INSTALLED) ## Make the environment.

$(INSTALLED): pyproject.toml hatch_build.py vizspec/runtime/package-lock.json
	$(PYTHON3) -m venv $(VENV) || $(VENV_WITHOUT_ENSUREPIP)
	@echo "installing vizspec and what it needs into $(VENV): a few minutes the first time"
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --editable ".[png,dask,dev]"
	@touch $@

browser: install ## Find a Chromium, or install one.
	@$(PYTHON) -c "$(NO_BROWSER)" \
	  || $(VENV)/bin/playwright install $(SYSTEM_LIBRARIES) chromium \
	  || { apt-get update -qq && apt-get install -y -qq chromium; } \
	  || echo "no Chromium could be installed: PNGs of charts will be skipped"

# Without npm the test of accessibility is skipped.
$(AXE): tests/package-lock.json
	-cd tests && npm ci --silent --no-audit --no-fund

clean: ## Remove what was made here.
	rm -rf $(VENV) $(MINIMUM) demo tests/node_modules .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache
