PYTHON ?= python3
VENV := .venv
SIZES ?= 1000
INPUTS ?= 100000
ARTICLES ?= 10000
BIN := $(VENV)/bin

.PHONY: demo test test-ray fuzz lint bench bench-scale bench-dataset bench-serve train train-adapter evaluate unseen clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

demo: $(VENV)/installed  ## run on corpus/, build its dataset, show an article
	$(BIN)/extractor run 'corpus/*/*.txt' -o out/corpus.jsonl
	$(BIN)/extractor build out/corpus.jsonl -o out/dataset
	$(BIN)/extractor show "$$(find corpus -name 'en-*.txt' | sort | head -n 1)"
	@echo 'Next: $(BIN)/extractor serve out/dataset'

test: $(VENV)/installed  ## all tests
	$(BIN)/pytest -q -n auto

test-ray: $(VENV)/installed  ## the Ray engine on a cluster of this machine; installs Ray, 240 MB
	$(BIN)/pip install --quiet --editable '.[dev,ray]'
	$(BIN)/pytest -q -m cluster tests/test_ray.py

fuzz: $(VENV)/installed  ## INPUTS damaged files and articles, new ones each time; for the night
	FUZZ_INPUTS=$(INPUTS) $(BIN)/pytest -q -n auto tests/test_fuzz.py

lint: $(VENV)/installed  ## format, style, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed  ## speed against peers, in one run
	$(BIN)/pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/bench.py

bench-scale: $(VENV)/installed  ## throughput, memory and accuracy on dumps of SIZES articles
	$(BIN)/pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/bench_scale.py $(SIZES)

bench-dataset: $(VENV)/installed  ## a dataset of ARTICLES articles with planted translations, reprints, contradictions
	$(BIN)/python benchmarks/bench_dataset.py $(ARTICLES)

bench-serve: $(VENV)/installed  ## twenty readers at once on a dataset of ARTICLES articles, against Datasette
	$(BIN)/python benchmarks/bench_serve.py $(ARTICLES)

train: $(VENV)/installed  ## fit models/binding.json on corpus/
	$(BIN)/python models/train.py corpus --folds 4 --predictions $(VENV)/folds.jsonl
	$(BIN)/python models/calibrate.py corpus $(VENV)/folds.jsonl
	$(BIN)/python docs/make_reliability.py $(VENV)/folds.jsonl

train-adapter: $(VENV)/installed  ## fit models/adapter/ on corpus/ and measure it; installs torch, takes an hour
	$(BIN)/pip install --quiet --editable '.[dev,train]'
	test -d $(VENV)/e5 || $(BIN)/extractor models build $(VENV)/e5
	$(BIN)/python models/train_adapter.py corpus --model $(VENV)/e5
	$(BIN)/python models/measure_adapter.py corpus --model $(VENV)/e5 --card
	$(BIN)/python models/measure_adapter.py corpus --model $(VENV)/e5 --vote --card

evaluate: $(VENV)/installed  ## figures on corpus/ against their floors
	$(BIN)/extractor evaluate corpus --floors corpus/floors.json

unseen: $(VENV)/installed  ## figures on articles that nothing was fitted on
	$(BIN)/extractor evaluate tests/unseen

clean:
	rm -rf $(VENV) out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
