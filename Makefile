# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8501

# The sample that `make run` shows: musterstadt (invented figures in every field), braunschweig (public ones), or a city
# set up after its paper: bielefeld, braunschweig-2017, landau, leverkusen, luebeck.
CITY   ?= musterstadt

# An environment is complete when it holds the mark of the very list of packages; another list, another mark.
mark    = $(1)-$(shell cat $(2) | sha256sum | cut -c1-12)
RUNTIME := $(call mark,$(VENV)/.runtime,requirements.txt)
TESTS   := $(call mark,$(VENV)/.tests,tests/requirements.txt requirements.txt)
PEERS   := $(call mark,.cache/peers/.ready,tests/bench/peers.txt)
SAMPLE  := MONITORING_SAMPLE=$(CITY)
INSTALL := -m pip install -q --disable-pip-version-check --require-hashes -r

# Whatever the machine says: what has been read once is kept compiled. A start takes 2 seconds of a processor with it and
# 6 without, and the tests start several hundred processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check lint style types suite quick bench fuzz torture torture-shared test-lake leaks thorough test-next clean \
	pins parts audit

run: $(RUNTIME)
	$(SAMPLE) $(BIN)/python -m indicators sample --if-missing
	$(SAMPLE) $(BIN)/streamlit run dashboard.py --server.port $(PORT)

# One more than two cores have: a browser that waits for a page to be still, or a store for its disk, leaves room.
WORKERS ?= 3

# What waits for the network goes beside what works, and the types are checked beside the tests; each can fail it all.
BESIDE := $(MAKE) --no-print-directory -j 2
test:
	+@$(BESIDE) programs style
	+@$(BESIDE) types suite

# The quick loop: everything but the browser and the slow tests.
check: style
	+@$(BESIDE) types quick

suite: $(TESTS)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

quick: $(TESTS)
	$(BIN)/python -m pytest -m "not browser and not slow" -n 2

lint: style types

style: $(TESTS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TESTS)
	$(BIN)/mypy

# Ratios against peers and limits, the goals beside them, what has become worse; kept in tests/bench/history.csv.
bench: $(TESTS) $(PEERS)
	$(BIN)/python -m tests.bench --keep

# Nightly-sized: broken workbooks, each of which must get an answer. `make fuzz COUNT=500 SEED=7` for fewer.
COUNT ?= 10000
SEED  ?= 1
fuzz: $(TESTS)
	$(BIN)/python -m tests.fuzz --count $(COUNT) --seed $(SEED)

# Kill -9 at random moments of import, withdrawal, migration and backup, then at every writing call: about fifteen
# minutes on two cores. The second part needs strace.
torture: $(TESTS)
	$(BIN)/python -m tests.torture --rounds 1000
	$(BIN)/python -m tests.every_write

# Everything in its long form, for the night: the suite with axe at every width, ten thousand broken workbooks, a thousand
# kills. What of it `make test` asks in its short form: docs/decisions/0945-walks-within-the-app.md.
thorough: export THOROUGH := 1
thorough: test fuzz torture torture-shared test-lake leaks

# Two cities in one process, thousands of views by visitors of both: none may hold anything of the other.
leaks: $(TESTS)
	$(BIN)/python -m tests.leaks --views 3000

# The same among three writers and three readers of a store that several machines share, with restarts of PostgreSQL.
KILLS ?= 300
torture-shared: $(TESTS)
	$(BIN)/python -m tests.torture_shared --kills $(KILLS)

# The tests of what is kept, on DuckLake with PostgreSQL instead of the embedded file; `make test` runs a few of them.
test-lake: $(TESTS)
	$(BIN)/python -m pytest --store lake tests/store tests/sql tests/knowledge tests/datasets tests/access \
		tests/deliveries/test_ledger.py tests/deliveries/test_schedule.py tests/deliveries/test_taking_over.py \
		tests/pages/test_shared_city.py

# What must be right on the newest DuckDB as well, in an environment of its own; ALL=1 is the quick loop. A shared store
# waits for its extensions (docs/decisions/0002-duckdb.md), and says so where a test asks for it.
NEXT := tests/store tests/sql tests/attainment tests/knowledge tests/deliveries/test_ledger.py
test-next: $(TESTS)
	$(PYTHON) -m venv .cache/next && .cache/next/bin/python $(INSTALL) tests/requirements.txt
	.cache/next/bin/pip install -q -U duckdb
	.cache/next/bin/python -m pytest -m "not browser and not slow" $(if $(ALL),,$(NEXT))

# What the tests drive beside Python. They need chromium; without the others a few are skipped and say why.
PROGRAMS := chromium fonts-liberation libreoffice-calc-nogui libreoffice-writer-nogui libreoffice-impress-nogui nginx-light strace
OFFICE := /usr/lib/libreoffice/program
.PHONY: programs
programs:
	@{ command -v chromium && command -v soffice && command -v strace && PATH="$$PATH:/usr/sbin" command -v nginx \
	     && ls $(OFFICE)/libswlo.so $(OFFICE)/libsdlo.so; } >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq $(PROGRAMS) >/dev/null; } \
	  || command -v chromium >/dev/null \
	  || { echo "Für die Browsertests fehlt Chromium: sudo apt-get install -y $(PROGRAMS)"; exit 1; }

$(RUNTIME):
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) requirements.txt
	@rm -f $(VENV)/.runtime* && touch $@

# One run of pip: the tests' list holds the application's (tests/operations/test_parts.py). What is never loaded need not
# be compiled; the rest is when it is loaded first.
$(TESTS):
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) tests/requirements.txt --no-compile
	@rm -f $(VENV)/.tests* $(VENV)/.runtime* && touch $@ $(RUNTIME)

# The lists of packages anew from what pyproject.toml names; versions that still fit stay. Asks the network.
TOOLS   := .cache/tools
READY   := $(call mark,$(TOOLS)/.ready,docs/parts/tools.txt)
COMPILE := UV_CUSTOM_COMPILE_COMMAND="make pins" $(TOOLS)/bin/uv pip compile -q --universal --generate-hashes \
	--default-index https://pypi.org/simple --no-emit-package httpx2-jsfetch --no-emit-package colorama
pins: $(READY)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --group test --group shared -c requirements.txt -o tests/requirements.txt
	$(COMPILE) --group shared -c tests/requirements.txt -o docs/parts/shared.txt
	$(COMPILE) --group parts --group pins -o docs/parts/tools.txt
	$(COMPILE) --group peers -o tests/bench/peers.txt

# The list of parts (CycloneDX) and their licences, read off an environment that holds nothing else.
PARTS := .cache/parts
parts: $(READY)
	rm -rf $(PARTS) && $(PYTHON) -m venv --without-pip $(PARTS)
	$(TOOLS)/bin/python -m pip --python $(PARTS)/bin/python install -q --require-hashes -r requirements.txt
	$(TOOLS)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --validate \
		--sv 1.6 --of JSON -o docs/parts/parts.cdx.json $(PARTS)/bin/python
	$(PARTS)/bin/python docs/parts/licences.py docs/parts

# Whether a fault of one of them has become known. Asks the network; a package that nobody could be asked about is a failure.
audit: $(READY)
	$(TOOLS)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.txt

$(PEERS): tests/bench/peers.txt
	test -x .cache/peers/bin/python || $(PYTHON) -m venv .cache/peers
	.cache/peers/bin/python $(INSTALL) tests/bench/peers.txt
	@rm -f .cache/peers/.ready* && touch $@

$(READY): docs/parts/tools.txt
	test -x $(TOOLS)/bin/python || $(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python $(INSTALL) docs/parts/tools.txt
	@rm -f $(TOOLS)/.ready* && touch $@

clean:
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
