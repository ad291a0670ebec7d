"""Files of followers: a row says that somebody follows (or likes) an account, or lists many who do."""

from datetime import date
from typing import Any

from service.imports.cells.style import Style
from service.imports.cells.types import COUNT, HANDLE, ID, CellType
from service.imports.kinds import Field, Kind, Parsed, RowError
from service.imports.rejects import Unfit
from service.influencers.followers.naming import follower_id
from service.influencers.followers.schemas import Of
from service.influencers.intake import who
from service.influencers.intake.rows import FollowerRow
from service.kit.text import fold_tr

_SETS: dict[str, Of] = {
    **dict.fromkeys(("follower", "followers", "takipci", "takipciler"), "followers"),
    **dict.fromkeys(("liker", "likers", "like", "likes", "begenen", "begenenler", "begeni"), "likers"),
}
# Above it a float has lost digits.
_EXACT = 2**53


def read_names(value: Any, style: Style) -> tuple[str, ...]:
    """What a cell, or a list in a JSON record, calls followers; checked where the platform is known.

    >>> read_names("@ece", Style()), read_names([17.0, "can"], Style())
    (('@ece',), ('17', 'can'))
    """
    return tuple(map(_name, value if isinstance(value, list) else [value]))


def _name(value: Any) -> str:
    if isinstance(value, float) and abs(value) >= _EXACT:
        raise Unfit("shortened_number")
    if isinstance(value, list | dict):
        raise Unfit("not_a_text")
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def read_set(value: Any, style: Style) -> Of:
    """Which set a cell names.

    >>> read_set("Takipçi", Style()), read_set("likers", Style())
    ('followers', 'likers')
    """
    known = _SETS.get(fold_tr(str(value)[:40]).strip())
    if known is None:
        raise Unfit("not_a_code")
    return known


# Not `loose`: ids are often numbers, which content would then speak against.
NAMES = CellType("follower", read_names)
SET = CellType("follower_set", read_set)

_ID = ("", " id", " user id", " username", " username id", " profile", " link")
FIELDS = (
    Field("profile", HANDLE, ("username", "username creator", "profile", "profile link", "link")),
    Field(
        "platform_id",
        ID,
        ("username id", "user id", "channel id", "platform id", "profile id"),
        suits=who.platform_ids,
    ),
    Field("follower", NAMES, tuple(f"follower{more}" for more in _ID)),
    Field("liker", NAMES, tuple(f"liker{more}" for more in _ID)),
    Field("of", SET, ("set", "type", "relation", "kind")),
    Field("size", COUNT, ("size", "total", "total size")),
    *(each for each in who.FIELDS if each.name in ("platform", "as_of")),
)


def assemble(parsed: Parsed) -> list[list[FollowerRow] | RowError]:
    """Whose followers each row names. Nothing is quoted of a row that is refused."""
    people = who.People(parsed).of(None)
    names = ("follower", "liker", "of", "size")
    columns = zip(*(parsed.column(name) for name in names), strict=True)
    made: list[list[FollowerRow] | RowError] = []
    for number, person, (followers, likers, of, size) in zip(parsed.rows, people, columns, strict=True):
        if person is None:
            made.append(RowError("no_identity"))
            continue
        try:
            made.append(_rows(number, person, of, size, {"followers": followers, "likers": likers}))
        except Unfit as unfit:
            made.append(RowError(unfit.reason, "follower"))
    return made


def _rows(
    number: int,
    person: tuple[str, str | None, str | None, str | None, str | None, date | None],
    of: Of | None,
    size: int | None,
    named: dict[Of, tuple[str, ...] | None],
) -> list[FollowerRow]:
    """Raises Unfit, also where nobody is named."""
    found = [
        FollowerRow(number, *person, of or own, tuple(follower_id(each, person[0]) for each in names), size)
        for own, names in named.items()
        if names
    ]
    if not found:
        raise Unfit("missing_value")
    return found


FOLLOWERS = Kind(
    name="followers",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("followers", "likers", "takipciler", "influencers", "users", "profiles", "creators")),
    words={
        "liker": ("liker", "likers", "liker ids", "begenen", "begenenler"),
        "size": (
            *("size", "audience size", "followers count", "follower count", "number of followers"),
            *("takipci sayisi", "kitle buyuklugu", "buyukluk", "total followers"),
        ),
        "set": ("set", "of", "kume", "kimin"),
        "kind": ("kind", "cins", "tur"),
        "relation": ("relation", "relationship", "iliski"),
    },
    hidden=frozenset(("followers",)),
)
