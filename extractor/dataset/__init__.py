"""From the facts of many articles to a dataset: what they say together, in a database that anyone can query.

>>> import extractor.dataset
>>> beds = extractor.dataset.open("dataset/").observations(indicator="hospital_beds", place="VN")  # doctest: +SKIP
"""

from extractor.dataset.build import BuildError, Built, build
from extractor.dataset.frames import Dataset, open
from extractor.dataset.selection import Filters, query, query_sql
from extractor.dataset.sources import QueryError

__all__ = ["BuildError", "Built", "Dataset", "Filters", "QueryError", "build", "open", "query", "query_sql"]
