"""Statistics equal a recount by hand in any time zone, whatever is rolled up yet."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest

from service.kit import ids, jobs
from service.kit.db import Database
from service.links.stats import actions
from service.settings import Settings
from tests.service.links import stored_clicks as clicking

Click = dict[str, Any]
# America/New_York went back an hour on 1 November 2026 at 6:00 UTC, and forward on 8 March at 7:00.
FALL = dt.datetime(2026, 10, 30, tzinfo=dt.UTC)
SPRING = dt.datetime(2026, 3, 6, tzinfo=dt.UTC)
SPAN = dt.timedelta(days=4)


@pytest.fixture
async def brand(client: httpx.AsyncClient) -> UUID:
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


async def _link(client: httpx.AsyncClient, **fields: Any) -> UUID:
    answer = await client.post("/v1/links", json={"url": "https://shop.example/x", **fields})
    assert answer.status_code == 201, answer.text
    return ids.read("lnk", answer.json()["id"])


async def _count(settings: Settings, database: Database) -> None:
    await jobs.run_scheduled(settings, database, "links.count_clicks")
    await jobs.run_queued(settings, database)


async def _stats(client: httpx.AsyncClient, of: str, **params: Any) -> dict[str, Any]:
    answer = await client.get(f"/v1/links/{of}", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _by_hand(clicks: list[Click], key: Any) -> dict[Any, tuple[int, int, int]]:
    """Gross, net and unique by `key`; the unique ones are found anew, from the clicks alone."""
    gross: Counter[Any] = Counter(key(click) for click in clicks)
    counted = [click for click in clicks if click["counted"]]
    net = Counter(key(click) for click in counted)
    firsts: dict[Any, Click] = {}
    for click in sorted(counted, key=lambda click: (click["clicked_at"], click["id"])):
        if click["visitor"] is not None:
            hour = click["clicked_at"].replace(minute=0, second=0, microsecond=0)
            firsts.setdefault((click["link_id"], click["visitor"], hour), click)
    uniques = Counter(key(click) for click in firsts.values())
    return {each: (gross[each], net[each], uniques[each]) for each in gross}


def _judged(clicks: list[Click]) -> list[Click]:
    """As rules leave them: what an agent said of itself is forgotten where the kept string says other."""
    for click in clicks:
        if click["reasons"] == ["bot"] and click["user_agent"] is not None:
            click["counted"] = True
    return clicks


@pytest.mark.parametrize("since", [FALL, SPRING])
async def test_days_are_a_recount(
    client: httpx.AsyncClient, brand: UUID, database: Database, settings: Settings, since: dt.datetime
) -> None:
    link = await _link(client)
    clicks = clicking.some(300, since, SPAN, [link], seed=5)
    await clicking.store(database, brand, clicks)
    await _count(settings, database)
    for zone in ("Europe/Istanbul", "America/New_York", "Asia/Kathmandu"):
        await _compare_days(client, link, _judged(clicks), since, ZoneInfo(zone))


async def _compare_days(
    client: httpx.AsyncClient, link: UUID, clicks: list[Click], since: dt.datetime, zone: ZoneInfo
) -> None:
    wanted = _by_hand(clicks, lambda click: click["clicked_at"].astimezone(zone).date().isoformat())
    found = await _stats(
        client,
        f"{ids.show('lnk', link)}/stats",
        tz=zone.key,
        **{"from": (since - dt.timedelta(days=2)).date(), "to": (since + SPAN).date()},
    )
    rows = {row["date"]: (row["gross"], row["net"], row["unique"]) for row in found["data"]}
    assert len(rows) == len(found["data"]) == 7
    assert {day: row for day, row in rows.items() if row[0]} == wanted
    assert found["totals"]["gross"] == len(clicks)
    for row in found["data"]:
        starts = dt.datetime.fromisoformat(row["starts_at"]).astimezone(zone)
        assert (starts.date().isoformat(), starts.hour, row["tz"]) == (row["date"], 0, zone.key)


async def test_hours_around_a_change_of_clocks(
    client: httpx.AsyncClient, brand: UUID, database: Database, settings: Settings
) -> None:
    link = await _link(client)
    # 1:30 happens twice in New York.
    twice = [dt.datetime(2026, 11, 1, hour, 30, tzinfo=dt.UTC) for hour in (5, 6)]
    await clicking.store(database, brand, [clicking.click(at, link) for at in twice])
    await _count(settings, database)
    day = {"from": "2026-11-01", "to": "2026-11-01", "tz": "America/New_York", "group_by": "hour"}
    found = await _stats(client, f"{ids.show('lnk', link)}/stats", **day)
    assert len(found["data"]) == 25
    starts = [row["starts_at"] for row in found["data"] if row["gross"]]
    assert starts == ["2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z"]
    assert {row["date"] for row in found["data"]} == {"2026-11-01"}


async def test_dimensions_are_a_recount(
    client: httpx.AsyncClient, brand: UUID, database: Database, settings: Settings
) -> None:
    link = await _link(client)
    clicks = clicking.some(200, FALL, dt.timedelta(days=1), [link], seed=6)
    await clicking.store(database, brand, clicks)
    await _count(settings, database)
    within = {"from": "2026-10-29", "to": "2026-11-04", "tz": "Europe/Istanbul"}
    of = f"{ids.show('lnk', link)}/stats"
    for dimension in ("country", "device", "browser", "in_app", "referrer", "platform", "target", "sub1"):
        wanted = _by_hand(_judged(clicks), _field("referrer_host" if dimension == "referrer" else dimension))
        found = await _stats(client, of, group_by=dimension, **within)
        assert {
            row.get("value"): (row["gross"], row["net"], row["unique"]) for row in found["data"]
        } == wanted
        by_day = await _stats(client, of, group_by=f"day,{dimension}", **within)
        assert by_day["totals"] == found["totals"]
        for value, (gross, _, _) in wanted.items():
            assert sum(row["gross"] for row in by_day["data"] if row.get("value") == value) == gross


def _field(name: str) -> Callable[[Click], str | None]:
    return lambda click: None if click[name] is None else str(click[name])


async def test_what_is_not_rolled_up_is_there_too(
    client: httpx.AsyncClient, brand: UUID, database: Database, settings: Settings
) -> None:
    link = await _link(client)
    clicks = clicking.some(120, FALL, dt.timedelta(hours=6), [link], seed=7)
    for click in clicks:
        click["user_agent"] = None
    await clicking.store(database, brand, clicks[:80])
    await _count(settings, database)
    await clicking.store(database, brand, clicks[80:])
    within = {"from": "2026-10-30", "to": "2026-10-30", "tz": "UTC", "group_by": "hour"}
    of = f"{ids.show('lnk', link)}/stats"
    before = await _stats(client, of, **within)
    assert before["totals"]["gross"] == 120
    assert before["totals"]["net"] == sum(click["counted"] for click in clicks)
    await _count(settings, database)
    after = await _stats(client, of, **within)
    assert [row["gross"] for row in after["data"]] == [row["gross"] for row in before["data"]]
    assert after["totals"]["net"] == before["totals"]["net"]


async def test_the_first_values_and_the_rest(
    client: httpx.AsyncClient, brand: UUID, database: Database, settings: Settings
) -> None:
    link = await _link(client)
    clicks = [
        clicking.click(FALL + dt.timedelta(minutes=n), link, referrer_host=f"site{n}.example")
        for n in range(20)
        for _ in range(n + 1)
    ]
    await clicking.store(database, brand, clicks)
    await _count(settings, database)
    found = await _stats(
        client,
        f"{ids.show('lnk', link)}/stats",
        group_by="referrer",
        limit=3,
        **{"from": "2026-10-30", "to": "2026-10-30", "tz": "UTC"},
    )
    assert [(row["value"], row["gross"]) for row in found["data"]] == [
        ("site19.example", 20),
        ("site18.example", 19),
        ("site17.example", 18),
    ]
    assert found["other_values"] == {"values": 17, "gross": 153, "net": 153, "unique": 0}


async def test_all_links_of_a_partner_or_the_workspace(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    brand: UUID,
    database: Database,
    settings: Settings,
) -> None:
    partner = (await client.post("/v1/partners", json={"name": "Ayşe"})).json()["id"]
    one, two = await _link(client, partner_id=partner), await _link(client)
    campaign = ids.new()
    await clicking.store(
        database,
        brand,
        [
            *(clicking.click(FALL, one, partner_id=ids.read("prt", partner)) for _ in range(3)),
            *(clicking.click(FALL, two, campaign_id=campaign) for _ in range(2)),
        ],
    )
    within = {"from": "2026-10-30", "to": "2026-10-30", "tz": "UTC"}
    for _ in ("from clicks", "from roll-ups"):
        assert (await _stats(client, "stats", **within))["totals"]["gross"] == 5
        assert (await _stats(client, "stats", partner_id=partner, **within))["totals"]["gross"] == 3
        shown = ids.show("cmp", campaign)
        assert (await _stats(client, "stats", campaign_id=shown, **within))["totals"]["gross"] == 2
        by_link = await _stats(client, "stats", group_by="link", **within)
        assert [(row["value"], row["gross"]) for row in by_link["data"]] == [
            (ids.show("lnk", one), 3),
            (ids.show("lnk", two), 2),
        ]
        assert (await _stats(other_client, "stats", **within))["totals"]["gross"] == 0
        await _count(settings, database)
    for path, params in ((f"{ids.show('lnk', one)}/stats", {}), ("stats", {"partner_id": partner})):
        answer = await other_client.get(f"/v1/links/{path}", params=params)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("params", "paths"),
    [
        ({"tz": "Mars/Base"}, ["tz"]),
        ({"from": "2026-11-02", "to": "2026-11-01"}, ["from"]),
        ({"from": "2020-01-01", "to": "2026-11-01"}, ["from"]),
        ({"group_by": "hour", "from": "2026-09-01", "to": "2026-11-01"}, ["from"]),
        ({"group_by": "day,hour"}, ["group_by"]),
        ({"group_by": "country,device"}, ["group_by"]),
        ({"group_by": "colour", "tz": "x"}, ["tz", "group_by"]),
        ({"group_by": "link"}, ["group_by"]),
        ({"from": "0001-01-01", "to": "0001-01-02"}, ["from"]),
        ({"from": "9999-12-31", "to": "9999-12-31"}, ["from"]),
    ],
)
async def test_what_can_not_be_asked_for(
    client: httpx.AsyncClient, brand: UUID, params: dict[str, str], paths: list[str]
) -> None:
    link = ids.show("lnk", await _link(client))
    answer = await client.get(f"/v1/links/{link}/stats", params=params)
    assert answer.status_code == 400
    assert [error["path"] for error in answer.json()["errors"]] == paths


async def test_defaults_are_thirty_days_of_istanbul(client: httpx.AsyncClient, brand: UUID) -> None:
    found = await _stats(client, f"{ids.show('lnk', await _link(client))}/stats")
    assert (found["tz"], found["group_by"], len(found["data"])) == ("Europe/Istanbul", ["day"], 30)
    today = dt.datetime.now(ZoneInfo("Europe/Istanbul")).date()
    assert (found["to"], found["data"][-1]["date"]) == (today.isoformat(), today.isoformat())
    assert found["totals"] == {"gross": 0, "net": 0, "unique": 0}


async def test_live_figures(
    client: httpx.AsyncClient, brand: UUID, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LOOK_EVERY_S", 0.02)
    link = await _link(client)
    views = actions.live(database, brand, link, ZoneInfo("UTC"))
    assert (await anext(views)).today.gross == 0
    await clicking.store(database, brand, [clicking.click(dt.datetime.now(dt.UTC), link, visitor=b"v" * 16)])
    view = await anext(views)
    assert (view.today.gross, view.today.net, view.today.unique, view.last_hour) == (1, 1, 1, 1)
    assert view.link_id == ids.show("lnk", link)


async def test_the_stream_ends_and_needs_a_link(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, brand: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(actions, "LIVE_FOR_S", 0.1)
    path = f"/v1/links/{ids.show('lnk', await _link(client))}/live"
    ticket = (await client.post("/v1/auth/tickets", json={"path": path})).json()["ticket"]
    del client.headers["Authorization"]
    answer = await client.get(path, params={"ticket": ticket})
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert "event: clicks" in answer.text
    assert answer.text.count("data: ") == 1
    assert (await other_client.get(path)).status_code == 404
    assert (await other_client.get(path, params={"tz": "x"})).status_code == 404
