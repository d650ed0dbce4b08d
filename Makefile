# The same commands for people, hooks and .ci/run. `make help` lists them.
PYTHON ?= python3
RUN = $(PYTHON) start.py
TOOL = ILP_MODE=test $(RUN) tool
COMPILE = .venv-compile/bin/uv pip compile --quiet --python-version 3.11 --universal \
	--generate-hashes --no-emit-index-url --no-annotate --no-header
SOURCES = start.py manage.py ilp facilities clusters reporting tests benchmarks

WORDS = locale/en/LC_MESSAGES/django.po
KEYWORDS = -k now -k later -k _lazy -k _now -k gettext_lazy -k counted:1,1 -k counted_lazy:1,1 -k pgettext_lazy:1c,2

.PHONY: help check fix test demo bench requirements docs messages

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

check: ## everything that can be known without running the tests
	$(TOOL) ruff check $(SOURCES)
	$(TOOL) ruff format --check $(SOURCES)
	$(TOOL) djlint templates --lint --quiet
	$(TOOL) mypy ilp facilities clusters reporting start.py
	$(TOOL) lint-imports
	$(RUN) manage check
	$(RUN) manage makemigrations --check --dry-run

fix: ## format, and mend what can be mended without thinking
	$(TOOL) ruff check --fix $(SOURCES)
	$(TOOL) ruff format $(SOURCES)

test: ## all tests, with throw-away servers
	$(RUN) test

demo: ## the demo district in a browser
	$(RUN)

bench: ## the table of speeds, as ratios
	$(RUN) tool python -m benchmarks

requirements: ## compile the locks anew, with hashes and without addresses
	$(PYTHON) -m venv .venv-compile
	.venv-compile/bin/python -m pip install --quiet uv
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
	rm -rf .venv-compile

messages: ## bring the catalogue of English texts up to date; what is new in it is still empty
	$(TOOL) pybabel --quiet extract -F babel.cfg $(KEYWORDS) --add-location=file --sort-output \
		-o django.pot ilp facilities clusters reporting templates
	$(TOOL) pybabel --quiet update -i django.pot -o $(WORDS) -l en \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	rm django.pot

docs: ## write the generated documents anew
	$(RUN) manage data_dictionary --write
