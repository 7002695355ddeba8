"""`extractor discover`: clusters with counts, examples, the nearest indicators and a row for the pack, as TOML and as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.dataset.rows import LoadError, read_extractions
from extractor.discovery.clustering import Cluster, Grams, find_clusters
from extractor.discovery.labels import Label, labels_of
from extractor.discovery.meaning import Meaning
from extractor.discovery.nearest import Nearest, nearest_by_words
from extractor.engine.folder import FolderError, read_run

_EXAMPLES = 3
_LONGEST_EXAMPLE = 200
_PHRASES = 8
"""Of each language in a row."""
_LIKE = 0.75
"""By spelling, a nearest indicator of at least this similarity is proposed; else a new one is drafted."""


class DiscoverError(Exception):
    """The output of a run can't be used: which, and why."""


@dataclass(frozen=True)
class Finding:
    """A cluster with the indicators nearest to it."""

    cluster: Cluster
    nearest: list[Nearest]
    enough: float
    """The similarity from which an indicator is proposed."""

    @property
    def proposed(self) -> str | None:
        """The indicator whose words it may be; None where nothing is near."""
        return self.nearest[0].indicator if self.nearest and self.nearest[0].similarity >= self.enough else None


def discover(runs: Sequence[Path], *, min_count: int = 2, top: int = 50, semantic: Path | None = None) -> list[Finding]:
    """Clusters of at least `min_count` unlinked quantities in the output of runs, the largest first, `top` at most.

    By spelling, or by meaning where `semantic` is the folder of an encoder. Raises DiscoverError, ModelError.
    """
    try:
        labels = [label for run in runs for file in _files(run) for extraction in read_extractions(file) for label in labels_of(extraction)]
    except (LoadError, FolderError) as error:
        raise DiscoverError(str(error)) from error
    except OSError as error:
        raise DiscoverError(f"{error.filename}: can't be read: {error.strerror}") from error
    distinct = {(label.article, label.sentence, label.exact, label.words): label for label in labels}
    meaning = Meaning(semantic, {label.language for label in labels}) if semantic else None
    clusters = find_clusters(distinct.values(), meaning or Grams({label.forms for label in labels}))
    near, enough = (meaning.nearest, meaning.enough) if meaning else (nearest_by_words, _LIKE)
    return [Finding(cluster, near(cluster), enough) for cluster in clusters[:top] if cluster.count >= min_count]


def _files(run: Path) -> Iterator[Path]:
    yield from read_run(run) if run.is_dir() else (run,)


def to_toml(findings: Sequence[Finding]) -> str:
    """All findings, for a person to read and cut: what is right goes into the packs."""
    head = "# Quantities that no lexicon entry names. Read each row, keep the phrases that are right, and put it where its comment says.\n"
    return head + "".join(f"\n{table}" for finding in findings for table in (_table(finding),))


def _table(finding: Finding) -> str:
    cluster = finding.cluster
    lines = ["[[cluster]]", f"count = {cluster.count}", f"articles = {cluster.articles}"]
    lines.append("languages = {" + ", ".join(f"{_text(code)} = {count}" for code, count in cluster.languages.items()) + "}")
    near = (f"{{indicator = {_text(n.indicator)}, similarity = {n.similarity}, phrase = {_text(n.phrase)}}}" for n in finding.nearest)
    lines.append(f"nearest = [{', '.join(near)}]")
    lines.append("examples = [")
    lines += [f"  {{source = {_text(e.source)}, words = {_text(e.words)}, sentence = {_text(_short(e))}}}," for e in _examples(cluster)]
    lines.append("]")
    lines.append(
        "rows = [  # for [indicators] of languages/LANGUAGE/terms.toml"
        + ("" if finding.proposed else "; id and name of a new indicator: knowledge/indicators.csv")
    )
    lines += [f"  {{language = {_text(code)}, row = {_text(pack_row(finding, code))}}}," for code in cluster.languages]
    lines.append("]")
    return "\n".join(lines) + "\n"


def pack_row(finding: Finding, language: str) -> str:
    """A line of `terms.toml`: an indicator, the proposed one or `new_indicator`, and the phrases found in a language."""
    phrases = list(finding.cluster.phrases(language))[:_PHRASES]
    return f"{finding.proposed or 'new_indicator'} = [{', '.join(map(_text, phrases))}]"


def _examples(cluster: Cluster) -> list[Label]:
    """From as many languages as there are."""
    first: dict[str, Label] = {}
    for label in cluster.labels:
        first.setdefault(label.language, label)
    chosen = [first[language] for language in cluster.languages]
    return (chosen + [label for label in cluster.labels if label not in chosen])[:_EXAMPLES]


def _short(label: Label) -> str:
    """The sentence, or what stands around the quantity in a long one."""
    at = max(0, label.sentence.find(" ".join(label.exact.split())) - _LONGEST_EXAMPLE // 2)
    cut = label.sentence[at : at + _LONGEST_EXAMPLE]
    return ("…" if at else "") + cut + ("…" if at + _LONGEST_EXAMPLE < len(label.sentence) else "")


def _text(value: str) -> str:
    """A basic string of TOML; what is no character of Unicode, as a damaged source's name may hold, is marked."""
    clean = value.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")
