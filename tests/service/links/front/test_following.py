"""The front answers links and records clicks: from the request to the row."""

import asyncio
import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from service.kit import ids
from service.kit.db import Connection, Database
from service.links.front.click_ids import clicked_at
from service.settings import Settings
from tests.service.links.clicking import DESTINATION, add_link, add_workspace, visiting

LEVELS = ["disk", "os", "memory"]


@pytest.mark.parametrize("level", LEVELS)
async def test_a_click_is_answered_and_stored(
    own: Settings, database: Database, owner: Connection, level: str
) -> None:
    workspace_id = await add_workspace(owner)
    link_id = await add_link(owner, workspace_id, "yaz", sub1="story")
    async with visiting(own, database, click_durability=level) as visitor:
        answer = await visitor.get("/r/yaz", headers={"Referer": "https://l.instagram.com/x"})
    assert answer.status_code == 302
    found = re.fullmatch(
        re.escape(DESTINATION) + r"\?sub1=story&elci=(clk_[0-9a-z]{26})", answer.headers["location"]
    )
    assert found
    assert answer.headers["cache-control"] == "private, no-store"
    cookie = answer.headers["set-cookie"]
    assert cookie == f"elci={found[1]}; Max-Age=2592000; Path=/; Secure; HttpOnly; SameSite=Lax"
    row = await owner.fetchrow("select * from clicks")
    click_id = ids.read("clk", found[1])
    assert row["id"] == click_id
    assert row["clicked_at"] == clicked_at(click_id)
    assert (row["workspace_id"], row["link_id"]) == (workspace_id, link_id)
    assert (row["counted"], row["unique"], row["reasons"]) == (True, True, [])
    assert (row["device"], row["browser"], row["language"]) == ("desktop", "Chrome", "tr")
    assert (row["referrer_host"], row["platform"]) == ("l.instagram.com", "instagram")
    assert (row["sub1"], row["sub2"], len(row["visitor"])) == ("story", None, 16)
    assert not list((own.home / "spool").glob("*.clicks"))


async def test_a_thousand_identical_clicks_are_one_unique(
    own: Settings, database: Database, owner: Connection
) -> None:
    await add_link(owner, await add_workspace(owner), "yaz")

    async def click(client: httpx.AsyncClient) -> int:
        return (await client.get("/r/yaz")).status_code

    async with visiting(own, database) as one, visiting(own, database) as two:
        told = await asyncio.gather(*(click(one if at % 2 else two) for at in range(1000)))
    assert set(told) == {302}
    hours = await owner.fetchval("select count(distinct date_trunc('hour', clicked_at)) from clicks")
    row = await owner.fetchrow(
        'select count(*) as raw, count(*) filter (where "unique") as uniques from clicks'
    )
    assert (row["raw"], row["uniques"]) == (1000, hours)


async def _clicks(owner: Connection) -> list[Any]:
    found: list[Any] = await owner.fetch("select * from clicks order by id")
    return found


async def test_what_is_no_visit_is_answered_and_does_not_count(
    own: Settings, database: Database, owner: Connection
) -> None:
    await add_link(owner, await add_workspace(owner), "yaz")
    preview = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
    async with visiting(own, database) as visitor:
        answers = [
            await visitor.head("/r/yaz"),
            await visitor.get("/r/yaz", headers={"Sec-Purpose": "prefetch;prerender"}),
            await visitor.get("/r/yaz", headers={"Purpose": "preview"}),
            await visitor.get("/r/yaz", headers={"User-Agent": preview}),
        ]
    assert [answer.status_code for answer in answers] == [302] * 4
    assert all("elci=clk_" in answer.headers["location"] for answer in answers)
    assert not any("set-cookie" in answer.headers for answer in answers)
    rows = await _clicks(owner)
    assert [row["reasons"] for row in rows] == [["head"], ["prefetch"], ["prefetch"], ["preview"]]
    assert not any(row["counted"] for row in rows)


async def test_what_leads_nowhere_has_a_page_in_the_visitors_language(
    own: Settings, database: Database, owner: Connection
) -> None:
    workspace_id = await add_workspace(owner)
    await add_link(owner, workspace_id, "eski", retired_at=datetime.now(UTC))
    await add_link(owner, workspace_id, "gitti", expires_at=datetime(2020, 1, 1, tzinfo=UTC))
    async with visiting(own, database) as visitor:
        for code, status, turkish, english in (
            ("hic", 404, "Böyle bir bağlantı yok", "There is no such link"),
            ("a.b", 404, "Böyle bir bağlantı yok", "There is no such link"),
            ("eski", 410, "artık kullanılmıyor", "no longer in use"),
            ("gitti", 410, "artık kullanılmıyor", "no longer in use"),
        ):
            told = await visitor.get(f"/r/{code}")
            assert (told.status_code, turkish in told.text) == (status, True)
            assert "default-src 'none'" in told.headers["content-security-policy"]
            told = await visitor.get(f"/r/{code}", headers={"Accept-Language": "de"})
            assert english in told.text
        assert (await visitor.post("/r/eski")).status_code == 405
        assert (await visitor.get("/r/a/b")).status_code == 299
        assert (await visitor.get("/v1/links")).status_code == 299
    rows = await _clicks(owner)
    assert [(row["counted"], row["reasons"]) for row in rows] == [
        *[(False, ["retired"])] * 2,
        *[(False, ["expired"])] * 2,
    ]


async def test_the_links_host_serves_its_root_and_nothing_else_changes(
    own: Settings, database: Database, owner: Connection
) -> None:
    workspace_id = await add_workspace(owner)
    await owner.execute(
        "update workspaces set link_hosts = array['go.shop.example'] where id = $1", workspace_id
    )
    await add_link(owner, workspace_id, "yaz")
    await add_link(owner, workspace_id, "yaz", host="go.shop.example", url="https://shop.example/own")
    async with visiting(own, database, link_host="l.example", allowed_hosts=("elci.test",)) as visitor:

        async def ask(host: str, path: str) -> tuple[int, str]:
            answer = await visitor.get(path, headers={"Host": host})
            return answer.status_code, answer.headers.get("location", "").partition("?")[0]

        assert await ask("l.example", "/yaz") == (302, DESTINATION)
        assert await ask("L.example:443", "/YAZ") == (302, DESTINATION)
        assert await ask("l.example", "/r/yaz") == (302, DESTINATION)
        assert await ask("go.shop.example", "/yaz") == (302, "https://shop.example/own")
        assert await ask("elci.test", "/yaz") == (299, "")
        assert await ask("elci.test", "/r/yaz") == (302, DESTINATION)
        # Reserved, or no link at all, or a host that this service does not answer for.
        for host, path in (("l.example", "/docs"), ("l.example", "/v1/me"), ("evil.example", "/r/yaz")):
            assert await ask(host, path) == (299, "")
        assert (await ask("l.example", "/hic"))[0] == 404


async def test_who_asks_not_to_be_tracked_gets_no_number_and_no_cookie(
    own: Settings, database: Database, owner: Connection
) -> None:
    await add_link(owner, await add_workspace(owner), "yaz")
    async with visiting(own, database) as visitor:
        answer = await visitor.get("/r/yaz", headers={"Sec-GPC": "1"})
    assert answer.status_code == 302
    assert "set-cookie" not in answer.headers
    [row] = await _clicks(owner)
    assert (row["visitor"], row["unique"], row["counted"]) == (None, False, True)


async def test_a_link_over_its_cap_is_closed(own: Settings, database: Database, owner: Connection) -> None:
    await add_link(owner, await add_workspace(owner), "yaz", cap=3)
    async with visiting(own, database) as visitor:
        told = [(await visitor.get("/r/yaz")).status_code for _ in range(5)]
    assert told == [302, 302, 302, 410, 410]
    async with visiting(own, database) as visitor:
        assert (await visitor.get("/r/yaz")).status_code == 410
    assert [row["counted"] for row in await _clicks(owner)] == [True] * 3 + [False] * 3


async def test_a_button_page_counts_as_its_click(
    own: Settings, database: Database, owner: Connection
) -> None:
    await add_link(owner, await add_workspace(owner), "yaz", mode="interstitial")
    async with visiting(own, database) as visitor:
        answer = await visitor.get("/r/yaz")
    assert answer.status_code == 200
    assert DESTINATION + "?elci=clk_" in answer.text
    assert len(await _clicks(owner)) == 1


async def test_guessing_is_slowed_down(own: Settings, database: Database, owner: Connection) -> None:
    await add_link(owner, await add_workspace(owner), "yaz")
    async with visiting(own, database) as visitor:
        await visitor.get("/r/yaz")
        told = [await visitor.get(f"/r/guess-{at}") for at in range(70)]
        # What is in memory is answered all the same: others may sit behind the same address.
        assert (await visitor.get("/r/yaz")).status_code == 302
    assert [answer.status_code for answer in told] == [404] * 60 + [429] * 10
    assert 0 < int(told[-1].headers["retry-after"]) <= 60


async def test_no_address_is_kept_anywhere(own: Settings, database: Database, owner: Connection) -> None:
    await add_link(owner, await add_workspace(owner), "yaz")
    async with visiting(own, database) as visitor:
        await visitor.get("/r/yaz")
        for path in own.home.rglob("*"):
            assert not path.is_file() or b"192.0.2.7" not in path.read_bytes(), path
    [row] = await _clicks(owner)
    assert "192.0.2" not in str(dict(row))
