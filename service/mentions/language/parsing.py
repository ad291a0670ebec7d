"""The query language: text to a tree. Pure.

    query   = or
    or      = and { "OR" and }
    and     = unary { ["AND"] unary }
    unary   = ["NOT" | "-"] near
    near    = primary [ "NEAR/n" primary ]
    primary = "(" or ")" | field ":" value | '"' phrase '"' | word | word"*" | "#"tag | "@"handle
    field   = author from lang site platform source country kind tag sentiment followers

Operators are written in capitals; words next to each other are joined by AND. Each word also finds its forms
with Turkish endings, and no case, accent or dotted i makes a difference.
"""

import re
from collections.abc import Iterator
from typing import get_args

from service.kit.text import fold_tr
from service.mentions.language.lexing import Kind, Piece, pieces
from service.mentions.language.nodes import (
    And,
    Field,
    FieldName,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    QueryError,
    Word,
)
from service.mentions.language.words import places, query_form

LONGEST = 4_000
MOST_TERMS = 250
DEEPEST = 40
FARTHEST = 20
LEAST_PREFIX = 3
_FIELDS = get_args(FieldName)
_SENTIMENTS = ("positive", "neutral", "negative")
_NUMBER = re.compile(r">=?(\d{1,12})")


def parse(text: str) -> Node:
    """The tree of a query. Raises QueryError, which says where and why.

    >>> parse("kahve -çay")
    And(of=(Word(form='kahve', prefix=False), Not(of=Word(form='cay', prefix=False))))
    >>> parse("kahve AND (çay")
    Traceback (most recent call last):
    service.mentions.language.nodes.QueryError: this bracket is never closed (at character 11)
    """
    if len(text) > LONGEST:
        raise QueryError(LONGEST, f"a query has at most {LONGEST} characters")
    tree = _Parser(pieces(text)).query()
    if not looks_for_something(tree):
        raise QueryError(0, "the query only says what it does not want: add what it looks for")
    return tree


def looks_for_something(node: Node) -> bool:
    """Whether a query names something that must be there: what only excludes would match everything."""
    if isinstance(node, Not):
        return False
    if isinstance(node, And):
        return any(looks_for_something(one) for one in node.of)
    return all(looks_for_something(one) for one in node.of) if isinstance(node, Or) else True


class _Parser:
    def __init__(self, read: Iterator[Piece]) -> None:
        self._read = read
        self._next = next(read)
        self._terms = 0

    def query(self) -> Node:
        if self._next.kind == "end":
            raise QueryError(0, "the query is empty")
        tree = self._any(0)
        if self._next.kind == "close":
            raise QueryError(self._next.at, "this bracket was never opened")
        return tree

    def _take(self) -> Piece:
        taken = self._next
        if taken.kind != "end":
            self._next = next(self._read)
        return taken

    def _at(self, kind: Kind) -> bool:
        return self._next.kind == kind

    def _any(self, depth: int) -> Node:
        found = [self._all(depth)]
        while self._next.kind == "or":
            self._take()
            found.append(self._all(depth))
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _all(self, depth: int) -> Node:
        found = [self._unary(depth)]
        while self._next.kind not in ("or", "close", "end"):
            if self._next.kind == "and":
                self._take()
            found.append(self._unary(depth))
        return found[0] if len(found) == 1 else And(tuple(found))

    def _unary(self, depth: int) -> Node:
        if self._next.kind == "not":
            self._take()
            return Not(self._near(depth))
        return self._near(depth)

    def _near(self, depth: int) -> Node:
        at = self._next.at
        left = self._primary(depth)
        if self._next.kind != "near":
            return left
        near = self._take()
        distance = int(near.value[:6])
        if not 1 <= distance <= FARTHEST:
            raise QueryError(near.at, f"NEAR takes a distance from 1 to {FARTHEST}")
        right_at = self._next.at
        right = self._primary(depth)
        if self._next.kind == "near":
            raise QueryError(self._next.at, "NEAR joins two: put brackets around one of them and use AND")
        return Near(_side(left, at), _side(right, right_at), distance)

    def _primary(self, depth: int) -> Node:
        piece = self._take()
        if piece.kind == "open":
            return self._bracket(piece, depth + 1)
        self._count(piece)
        if piece.kind == "field":
            return self._field(piece)
        if piece.kind == "phrase":
            return _phrase(piece)
        if piece.kind == "word":
            return _word(piece)
        raise QueryError(piece.at, _expected(piece))

    def _bracket(self, opened: Piece, depth: int) -> Node:
        if depth > DEEPEST:
            raise QueryError(opened.at, f"brackets stand at most {DEEPEST} deep")
        if self._at("close"):
            raise QueryError(opened.at, "these brackets are empty")
        tree = self._any(depth)
        if not self._at("close"):
            raise QueryError(opened.at, "this bracket is never closed")
        self._take()
        return tree

    def _field(self, field: Piece) -> Node:
        if field.value not in _FIELDS:
            known = ", ".join(_FIELDS)
            raise QueryError(field.at, f"there is no field {field.value!r}; known are {known}")
        value = self._take()
        if (
            value.at != field.at + len(field.value) + 1
            or value.kind not in ("word", "phrase")
            or not value.value.strip()
        ):
            raise QueryError(field.at, f"{field.value}: needs a value right behind it")
        return _field(field, value)

    def _count(self, piece: Piece) -> None:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise QueryError(piece.at, f"a query has at most {MOST_TERMS} terms")


def _expected(piece: Piece) -> str:
    if piece.kind == "end":
        return "something is missing at the end"
    if piece.kind == "close":
        return "something is missing before this bracket"
    return f"{piece.kind.upper()} needs something on both sides" if piece.kind != "not" else "NOT stands once"


def _word(piece: Piece) -> Node:
    prefix = piece.value.endswith("*")
    text = piece.value.rstrip("*")
    if "*" in text:
        raise QueryError(piece.at, "a star stands at the end of a word only")
    form = query_form(text)
    if not form:
        raise QueryError(piece.at, f"{piece.value!r} has no letter and no digit")
    if prefix and len(form.lstrip("#@")) < LEAST_PREFIX:
        raise QueryError(piece.at, f"at least {LEAST_PREFIX} letters stand before a star")
    inside = places(text)
    if len(inside) > 1 and form[0] != "@":
        # "covid-19" is two words of a text.
        return Phrase(tuple(Word(query_form(each)) for each in _words(text)))
    return Word(form, prefix)


def _phrase(piece: Piece) -> Node:
    words = tuple(Word(query_form(each)) for each in _words(piece.value))
    if not words:
        raise QueryError(piece.at, "nothing stands between these quotation marks")
    return words[0] if len(words) == 1 else Phrase(words)


def _words(text: str) -> list[str]:
    """The words as the index counts them, each as it is written."""
    found = re.findall(r"@[\w.]*\w|#?\w+(?:['’‘ʼ`]\w+)*", fold_tr(text))
    return [one for one in found if query_form(one)]


def _side(node: Node, at: int) -> tuple[Word | Phrase, ...]:
    if isinstance(node, Word | Phrase):
        return (node,)
    if isinstance(node, Or):
        sides = tuple(one for one in node.of if isinstance(one, Word | Phrase))
        if len(sides) == len(node.of):
            return sides
    raise QueryError(at, "beside NEAR stand words, phrases, or several of them joined by OR in brackets")


def _field(field: Piece, value: Piece) -> Field:
    name: FieldName = field.value  # type: ignore[assignment]
    text = value.value.strip()
    if name == "followers":
        found = _NUMBER.fullmatch(text)
        if found is None:
            raise QueryError(value.at, "followers: takes a number, as in followers:>1000")
        return Field(name, text, int(found[1]) + (0 if text.startswith(">=") else 1))
    if name == "sentiment" and text.lower() not in _SENTIMENTS:
        raise QueryError(value.at, f"sentiment: is one of {', '.join(_SENTIMENTS)}")
    if name == "country":
        return Field(name, text.upper())
    if name == "tag":
        return Field(name, text)
    folded = fold_tr(text.lstrip("@"))
    return Field(name, folded.removeprefix("www.") if name == "site" else folded)
