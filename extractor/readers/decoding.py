"""Bytes to text: UTF-8 and UTF-16 by their marks and shape, other encodings by charset-normalizer."""

from __future__ import annotations

import codecs

_SAMPLE = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class DecodingError(ValueError):
    """The bytes are no text in any encoding that is known; says why."""


def decode(data: bytes) -> str:
    """The text of some bytes. Raises DecodingError for binary data and unknown encodings."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding)
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return _decode_as(data, unmarked)
    if b"\x00" in data[:_SAMPLE]:
        raise DecodingError("is binary (holds NUL bytes), not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodingError(f"begins like {encoding.upper()} but breaks off at byte {error.start}: save it as UTF-8") from error


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of spaces and line ends is zero."""
    sample = data[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    spaces_le, spaces_be = sample.count(b" \x00"), sample.count(b"\x00 ")
    if odd > 2 * even and (odd > len(sample) // 8 or spaces_le > 2):
        return "utf-16-le"
    if even > 2 * odd and (even > len(sample) // 8 or spaces_be > 2):
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise DecodingError("is in no known encoding (or binary): save it as UTF-8")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise DecodingError(f"looks like {best.encoding} but byte {error.start} does not fit: save it as UTF-8") from error
