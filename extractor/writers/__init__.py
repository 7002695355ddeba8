"""Writers: extractions out as JSON Lines, CSV or Parquet, chosen by the file's name, whole or not at all."""

from extractor.writers.files import UnknownFormatError, open_writer

__all__ = ["UnknownFormatError", "open_writer"]
