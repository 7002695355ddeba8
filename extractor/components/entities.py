"""Names of persons and bodies by a spaCy pipeline that the user brings: `extractor run --ner fr_core_news_sm`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.mentions import EntityMention

if TYPE_CHECKING:
    from spacy.language import Language

_PERSONS = frozenset(("PER", "PERSON", "PERS", "PS", "NAME_PERSON"))
_BODIES = frozenset(("ORG", "ORGANIZATION", "ORGANISATION", "OG", "INSTITUTION"))
"""Labels of spaCy's own pipelines: OntoNotes, WikiNER, and those of Korean and the Nordic languages."""
_ANY_LANGUAGE = "xx"
_NOT_NEEDED = ("tagger", "parser", "lemmatizer", "attribute_ruler", "morphologizer", "senter", "textcat")
_INSTALL = "give the name of an installed pipeline (pip install …) or the path of its folder"


class NerError(ValueError):
    """A pipeline for named entities that can't be used; says why and what to do."""


class NamedEntities:
    """A loaded pipeline. Articles in other languages than its own have no entities by it."""

    def __init__(self, nlp: Language, origin: str) -> None:
        """Raises NerError where the pipeline names neither persons nor bodies."""
        self._nlp, self.origin = nlp, origin
        self.language = str(nlp.lang)
        labels = {label.upper() for name in nlp.pipe_names if name in ("ner", "entity_ruler") for label in nlp.pipe_labels.get(name, ())}
        if not labels:
            raise NerError(f"{origin}: has no component that names entities (ner): its components are {', '.join(nlp.pipe_names) or 'none'}")
        if not labels & (_PERSONS | _BODIES):
            raise NerError(f"{origin}: names neither persons nor organisations, but {', '.join(sorted(labels))}")
        self.digest = _digest(nlp)

    @classmethod
    def load(cls, origin: str) -> NamedEntities:
        """A pipeline by the name of its package or the path of its folder. Raises NerError."""
        import spacy  # only here: it takes a second and 60 MB

        try:
            nlp = spacy.load(origin, exclude=_NOT_NEEDED)
        except OSError as error:
            if Path(origin).exists():
                raise NerError(f"{origin}: is no folder of a spaCy pipeline: {_first_line(error)}") from error
            raise NerError(f"{origin}: no spaCy pipeline of this name is installed, and no folder is there: {_INSTALL}") from error
        except Exception as error:  # whatever a damaged folder or another version's configuration brings
            raise NerError(f"{origin}: can't be loaded by spaCy {version('spacy')}: {_first_line(error)}") from error
        return cls(nlp, origin)

    def speaks(self, language: str) -> bool:
        """Whether the pipeline is for a language."""
        return self.language in (language, _ANY_LANGUAGE)

    def recognize(self, text: str, language: str) -> list[EntityMention]:
        """Persons and bodies of a text in order; none of a text longer than the pipeline takes."""
        if not self.speaks(language) or len(text) > self._nlp.max_length:
            return []
        with self._nlp.memory_zone():
            found = [(entity.start_char, entity.end_char, entity.label_.upper()) for entity in self._nlp(text).ents]
        return [EntityMention(start, end, label in _PERSONS) for start, end, label in found if label in _PERSONS or label in _BODIES]


def _digest(nlp: Language) -> str:
    """SHA-256 of a pipeline's files, or of what one made in this process would write: another model, other names."""
    digest = hashlib.sha256()
    if nlp.path is None:
        digest.update(nlp.to_bytes())
        return digest.hexdigest()
    for name, file in _files(Path(nlp.path)):
        digest.update(f"{name}\n".encode())
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(folder).as_posix(), file


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__
