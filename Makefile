# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8501

.PHONY: run test check lint bench fuzz torture test-next clean

run: $(VENV)/.runtime
	$(BIN)/python -m indicators sample --if-missing
	$(BIN)/streamlit run dashboard.py --server.port $(PORT)

test: $(VENV)/.tests lint programs
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# The quick loop: everything but the browser and the slow tests.
check: $(VENV)/.tests lint
	$(BIN)/python -m pytest -m "not browser and not slow" -n 2

lint: $(VENV)/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.tests
	$(BIN)/python -m tests.bench

# Nightly-sized: broken workbooks, each of which must get an answer. `make fuzz COUNT=500 SEED=7` for fewer.
COUNT ?= 10000
SEED  ?= 1
fuzz: $(VENV)/.tests
	$(BIN)/python -m tests.fuzz --count $(COUNT) --seed $(SEED)

# Kill -9 at random moments of import, withdrawal, migration and backup, then at every writing call: about fifteen
# minutes on two cores. The second part needs strace.
torture: $(VENV)/.tests
	$(BIN)/python -m tests.torture --rounds 1000
	$(BIN)/python -m tests.every_write

# The suite on the newest DuckDB, in an environment of its own; does not gate (docs/decisions/0002-duckdb.md).
test-next: $(VENV)/.tests
	$(PYTHON) -m venv .cache/next && .cache/next/bin/pip install -q -r tests/requirements.txt && .cache/next/bin/pip install -q -U duckdb
	.cache/next/bin/python -m pytest -m "not browser"

# What the tests drive beside Python. They need chromium; without the others a few are skipped and say why.
PROGRAMS := chromium fonts-liberation libreoffice-calc-nogui nginx-light strace
.PHONY: programs
programs:
	@{ command -v chromium && command -v soffice && command -v strace && PATH="$$PATH:/usr/sbin" command -v nginx; } >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq $(PROGRAMS) >/dev/null; } \
	  || command -v chromium >/dev/null \
	  || { echo "Für die Browsertests fehlt Chromium: sudo apt-get install -y $(PROGRAMS)"; exit 1; }

$(VENV)/.runtime: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.tests: tests/requirements.txt $(VENV)/.runtime
	$(BIN)/pip install -q --disable-pip-version-check -r tests/requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
