"""What a dataset's database is called, of which format it is, and which tables it has."""

from __future__ import annotations

DATABASE = "dataset.sqlite"
FORMAT = "3"
"""Raised when a table of `schema.sql` changes: a dataset of another format is refused."""
TABLES = {
    "articles": ("id",),
    "sources": ("article_id", "source"),
    "facts": ("id",),
    "clusters": ("article_id",),
    "observations": ("id",),
    "documents": ("id",),
    "pairs": ("target", "metric"),
    "checks": ("id",),
    "hits": ("id",),
    "hit_words": ("id",),
}
"""Name → columns of its key."""
