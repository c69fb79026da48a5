SHELL := bash
python := .venv/bin/python
# Sound files for `make run TALK="a.wav b.flac"`; the demo's own talk without.
TALK :=
# A manifest of recordings of yours, and an earlier report, for `make evaluate`.
MANIFEST :=
COMPARE :=
# What the events of the project's own recordings would listen for; none with GLOSSARIES=
GLOSSARIES := $(foreach set,azure ljspeech,$(set)=tests/bench/glossaries/$(set).csv)

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-fast test-local test-postgres check format requirements openapi \
	messages bench-latency bench-takeover bench-headset bench-weights evaluate models clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  Without any server, over a recording:"
	@echo "  $(python) manage.py rehearse talk.wav --from en --to es,fr --out build/rehearsal"

setup: ## Install everything the service needs, and prepare the database
	@infra/setup.sh run
	@$(python) -m infra.run.database

setup-dev: ## Install what the tests and checks need besides
	@infra/setup.sh dev

run: ## Start everything here, with a demo talk; Ctrl-C ends it
	@infra/setup.sh run
	@exec $(python) -m infra.run $(if $(TALK),--talk $(TALK))

test: setup-dev ## Run all tests (the Django ones on SQLite and on PostgreSQL)
	@infra/test.sh

test-fast: setup-dev ## Run the quick tests, which need no server, program or browser
	$(python) -m pytest -p no:faker -n auto --dist worksteal -m "not redis and not livekit and not postgres and not browser and not programs and not slow"
	npm --prefix frontend run test:fast

test-local: setup-dev ## Run the tests of engines that need torch, in an environment of their own
	@infra/local.sh dev
	build/local/bin/python -m pytest tests/translation/engines

test-postgres: setup-dev ## Run the Django tests on a PostgreSQL of their own
	CI=true $(python) -m infra.on_postgres $(python) -m pytest -m "not programs and not livekit" tests/rooms tests/interpret

check: setup-dev ## Run every static check
	@infra/check.sh

format: setup-dev ## Put all Python into its one shape
	.venv/bin/ruff check --fix . && .venv/bin/ruff format .

requirements: setup-dev ## Compile the requirements from pyproject.toml anew
	infra/requirements/compile.sh

messages: ## Compile what the server's own pages say (rooms/locale; needs gettext)
	for file in rooms/locale/*/LC_MESSAGES/django.po; do msgfmt --check-format --output "$${file%.po}.mo" "$$file" || exit 1; done

openapi: setup-dev ## Write the OpenAPI document and the frontend's client anew
	infra/openapi.sh

bench-latency: setup-dev ## Measure how late every language is heard (build/bench/latency.json)
	$(python) -m tests.bench.latency

bench-takeover: setup-dev ## Measure what is heard when a voice changes (build/bench/takeover.json)
	$(python) -m tests.bench.takeover

bench-headset: setup-dev ## Measure how late an interpreter hears the floor (build/bench/headset.json)
	$(python) -m tests.bench.headset

bench-weights: setup-dev ## Measure models of real size with random weights (build/bench/weights.json)
	@infra/local.sh dev
	build/local/bin/python -m tests.bench.weights

evaluate: ## Score the configured engines on recordings with known words (build/evaluate/report.html)
	@infra/setup.sh evaluate
	$(python) manage.py evaluate $(if $(COMPARE),--compare $(COMPARE)) \
		$(if $(MANIFEST),--manifest $(MANIFEST),$(GLOSSARIES:%=--glossary %))

models: ## List the models engines can use; FETCH=name downloads one, CONVERT=name converts it
	@infra/setup.sh run
ifdef CONVERT
	@command="$$($(python) manage.py models --conversion $(CONVERT))" && infra/local.sh && \
		PATH="$$PWD/build/local/bin:$$PATH" $$command
else
	@$(python) manage.py models $(if $(FETCH),--fetch $(FETCH))
endif

clean: ## Remove what was built and installed here; .env, data (build/run) and models stay
	@mkdir -p build
	find build -mindepth 1 -maxdepth 1 ! -name run ! -name models -exec rm -rf {} +
	rm -rf .venv frontend/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
