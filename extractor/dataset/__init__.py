"""From the facts of many articles to a dataset: what they say together, in a database that anyone can query."""

from extractor.dataset.build import BuildError, Built, build
from extractor.dataset.selection import Filters, QueryError, query, query_sql

__all__ = ["BuildError", "Built", "Filters", "QueryError", "build", "query", "query_sql"]
