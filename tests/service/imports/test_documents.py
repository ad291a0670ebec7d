"""NDJSON and JSON: wrappers, nesting, halves of characters, bounded records."""

import msgspec
import pytest

from service.imports.limits import MAX_LINE
from service.imports.reading.table import open_table
from service.imports.rejects import Reject, Unreadable
from tests.service.imports.files import pieces


def _read(text: str, size: int = 7, **options: object) -> list[object]:
    opened = open_table(pieces(text.encode(), size), **options)
    return [
        (row.row, row.reason) if isinstance(row, Reject) else dict(zip(opened.names, row[1], strict=True))
        for row in opened.rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[{"h": "a"}, {"h": "b"}]',
        '{"data": [{"h": "a"}, {"h": "b"}]}',
        '{"meta": {"n": 2}, "result": {"items": [{"h": "a"}, {"h": "b"}]}, "more": [1]}',
        '{"h": "a"}\n\n{"h": "b"}\n',
        '{"data": {"creators": [{"h": "a"}, {"h": "b"}]}}',
    ],
)
def test_records_are_found_wherever_they_are_wrapped(text: str) -> None:
    assert _read(text, lists=frozenset({"creators"})) == [{"h": "a"}, {"h": "b"}]


def test_a_single_record_with_lists_of_its_own_stays_one() -> None:
    text = '{"user": {"name": "A", "stats": {"avg": 2}}, "posts": [{"id": 1}], "langs": ["tr"]}'
    assert _read(text) == [{"user.name": "A", "user.stats.avg": 2, "posts": [{"id": 1}], "langs": ["tr"]}]


def test_lists_of_accounts_make_a_row_each() -> None:
    text = '[{"name": "A", "accounts": [{"handle": "x"}, {"handle": "y"}]}, {"name": "B", "accounts": []}]'
    found = _read(text, nested=frozenset({"accounts"}))
    assert [row.get("accounts.handle") for row in found] == ["x", "y", None]
    assert [row["name"] for row in found] == ["A", "A", "B"]


def test_broken_lines_are_rejected_and_the_others_read() -> None:
    text = '{"h": "a"}\n{broken\n3\n{"h": NaN}\n{"h": "b"}\n' + "{" * 10 + '\n{"h": "\\ud800"}\n'
    rejects = [(number, "invalid_json") for number in (2, 3, 4)]
    found = _read(text)
    assert [found[0], found[4], found[6]] == [{"h": "a"}, {"h": "b"}, {"h": "\ufdd0"}]
    assert [*found[1:4], found[5]] == [*rejects, (6, "invalid_json")]


def test_a_document_that_breaks_says_where() -> None:
    with pytest.raises(Unreadable, match="after record 2"):
        open_table([b'[{"h": "a"}, {"h": "b"}, {"h": '])


def test_a_record_without_end_stops_at_the_limit() -> None:
    taken = 0

    def endless():
        nonlocal taken
        yield b'[{"bio": "'
        while True:
            taken += 2**16
            yield b"x" * 2**16

    with pytest.raises(Unreadable) as caught:
        list(open_table(endless()).rows)
    assert caught.value.code == "record_too_large"
    assert taken < 2 * MAX_LINE


def test_a_long_array_is_read_as_it_comes() -> None:
    record = msgspec.json.encode({"username": "a" * 20, "followers": 12}) + b","
    asked = 0

    def chunks():
        nonlocal asked
        yield b"["
        for _ in range(2_000):
            asked += 1
            yield record * 20
        yield b'{"username": "last"}]'

    rows = open_table(chunks()).rows
    next(rows)
    assert asked < 1_000
    assert sum(1 for _ in rows) == 40_000


def test_escaped_halves_in_a_document_are_marked_wherever_it_is_cut() -> None:
    text = '[{"a": "x\\ud83d\\ude00y", "b": "\\ud83d"}, {"a": "\\\\ud800", "b": ""}]'
    whole = _read(text, size=1_000)
    assert whole[0] == {"a": "x😀y", "b": "\ufdd0"}
    assert whole[1]["a"] == "\\ud800"
    assert all(_read(text, size=size) == whole for size in range(1, 30))
