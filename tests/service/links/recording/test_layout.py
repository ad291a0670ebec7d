"""Rows as COPY reads them: what is written is what PostgreSQL reads, and any row can be cut out again."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kit import ids
from service.kit.db import Connection
from service.links.front.click_ids import ClickIds, clicked_at
from service.links.recording import layout
from service.links.recording.layout import Circumstances, Whose

MS = int(datetime(2026, 3, 1, 12, 30, 15, 123000, UTC).timestamp() * 1000)
TEXTS = st.none() | st.text(max_size=30)


def a_row(workspace_id: UUID, *, id_: bytes | None = None, **told: object) -> bytes:
    """A row of a click."""
    rest = layout.whose(Whose(workspace_id, UUID(int=2), None, UUID(int=3)), "redirect")
    rest += layout.subs(("a", None, "ç", None, "")) + layout.circumstances(Circumstances(**told))  # type: ignore[arg-type]
    return layout.row(id_ or ClickIds().new(MS)[0], MS, bytes(range(16)), None, rest)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.lists(st.text(max_size=9), max_size=3)), max_size=5))
def test_rows_are_cut_where_they_end(told: list[tuple[str | None, str | None, list[str]]]) -> None:
    made = [
        a_row(UUID(int=1), country=one, user_agent=two, reasons=tuple(reasons)) for one, two, reasons in told
    ]
    assert list(layout.rows(b"".join(made))) == made
    assert list(layout.times(b"".join(made))) == [clicked_at(UUID(bytes=each[6:22])) for each in made]


@pytest.mark.parametrize("cut", [1, 3, 20, 50])
def test_what_is_no_row_is_told(cut: int) -> None:
    whole = a_row(UUID(int=1))
    with pytest.raises(ValueError, match="row"):
        list(layout.rows(whole + whole[:-cut]))


async def test_postgresql_reads_what_was_written(owner: Connection) -> None:
    workspace_id = ids.new()
    await owner.execute("create temporary table read (like clicks)")
    data = a_row(
        workspace_id,
        counted=False,
        reasons=("bot", "head"),
        browser="Çalar\0Saat",
        user_agent="\ud800" + "x" * 600,
    )

    async def file():  # type: ignore[no-untyped-def]
        yield layout.HEAD + data + layout.TAIL

    await owner.execute('alter table read drop column "unique"')
    await owner.copy_to_table("read", source=file(), columns=layout.COLUMNS, format="binary")
    row = await owner.fetchrow("select * from read")
    assert row["clicked_at"] == datetime(2026, 3, 1, 12, 30, 15, 123000, UTC) == clicked_at(row["id"])
    assert (row["workspace_id"], row["link_id"], row["partner_id"]) == (workspace_id, UUID(int=2), None)
    assert (row["visitor"], row["target"], row["kind"]) == (bytes(range(16)), None, "redirect")
    assert (row["sub1"], row["sub2"], row["sub3"], row["sub5"]) == ("a", None, "ç", "")
    assert (row["counted"], row["reasons"], row["country"]) == (False, ["bot", "head"], None)
    assert row["browser"] == "ÇalarSaat"
    assert row["user_agent"] == "?" + "x" * 499


def test_ids_are_the_ids_of_the_house() -> None:
    made = [ClickIds().new(MS + at) for at in range(50)] + list(map(ClickIds().new, [MS] * 1000))
    for inner, outer in made:
        assert ids.read("clk", outer) == UUID(bytes=inner)
        assert (UUID(bytes=inner).version, UUID(bytes=inner).variant) == (7, "specified in RFC 4122")
    assert len({inner for inner, _ in made}) == len(made)
