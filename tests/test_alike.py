"""What a figure shares with those above it: the noun, the value; and names of what there were none of."""

from __future__ import annotations

import pytest

from extractor.article import Article
from extractor.binding.alike import Alike, alike_of
from extractor.binding.denials import is_denied

NO_DEATHS = {
    "en": "The province recorded 402 cases of dengue, no deaths, down 21%.",
    "fr": "La province a enregistré 402 cas de dengue, aucun décès, en baisse de 21 %.",
    "de": "Die Provinz verzeichnete 402 Dengue-Fälle, keine Todesfälle, ein Rückgang um 21 %.",
    "ru": "В провинции зарегистрировано 402 случая лихорадки денге, без смертей, снижение на 21 %.",
    "ar": "سجلت المقاطعة 402 حالة إصابة بحمى الضنك، دون تسجيل أي وفيات، بانخفاض 21%.",
    "zh": "全省报告登革热402例,无人死亡,减少21%。",
    "ja": "省内のデング熱患者は402人で、死亡はなく、21%減った。",
    "ko": "성내 뎅기열 환자는 402명으로, 사망자는 없으며, 전년보다 21% 감소했다.",
    "th": "ทั้งจังหวัดพบผู้ป่วยไข้เลือดออก 402 ราย ไม่มีผู้เสียชีวิต ลดลงร้อยละ 21",
}


@pytest.mark.parametrize("language", NO_DEATHS)
def test_what_there_were_none_of_is_not_what_fell(recognize, language):
    context = recognize(language, NO_DEATHS[language])
    fall = context.quantities[1]
    deaths = [mention for mention in context.indicators if mention.indicator == "disease_deaths" and mention.end <= fall.start]
    assert deaths
    assert all(is_denied(context, fall, mention) for mention in deaths)


def test_what_is_lacking_in_the_clause_of_the_figure_itself_is_not_denied(recognize):
    context = recognize("en", "12% of people have no health insurance.")
    assert not any(is_denied(context, context.quantities[0], mention) for mention in context.indicators)


def test_people_are_those_of_the_last_figure_of_people(recognize):
    context = recognize("en", "The sector lost 119 people, of them 53 doctors and 44 nurses; 68 people worked for the province.")
    assert alike_of(context, 3).noun == 0
    assert alike_of(context, 1).noun is None


def test_a_value_is_told_again_where_its_digits_tell(recognize):
    context = recognize("en", "Dengue: 8,657 cases\n\nThe province recorded 8,657 cases, 20% more, and 20% fewer deaths.")
    assert alike_of(context, 1).value == 0
    assert alike_of(context, 3) == Alike(None, None)


def test_cases_of_a_disease_without_an_id_do_not_take_that_of_the_article(engine):
    article = Article("Dengue in Ben Tre: the province has 76 cases of dengue and 12 cases of chikungunya.")
    dengue, other = (fact for fact in engine.extract(article).facts if fact.kind == "metric")
    assert dengue.dimensions.disease == "dengue"
    assert other.dimensions.disease is None
