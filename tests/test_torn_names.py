"""Where words are not written apart: names that begin inside other words, figures with two scales, and the language of short texts."""

import pytest

from extractor.article import Article
from extractor.language import detect_language


def places(engine, text):
    return [fact.place for fact in engine.extract(Article(text, language="zh")).facts if fact.kind == "metric"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("沿海地区有320名患者。", None),
        ("通过提高平均寿命，治疗320名患者。", None),
        ("推广治疗方案后，治疗320名患者。", None),
        ("其中国家支持的患者320名。", None),
        ("越南定期为320名患者治疗。", "VN"),
        ("截至6月30日本市新增病例320例。", None),
        ("海地有320名霍乱患者。", "HT"),
        ("越南南定省有320名患者。", "VN-67"),
        ("海防市有320名患者。", "VN-HP"),
        ("日本有320名患者。", "JP"),
    ],
)
def test_a_name_inside_another_word_is_none(engine, text, place):
    assert places(engine, text) == [place]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("医生缺口：64名", "zh"),
        ("山区各乡还有86名村寨接生员。", "zh"),
        ("合計特殊出生率は女性1人当たり2,1人。", "ja"),
        ("手術は12例だった。", "ja"),
        ("超人气の奶茶店今天在台北市信义区正式开幕，吸引大批民众排队。", "zh"),
        ("手術12例", "und"),
        ("64 beds", "und"),
        ("병상 64개", "ko"),
        ("เตียง 64 เตียง", "th"),
    ],
)
def test_a_few_ideographs_tell_the_language(text, language):
    assert detect_language(text).language == language
