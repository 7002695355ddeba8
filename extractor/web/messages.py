"""Words of the interface in the reader's language: a catalogue in `catalogues/` is all that a language needs.

>>> catalogue_of("vi").gettext("Search")
'Tìm kiếm'
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations
from importlib import resources

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DEFAULT = "en"
_DOMAIN = "messages.po"
_LONGEST_HEADER = 500


@cache
def languages() -> tuple[str, ...]:
    """Those that have a catalogue, BCP-47."""
    folder = resources.files("extractor.web") / "catalogues"
    found = [entry.name for entry in folder.iterdir() if (entry / "LC_MESSAGES" / _DOMAIN).is_file()]
    return tuple(sorted(found, key=lambda language: (language != DEFAULT, language)))


@cache
def catalogue_of(language: str) -> GNUTranslations:
    """A language's messages; where it lacks one, the words are as they stand in the templates."""
    file = resources.files("extractor.web") / "catalogues" / language / "LC_MESSAGES" / _DOMAIN
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(file.read_bytes()), locale=language))
    compiled.seek(0)
    catalogue = GNUTranslations(compiled)
    if language != DEFAULT:
        catalogue.add_fallback(catalogue_of(DEFAULT))
    return catalogue


def chosen_language(asked: str | None, accepted: str | None) -> str:
    """The language of a page: the one that the address names, else the first of Accept-Language that has a catalogue.

    >>> chosen_language(None, "fr;q=0.5, vi-VN;q=0.9"), chosen_language("en", "vi"), chosen_language("xx", "vi"), chosen_language(None, None)
    ('vi', 'en', 'vi', 'en')
    """
    if asked in languages():
        return str(asked)
    wanted = []
    for number, part in enumerate((accepted or "")[:_LONGEST_HEADER].split(",")):
        tag, _, quality = part.strip().partition(";q=")
        wanted.append((-_quality(quality), number, tag.partition("-")[0].lower()))
    return next((language for quality, _, language in sorted(wanted) if quality < 0 and language in languages()), DEFAULT)


def _quality(written: str) -> float:
    try:
        return float(written) if written else 1.0
    except ValueError:
        return 0.0


@cache
def direction_of(language: str) -> str:
    """`rtl` or `ltr`, as the language is written.

    >>> direction_of("ar"), direction_of("vi"), direction_of("und")
    ('rtl', 'ltr', 'ltr')
    """
    try:
        return "rtl" if Locale.parse(language).character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"
