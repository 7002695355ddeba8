"""What a dataset puts together against `corpus/dataset.gold.json`: from gold facts, which measures the dataset alone, and from a run's own facts.

Measured on all of the corpus, F1 from gold facts and from a run's: clusters 1.00 and 1.00, documents 1.00 and 0.83, pairs 0.95 and 0.69, checks
0.96 and 0.87. The run of the test is a fifth of that: a document whose year another article would give is
without it there, so its floors are lower. Floors fall only with a reason.
"""

from __future__ import annotations

import json
import os
import sqlite3
from zlib import crc32

import pytest
from conftest import CORPUS, ROOT

from extractor.article import Article
from extractor.evaluation import InputError, load_gold
from extractor.evaluation.dataset_gold import PARTS, dataset_of, gold_extraction, load_dataset_gold, only_of, score_dataset, unread

TRANSLATIONS = ROOT / "tests" / "translations"
SEEDS = ROOT.parent / "shared" / "seeds"
FROM_GOLD_FACTS = {"clusters": 1.0, "documents": 0.98, "pairs": 0.95, "checks": 0.95}
FROM_A_RUN = {"clusters": 1.0, "documents": 0.8, "pairs": 0.64, "checks": 0.8}
EVERY = int(os.environ.get("DATASET_EVERY", "5"))
"""One article in so many, chosen by its name so that new ones change no other's lot, is extracted anew; `DATASET_EVERY=1 pytest -s
tests/test_dataset_gold.py` gives the figures of docs/dataset.md."""


@pytest.fixture(scope="module")
def translated(engine):
    """Translations and a reprint of articles of the corpus, with a run's facts: they have no gold of their own."""
    texts = sorted(TRANSLATIONS.glob("*.txt"))
    return [engine.extract(Article(file.read_text(encoding="utf-8"), source=str(file))) for file in texts]


def test_from_gold_facts(translated, tmp_path):
    found = dataset_of([*map(gold_extraction, load_gold(CORPUS)), *translated], tmp_path)
    names = {file.name.removesuffix(".gold.json") for file in CORPUS.glob("*/*.gold.json")}
    hold(FROM_GOLD_FACTS, found, names)


def test_from_a_run(engine, translated, tmp_path):
    gold = load_dataset_gold(CORPUS / "dataset.gold.json")
    originals = {name for pair in gold["clusters"] for name in pair}
    articles = [
        article.article
        for article in load_gold(CORPUS)
        if crc32((name := article.path.name.removesuffix(".gold.json")).encode()) % EVERY == 0 or name in originals
    ]
    found = dataset_of([*engine.pipe(articles), *translated], tmp_path)
    hold(FROM_A_RUN, found, {article.source.rpartition("/")[2].removesuffix(".txt") for article in articles})


def hold(floors, found, names):
    """Documents, pairs and checks of the corpus; clusters with the translations."""
    gold = load_dataset_gold(CORPUS / "dataset.gold.json")
    names -= unread(CORPUS / "dataset.gold.json")
    with_translations = names | {file.stem for file in TRANSLATIONS.glob("*.txt")}
    wanted, given = only_of(gold, names), only_of(found, names)
    wanted["clusters"], given["clusters"] = only_of(gold, with_translations)["clusters"], only_of(found, with_translations)["clusters"]
    tallies = score_dataset(wanted, given)
    told = "\n".join(
        f"{part}: F1 {tally.f1:.3f}, {tally.to_dict()}\n  missed {sorted(wanted[part] - given[part], key=str)[:20]}\n"
        f"  wrong {sorted(given[part] - wanted[part], key=str)[:20]}"
        for part, tally in tallies.items()
    )
    print(told)
    assert not [part for part in PARTS if tallies[part].f1 < floors[part]], told


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    if not SEEDS.is_dir():
        pytest.skip("the seeds are not here")
    folder = tmp_path_factory.mktemp("seeds")
    found = dataset_of([gold_extraction(article) for article in load_gold(SEEDS)], folder)
    return found, folder / "dataset" / "dataset.sqlite"


def test_seeds_that_cite_one_resolution_are_not_one_article(seeds):
    found, database = seeds
    assert found["clusters"] == set()
    with sqlite3.connect(database) as connection:
        entries = connection.execute("SELECT id, complete FROM documents WHERE number = '72-NQ/TW'").fetchall()
    assert len(entries) == 1
    assert {item[-1][:3] for item in found["documents"] if item[0] == "72-NQ/TW"} == {"002", "004"}


def test_pairs_of_the_seeds(seeds):
    pairs = {(indicator, target, metric) for article, indicator, target, metric in seeds[0]["pairs"] if article.startswith("003")}
    assert pairs == {("hospital_beds", 2790, 2862), ("hospital_beds", 33.6, 34), ("underweight", 14.9, 14.8), ("stunting", 21.6, 21.4)}


def test_checks_of_the_seeds(seeds):
    checks = {item[1:] for item in seeds[0]["checks"]}
    assert {("share", True, 41, 43, 95.3), ("sum", True, 23, 3, 20)} <= checks
    assert all(holds for _, holds, *_ in checks)


def test_gold_that_cannot_be_used(tmp_path):
    file = tmp_path / "dataset.gold.json"
    for wrong in ("{", "[]", json.dumps({"clusters": [], "documents": [{}], "pairs": [], "checks": []})):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(InputError, match="is no gold of a dataset"):
            load_dataset_gold(file)
