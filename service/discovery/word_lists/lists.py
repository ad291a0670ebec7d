"""The lists that count in a workspace: the built-in ones, with what the workspace changed (pure)."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from scoring.safety import LANGUAGES, Language, WordList, builtin
from scoring.safety import categories as built_in_categories
from service.discovery.word_lists.schemas import (
    MOST_LISTS,
    MOST_WORDS,
    WordListChange,
    WordListRow,
    WordListView,
)
from service.kit.text import fold_tr

# A hit of these ends a fit where nobody has said otherwise. The others are shown and end nothing: a glass of
# wine in one of thirty posts is for a person to judge.
VETOING = frozenset({"adult", "gambling", "drugs", "hate"})


def effective(changed: Sequence[WordListRow]) -> list[WordList]:
    """The lists that are switched on, as texts are held against them."""
    return [
        WordList(
            view.category,
            view.language,
            words=tuple(word for word in view.words if word not in spelt),
            spelt=tuple(word for word in view.words if word in spelt),
            exact=tuple(view.exact),
            innocent=tuple(view.innocent),
        )
        for view in views(changed)
        if view.enabled
        for spelt in [set(_built_in(view.category, view.language).spelt) - set(view.added)]
    ]


def digest(lists: Sequence[WordList]) -> bytes:
    """Equal for equal lists: what was found by other ones has to be looked for again."""
    return hashlib.sha256(msgspec.json.encode(list(lists))).digest()[:16]


def views(changed: Sequence[WordListRow]) -> list[WordListView]:
    """All lists by category and language, built-in categories first."""
    rows = {(row.category, row.language): row for row in changed}
    own = sorted({row.category for row in changed} - set(built_in_categories()))
    every = [(name, language) for name in (*built_in_categories(), *own) for language in LANGUAGES]
    return [
        _view(name, language, rows.get((name, language)))
        for name, language in every
        if (name, language) in rows or name not in own
    ]


def vetoing(changed: Sequence[WordListRow]) -> set[str]:
    """The categories whose hits are a veto where a brief does not say which are."""
    return {view.category for view in views(changed) if view.enabled and view.veto}


def unknown(names: Iterable[str], changed: Sequence[WordListRow]) -> list[str]:
    """Those of the names that are no category."""
    return sorted(set(names) - {view.category for view in views(changed)})


def merged(row: WordListRow | None, change: WordListChange) -> dict[str, Any]:
    """A list's stored fields after a change."""
    before: dict[str, Any] = {
        "enabled": row.enabled if row else True,
        "veto": row.veto if row else change.category in VETOING,
        "added": row.added if row else [],
        "removed": row.removed if row else [],
        "innocent": row.innocent if row else [],
    }
    given = {name: value for name in before if (value := getattr(change, name)) is not UNSET}
    return before | {
        name: _once(value) if isinstance(value, list) else value for name, value in given.items()
    }


def too_much(rows: Sequence[WordListRow]) -> str | None:
    """Why a workspace's lists can't be so many: every text is read for every word."""
    words = sum(len(row.added) + len(row.innocent) for row in rows)
    if len(rows) > MOST_LISTS:
        return f"a workspace has at most {MOST_LISTS} lists, not {len(rows)}"
    return f"a workspace has at most {MOST_WORDS:,} words, not {words:,}" if words > MOST_WORDS else None


def _view(category: str, language: Language, row: WordListRow | None) -> WordListView:
    own = _built_in(category, language)
    removed = row.removed if row else []
    added = row.added if row else []
    words = [*_kept((*own.words, *own.spelt), removed), *added]
    return WordListView(
        category=category,
        language=language,
        built_in=bool(own.words),
        enabled=row.enabled if row else True,
        veto=row.veto if row else category in VETOING,
        words=_once(words),
        exact=list(_kept(own.exact, removed)),
        innocent=_once([*own.innocent, *(row.innocent if row else [])]),
        added=added,
        removed=removed,
        updated_by=row.updated_by if row else None,
        updated_at=row.updated_at if row else None,
    )


def _built_in(category: str, language: Language) -> WordList:
    found = (one for one in builtin() if (one.category, one.language) == (category, language))
    return next(found, WordList(category, language))


def _kept(words: Iterable[str], removed: Iterable[str]) -> tuple[str, ...]:
    gone = {fold_tr(word) for word in removed}
    return tuple(word for word in words if fold_tr(word) not in gone)


def _once(words: Iterable[str]) -> list[str]:
    """Without what is empty and what stands there twice, in order."""
    found: dict[str, str] = {}
    for word in words:
        stripped = " ".join(word.split())
        if stripped:
            found.setdefault(stripped.casefold(), stripped)
    return list(found.values())
