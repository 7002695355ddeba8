"""Gold across articles: what a careful reader would put together, and how much of it a dataset has.

`corpus/dataset.gold.json` names an article by its file's name without `.txt`, and figures by their values. It is exhaustive for the
corpus but for the `unread`:

- `unread`: articles that nobody has read for it yet, about which it says nothing;
- `clusters`: lists of articles that are one;
- `documents`: number, type, jurisdiction, year and the articles that cite it, for every document that has a number;
- `pairs`: an article's target and the metric of the same article that says how far it was got in the year that it was due in;
- `checks`: `share` (part, whole, percent), `sum` (whole, then parts from the least up) and `range` (value), and whether it holds.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from itertools import combinations
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import ValidationError

from extractor.dataset import build
from extractor.dataset.tables import DATABASE
from extractor.evaluation.gold import GoldArticle, InputError, choices
from extractor.evaluation.scoring import Tally
from extractor.packs import load_pack
from extractor.schema import AnyFact, ArticleInfo, DateFact, Extraction, Metric, Resolution, Target
from extractor.sentences import lay_out

Items = Mapping[str, Set[tuple[Any, ...]]]
"""Part → what is to be found, or was: one tuple for each pair of articles of a cluster, citation, pair and check."""
PARTS = ("clusters", "documents", "pairs", "checks")

_PAIRS = """
SELECT DISTINCT a.source, t.indicator, t.value, m.value FROM pairs p JOIN observations t ON t.id = p.target JOIN observations m ON m.id = p.metric
JOIN facts tf ON tf.observation_id = t.id JOIN facts mf ON mf.observation_id = m.id AND mf.article_id = tf.article_id
JOIN articles a ON a.id = tf.article_id
"""
_CITATIONS = """
SELECT DISTINCT d.number, d.type, d.jurisdiction, d.year, a.source FROM documents d JOIN facts f ON f.document_id = d.id
JOIN articles a ON a.id = f.article_id WHERE d.number IS NOT NULL
"""
_FACTS_OF_CHECK = """
SELECT a.source, f.value, f.out_of FROM json_each(?) one JOIN facts f ON f.id = one.value JOIN articles a ON a.id = f.article_id ORDER BY one.key
"""
_CLUSTERED = "SELECT cluster, source FROM articles WHERE cluster IN (SELECT cluster FROM articles GROUP BY cluster HAVING count(*) > 1)"


def gold_extraction(gold: GoldArticle) -> Extraction:
    """An article with its gold facts, surely right, as a run would give it: the first of each `any`, without what is optional.

    Raises InputError where a fact lacks what a run's would have.
    """
    text = gold.article.text
    layout = lay_out(text, load_pack(gold.language).pack.abbreviations)
    known = {"source": str(gold.path).replace(".gold.json", ".txt"), "language": gold.language, "language_confidence": 1}
    article = ArticleInfo.model_validate({"id": _id(text), "text": text, **known})
    facts: list[AnyFact] = []
    for number, annotation in enumerate(gold.facts):
        if annotation.get("optional"):
            continue
        sentence = layout.sentence(annotation["start"])
        shared = {"id": _id(f"{article.id} {number}"), "sentence": (sentence.start, max(sentence.end, annotation["end"])), "confidence": 1.0}
        try:
            facts.append(_gold_fact(annotation, shared))
        except ValidationError as error:
            wrong = error.errors()[0]
            raise InputError(f"{gold.path}: {annotation['exact']!r}: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from error
    return Extraction(article=article, facts=tuple(sorted(facts, key=lambda fact: (fact.start, fact.end))))


def _gold_fact(annotation: Mapping[str, Any], shared: Mapping[str, Any]) -> AnyFact:
    fields = {name: chosen for name, value in annotation.items() if (chosen := choices(value)[0]) is not None}
    kinds: dict[str, type[Metric | Target | DateFact | Resolution]] = {
        "metric": Metric, "target": Target, "date": DateFact, "resolution": Resolution,
    }  # fmt: skip
    kind = kinds[fields["kind"]]
    known = {name: value for name, value in fields.items() if name in kind.model_fields and name != "reported_by"} | dict(shared)
    return kind(**known, label=fields["exact"]) if kind is Resolution and "label" not in known else kind(**known)


def _id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def load_dataset_gold(file: Path) -> Items:
    """What is to be found. Raises InputError where the file can't be used."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        return {
            "clusters": set(_joined(record["clusters"])),
            "documents": {
                (entry["number"], entry["type"], entry["jurisdiction"], entry["year"], article)
                for entry in record["documents"]
                for article in entry["cited_by"]
            },
            "pairs": {(pair["article"], pair["indicator"], float(pair["target"]), float(pair["metric"])) for pair in record["pairs"]},
            "checks": {(check["article"], check["kind"], check["holds"], *map(float, check["values"])) for check in record["checks"]},
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file}: is no gold of a dataset: {error!r}") from error


def unread(file: Path) -> frozenset[str]:
    """Articles of the corpus that the gold says nothing about. Raises InputError where the file can't be used."""
    try:
        return frozenset(json.loads(file.read_text(encoding="utf-8"))["unread"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file}: is no gold of a dataset: {error!r}") from error


def found_in(folder: Path) -> Items:
    """The same of a dataset: pairs within an article, checks of what an article states. Raises sqlite3.Error."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        clusters: dict[str, list[str]] = {}
        for cluster, source in database.execute(_CLUSTERED):
            clusters.setdefault(cluster, []).append(_name(source))
        return {
            "clusters": set(_joined(clusters.values())),
            "documents": {(*key, _name(source)) for *key, source in database.execute(_CITATIONS)},
            "pairs": {(_name(source), *rest) for source, *rest in database.execute(_PAIRS)},
            "checks": set(_checks(database)),
        }


def score_dataset(gold: Items, found: Items) -> dict[str, Tally]:
    """Precision, recall and F1 of each part."""
    return {part: Tally(len(gold[part] & found[part]), len(gold[part]), len(found[part])) for part in PARTS}


def _joined(clusters: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Each pair of articles that is in one cluster."""
    for cluster in clusters:
        yield from combinations(sorted(cluster), 2)


def _checks(database: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    for kind, holds, ids in database.execute("SELECT kind, holds, facts FROM checks WHERE kind IN ('share', 'sum', 'range')").fetchall():
        (source, value, out_of), *others = database.execute(_FACTS_OF_CHECK, (ids,)).fetchall()
        rest = sorted(other[1] for other in others)
        yield (_name(source), kind, bool(holds), value, *([out_of] if kind == "share" else []), *rest)


def _name(source: str) -> str:
    return PurePath(source).name.removesuffix(".txt")


def dataset_of(extractions: Iterable[Extraction], folder: Path) -> Items:
    """What a dataset of these articles, built in a folder, has. Raises BuildError."""
    run = folder / "run.jsonl"
    with run.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(extraction.to_dict(), ensure_ascii=False) + "\n" for extraction in extractions)
    build([run], folder / "dataset")
    return found_in(folder / "dataset")


def only_of(items: Items, articles: Set[str]) -> Items:
    """Those items that are of some articles, named as in the gold."""
    return {
        "clusters": {item for item in items["clusters"] if set(item) <= articles},
        "documents": {item for item in items["documents"] if item[-1] in articles},
        "pairs": {item for item in items["pairs"] if item[0] in articles},
        "checks": {item for item in items["checks"] if item[0] in articles},
    }


def evaluate_dataset(file: Path, gold: Sequence[GoldArticle], found: Sequence[Extraction]) -> dict[str, dict[str, Tally]]:
    """What `build` puts together of gold facts and of a run's, against the gold of a dataset; nothing where there is none.

    Only of articles that the gold has been read for and that are evaluated. Raises InputError where the file can't be used, BuildError.
    """
    if not file.is_file():
        return {}
    wanted, names = load_dataset_gold(file), {article.path.name.removesuffix(".gold.json") for article in gold} - unread(file)
    sets = {"gold facts": list(map(gold_extraction, gold)), "a run's facts": found}
    tallies = {}
    for name, extractions in sets.items():
        with TemporaryDirectory() as folder:
            items = dataset_of(extractions, Path(folder))
        tallies[name] = score_dataset(only_of(wanted, names), only_of(items, names))
    return tallies
