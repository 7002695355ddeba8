"""Words and figures that a page has lost the space between."""

import pytest

from extractor.article import Article
from extractor.lexicon import Lexicon
from extractor.packs import load_pack

TORN = (
    "Cette semaine lenombre de casconfirmés monte dansles provinces; leministère compte trente décèsconfirmés etdemande descampagnes de vaccination."
)
WHOLE = "Partout, surtout auprès des familles, la campagne a été bien accueillie."


@pytest.fixture(scope="module")
def french():
    return Lexicon(load_pack("fr"))


def words(lexicon, text):
    _, starts, ends = lexicon.look_up(text)
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def test_words_written_together_are_cut(french):
    found = words(french, TORN)
    assert "".join(found) == TORN.replace(" ", "")
    assert [word for word in found if word in ("casconfirmés", "décèsconfirmés", "leministère")] == []
    assert found[found.index("décès") + 1] == "confirmés"


def test_a_text_without_many_of_them_is_left_alone(french):
    assert "Partout" in words(french, WHOLE)
    assert "surtout" in words(french, WHOLE)
    assert "casconfirmés" in words(french, "Onze casconfirmés, dit le ministère.")


def test_languages_of_compounds_are_left_alone():
    assert words(Lexicon(load_pack("nl")), "Kinderziekenhuis")[0].startswith("Kinder")


def test_a_figure_with_groups_of_three_behind_a_word(engine):
    facts = engine.extract(Article("Le pays a recensé9.011 cas de dengue.", language="fr")).facts
    assert [(fact.value, fact.indicator) for fact in facts] == [(9011, "disease_cases")]
    assert not engine.extract(Article("Le variant omicron2 circule.", language="fr")).facts


def test_a_scale_word_written_onto_what_it_counts(engine):
    text = "Elplan abarca centros que atienden diversasnecesidades; elsector tiene 25 enfermeras por cada 10 milpersonas y 35 camas dehospital, elgobierno pide examenesmédicos."  # noqa: E501
    facts = [fact for fact in engine.extract(Article(text, language="es")).facts if fact.value == 25]
    assert [(fact.per.count, fact.per.of) for fact in facts] == [(10000, "population")]
