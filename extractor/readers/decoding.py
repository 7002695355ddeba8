"""Bytes to text: UTF-8 and UTF-16 by their marks and shape, other encodings by charset-normalizer and the language detector."""

from __future__ import annotations

import codecs
import unicodedata

from extractor.language import fluency

_SAMPLE = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = frozenset(("Cc", "Cn", "Co", "Cs"))
"""Control characters, unassigned ones, private use and surrogates."""

_LETTER_LIKE = frozenset(("FEMININE", "MASCULINE", "MICRO"))
"""ª º µ stand in text of any script."""


class DecodingError(ValueError):
    """The bytes are no text in any encoding that is known; says why."""


def decode(data: bytes) -> str:
    """The text of some bytes. Raises DecodingError for binary data and unknown encodings."""
    encoding = encoding_of(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DecodingError(f"begins like {encoding.upper()} but breaks off at byte {error.start}: save it as UTF-8") from error


def encoding_of(data: bytes) -> str:
    """Name of the encoding of some bytes, or of a file that begins with them. Raises DecodingError for binary data and unknown encodings."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    unmarked = _unmarked_utf16(data)
    if unmarked:
        return unmarked
    if b"\x00" in data[:_SAMPLE]:
        raise DecodingError("is binary (holds NUL bytes), not text")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return _guess(data)
    return "utf-8"


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
    return _unmarked_wide_utf16(sample)


def _unmarked_wide_utf16(sample: bytes) -> str | None:
    """UTF-16 of a script without spaces (`2024年`): only digits have a zero byte, and only one byte order gives known letters."""
    try:
        sample.replace(b"\x00", b"").decode("utf-8")
    except UnicodeDecodeError:
        orders = [(_plain_characters(sample, encoding), encoding) for encoding in ("utf-16-le", "utf-16-be")]
        most, encoding = max(orders)
        return encoding if most else None
    return None


def _plain_characters(sample: bytes, encoding: str) -> int:
    """ASCII characters of a sample; none where it holds anything that is no text."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return 0
    if any(unicodedata.category(character) in _NO_TEXT and not character.isspace() for character in text):
        return 0
    return sum(character.isascii() for character in text)


def _guess(data: bytes) -> str:
    """Of the encodings that give the likeliest script, the one that reads most like a language."""
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:_SAMPLE])
    likeliest = matches.best()
    if likeliest is None:
        raise DecodingError("is in no known encoding (or binary): save it as UTF-8")
    scripts = _scripts(str(likeliest))
    return max((match for match in matches if _scripts(str(match)) == scripts), key=lambda match: fluency(str(match))).encoding


def _scripts(text: str) -> set[str]:
    """LATIN, CYRILLIC, CJK ...: the scripts of a text's letters, by the first words of their names."""
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in set(text) if letter.isalpha()} - _LETTER_LIKE
