"""Readers: paths in, articles out, one by one; what can't be read comes out as a Problem, and the rest goes on."""

from extractor.readers.files import Problem, read_paths

__all__ = ["Problem", "read_paths"]
