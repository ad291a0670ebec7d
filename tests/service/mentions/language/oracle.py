"""Whether a mention is what a query looks for, said without the index: what the index is tested against."""

from collections.abc import Sequence

from msgspec import Struct

from service.mentions.language.nodes import And, Field, Near, Node, Not, Or, Phrase, Word

Spans = list[tuple[int, int]]


class Document(Struct):
    """A mention as queries see it. `places`: the forms of each word (words.places)."""

    places: Sequence[frozenset[str]]
    author: str | None = None
    handle: str | None = None
    language: str | None = None
    site: str | None = None
    platform: str | None = None
    source: str | None = None
    country: str | None = None
    kind: str | None = None
    tags: Sequence[str] = ()
    sentiment: str | None = None
    followers: int | None = None


def matches(node: Node, document: Document) -> bool:
    """Whether the query finds the document.

    >>> from service.mentions.language.parsing import parse
    >>> from service.mentions.language.words import places
    >>> matches(parse("trendyol NEAR/2 indirim -kargo"), Document(places("Trendyol'da büyük indirim!")))
    True
    """
    if isinstance(node, And):
        return all(matches(one, document) for one in node.of)
    if isinstance(node, Or):
        return any(matches(one, document) for one in node.of)
    if isinstance(node, Not):
        return not matches(node.of, document)
    if isinstance(node, Near):
        return _near(node, document)
    if isinstance(node, Field):
        return _field(node, document)
    return bool(_spans(node, document.places))


def _spans(node: Word | Phrase, places: Sequence[frozenset[str]]) -> Spans:
    """Where it stands: first and last place."""
    if isinstance(node, Word):
        return [(at, at) for at, forms in enumerate(places) if _is(node, forms)]
    length = len(node.words)
    return [
        (at, at + length - 1)
        for at in range(len(places) - length + 1)
        if all(_is(word, places[at + step]) for step, word in enumerate(node.words))
    ]


def _is(word: Word, forms: frozenset[str]) -> bool:
    if not word.prefix:
        return word.form in forms
    return any(form.startswith(word.form) for form in forms)


def _near(node: Near, document: Document) -> bool:
    left = [span for one in node.left for span in _spans(one, document.places)]
    right = [span for one in node.right for span in _spans(one, document.places)]
    return any(
        1 <= b[0] - a[1] <= node.distance or 1 <= a[0] - b[1] <= node.distance for a in left for b in right
    )


def _field(node: Field, document: Document) -> bool:
    if node.name == "followers":
        return document.followers is not None and document.followers >= (node.least or 0)
    if node.name == "author":
        return node.value in (document.author, document.handle)
    if node.name == "from":
        return node.value == document.handle
    if node.name == "site":
        return document.site is not None and f".{document.site}".endswith(f".{node.value}")
    if node.name == "tag":
        return node.value in document.tags
    name = "language" if node.name == "lang" else node.name
    return bool(getattr(document, name) == node.value)
