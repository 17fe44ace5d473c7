# cdpgraph: two commands matter, `make run` and `make test`; the rest are for those who work on it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# The day the first answers are for: the month after the West Mercia report of September 2022.
ON ?= 2022-10-01
MAP ?= map.html
AREA ?= West Mercia
PORT ?= 8765

.PHONY: run serve test check bench lint types imports browser clean

run: $(VENV)/.installed
	@echo "== Who owns the handover from prison to community treatment in Herefordshire on $(ON)?"
	@$(BIN)/cdpgraph who "continuity of care" --area Herefordshire --on $(ON)
	@echo "== What are the worst gaps in West Mercia on $(ON)?"
	@$(BIN)/cdpgraph gaps --area "West Mercia" --on $(ON) --top 8
	@echo "== And the map of who is tied to whom:"
	@$(BIN)/cdpgraph map --area "West Mercia" --on $(ON) --output $(MAP)

# The web application is not part of this version; this shows the map of AREA on loopback.
serve: $(VENV)/.installed
	@mkdir -p .cache/pages
	@$(BIN)/cdpgraph map --area "$(AREA)" --output .cache/pages/index.html
	@echo "http://127.0.0.1:$(PORT)/  (Ctrl-C stops it)"
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory .cache/pages

test: $(VENV)/.tested browser
	$(BIN)/python -m pytest

check: $(VENV)/.tested browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered --cov-fail-under=95

bench: $(VENV)/.tested
	$(BIN)/python -m pytest tests/benchmarks -o python_files='bench_*.py' --benchmark-only -q -s

# What running needs. Modules are compiled so that the first command starts as fast as the tenth.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python -m compileall -q cdpgraph
	@touch $@

# What testing needs besides.
$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

# The browser tests drive Debian's Chromium; $$CHROMIUM names another.
browser:
	@if [ -z "$$CHROMIUM" ] && ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then \
		echo "Installing Chromium for the browser tests"; \
		SUDO=$$( [ "$$(id -u)" = 0 ] || echo sudo ); \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq chromium >/dev/null; \
	fi

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage dist
