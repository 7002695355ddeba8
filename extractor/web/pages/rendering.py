"""Templates and what they can call: names, addresses, words of the reader's language. Everything is escaped unless it is markup of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import ValidationError

from extractor import __version__
from extractor.dataset.areas import is_area
from extractor.web.asking import Asking
from extractor.web.messages import catalogue_of, direction_of, languages
from extractor.web.naming import names_in
from extractor.web.pages.addresses import Addresses
from extractor.web.pages.links import address_of_words, web_address

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Characters that HTML and XML can't hold."""
_HALF = re.compile("[\ud800-\udfff]")
_BREAK_EVERY = 24
"""Letters of an address after which a browser may break it."""


@dataclass(frozen=True)
class Screen:
    """For whom a page is, and where it and others are."""

    language: str
    url: Addresses
    languages: tuple[str, ...] = ()
    """That the reader can change to; those of all catalogues unless said."""


def render(template: str, screen: Screen, **view: Any) -> str:
    """A page; half characters, which UTF-8 can't hold, are shown as what is missing."""
    names = names_in(screen.language)
    told = {
        "url": screen.url,
        "names": names,
        "ui": screen.language,
        "ui_languages": [(language, native_name(language)) for language in screen.languages or languages()],
        "version": __version__,
        "asking": view.pop("asking", None) or Asking(),
    }
    page = environment(screen.language).get_template(template).render(**told, **view)
    return shown(page)


def shown(text: str) -> str:
    """A text as a file or an answer can hold it.

    >>> shown("a\\x00b\\ud800")
    'a\ufffdb\ufffd'
    """
    if _HALF.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _INVISIBLE.sub("\ufffd", text)


@cache
def environment(language: str) -> Environment:
    """Jinja2 with a language's messages."""
    made = Environment(
        loader=PackageLoader("extractor.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(catalogue_of(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        view_of=view_of,
        web_address=web_address,
        address_of_words=address_of_words,
        is_area=is_area,
        direction_of=direction_of,
        language_tag=language_tag,
    )
    made.filters["breakable"] = breakable
    return made


def view_of(asking: Asking, **changes: Any) -> Asking | None:
    """The same view with something changed; None where the value is one that no address can hold."""
    try:
        return asking.changed(**changes)
    except ValidationError:
        return None


def language_tag(language: str) -> str:
    """For the attribute `lang`: a tag that browsers and screen readers know, `und` as none.

    >>> language_tag("vi"), language_tag("und"), language_tag('x" onload="')
    ('vi', '', '')
    """
    return language if language.isascii() and language.isalpha() and language != "und" and len(language) <= 8 else ""


def breakable(words: str) -> Sequence[str]:
    """Pieces of a long word; templates put `<wbr>` between them."""
    return [words[at : at + _BREAK_EVERY] for at in range(0, len(words), _BREAK_EVERY)]


@cache
def native_name(language: str) -> str:
    """`Tiếng Việt`."""
    name = str(Locale.parse(language).get_display_name(language) or language)
    return name[:1].upper() + name[1:]
