"""A query as conditions over the index (PostgreSQL's tsquery and columns). Pure.

Nothing of a query's text reaches SQL but as a bound value. Words become tsqueries, in which only letters,
digits and `#@._` stand between quotes; fields become comparisons of a closed set.
"""

from typing import Any

from service.mentions.language.nodes import And, Field, Near, Node, Not, Or, Phrase, Word

_COLUMNS = {
    "lang": "language",
    "platform": "platform",
    "source": "source",
    "country": "country",
    "kind": "kind",
    "sentiment": "label",
}


def condition(node: Node, values: list[Any]) -> str:
    """The SQL condition over `mention_search` as `s`; what it binds is added to `values`.

    >>> bound = []
    >>> from service.mentions.language.parsing import parse
    >>> condition(parse("kahve -çay lang:tr"), bound), bound
    ('(s.tokens @@ $1::tsquery and coalesce(s.language = $2, false))', ["('kahve' & !'cay')", 'tr'])
    """
    if is_text(node):
        values.append(text_query(node))
        return f"s.tokens @@ ${len(values)}::tsquery"
    if isinstance(node, Field):
        return _field(node, values)
    if isinstance(node, Not):
        return f"not {condition(node.of, values)}"
    if isinstance(node, And | Or):
        # All that is text in one tsquery: the index is asked once.
        texts = tuple(one for one in node.of if is_text(one))
        others = [one for one in node.of if not is_text(one)]
        whole = type(node)(texts) if len(texts) > 1 else texts[0] if texts else None
        parts = [condition(one, values) for one in ([whole] if whole is not None else []) + others]
        return "(" + (" and " if isinstance(node, And) else " or ").join(parts) + ")"
    raise TypeError(f"no node of a query: {node!r}")


def is_text(node: Node) -> bool:
    """Whether it is about the text alone."""
    if isinstance(node, And | Or):
        return all(is_text(one) for one in node.of)
    if isinstance(node, Not):
        return is_text(node.of)
    return not isinstance(node, Field)


def text_query(node: Node) -> str:
    """The tsquery of what is about the text alone."""
    if isinstance(node, Word):
        return _word(node)
    if isinstance(node, Phrase):
        return "(" + " <-> ".join(_word(word) for word in node.words) + ")"
    if isinstance(node, Not):
        return "!" + text_query(node.of)
    if isinstance(node, Near):
        return _near(node)
    if isinstance(node, And | Or):
        operator = " & " if isinstance(node, And) else " | "
        return "(" + operator.join(text_query(one) for one in node.of) + ")"
    raise TypeError(f"not about the text: {node!r}")


def _word(word: Word) -> str:
    quoted = word.form.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'" + (":*" if word.prefix else "")


def _near(node: Near) -> str:
    """Each order and each distance, from the last word of the one to the first of the other."""
    pairs = [
        f"{text_query(a)} <{distance}> {text_query(b)}"
        for left, right in ((node.left, node.right), (node.right, node.left))
        for a in left
        for b in right
        for distance in range(1, node.distance + 1)
    ]
    return "(" + " | ".join(f"({pair})" for pair in pairs) + ")"


def _field(node: Field, values: list[Any]) -> str:
    if node.name == "followers":
        values.append(node.least)
        return f"coalesce(s.followers >= ${len(values)}, false)"
    values.append(node.value)
    at = f"${len(values)}"
    if node.name == "author":
        return f"coalesce({at} in (s.author_folded, s.author_name_folded), false)"
    if node.name == "from":
        return f"coalesce(s.author_folded = {at}, false)"
    if node.name == "site":
        return f"coalesce(right('.' || s.site, length({at}) + 1) = '.' || {at}, false)"
    if node.name == "tag":
        return f"{at} = any(s.tags)"
    return f"coalesce(s.{_COLUMNS[node.name]} = {at}, false)"
