# Each target works alone from a clean clone: the first one that needs Python sets up the environment from the lock file.
#
#   make demo         one real program from Python to Rust, before your eyes
#   make test         what a change must pass (a sample of the catalog's cases)
#   make test-all     everything, with every case of the catalog and every mutation of the programs
#   make test-editor  the extension in a real VS Code, the server in a headless Neovim
#   make programs     a table of all fixture programs: refused, rejected by rustc, wrong, same
#   make evidence     measures estimators, NumPy's table and every case anew (builds the crates: minutes)
#   make bench        times, memory, allocations and sizes, both sides in one run (PAGE=docs/benchmarks.md writes them down)
#   make bench-engine  the numeric engine beside NumPy and scikit-learn in one run (ONLY=forest,scaler; PAGE=… writes it down)
#   make lint         formatting, types, import rules, clippy (also on the Rust of all fixture programs)
#   make format       writes the formatting that `make lint` asks for

VENV ?= .venv
PYTHON3 ?= $(firstword $(foreach each,python3.11 python3 python3.12 python3.13,$(shell command -v $(each))))
PY := $(VENV)/bin/python
# The name holds the lock file's checksum, so that a new lock sets the environment up anew.
READY := $(VENV)/.ready-$(firstword $(shell cksum < requirements.lock))
RUNTIME := engine/batuta-rt/Cargo.toml

# The tree that the Makefile stands in is the one that runs, whatever an environment shared by several trees has installed.
export PYTHONPATH := $(CURDIR):$(CURDIR)/server:$(CURDIR)/engine
# Everything is compiled in one place below this tree, unless the caller has another.
export BATUTA_CACHE_DIR ?= $(CURDIR)/target/batuta
export CARGO_INCREMENTAL := 0
export CARGO_PROFILE_DEV_DEBUG := 0

.PHONY: demo test test-all test-editor programs evidence bench bench-engine lint format setup lock clean
.DEFAULT_GOAL := test

$(READY): requirements.lock pyproject.toml
	test -x $(PY) || $(PYTHON3) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e . 2> $(VENV)/setup.log \
	  || { cat $(VENV)/setup.log; exit 1; }
	touch $@

setup: $(READY)
	cargo fetch --quiet --locked --manifest-path $(RUNTIME)

demo: setup
	$(PY) -m batuta.cli.main migrate fixtures/programs/01_iris_pipeline.py --output out/demo --force --yes
	@echo
	@echo "The Rust project is in out/demo: read out/demo/src/main.rs, run it with 'cargo run --release' in that folder."

test: setup
	$(PY) -m pytest tests

test-all: setup
	$(PY) -m pytest tests --everything

test-editor: setup
	PYTHON=$(abspath $(PY)) tests/editor/run.sh

programs: setup
	$(PY) -m tests.programs.table

evidence: setup
	$(PY) -m tests.parity.measure --aprender

bench: setup
	$(PY) -m benchmarks.run $(if $(PAGE),--page $(PAGE))

bench-engine: setup
	$(PY) -m benchmarks.engine $(if $(ONLY),--only $(ONLY)) $(if $(PAGE),--page $(PAGE))

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache
	cargo fmt --check --manifest-path $(RUNTIME)
	cargo clippy --quiet --locked --all-targets --manifest-path $(RUNTIME) -- -D warnings
	cargo clippy --quiet --locked --all-targets --features np,ml,pd --manifest-path $(RUNTIME) -- -D warnings
	$(PY) -m pytest -q tests/programs/test_clippy.py

format: setup
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	cargo fmt --manifest-path $(RUNTIME)

# Hashes only: the lock names no index and no download address, so that it works behind any mirror.
lock: setup
	$(VENV)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url \
	  --no-emit-trusted-host --no-emit-find-links --no-emit-options --all-extras --output-file=requirements.lock pyproject.toml

clean:
	rm -rf out target .pytest_cache .mypy_cache .ruff_cache tests/.cache
