"""Which articles are alike, in arrays: by rare figures that they share, and by wording. Articles are numbers from 0 here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractor.dataset.signatures import PERMUTATIONS, Signature

if TYPE_CHECKING:
    from scipy import sparse

Pairs = NDArray[np.int64]
"""Two columns: articles that are alike, the lesser first; sorted."""

_FEWEST = 5
"""Figures that two articles must share."""
_SHARE = 0.6
"""Of the weight of the shorter article's figures."""
_LONGER = 0.4
"""Of the longer one's: two articles on the year's national figures share many of them, and each has its own besides."""
_WHOLE = 0.85
"""Of the shorter one's, where it is an excerpt and the longer one's share tells nothing."""
_RAREST = 10
_FEWEST_RAREST = 3
"""Of their ten rarest figures, two articles must share three before they are compared."""
_MOST_COMPARED = 40
"""Of the articles that have the same two, in order, each is compared with so many that follow: it bounds the work for figures that all have."""

_BANDS = 16
"""Of four values each: texts of which 7 in 10 runs of words are the same share one of them in 99 of 100 cases."""
_WORDING = 0.7
"""Of the wording that two articles must share."""
_NUMBERS = 0.9
"""Of the numbers of the one with fewer: a bulletin of another week has the same wording, and other numbers."""
_FEWEST_NUMBERS = 3
"""That they must share; wording alone proves nothing, where reports are written by a template."""
_MOST_ALIKE = 200
"""Of the articles with one band's wording, in order, each is compared with so many that follow: it bounds the work for templates."""

_MOST_GROUPS = 1 << 62
"""Times members: of what one number can tell."""
_CHUNK = 200_000
"""Pairs that are compared at a time, which bounds the memory."""


@dataclass(frozen=True)
class _Lists:
    """A set of hashes for each article, as one array of all."""

    articles: NDArray[np.int64]
    items: NDArray[np.int64]
    """Numbers from 0 for hashes; sorted within an article."""
    starts: NDArray[np.int64]
    """Where each article's items begin, and the end of all."""

    @classmethod
    def of(cls, sets: Sequence[NDArray[np.uint64]]) -> _Lists:
        sizes = np.array([len(items) for items in sets], np.int64)
        _, items = np.unique(np.concatenate([*sets, np.empty(0, np.uint64)]), return_inverse=True)
        return cls(np.repeat(np.arange(len(sets)), sizes), items.astype(np.int64), np.concatenate([[0], np.cumsum(sizes)]))

    @property
    def table(self) -> sparse.csr_array:
        """A row for each article, with ones in the columns of its items."""
        from scipy import sparse

        shape = (len(self.starts) - 1, int(self.items.max(initial=0)) + 1)
        return sparse.csr_array((np.ones(len(self.items)), self.items, self.starts), shape=shape)


@dataclass(frozen=True)
class _Shared:
    """What both articles of each pair have: how many items, and their weight."""

    count: NDArray[np.int64]
    weight: NDArray[np.float64]


def _shared(lists: _Lists, weights: NDArray[np.float64], pairs: Pairs) -> _Shared:
    table = lists.table
    counts, sums = [np.empty(0, np.int64)], [np.empty(0)]
    for part in _parts(pairs):
        both = table[part[:, 0]].multiply(table[part[:, 1]]).tocsr()
        counts.append(np.diff(both.indptr))
        sums.append(both @ weights)
    return _Shared(np.concatenate(counts), np.concatenate(sums))


def alike_by_figures(signatures: Sequence[Signature]) -> Pairs:
    """Articles that share figures enough; a figure weighs the more the rarer it is: the log of one plus the articles for each article that has it."""
    lists = _Lists.of([signature.figures for signature in signatures])
    if not len(lists.items):
        return np.empty((0, 2), np.int64)
    articles_with = np.bincount(lists.items)
    weights = np.log1p(len(signatures) / articles_with)
    pairs = _sharing_rare_figures(lists, articles_with)
    shared = _shared(lists, weights, pairs)
    of_article = np.bincount(lists.articles, weights[lists.items], minlength=len(signatures))[pairs]
    shorter, longer = of_article.min(axis=1, initial=np.inf), of_article.max(axis=1, initial=0.0)
    enough = (shared.weight >= _WHOLE * shorter) | ((shared.weight >= _SHARE * shorter) & (shared.weight >= _LONGER * longer))
    return np.asarray(pairs[(shared.count >= _FEWEST) & enough], np.int64)


def _sharing_rare_figures(lists: _Lists, articles_with: NDArray[np.int64]) -> Pairs:
    """Pairs that share three of their ten rarest figures. They are looked for by two figures at once: one alone is in too many articles."""
    by_rarity = np.argsort(articles_with, kind="stable")
    ranks = np.empty_like(by_rarity)
    ranks[by_rarity] = np.arange(len(by_rarity))
    shared = articles_with[lists.items] > 1
    articles, rarest = _sorted(lists.articles[shared], ranks[lists.items[shared]], len(ranks))
    place = np.arange(len(articles)) - np.searchsorted(articles, articles)
    table = np.full((len(lists.starts) - 1, _RAREST), -1, np.int64)
    first = place < _RAREST
    table[articles[first], place[first]] = rarest[first]
    table.sort(axis=1)
    one, other = (table[:, side] for side in np.triu_indices(_RAREST, 1))
    both = one >= 0
    owners = np.broadcast_to(np.arange(len(table))[:, None], both.shape)
    found = _within_groups(one[both] * len(ranks) + other[both], owners[both], len(lists.starts), _MOST_COMPARED)
    pairs, twos = np.unique(found, return_counts=True)
    return _split(pairs[twos >= math.comb(_FEWEST_RAREST, 2)], len(lists.starts))


def alike_by_wording(signatures: Sequence[Signature]) -> Pairs:
    """Articles of the same words in which the same numbers stand."""
    worded = np.array([article for article, signature in enumerate(signatures) if len(signature.wording)], np.int64)
    if not len(worded):
        return np.empty((0, 2), np.int64)
    hashes = np.stack([signatures[article].wording for article in worded])
    found = [np.empty(0, np.int64)]
    for band in np.split(hashes, _BANDS, axis=1):
        _, group = np.unique(np.ascontiguousarray(band).view(f"V{band.shape[1] * band.itemsize}").ravel(), return_inverse=True)
        found.append(_within_groups(group, worded, len(signatures), _MOST_ALIKE))
    pairs = _split(np.unique(np.concatenate(found)), len(signatures))
    row = np.empty(len(signatures), np.int64)
    row[worded] = np.arange(len(worded))
    same = np.concatenate([np.empty(0), *(_same_wording(hashes, row[part]) for part in _parts(pairs))])
    pairs = pairs[same >= _WORDING]
    named, places = np.unique(pairs, return_inverse=True)
    numbers = _Lists.of([signatures[article].numbers for article in named])
    places = places.reshape(pairs.shape)
    shared = _shared(numbers, np.ones(numbers.table.shape[1]), places).count
    fewer = np.diff(numbers.starts)[places].min(axis=1, initial=np.iinfo(np.int64).max)
    return np.asarray(pairs[(shared >= _FEWEST_NUMBERS) & (shared >= _NUMBERS * fewer)], np.int64)


def same_wording(one: Signature, other: Signature) -> float:
    """The share of runs of four words that two texts have in common (Jaccard), to about 0.05."""
    return float(np.mean(one.wording == other.wording))


def _same_wording(hashes: NDArray[np.uint32], pairs: Pairs) -> NDArray[np.float64]:
    same: NDArray[np.float64] = (hashes[pairs[:, 0]] == hashes[pairs[:, 1]]).sum(axis=1) / PERMUTATIONS
    return same


def _parts(pairs: Pairs) -> Iterator[Pairs]:
    for first in range(0, len(pairs), _CHUNK):
        yield pairs[first : first + _CHUNK]


def _within_groups(groups: NDArray[np.int64], articles: NDArray[np.int64], width: int, most: int) -> NDArray[np.int64]:
    """Pairs of articles of one group, as `lesser * width + greater`, once for each group; each article with `most` that follow it there."""
    groups, articles = _sorted(groups, articles, width)
    same = groups[1:] == groups[:-1]
    several = np.zeros(len(groups), np.bool_)
    several[1:] = same
    several[:-1] |= same
    groups, articles = groups[several], articles[several]
    found = [np.empty(0, np.int64)]
    for step in range(1, min(most, len(groups) - 1) + 1):
        same = groups[step:] == groups[:-step]
        if not same.any():
            break
        found.append(articles[:-step][same] * width + articles[step:][same])
    return np.concatenate(found)


def _sorted(groups: NDArray[np.int64], members: NDArray[np.int64], width: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """By group, and there by member, which is less than `width`. As one number of both, which NumPy sorts in a fraction of the time of `lexsort`."""
    if int(groups.max(initial=0)) >= _MOST_GROUPS // width:
        _, groups = np.unique(groups, return_inverse=True)
    sorted_groups, sorted_members = np.divmod(np.sort(groups * width + members), width)
    return sorted_groups, sorted_members


def _split(pairs: NDArray[np.int64], width: int) -> Pairs:
    return np.stack(np.divmod(pairs, width), axis=1).reshape(-1, 2)
