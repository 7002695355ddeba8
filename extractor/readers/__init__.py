"""Readers: paths in, articles and web pages out, one by one; what can't be read comes out as a Problem, and the rest goes on."""

from extractor.readers.meter import Meter
from extractor.readers.pages import WebPage
from extractor.readers.paths import read_articles, read_paths, total_size
from extractor.readers.problem import MissingPackageError, Problem
from extractor.readers.records import FieldError, Fields, assign

__all__ = ["FieldError", "Fields", "Meter", "MissingPackageError", "Problem", "WebPage", "assign", "read_articles", "read_paths", "total_size"]
