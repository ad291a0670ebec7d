"""Which kind a user's file is: by its name, where nothing else is said of it."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from service.kit.text import fold_tr

_WORDS = {
    "audiences": frozenset(("audience", "audiences", "demographics", "kitle", "kitleler")),
    "posts": frozenset(("post", "posts", "gonderi", "gonderiler")),
    # Not "followers": lists of influencers are named by how many they have.
    "followers": frozenset(("likers", "followerlists", "takipciler", "takipcileri")),
    "edges": frozenset(("edge", "edges", "kenarlar", "baglantilar")),
    "outcomes": frozenset(("outcome", "outcomes", "collaborations", "isbirlikleri", "sonuclar")),
}
# What refers to accounts comes after them.
_ORDER = ("influencers", "audiences", "posts", "followers", "edges", "outcomes")


class NamedFile(NamedTuple):
    """A file and its import kind."""

    kind: str
    path: Path


def by_name(files: Iterable[Path]) -> list[NamedFile]:
    """The files in the order they should be imported, each with its kind."""
    found = [NamedFile(kind_of(path.name), path) for path in files]
    return sorted(found, key=lambda file: _ORDER.index(file.kind))


def kind_of(name: str) -> str:
    """influencers, unless the name says something else.

    >>> kind_of("tiktok nov 2022.csv"), kind_of("Kitle_2026.xlsx"), kind_of("posts.ndjson")
    ('influencers', 'audiences', 'posts')
    """
    words = set(re.split(r"[^a-z]+", fold_tr(Path(name).stem)))
    return next((kind for kind, known in _WORDS.items() if words & known), "influencers")
