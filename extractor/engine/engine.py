"""What an engine is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from extractor.engine.chunks import Input
from extractor.engine.settings import Settings
from extractor.readers import Problem
from extractor.schema import Extraction

T = TypeVar("T")


class Engine(Protocol):
    """Processes that extract, here or elsewhere.

    Which engine it is changes nothing of what comes out: reading, folders, parts and manifests stand before and behind it.
    """

    @property
    def settings(self) -> Settings: ...

    def extract_all(self, items: Iterable[Input | T]) -> Iterator[Extraction | Problem | T]:
        """What comes of each article and page, in the order of the input; whatever else there is passes through in its place.

        An article that can't be extracted comes out as a problem. Memory stays flat: no more is read ahead than keeps the processes busy.
        Raises WorkersError where no process comes to work, PackError for a broken language pack.
        """
        ...
