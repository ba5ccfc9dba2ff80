# Two commands: `make run` and `make test`. `make` alone lists all; docs/development.md tells more.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# Whatever virtual environment or Python path happens to be active in the shell is not ours.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
export PYTHONUNBUFFERED := 1

VENV := .venv
PY := $(VENV)/bin/python
RUNTIME := $(VENV)/.installed
TOOLS := $(VENV)/.installed-dev

# A missing or broken .venv is made anew even where the stamps say that all is installed.
ifneq (ok,$(shell $(PY) -c 'print("ok")' 2>/dev/null))
.PHONY: $(RUNTIME)
endif

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: setup ## start the site with a worker; Ctrl-C stops everything (PORT=8000, QMS_HOME=var)
	@QMS_DEMO="$${QMS_DEMO-1}" exec $(PY) manage.py serve --stop-with-parent

.PHONY: test
test: $(TOOLS) ## check and test everything, test services included (ARGS="-k name" for pytest)
	@exec $(PY) -m tests $(ARGS)

.PHONY: test-postgres
test-postgres: $(TOOLS) ## run the tests with PostgreSQL under all of them
	@exec $(PY) -m tests --only-postgres $(ARGS)

.PHONY: bench
bench: $(TOOLS) ## measure, each figure as a ratio within the run (ARGS=--write for docs/benchmarks.md)
	@exec $(PY) -m bench $(ARGS)

.PHONY: setup
setup: $(RUNTIME) ## make .venv with what `make run` needs

.PHONY: fmt
fmt: $(TOOLS) ## format the code and mend what can be mended by itself
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format .

.PHONY: shell
shell: setup ## open a Python shell with the models loaded
	@exec $(PY) manage.py shell

.PHONY: messages
messages: $(TOOLS) ## collect the translatable texts of code and templates into locale/
	@$(PY) manage.py makemessages --locale zh_Hans --no-location --ignore .venv --ignore var --ignore tests

.PHONY: assurance
assurance: $(TOOLS) ## write docs/assurance.md from the results of the last `make test`
	@$(PY) -m tests.assurance.write var/test-results.xml

.PHONY: audit
audit: $(TOOLS) ## ask for known weaknesses of the pinned packages
	@$(PY) -m tests.supply.audit

.PHONY: bill
bill: $(TOOLS) ## write docs/licences.md and docs/sbom.cdx.json from the pins
	@$(PY) -m tests.supply.bill

.PHONY: pins
pins: $(TOOLS) ## write requirements*.txt anew from requirements*.in (UPGRADE=--upgrade for newer versions)
	@for name in requirements-uv requirements requirements-dev; do \
		$(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
			--custom-compile-command "make pins" $(UPGRADE) $$name.in --output-file $$name.txt || exit 1; \
	done

$(RUNTIME): requirements-uv.txt requirements.txt bin/setup
	@bin/setup $@ requirements.txt

$(TOOLS): $(RUNTIME) requirements-dev.txt
	@bin/setup $@ requirements.txt requirements-dev.txt
