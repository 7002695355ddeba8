"""Readers: paths in, articles out, one by one; what can't be read comes out as a Problem, and the rest goes on."""

from extractor.readers.meter import Meter
from extractor.readers.paths import read_paths, total_size
from extractor.readers.problem import Problem
from extractor.readers.records import FieldError, Fields, assign

__all__ = ["FieldError", "Fields", "Meter", "Problem", "assign", "read_paths", "total_size"]
