"""Codes of other catalogues: what they are for, their conversions, and a file that is refused where it is wrong."""

from __future__ import annotations

import pytest

from extractor.dataset.crosswalk import CrosswalkError, codes_of, crosswalk, parse_crosswalk

CODE = '[[codes]]\nscheme = "gho"\ncode = "WHS6_102"\nname = "Beds"\nindicator = "hospital_beds"\n'


def figure(indicator, value, *, unit="1", per=None, kind="metric", measure="level", **others):
    count, of = per or (None, None)
    return {"kind": kind, "indicator": indicator, "value": value, "unit": unit, "per_count": count, "per_of": of, "measure": measure, **others}


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (figure("hospital_beds", 3.4, per=(1000, "population")), {"WHS6_102": 34.0}),
        (figure("hospital_beds", 34, per=(10000, "population")), {"WHS6_102": 34.0}),
        (figure("doctors", 1.25, per=(1000, "population")), {"HWF_0001": 12.5}),
        (figure("infant_mortality", 11.3, per=(1000, "live_births")), {"MDG_0000000001": 11.3}),
        (figure("under5_mortality", 1.69, per=(100, "live_births")), {"MDG_0000000007": 16.9, "3.2.1": 16.9}),
        (figure("maternal_mortality", 0.44, per=(1000, "live_births")), {"MDG_0000000026": 44.0, "3.1.1": 44.0}),
        (figure("life_expectancy", 74.7, unit="a"), {"WHOSIS_000001": 74.7, "LifeExpectancy_Person": 74.7}),
        (figure("fertility_rate", 1.91), {"WHS9_95": 1.91, "FertilityRate_Person_Female": 1.91}),
        (figure("fertility_rate", 1.91, per=(1, "person")), {"WHS9_95": 1.91, "FertilityRate_Person_Female": 1.91}),
        (figure("population", 101_300_000), {"Count_Person": 101_300_000.0}),
        (figure("stunting", 18.2, unit="%", age="<5"), {"2.2.1": 18.2}),
    ],
)
def test_codes_with_their_units(row, codes):
    assert {coded.code.code: coded.value for coded in codes_of(row)} == pytest.approx(codes)


@pytest.mark.parametrize(
    "row",
    [
        figure("hospital_beds", 2862),
        figure("hospital_beds", 34, per=(10000, "population"), sector="private"),
        figure("hospital_beds", 34, per=(10000, "population"), facility="Hospital 115"),
        figure("hospital_beds", 34, per=(10000, "population"), kind="target"),
        figure("hospital_beds", 2, per=(10000, "population"), measure="change"),
        figure("hospital_beds", 3, per=(1, "health_station")),
        figure("life_expectancy", 78, unit="a", sex="female"),
        figure("nurses", 20, per=(10000, "population")),
        figure("health_insurance_coverage", 95, unit="%"),
        figure("stunting", 20, unit="%"),
        figure("deaths", 7.1, per=(1000, "population")),
    ],
)
def test_what_no_code_is_for(row):
    assert list(codes_of(row)) == []


def test_one_scheme_alone():
    row = figure("fertility_rate", 1.91)
    assert [coded.code.scheme for coded in codes_of(row, "datacommons")] == ["datacommons"]


def test_every_code_can_be_reached():
    for code in crosswalk():
        per = (code.per.count, code.per.of) if code.per else None
        row = figure(code.indicator, 5.0, unit=code.unit, per=per, **code.dimensions.model_dump(exclude_none=True))
        assert (code.code, 5.0) in [(coded.code.code, coded.value) for coded in codes_of(row)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CODE, "version"),
        ('version = "1"\n' + CODE + CODE, "given twice"),
        ('version = "1"\n' + CODE.replace("hospital_beds", "beds"), "no indicator 'beds'"),
        ('version = "1"\n' + CODE.replace("WHS6_102", "beds per head"), "no code of this scheme"),
        ('version = "1"\n' + CODE.replace('"gho"', '"who"'), "scheme"),
        ('version = "1"\n' + CODE + "factor = 10\n", "factor"),
        ("version = ", "crosswalk.toml"),
    ],
)
def test_wrong_file_is_refused(text, told):
    with pytest.raises(CrosswalkError, match=told):
        parse_crosswalk(text, ["hospital_beds"])
