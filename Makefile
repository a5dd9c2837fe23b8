# Two commands are enough: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv/bin

.PHONY: run test setup setup-test lint format bench history clean

run: setup            ## install, build and start everything, with a demo shop that is live
	@"$(VENV)/python" -m bofen.cli up --demo --demo-stream

test: setup-test      ## lint, types, clients, unit to browser
	@"$(VENV)/python" tools/test.py

setup:
	@$(PYTHON) tools/setup.py run

setup-test:
	@$(PYTHON) tools/setup.py test

lint: setup-test      ## the first step of `make test` alone
	@"$(VENV)/python" tools/test.py lint

format: setup-test    ## write the one true layout
	@"$(VENV)/python" tools/test.py format

bench: setup-test     ## measure beside named peers; writes bench/results.md
	@"$(VENV)/python" -m bench.run

history: setup-test   ## a long random history beside a slow model: STEPS=2000 SEED=7
	@STEPS="$(or $(STEPS),2000)" SEED="$(or $(SEED),1)" REFUNDS_MAX=2 "$(VENV)/python" -m pytest -q \
	  tests/journeys/history -p no:randomly

clean:                ## everything that was installed or built; never var/, which holds data
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache clients/node_modules \
	  clients/shop/node_modules clients/shop/dist clients/console/dist tests/mp/node_modules tests/mp/dist
