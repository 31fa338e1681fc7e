# make demo   the main job on the examples      make test   linters, types, tests, newer interpreters
# Each sets up what it needs in .venv*; nothing but Python 3.11+, pip's index and a C compiler is assumed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# What tries laws on generated cases, which measuring coverage would make three times as slow.
LAWS := tests/test_properties.py tests/test_explanations.py tests/test_engines.py tests/test_search.py \
  tests/test_encoding.py tests/test_laws.py tests/test_testing_kit.py tests/test_witness.py tests/test_rules_diff.py \
  tests/test_diff_changes.py
# What may differ between interpreters: engines, texts, files, dates, processes and the command line.
NEWEST := $(addprefix tests/test_,engines.py text.py catalog.py cli.py report.py cache.py records.py lists.py \
  network.py pace.py invitation.py follow_up.py goals.py readme.py doctests.py)

.PHONY: demo test test-deep lint unit coverage newest others bench generated clean

demo: $(STAMP)
	@for each in former-colleague stranger-with-a-pitch webinar-contact; do \
	  echo "\$$ advisor should-connect examples/$$each.yaml"; \
	  $(BIN)/advisor should-connect examples/$$each.yaml || exit 1; echo; \
	done
	@for each in "what-if examples/webinar-contact.yaml" "should-accept examples/nobody-in-common.yaml" \
	  "follow-up examples/accepted-request.yaml" "pace examples/export" "batch examples/prospects.csv"; do \
	  echo "\$$ advisor $$each"; $(BIN)/advisor $$each || exit 1; echo; \
	done

test: lint unit newest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/advisor rules fmt --check
	$(BIN)/advisor rules check

unit: $(STAMP)
	$(BIN)/python -m pytest -n 2
	$(BIN)/advisor rules test --threshold 99
	$(BIN)/advisor sources coverage

# Branch coverage of the suite without laws, which takes three times as long as the suite itself.
coverage: $(STAMP)
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered $(addprefix --ignore=,$(LAWS))

# The newest interpreter that this machine has, on what may differ there; `make test-deep` tries all of it.
newest: $(STAMP)
	@$(MAKE) --no-print-directory others WHAT="$(NEWEST)" INTERPRETERS="$$(.ci/interpreters $(BIN)/python | tail -n 1)"

# The whole suite on every newer one, with fewer generated examples.
others: INTERPRETERS ?= $$(.ci/interpreters $(BIN)/python)
others: $(STAMP)
	@for python in $(INTERPRETERS); do \
	  venv=.venv-$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "== $$python in $$venv"; \
	  test -x $$venv/bin/python || $$python -m venv $$venv || exit 1; \
	  $$venv/bin/python -m pip install -q --disable-pip-version-check -e '.[test]' || exit 1; \
	  ADVISOR_HYPOTHESIS_PROFILE=quick $$venv/bin/python -m pytest -q -n 2 $(WHAT) || exit 1; \
	done

test-deep: $(STAMP) coverage others
	ADVISOR_HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -n 2 --run-deep

bench: $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[bench]'
	$(BIN)/python benchmarks/run.py

# Everything that is generated from the rules, the models and the command line; a test fails when it is stale.
generated: $(STAMP)
	$(BIN)/advisor schema --all docs/schemas
	$(BIN)/advisor rules docs --to docs

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[test,lint]'
	@touch $@

clean:
	rm -rf .venv* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
