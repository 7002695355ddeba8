"""Dumps of any size with known figures: `python benchmarks/make_dump.py 10000 dump.jsonl`.

Each article is one of the corpus with other digits: every figure that is one run of digits gets new ones of the same number, in the same
format, so that its new value is known exactly. The truth stands beside the dump in `NAME.truth.jsonl`: for each article its
figures' spans and values.
The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from extractor.evaluation import GoldArticle, load_gold

_ONE_FIGURE = re.compile(r"[^\d]*([0-9][0-9.,\u00a0\u202f]*[0-9]|[0-9])[^\d]*")
_YEAR = re.compile(r"(?:19|20|25)\d\d")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int)
    parser.add_argument("output", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    write_dump(arguments.articles, arguments.output, load_gold(arguments.corpus), arguments.seed)


def write_dump(count: int, output: Path, gold: Sequence[GoldArticle], seed: int = 0) -> None:
    """Write the dump and its truth, an article at a time."""
    chance = random.Random(seed)
    with output.open("w", encoding="utf-8") as dump, output.with_suffix(".truth.jsonl").open("w", encoding="utf-8") as truth:
        for number in range(count):
            article = gold[number % len(gold)]
            text, figures = changed(article, chance)
            dump.write(json.dumps({"text": text, "url": f"https://dump.example/{number}"}, ensure_ascii=False) + "\n")
            truth.write(json.dumps({"line": number + 1, "figures": figures}) + "\n")


def changed(article: GoldArticle, chance: random.Random) -> tuple[str, list[dict[str, Any]]]:
    """The article with other figures, and what these are: start, end, value."""
    text, figures = article.article.text, []
    for start, end, value in _figures(article):
        match = _ONE_FIGURE.fullmatch(text, start, end)
        if match is None or _YEAR.fullmatch(match[1]):
            continue
        old = "".join(c for c in match[1] if c.isdigit())
        new = _other_digits(old, chance)
        digits = iter(new)
        written = "".join(next(digits) if c.isdigit() else c for c in match[1])
        text = text[: match.start(1)] + written + text[match.end(1) :]
        figures.append({"start": start, "end": end, "value": float(Fraction(str(value)) * int(new) / int(old))})
    return text, figures


def _figures(article: GoldArticle) -> Iterator[tuple[int, int, float]]:
    """Spans and values of its quantities that have one value and no range or whole."""
    for fact in article.facts:
        value = fact.get("value")
        if (
            fact["kind"] in ("metric", "target")
            and isinstance(value, int | float)
            and value > 0
            and not fact.get("value_max")
            and not fact.get("out_of")
        ):
            yield fact["start"], fact["end"], value


def _other_digits(old: str, chance: random.Random) -> str:
    """As many digits; a zero at either end stays one, so that the format stays what it was."""
    if int(old) == 0:
        return old
    inner = [chance.choice("0123456789") for _ in old]
    for end in (0, -1):
        inner[end] = "0" if old[end] == "0" else chance.choice("123456789")
    return "".join(inner)


if __name__ == "__main__":
    main()
