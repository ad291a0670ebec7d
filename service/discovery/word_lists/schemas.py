"""Word lists for brand safety, and categories that law restricts."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Language = Literal["tr", "en"]
Category = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_]{1,39}$(?!\n)",
        description="a built-in category, or one of your own",
        examples=["gambling"],
    ),
]
Word = Annotated[
    str, Meta(min_length=2, max_length=60, pattern=r"\w", description="a word or a phrase, with any ending")
]
Words = Annotated[list[Word], Meta(max_length=500)]
MOST_LISTS = 100
MOST_WORDS = 5_000


class WordListChange(Struct, forbid_unknown_fields=True):
    """A list as it is wanted. What is left out of a list stays as it is; lists that are not named stay.

    `added`: words beside the built-in ones. `removed`: built-in words that do not count. `innocent`: words
    and phrases that only look like one. `veto`: whether a hit is a veto in briefs that do not say which are.
    """

    category: Category
    language: Language
    enabled: bool | UnsetType = UNSET
    veto: bool | UnsetType = UNSET
    added: Words | UnsetType = UNSET
    removed: Words | UnsetType = UNSET
    innocent: Words | UnsetType = UNSET


class WordListChanges(Struct, forbid_unknown_fields=True):
    """Up to 100 lists."""

    lists: Annotated[list[WordListChange], Meta(min_length=1, max_length=MOST_LISTS)]


class WordListRow(Struct):
    """How a workspace's list differs from the built-in one."""

    category: str
    language: str
    enabled: bool
    veto: bool
    added: list[str]
    removed: list[str]
    innocent: list[str]
    updated_by: str
    updated_at: datetime


class WordListView(Struct):
    """A list as it is used: `words` are the built-in ones without those removed, and those added.

    `exact`: words that count only alone and spelt so. `built_in`: whether elci brings words for it.
    """

    category: str
    language: Language
    built_in: bool
    enabled: bool
    veto: bool
    words: list[str]
    exact: list[str]
    innocent: list[str]
    added: list[str]
    removed: list[str]
    updated_by: str | None
    updated_at: datetime | None


class WordLists(Struct):
    """All lists, by category and language."""

    data: list[WordListView]


class RestrictedCategoryView(Struct):
    """A category whose advertising the law of a market prohibits, or allows on conditions. No legal advice.

    `safety`: the category of word lists that finds it in texts. `checked_on`: the day on which it was held
    against the text of the law, null where nobody has done so yet.
    """

    code: str
    market: str
    status: Literal["prohibited", "conditional"]
    safety: str | None
    name: str
    rule: str
    source: str
    checked_on: str | None


class RestrictedCategories(Struct):
    """Restricted categories of the markets that are known."""

    data: list[RestrictedCategoryView]
