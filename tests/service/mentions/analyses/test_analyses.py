"""Analyses: recounted from the raw rows in two zones, for each group; share of voice sums to 1."""

import csv
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.mentions.analyses.schemas import ShareSums
from service.mentions.analyses.sharing import parts

Drain = Callable[[], Awaitable[None]]
Rows = list[dict[str, Any]]
# Both zones change their clocks, or did: New York in the middle of the span.
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 21)
ZONES = ("Europe/Istanbul", "America/New_York")
BRANDS = ("elma", "armut", "kiraz")


def made(count: int = 220) -> Rows:
    """Mentions around the span's ends and at hours that are other days in other zones."""
    random = Random(7)
    rows = []
    for at in range(count):
        said = [word for word in BRANDS if random.random() < 0.4]
        published = datetime(2026, 2, 28, tzinfo=UTC) + timedelta(minutes=random.randrange(23 * 24 * 60))
        row = {
            "native_id": f"m{at}",
            "platform": random.choice(["x", "news"]),
            "text": f"bugün {' '.join(said)} aldım {at}",
            "language": random.choice(["tr", "en", "de"]),
            "published_at": published.isoformat(),
        }
        for name, values in (
            ("country", [None, "TR", "US"]),
            ("author_handle", [None, "ada", "Can", "@ece", "=x"]),
            ("followers", [None, 10, 500]),
            ("reach", [None, None, 3, 700]),
            ("engagement", [None, 4, 9]),
            ("stars", [None, 1.0, 5.0]),
        ):
            if (value := random.choice(values)) is not None:  # type: ignore[call-overload]
                row[name] = value
        rows.append(row | {"_said": said})
    return rows


@pytest.fixture
async def listened(client: httpx.AsyncClient, drain: Drain) -> tuple[Rows, dict[str, str], dict[str, str]]:
    """The mentions as they are shown, with the brands that they name; brands and queries by name."""
    brands, queries = {}, {}
    for at, name in enumerate(BRANDS):
        body = {"name": name, "kind": "competitor" if at else "own"}
        brands[name] = (await client.post("/v1/brands", json=body)).json()["id"]
        body = {"name": name, "expression": name, "brand_id": brands[name]}
        queries[name] = (await client.post("/v1/listening/queries", json=body)).json()["id"]
    # A brand with two queries: what both match is counted once.
    body = {"name": "elma bugün", "expression": "elma bugün", "brand_id": brands["elma"]}
    await client.post("/v1/listening/queries", json=body)
    await drain()
    sent = made()
    items = [{name: value for name, value in row.items() if name != "_said"} for row in sent]
    answer = await client.post("/v1/mentions", json={"mentions": items})
    assert answer.json()["rejected"] == 0, answer.text
    said = {row["native_id"]: row["_said"] for row in sent}
    rows: Rows = []
    cursor = None
    while cursor or not rows:
        params = {"limit": 100} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/mentions", params=params)).json()
        rows += page["data"]
        cursor = page["next_cursor"]
    for at, row in enumerate(rows):
        row["said"] = said[row["native_id"]]
        if at % 5 == 0:
            label = ("positive", "neutral", "negative")[at % 3]
            row["sentiment"] = {"label": label, "by": "hand"}
            await client.patch(f"/v1/mentions/{row['id']}", json={"label": label})
    return rows, brands, queries


def within(rows: Rows, zone: str) -> Rows:
    local = [(row, moment(row).astimezone(ZoneInfo(zone)).date()) for row in rows]
    return [row for row, day in local if FIRST <= day <= LAST]


def moment(row: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(row["published_at"])


def figures(rows: Rows) -> dict[str, Any]:
    """The volume, counted by hand."""
    reach = [
        (handle(row), row["author"]["followers"] if row["reach"] is None else row["reach"]) for row in rows
    ]
    known = [(who, value) for who, value in reach if value is not None]
    most: dict[Any, int] = defaultdict(int)
    for at, (who, value) in enumerate(known):
        most[who or at] = max(most[who or at], value)
    told = [row["engagement"] for row in rows if row["engagement"] is not None]
    return {
        "mentions": len(rows),
        "authors": len({who for who, _ in reach} - {None}),
        "unnamed": sum(who is None for who, _ in reach),
        "reach": sum(value for _, value in known) if known else None,
        "reach_of_authors": sum(most.values()) if known else None,
        "reach_known": len(known),
        "engagement": sum(told) if told else None,
    }


def handle(row: Mapping[str, Any]) -> tuple[str, str] | None:
    name = row["author"]["handle"]
    return (row["platform"], name.lstrip("@").lower()) if name else None


def of(row: Mapping[str, Any], group: str, zone: str, brands: Any, queries: Any) -> list[Any]:
    """The groups that a mention belongs to."""
    at = moment(row).astimezone(ZoneInfo(zone))
    if group == "day":
        return [at.date().isoformat()]
    if group == "week":
        return [max(at.date() - timedelta(days=at.weekday()), FIRST).isoformat()]
    if group == "hour":
        return [at.replace(minute=0, second=0, microsecond=0).astimezone(UTC)]
    if group in ("query", "brand"):
        return [(queries if group == "query" else brands)[name] for name in row["said"]]
    return [row[group]]


@pytest.mark.parametrize("zone", ZONES)
async def test_recounted(client: httpx.AsyncClient, listened: Any, zone: str) -> None:
    rows, brands, queries = listened
    mine = within(rows, zone)
    asked = {"from": str(FIRST), "to": str(LAST), "tz": zone, "limit": 1000}
    for group in ("day", "week", "hour", "platform", "language", "country", "query", "brand"):
        wanted: dict[Any, Rows] = defaultdict(list)
        for row in mine:
            for key in of(row, group, zone, brands, queries):
                wanted[key].append(row)
        volume = (await client.get("/v1/listening/volume", params=asked | {"group_by": group})).json()
        sentiment = (await client.get("/v1/listening/sentiment", params=asked | {"group_by": group})).json()
        counted = [row for row in mine if row["said"]] if group in ("query", "brand") else mine
        assert volume["totals"] == figures(counted), group
        for answer, count in ((volume, figures), (sentiment, labels)):
            found = {}
            for row in answer["data"]:
                key = row.get("value")
                if group == "hour":
                    key = datetime.fromisoformat(row["starts_at"])
                elif group in ("day", "week"):
                    key = row["date"]
                found[key] = row
            shown = {key: row for key, row in found.items() if row["mentions"]}
            # A query that tells nothing of its own is another row of `query`.
            expected = {key: count(rows) for key, rows in wanted.items()}
            if group == "query":
                shown = {key: row for key, row in shown.items() if row["name"] in BRANDS}
            assert shown.keys() == expected.keys(), group
            for key, row in shown.items():
                assert {name: row[name] for name in expected[key]} == expected[key], (group, key)
        if group == "day":
            assert len(volume["data"]) == 21


def labels(rows: Rows) -> dict[str, Any]:
    found = [row["sentiment"]["label"] for row in rows]
    stars = [row["stars"] for row in rows if row["stars"] is not None]
    return {
        "mentions": len(rows),
        "positive": found.count("positive"),
        "negative": found.count("negative"),
        "neutral": found.count("neutral"),
        "abstained": found.count(None),
        "by_hand": sum(row["sentiment"]["by"] == "hand" for row in rows),
        "rated": len(stars),
        "mean_stars": pytest.approx(sum(stars) / len(stars)) if stars else None,
    }


async def test_authors(client: httpx.AsyncClient, listened: Any) -> None:
    mine = within(listened[0], "Europe/Istanbul")
    asked = {"from": str(FIRST), "to": str(LAST), "tz": "Europe/Istanbul"}
    answer = (await client.get("/v1/listening/authors", params=asked)).json()
    wanted: dict[Any, Rows] = defaultdict(list)
    for row in mine:
        wanted[handle(row)].append(row)
    del wanted[None]
    assert answer["authors"] == len(wanted) == len(answer["data"])
    counts = [row["mentions"] for row in answer["data"]]
    assert counts == sorted(counts, reverse=True)
    for row in answer["data"]:
        rows = wanted[row["platform"], row["handle"].lstrip("@").lower()]
        counted, said = figures(rows), labels(rows)
        assert (row["mentions"], row["reach_total"], row["reach"], row["engagement"], row["negative"]) == (
            len(rows),
            counted["reach"],
            counted["reach_of_authors"],
            counted["engagement"],
            said["negative"],
        )
    by_author = await client.get("/v1/listening/volume", params=asked | {"group_by": "author"})
    shown = {row["value"]: row["mentions"] for row in by_author.json()["data"] if row.get("value")}
    assert sum(shown.values()) <= sum(counts)
    first = await client.get("/v1/listening/volume", params=asked | {"group_by": "author", "limit": 2})
    assert (len(first.json()["data"]), first.json()["other_values"]) == (2, len(wanted) - 1)


async def test_filters_narrow(client: httpx.AsyncClient, listened: Any) -> None:
    rows, brands, queries = listened
    mine = within(rows, "Europe/Istanbul")
    span = {"from": str(FIRST), "to": str(LAST), "tz": "Europe/Istanbul", "group_by": ""}
    cases: list[tuple[dict[str, Any], Callable[[Any], bool]]] = [
        (
            {"query_id": [queries["elma"], queries["kiraz"]]},
            lambda row: bool({"elma", "kiraz"} & {*row["said"]}),
        ),
        (
            {"brand_id": brands["elma"], "language": "tr"},
            lambda row: "elma" in row["said"] and row["language"] == "tr",
        ),
        ({"sentiment": "negative"}, lambda row: row["sentiment"]["label"] == "negative"),
        ({"author": "@CAN"}, lambda row: (handle(row) or ("", ""))[1] == "can"),
        ({"country": "TR", "platform": "x"}, lambda row: (row["country"], row["platform"]) == ("TR", "x")),
    ]
    for asked, keep in cases:
        answer = (await client.get("/v1/listening/volume", params=span | asked)).json()
        kept = [row for row in mine if keep(row)]
        assert (answer["totals"], answer["data"]) == (figures(kept), []), asked
        assert kept


async def test_share_of_voice(client: httpx.AsyncClient, listened: Any) -> None:
    rows, brands, _ = listened
    mine = within(rows, "America/New_York")
    span = {"from": str(FIRST), "to": str(LAST), "tz": "America/New_York"}
    declared = [brands["kiraz"], brands["elma"]]
    for group in ("", "day"):
        params = span | {"brand_ids": ",".join(declared), "group_by": group}
        answer = (await client.get("/v1/listening/share-of-voice", params=params)).json()
        for unit in [answer, *answer["data"]]:
            kept = [
                row
                for row in mine
                if "date" not in unit or of(row, "day", span["tz"], {}, {}) == [unit["date"]]
            ]
            said = [[name for name in row["said"] if name in ("kiraz", "elma")] for row in kept]
            for share, name in zip(unit["brands"], ("kiraz", "elma"), strict=True):
                assert (share["brand_id"], share["own"]) == (brands[name], name == "elma")
                assert share["mentions_naming_it"] == sum(name in names for names in said)
                value = sum(1 / len(names) for names in said if name in names)
                assert share["mentions"]["value"] == pytest.approx(value)
                reach = sum(
                    (row["author"]["followers"] or 0 if row["reach"] is None else row["reach"]) / len(names)
                    for row, names in zip(kept, said, strict=True)
                    if name in names
                )
                assert share["reach"]["value"] == pytest.approx(reach)
            for measure in ("mentions", "reach", "engagement"):
                shares = [one[measure]["share"] for one in unit["brands"]]
                assert None in shares or sum(shares) == pytest.approx(1)
    everything = (await client.get("/v1/listening/share-of-voice", params=span)).json()
    assert [one["name"] for one in everything["brands"]] == ["elma", "armut", "kiraz"]
    lonely = (await client.post("/v1/brands", json={"name": "vişne", "kind": "competitor"})).json()["id"]
    params = span | {"brand_ids": f"{lonely},{brands['elma']}"}
    alone = (await client.get("/v1/listening/share-of-voice", params=params)).json()
    assert [one["mentions"]["share"] for one in alone["brands"]] == [0, 1]
    assert alone["without_queries"] == [lonely]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from("abcd"), min_size=1),
            st.integers(0, 10**15),
            st.none() | st.integers(0, 99),
        ),
        max_size=40,
    )
)
def test_shares_sum_to_one(mentions: list[tuple[set[str], int, int | None]]) -> None:
    sums = [
        ShareSums(1, brand, len(named), 1, reach, engagement)
        for named, reach, engagement in mentions
        for brand in named
    ]
    found = parts(sums, "abcd")
    assert sum(each.mentions.value for each in found.values()) == pytest.approx(len(mentions))
    for name in ("mentions", "reach", "engagement"):
        shares = [getattr(each, name).share for each in found.values()]
        assert shares == [None] * 4 or sum(shares) == pytest.approx(1, abs=1e-12)


async def test_spreadsheets_are_never_run(client: httpx.AsyncClient, listened: Any) -> None:
    span = {"from": str(FIRST), "to": str(LAST), "tz": "Europe/Istanbul"}
    for name, params in (
        ("volume", {"group_by": "day,author", "limit": 1000}),
        ("sentiment", {"group_by": "platform"}),
        ("share-of-voice", {"group_by": "week"}),
        ("authors", {}),
    ):
        json = (await client.get(f"/v1/listening/{name}", params=span | params)).json()
        answer = await client.get(f"/v1/listening/{name}.csv", params=span | params)
        assert answer.headers["content-type"].startswith("text/csv")
        lines = list(csv.DictReader(StringIO(answer.text.lstrip("\ufeff"))))
        wanted = sum(len(row.get("brands", [0])) for row in json["data"])
        assert len(lines) == wanted > 0
        cells = [cell for line in lines for cell in line.values()]
        assert not any(cell.startswith(("=", "@")) for cell in cells)


async def test_net_sentiment_is_corrected(client: httpx.AsyncClient, listened: Any) -> None:
    answer = await client.get(
        "/v1/listening/sentiment", params={"from": str(FIRST), "to": str(LAST), "group_by": "language"}
    )
    totals = answer.json()["totals"]
    for name, whole in (
        ("net_sentiment", totals["positive"] + totals["negative"]),
        ("net_sentiment_all", totals["positive"] + totals["negative"] + totals["neutral"]),
    ):
        net = totals[name]
        assert net["raw"] == pytest.approx((totals["positive"] - totals["negative"]) / whole, abs=1e-5)
        assert -1 <= net["low"] <= net["corrected"] <= net["high"] <= 1


async def test_refusals(client: httpx.AsyncClient, other_client: httpx.AsyncClient, listened: Any) -> None:
    _, brands, queries = listened
    wrong = {"tz": "Mars/Base", "from": "2026-02-01", "to": "2026-01-01", "group_by": "day,hour,moon"}
    errors = (await client.get("/v1/listening/volume", params=wrong)).json()["errors"]
    assert [one["path"] for one in errors] == ["tz", "group_by", "group_by", "from"]
    long = {"from": "2024-01-01", "to": "2025-12-31"}
    assert (await client.get("/v1/listening/authors", params=long)).status_code == 400
    for params in (
        {"query_id": queries["elma"]},
        {"brand_id": brands["elma"]},
        {"brand_ids": brands["elma"]},
    ):
        path = "share-of-voice" if "brand_ids" in params else "volume"
        assert (await other_client.get(f"/v1/listening/{path}", params=params)).status_code == 404
    theirs = (
        await other_client.get("/v1/listening/volume", params={"from": str(FIRST), "to": str(LAST)})
    ).json()
    assert theirs["totals"]["mentions"] == 0
