"""Numbers and dates that CLDR formats for a language are found and read back."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from conftest import ROOT  # noqa: F401  (the hypothesis profile)
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor.article import Article
from extractor.packs import load_pack, pack_codes

CODES = pack_codes()


def locale_of(code):
    return load_pack(code).pack.locale or code


def values(text, code, kind):
    facts = extractor.load().extract(Article(text, language=code)).facts
    return [fact.value for fact in facts if (fact.kind == "date") == (kind == "date") and fact.kind != "resolution"]


def noun(code):
    """A noun that may stand after a number: the pack's first words for hospital beds or persons."""
    pack = load_pack(code)
    phrases = pack.terms.indicators.get("hospital_beds") or next(iter(pack.terms.indicators.values()))
    return phrases[0].removeprefix("=")


# A group of three behind one separator is left to hypothesis only where CLDR's own reading is meant: 1.234 is 1234 in
# one language and 1.234 in another, so decimals here have one or two places, never three.
@pytest.mark.parametrize("code", CODES)
@settings(max_examples=15)
@given(whole=st.integers(2, 9_999_999))
def test_whole_number(code, whole):
    written = format_decimal(whole, locale=locale_of(code))
    # Four digits that look like a year (1900 to 2100) without a separator may be one.
    if 1800 <= whole <= 2200 and written.isdecimal():
        return
    assert whole in values(f"{written} {noun(code)}", code, "number"), written


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=15)
@given(hundredths=st.integers(101, 9_999).filter(lambda n: n % 100))
def test_percentage(code, hundredths):
    number = hundredths / 100
    written = format_decimal(number, format="#,##0.##", locale=locale_of(code))
    assert number in values(f"{noun(code)}: {written}%", code, "number"), written


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=12)
@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2049, 12, 31)))
def test_long_date(code, day):
    locale = Locale.parse(locale_of(code))
    written = format_date(day, format="long", locale=locale)
    assert day.isoformat() in values(f"{noun(code)}, {written}.", code, "date"), written


@pytest.mark.parametrize("number", [72, 5, 139])
@pytest.mark.parametrize("code", ["vi", "en", "fr", "id", "ro"])
def test_document_symbol(code, number):
    extraction = extractor.load().extract(Article(f"{number}-NQ/TW, {number}/2023/NĐ-CP.", language=code))
    found = [fact.number for fact in extraction.facts if fact.kind == "resolution"]
    assert found == [f"{number}-NQ/TW", f"{number}/2023/NĐ-CP"]
