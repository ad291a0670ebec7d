"""What a profile shows of itself at first sight: the one record that fake accounts are told by.

Sources differ in what they know, so every field may be unknown (NaN). Counts are as shown on the profile,
lengths are in characters, yes/no is 1/0. All of it is known of followers without opening a post.
"""

from dataclasses import dataclass, fields
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from scoring.arrays import Floats, floats

# Whoever follows a handful more than are following back is not odd; the excess counts in logarithms.
FEATURES = (
    "ln_followers",
    "ln_following",
    "ln_posts",
    "ln_bio_length",
    "has_picture",
    "is_private",
    "digit_ratio",
    "ln_name_words",
    "has_link",
    "name_is_handle",
    "ln_excess_following",
)


@dataclass(frozen=True, slots=True)
class Profiles:
    """N profiles, each field float64[N], NaN where it is not known.

    digit_ratio: digits of the handle / its length. name_words: words of the shown name. has_link: a link to
    the outside. name_is_handle: the shown name is the handle.
    """

    followers: Floats
    following: Floats
    posts: Floats
    bio_length: Floats
    has_picture: Floats
    is_private: Floats
    digit_ratio: Floats
    name_words: Floats
    has_link: Floats
    name_is_handle: Floats

    # The fields of which nearly every source has some: rates of error are known for each set of them.
    CORE: ClassVar[tuple[str, ...]] = (
        "followers",
        "following",
        "posts",
        "bio_length",
        "has_picture",
        "is_private",
        "digit_ratio",
    )

    @classmethod
    def of(cls, size: int, **columns: ArrayLike) -> "Profiles":
        """Profiles of the columns that are known; what can't be (a count below 0) is unknown.

        Raises ValueError for a column of another name or length.

        >>> Profiles.of(2, followers=[10, -1]).followers.tolist()
        [10.0, nan]
        """
        names = {field.name for field in fields(cls)}
        if unknown := set(columns) - names:
            raise ValueError(f"profiles have no {sorted(unknown)[0]!r}")
        held = {name: floats(column) for name, column in columns.items()}
        if any(column.shape != (size,) for column in held.values()):
            raise ValueError(f"the columns of {size} profiles must have {size} rows")
        return cls(**{name: _possible(name, held.get(name), size) for name in names})

    @property
    def size(self) -> int:
        """How many profiles there are."""
        return len(self.followers)

    def known(self) -> Floats:
        """float64[N, 7]: 1 where a field of CORE is known."""
        return np.column_stack([np.isfinite(getattr(self, name)) for name in self.CORE]).astype(np.float64)

    def without(self, *names: str) -> "Profiles":
        """The same profiles with some fields unknown."""
        unknown = np.full(self.size, np.nan)
        columns = {field.name: getattr(self, field.name) for field in fields(self)}
        return Profiles(**{name: unknown if name in names else columns[name] for name in columns})


_SHARES = frozenset({"has_picture", "is_private", "digit_ratio", "has_link", "name_is_handle"})


def _possible(name: str, column: Floats | None, size: int) -> Floats:
    if column is None:
        return np.full(size, np.nan)
    wrong = (column < 0) | ((column > 1) if name in _SHARES else False)
    return np.where(wrong, np.nan, column)


def features(profiles: Profiles) -> Floats:
    """float64[N, 11] in the order of FEATURES, NaN where what they are made of is not known.

    >>> features(Profiles.of(1, followers=[0], following=[0]))[0, [0, 10]].tolist()
    [0.0, 0.0]
    """
    followers, following = np.log1p(profiles.followers), np.log1p(profiles.following)
    return np.column_stack(
        [
            followers,
            following,
            np.log1p(profiles.posts),
            np.log1p(profiles.bio_length),
            profiles.has_picture,
            profiles.is_private,
            profiles.digit_ratio,
            np.log1p(profiles.name_words),
            profiles.has_link,
            profiles.name_is_handle,
            np.maximum(following - followers, 0.0),
        ]
    )


def digit_ratio(handle: str) -> float | None:
    """The share of digits in a handle; None where there is no handle.

    >>> digit_ratio("ayse1987"), digit_ratio("@ayse"), digit_ratio(" ")
    (0.5, 0.0, None)
    """
    bare = handle.strip().lstrip("@")
    return sum(letter.isdigit() for letter in bare) / len(bare) if bare else None
