"""Possible issues of posts that were paid for, as a table, or as lines where it is narrow."""

from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.demo.disclosing import Disclosed, Judged

_LEAST_FOR_A_TABLE = 100
_UNKNOWN = "-"


def show(out: Console, disclosed: Disclosed) -> None:
    """Each finding with its rule and the words that are meant."""
    issues = len({each.finding.post_id for each in disclosed.judged})
    out.print(
        f"{disclosed.posts} posts of people who got a parcel were looked at by the rules of their day:"
        f" {issues} with a possible issue, for a person to decide about.",
        markup=False,
    )
    if out.width < _LEAST_FOR_A_TABLE:
        for each in disclosed.judged:
            out.print(*_lines(each), sep="\n", markup=False)
        return
    table = Table("influencer", "code", "rule", "what was seen", "the words", show_lines=True)
    for each in disclosed.judged:
        table.add_row(*map(escape, _cells(each)))
    out.print(table)


def _cells(each: Judged) -> tuple[str, ...]:
    found = each.finding
    quoted = f"“{each.quoted}”" if each.quoted else _UNKNOWN
    return (each.name, found.code, found.rule_id, found.explanation.en, quoted)


def _lines(each: Judged) -> Iterator[str]:
    name, code, rule, told, quoted = _cells(each)
    yield f"- {name}: {code} ({rule})"
    yield f"  {told}"
    if each.quoted:
        yield f"  the words: {quoted}"
