"""What can't be read, and how much is read at most."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_TEXT = 1_000_000
"""Characters that an article may have: a thousand pages, read in minutes and 400 MB."""
LARGEST_FILE = 4 * LONGEST_TEXT + 4
"""Bytes of so many characters in UTF-32 with its mark: more are not even read."""
LONGEST_LINE = 16 * LONGEST_TEXT
"""Bytes of so many characters as JSON escapes them (`\\ud83d\\ude00`), and of the record's other fields."""
LONGEST_RAW = 100_000
"""Bytes of a record that a problem keeps, to be read again."""
TOO_LONG = f"is too long: an article may have {LONGEST_TEXT:,} characters"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: where, why, and the record itself where it is short."""

    source: str
    reason: str
    line: int | None = None
    """Line of a JSON Lines file, or number of a row or record, from 1."""
    raw: str | None = None
    """The record as JSON, to be read again."""

    def __str__(self) -> str:
        where = f"{self.source}:{self.line}" if self.line else self.source
        return f"{where}: {self.reason}"


class MissingPackageError(Exception):
    """A format or an engine needs a package that the plain installation does without; says what to install."""
