"""What a dataset's database is called, of which format it is, and which tables it has."""

from __future__ import annotations

DATABASE = "dataset.sqlite"
STATE = "build.sqlite"
"""What the next build has to know: `state.sql`."""
FORMAT = "6"
"""Raised when a table of `schema.sql` changes, or what is in it: a dataset of another format is refused."""
TABLES = {
    "articles": ("id",),
    "sources": ("article_id", "source"),
    "facts": ("id",),
    "clusters": ("article_id",),
    "observations": ("id",),
    "documents": ("id",),
    "pairs": ("target", "metric"),
    "checks": ("id",),
    "places": ("id",),
    "hits": ("id",),
    "hit_words": ("id",),
}
"""Name → columns of its key. In files, rows are in the order of `SORTED`."""
SORTED = {**TABLES, "facts": ("article_id", "start", "id")}
"""Name → columns that its rows are sorted by in files, of which the first says which rows are written anew together."""
