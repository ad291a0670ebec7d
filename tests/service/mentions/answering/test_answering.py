"""Assigned in bulk, what waits, and how fast it is answered."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from service.kit import ids
from service.mentions.answering import figures
from service.mentions.answering.schemas import AnswerRow
from tests.service.accounts.conftest import Join, clients, join  # noqa: F401 - fixtures

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
QUERY, OTHER = ids.new(), ids.new()


def row(at: int, took: int | None, group: UUID | None = QUERY) -> AnswerRow:
    answered = None if took is None else NOON + took * MINUTE
    return AnswerRow(UUID(int=at), NOON, answered, None if group is None else str(group), "Elçi")


def test_figures_of_groups() -> None:
    rows = [*(row(at, took) for at, took in enumerate([5, 10, 20, 90, None])), row(0, 5, OTHER)]
    as_of, target = NOON + 120 * MINUTE, 60 * MINUTE
    total = figures.figures(figures.once(rows), as_of, target)
    assert (total.answered, total.open, total.overdue) == (4, 1, 1)
    assert (total.median_seconds, total.p90_seconds, total.within_target) == (900, 4140, 0.6)
    first, second = figures.groups(rows, "query", as_of, target)
    assert (first.key, first.figures) == (ids.show("lsq", QUERY), total)
    assert (second.key, second.figures.within_target) == (ids.show("lsq", OTHER), 1)
    nothing = figures.figures([], as_of, target)
    assert (nothing.answered, nothing.median_seconds, nothing.within_target) == (0, None, None)


async def test_assigned_answered_and_measured(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    join: Join,  # noqa: F811
) -> None:
    deniz = await join("manager")
    query = (await client.post("/v1/listening/queries", json={"name": "Elçi", "expression": "elçi"})).json()[
        "id"
    ]
    now = datetime.now(UTC).replace(microsecond=0)
    said = [
        {
            "platform": "x" if at % 2 else "web",
            "native_id": str(at),
            "text": "elçi nerede",
            "published_at": (now - (100 - at) * MINUTE).isoformat(),
        }
        for at in range(5)
    ]
    made = (await client.post("/v1/mentions", json={"mentions": said})).json()["results"]
    mentions = [one["id"] for one in made]
    asked = {"mention_ids": [*mentions[:4], "men_" + "0" * 26, "x"], "assignee": deniz.id}
    done = (await client.post("/v1/mentions/assign", json=asked)).json()
    assert [one["status"] for one in done["results"]] == ["assigned"] * 4 + ["unknown"] * 2
    assert (await client.post("/v1/mentions/assign", json=asked)).json()["changed"] == 0
    theirs = (await other_client.post("/v1/mentions/assign", json=asked | {"assignee": None})).json()
    assert {one["status"] for one in theirs["results"]} == {"unknown"}
    assert (await other_client.post("/v1/mentions/assign", json=asked)).status_code == 404
    waits = (await client.get("/v1/mentions/waiting", params={"assignee": deniz.id, "limit": 3})).json()
    assert [one["mention"]["id"] for one in waits["data"]] == mentions[:3]
    assert waits["data"][0]["overdue"]
    assert waits["data"][0]["waiting_seconds"] >= 6_000
    rest = {"assignee": deniz.id, "limit": 3, "cursor": waits["next_cursor"]}
    last = (await client.get("/v1/mentions/waiting", params=rest)).json()
    assert [one["mention"]["id"] for one in last["data"]] == [mentions[3]]
    nobody = {"status": "new", "query_id": query, "target_minutes": 1_000}
    (new,) = (await client.get("/v1/mentions/waiting", params=nobody)).json()["data"]
    assert (new["mention"]["id"], new["overdue"]) == (mentions[4], False)
    for at, took in ((0, 10), (1, 80)):
        when = (now - (100 - at - took) * MINUTE).isoformat()
        await client.patch(f"/v1/mentions/{mentions[at]}", json={"answered_at": when})
    # Put aside without an answer: it never waited.
    await client.patch(f"/v1/mentions/{mentions[2]}", json={"status": "ignored"})
    path = "/v1/listening/response-times"
    found = (await client.get(path, params={"group_by": "platform"})).json()
    everything = found["all"]
    assert (everything["answered"], everything["open"], everything["overdue"]) == (2, 1, 1)
    assert (everything["median_seconds"], everything["within_target"]) == (45 * 60, pytest.approx(1 / 3))
    assert [(one["key"], one["figures"]["answered"]) for one in found["groups"]] == [("x", 1), ("web", 1)]
    by_query = (await client.get(path, params={"group_by": "query", "query_id": query})).json()
    assert [(one["key"], one["name"]) for one in by_query["groups"]] == [(query, "Elçi")]
    assert by_query["groups"][0]["figures"] == everything
    by_person = (await client.get(path, params={"group_by": "assignee", "measured_from": "assigned"})).json()
    assert [(one["key"], one["name"]) for one in by_person["groups"]] == [(deniz.id, "Manager")]
    assert by_person["all"]["overdue"] == 0
    back = {"from": now.isoformat(), "to": (now - MINUTE).isoformat()}
    assert (await client.get(path, params=back)).status_code == 400
    assert (await other_client.get(path)).json()["all"]["answered"] == 0
