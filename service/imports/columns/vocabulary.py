"""The words of headers, in English and Turkish, each under the one word that fields are described with.

The lists are in vocabulary.json. Phrases are folded (service.kit.text.fold_tr) and matched longest first,
so that
`follower range` is a tier and not followers, and `takip edilen` is not takipçi. A kind adds its own words.
"""

from importlib.resources import files

import msgspec
from msgspec import Struct


class _Lists(Struct, frozen=True):
    words: dict[str, tuple[str, ...]]
    neutral: frozenset[str]
    blocking: frozenset[str]
    wrappers: frozenset[str]
    turkish: frozenset[str]


_lists = msgspec.json.decode(files(__package__).joinpath("vocabulary.json").read_bytes(), type=_Lists)

VOCABULARY = _lists.words
"""Canonical word -> phrases."""

BLOCKING = _lists.blocking
"""Words that make something else of what stands beside them: followers growth, like rate, audience city."""

NEUTRAL = _lists.neutral
"""Words that say nothing about which field it is."""

WRAPPERS = _lists.wrappers
"""Levels of a JSON path that name a container."""

TURKISH_WORDS = _lists.turkish
"""Folded words that only Turkish headers have."""

TURKISH_LETTERS = frozenset("çğışöüÇĞİŞÖÜ")
"""Without i and I, which every language writes."""

SCALES = {
    **dict.fromkeys(("k", "bin", "thousand", "thousands"), 3),
    **dict.fromkeys(("m", "mn", "mio", "million", "millions", "milyon"), 6),
    **dict.fromkeys(("bn", "billion", "billions", "milyar"), 9),
}
"""Units in a header ("Followers (millions)"), as powers of ten."""
