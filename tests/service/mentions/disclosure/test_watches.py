"""Posts of watched influencers: checked on arrival and when rules change, decided by people, reported."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from service.app import create_app
from service.kit import jobs
from service.kit.db import Connection, Database
from service.mentions.disclosure import packs, rules
from service.settings import Settings

Json = dict[str, Any]
Drain = Callable[[], Awaitable[None]]
FROM = "2026-01-01T00:00:00Z"


async def made(client: httpx.AsyncClient, path: str, body: Any, status: int = 201) -> Json:
    answer = await client.post(path, json=body)
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


async def influencer(client: httpx.AsyncClient, handle: str) -> str:
    account = {"platform": "instagram", "handle": handle}
    return str((await made(client, "/v1/influencers", {"name": handle, "accounts": [account]}))["id"])


async def posted(
    client: httpx.AsyncClient, who: str, *captions: str, at: str = "2026-03-05T10:00:00Z"
) -> None:
    items = [
        {"platform_id": f"{at}{number}", "caption": caption, "published_at": at}
        for number, caption in enumerate(captions)
    ]
    answer = await client.post(f"/v1/influencers/{who}/posts", json={"posts": items})
    assert answer.json()["rejected"] == 0, answer.text


async def watch(client: httpx.AsyncClient, **fields: Any) -> Json:
    body = {"advertiser": "Lunova", "market": "TR", "from": FROM, **fields}
    return await made(client, "/v1/disclosure/watches", body)


async def found(client: httpx.AsyncClient, **query: Any) -> list[Json]:
    answer = await client.get("/v1/disclosure/findings", params=query)
    assert answer.status_code == 200, answer.text
    data: list[Json] = answer.json()["data"]
    return data


async def codes(client: httpx.AsyncClient, **query: Any) -> list[str]:
    return sorted(one["code"] for one in await found(client, **query))


async def test_posts_are_checked_when_the_watch_is_made_and_when_they_come_in(
    client: httpx.AsyncClient, drain: Drain
) -> None:
    ayse, ali = await influencer(client, "ayse"), await influencer(client, "ali")
    await posted(client, ayse, "Lunova'ya bayıldım", "#reklam @lunova", "yalnızca kahve")
    await posted(client, ayse, "lunova eskiden", at="2025-12-31T23:59:59Z")
    made_watch = await watch(client, influencer_id=ayse, hashtags=["#LunovaYaz"])
    assert made_watch["pending"]
    await drain()
    assert not (await client.get(f"/v1/disclosure/watches/{made_watch['id']}")).json()["pending"]
    (first,) = await found(client)
    assert (first["code"], first["rule_id"], first["pack"], first["pack_version"], first["status"]) == (
        *("MISSING", "tr-2021/label", "tr-2021"),
        *(1, "open"),
    )
    assert (first["influencer_id"], first["watch_id"]) == (ayse, made_watch["id"])
    await posted(client, ayse, "#lunovayaz geldi", at="2026-04-01T00:00:00Z")
    await posted(client, ali, "lunova harika")
    await drain()
    assert await codes(client) == ["MISSING", "MISSING"]
    assert await codes(client, to="2026-04-01T00:00:00Z") == ["MISSING"]
    assert await codes(client, **{"from": "2026-04-01T00:00:00Z"}) == ["MISSING"]
    everybody = await watch(client, all=True)
    await drain()
    assert await codes(client, watch_id=everybody["id"]) == ["MISSING", "MISSING"]
    assert await codes(client, influencer_id=ali) == ["MISSING"]


async def test_a_post_that_comes_twice_is_found_once(client: httpx.AsyncClient, drain: Drain) -> None:
    ayse = await influencer(client, "ayse")
    await watch(client, influencer_id=ayse)
    for _ in range(2):
        await posted(client, ayse, "#reklam günaydın @lunovafan Lunova #a", "Lunova'ya teşekkürler")
        await drain()
    (one,) = await found(client)
    assert (one["code"], one["about"], one["span"]["field"]) == ("MISSING", "Lunova'ya teşekkürler", "text")


async def test_a_corrected_caption_clears_the_finding(client: httpx.AsyncClient, drain: Drain) -> None:
    ayse = await influencer(client, "ayse")
    made_watch = await watch(client, influencer_id=ayse)
    await posted(client, ayse, "Lunova serumu")
    await drain()
    await posted(client, ayse, "#reklam Lunova serumu")
    await drain()
    assert await found(client) == []
    (gone,) = await found(client, verdict="ok")
    assert gone["cleared_at"] is not None
    line = (await client.get("/v1/disclosure/report")).json()["total"]
    assert (line["posts"], line["posts_with_issues"], line["findings"]) == (1, 0, 0)
    path = f"/v1/disclosure/watches/{made_watch['id']}"
    changed = await client.patch(path, json={"advertiser": "Başka Marka"})
    assert changed.status_code == 200, changed.text
    await drain()
    assert await found(client, verdict="ok") == []


async def test_people_decide_and_it_stays(client: httpx.AsyncClient, drain: Drain, owner: Connection) -> None:
    ayse = await influencer(client, "ayse")
    await watch(client, influencer_id=ayse)
    await posted(client, ayse, "Lunova serumu", "#ad Lunova")
    await drain()
    one, other = await found(client)
    path = f"/v1/disclosure/findings/{one['id']}"
    assert (await client.patch(path, json={"status": "dismissed"})).status_code == 400
    answer = await client.patch(path, json={"status": "dismissed", "reason": "kendi markası"})
    assert (answer.json()["status"], answer.json()["reason"]) == ("dismissed", "kendi markası")
    await client.patch(f"/v1/disclosure/findings/{other['id']}", json={"status": "confirmed", "reason": "x"})
    await posted(client, ayse, "yeni Lunova", at="2026-05-01T00:00:00Z")
    await drain()
    assert (await client.get(path)).json()["status"] == "dismissed"
    assert [len(await found(client, status=name)) for name in ("open", "confirmed", "dismissed")] == [1, 1, 1]
    report = (await client.get("/v1/disclosure/report", params={"group_by": "code"})).json()
    assert report["data"] == [
        {
            "influencer_id": None,
            "watch_id": None,
            "code": "MISSING",
            "posts": 3,
            "posts_with_issues": 2,
            "share_with_issues": 2 / 3,
            "findings": 3,
            "open": 1,
            "confirmed": 1,
            "dismissed": 1,
        }
    ]
    actions = [row[0] for row in await owner.fetch("select action from audit_log order by id")]
    assert {"disclosure_finding.dismissed", "disclosure_finding.confirmed"} <= set(actions)


async def test_the_report_counts_posts_by_influencer_and_watch(
    client: httpx.AsyncClient, drain: Drain
) -> None:
    ayse, ali = await influencer(client, "ayse"), await influencer(client, "ali")
    one = await watch(client, all=True)
    await posted(client, ayse, "Lunova bir", "#reklam Lunova iki", "#reklam lunova #a #b")
    await posted(client, ali, "lunova", "x " * 80 + "#a #b #c #reklam lunova")
    await drain()
    report = (await client.get("/v1/disclosure/report")).json()
    assert [
        (line["influencer_id"], line["watch_id"], line["posts"], line["posts_with_issues"], line["findings"])
        for line in report["data"]
    ] == [(ali, one["id"], 2, 2, 3), (ayse, one["id"], 3, 1, 1)]
    assert (report["total"]["posts"], report["total"]["share_with_issues"]) == (5, 0.6)
    wrong = await client.get("/v1/disclosure/report", params={"group_by": "day"})
    assert wrong.status_code == 400


async def test_a_new_rule_is_applied_to_posts_of_its_days(
    client: httpx.AsyncClient,
    drain: Drain,
    database: Database,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ayse = await influencer(client, "ayse")
    await watch(client, influencer_id=ayse)
    await posted(client, ayse, "#hediye Lunova", "Lunova", at="2026-02-01T00:00:00Z")
    await posted(client, ayse, "#hediye Lunova iki", at="2026-04-01T00:00:00Z")
    await drain()
    await jobs.run_scheduled(settings, database, "mentions.disclosure_rules")
    await drain()
    assert await codes(client) == ["MISSING"] * 3
    begun = tuple(
        msgspec.structs.replace(pack, valid_from=date(2026, 3, 1), version=2)
        if pack.id == "tr-draft-2025"
        else pack
        for pack in packs.built_in()
    )
    monkeypatch.setattr(rules, "of", lambda settings: begun)
    await jobs.run_scheduled(settings, database, "mentions.disclosure_rules")
    await drain()
    assert await codes(client) == ["MISSING"] * 2
    assert {one["pack"] for one in await found(client)} == {"tr-2021"}
    (gone,) = await found(client, verdict="ok")
    assert gone["published_at"].startswith("2026-04-01")


async def test_who_opts_out_or_is_erased_is_in_no_answer(
    client: httpx.AsyncClient, drain: Drain, owner: Connection
) -> None:
    ayse, ali = await influencer(client, "ayse"), await influencer(client, "ali")
    own = await watch(client, influencer_id=ayse)
    await watch(client, all=True)
    for who in (ayse, ali):
        await posted(client, who, "lunova")
    await drain()
    assert len(await found(client)) == 3
    await client.post(f"/v1/influencers/{ayse}/opt-out", json={"reason": "asked"})
    assert [one["influencer_id"] for one in await found(client)] == [ali]
    assert (await client.get(f"/v1/disclosure/watches/{own['id']}")).status_code == 404
    assert (await client.get("/v1/disclosure/report")).json()["total"]["posts"] == 1
    erased = await client.post(f"/v1/influencers/{ali}/erase")
    assert erased.status_code < 300, erased.text
    assert await owner.fetchval("select count(*) from disclosure_findings") == 2
    assert await found(client) == []


async def test_the_list_pages_and_is_a_spreadsheet(client: httpx.AsyncClient, drain: Drain) -> None:
    ayse = await influencer(client, "ayse")
    await watch(client, influencer_id=ayse)
    await posted(client, ayse, *(f"=cmd lunova #ad {number}" for number in range(5)))
    await drain()
    seen, cursor = [], None
    while True:
        page = (
            await client.get(
                "/v1/disclosure/findings", params={"limit": 2} | ({"cursor": cursor} if cursor else {})
            )
        ).json()
        seen += [one["id"] for one in page["data"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert len(set(seen)) == 5
    answer = await client.get("/v1/disclosure/findings.csv", params={"code": "MISSING"})
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [row["id"] for row in rows] == seen
    assert {row["about"] for row in rows} == {"#ad"}
    assert rows[0]["explanation_tr"].startswith("Olası sorun")


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({}, "influencer_id"),
        ({"all": True, "to": FROM}, "to"),
        ({"all": True, "market": "JP"}, "market"),
        ({"all": True, "advertiser": ""}, "advertiser"),
        ({"all": True, "note": "\u0000"}, ""),
    ],
)
async def test_watches_that_can_t_be(client: httpx.AsyncClient, fields: Json, path: str) -> None:
    body = {"advertiser": "Lunova", "market": "TR", "from": FROM, **fields}
    answer = await client.post("/v1/disclosure/watches", json=body)
    assert answer.status_code == 400, answer.text
    assert path in [error["path"] for error in answer.json()["errors"]]


async def test_an_archived_watch_looks_no_more(client: httpx.AsyncClient, drain: Drain) -> None:
    ayse = await influencer(client, "ayse")
    one = await watch(client, influencer_id=ayse)
    await drain()
    path = f"/v1/disclosure/watches/{one['id']}"
    assert (await client.delete(path)).status_code == 204
    assert (await client.delete(path)).status_code == 204
    await posted(client, ayse, "lunova")
    await drain()
    assert await found(client) == []
    assert (await client.get("/v1/disclosure/watches")).json()["data"] == []
    everything = await client.get("/v1/disclosure/watches", params={"archived": "true"})
    assert [row["id"] for row in everything.json()["data"]] == [one["id"]]


def test_packs_of_the_installation_are_read_from_its_folder(settings: Settings, tmp_path: Path) -> None:
    own = msgspec.structs.replace(settings, home=tmp_path)
    (tmp_path / "disclosure").mkdir()
    draft = next(pack for pack in packs.built_in() if pack.id == "tr-draft-2025")
    begun = msgspec.structs.replace(draft, version=2, valid_from=date(2027, 1, 1))
    (tmp_path / "disclosure" / "tr.json").write_bytes(msgspec.json.encode(begun))
    assert next(pack for pack in rules.of(own) if pack.id == draft.id).valid_from == date(2027, 1, 1)


def test_a_pack_that_can_t_be_used_is_told_at_the_start(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "disclosure").mkdir()
    (tmp_path / "disclosure" / "own.json").write_bytes(b'{"id": "x"}')
    with pytest.raises(packs.PackError, match="Object missing required field"):
        create_app(msgspec.structs.replace(settings, home=tmp_path))
