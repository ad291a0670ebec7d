"""Files of collaborations: English and Turkish headers, rejects by row, and the same file again."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.service.discovery.api import Json, influencer, made

Take = Callable[..., Awaitable[dict[str, Any]]]

ENGLISH = """handle,platform,brand,format,fee,cost,currency,ended,conversions,exclusivity days,external id
ayse.oz,instagram,Vestel,Reel,100.50,120,TRY,2026-03-05,40,30,c-1
@can.su,instagram,Arçelik,story,80,,TRY,2026-04-01T10:00:00Z,0,,c-2
"""
TURKISH = """Kullanıcı adı;Mecra;Marka;İçerik formatı;Ücret (TL);Maliyet (TL);Bitiş tarihi;\
Dönüşüm;Münhasırlık bitişi;Sözleşme no
ayse.oz;Instagram;Vestel;Reels;100,50;120;05.03.2026;40;04.04.2026;c-1
can.su;Instagram;Arçelik;Hikâye;80;;01.04.2026;0;;c-2
"""


async def _listed(client: httpx.AsyncClient, query: str = "") -> list[Json]:
    answer = await client.get(f"/v1/outcomes{query}")
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["data"]
    return found


@pytest.mark.parametrize("body", [ENGLISH, TURKISH], ids=["English", "Turkish"])
async def test_columns_are_recognised(client: httpx.AsyncClient, take: Take, body: str) -> None:
    ayse, can = await influencer(client, "Ayse Oz"), await influencer(client, "Can Su")
    brand = await made(client, "/v1/brands", {"name": "VESTEL"})
    done = await take(body)
    assert done["counts"] | {"read": 2, "created": 2, "rejected": 0} == done["counts"], done["columns"]
    second, first = await _listed(client)
    assert (first["influencer_id"], second["influencer_id"]) == (ayse, can)
    assert (first["brand_id"], first["brand_name"]) == (brand["id"], "VESTEL")
    assert (second["brand_id"], second["brand_name"]) == (None, "Arçelik")
    assert first["price"] == {"amount": 10_050, "currency": "TRY"}
    assert first["cost"] == {"amount": 12_000, "currency": "TRY"}
    assert (second["cost"], second["conversions"], first["conversions"]) == (None, 0, 40)
    assert (first["platform"], first["format"], second["format"]) == ("instagram", "reel", "story")
    assert first["finished_at"].startswith("2026-03-05")
    assert first["exclusive_until"].startswith("2026-04-04")
    assert first["external_id"] == "c-1"


async def test_the_same_file_again_changes_nothing(client: httpx.AsyncClient, take: Take) -> None:
    await influencer(client, "Ayse Oz"), await influencer(client, "Can Su")
    await take(ENGLISH)
    before = await _listed(client)
    assert (await take(ENGLISH))["counts"]["unchanged"] == 2
    assert await _listed(client) == before


async def test_later_figures_complete_a_collaboration_and_old_files_do_not_undo_them(
    client: httpx.AsyncClient, take: Take
) -> None:
    await influencer(client, "Ayse Oz"), await influencer(client, "Can Su")
    await take(ENGLISH)
    later = ENGLISH.replace(",40,30,c-1", ",55,,c-1")
    assert (await take(later))["counts"] | {"updated": 1, "unchanged": 1} == (await take(later))["counts"] | {
        "updated": 1,
        "unchanged": 1,
    }
    assert (await take(ENGLISH))["counts"]["unchanged"] == 2
    _, first = await _listed(client)
    assert first["conversions"] == 55
    assert first["exclusive_until"].startswith("2026-04-04")


async def test_without_an_id_a_day_tells_collaborations_apart(client: httpx.AsyncClient, take: Take) -> None:
    await influencer(client, "Ayse Oz")
    body = "handle,platform,brand,finished at,engagements\n" + "".join(
        f"ayse.oz,instagram,Vestel,2026-03-{day:02},{count}\n"
        for day, count in ((5, 10), (6, 20), (5, 10), (5, 30))
    )
    counts = (await take(body))["counts"]
    assert (counts["created"], counts["unchanged"], counts["updated"]) == (2, 1, 1)
    assert [row["engagements"] for row in await _listed(client)] == [20, 30]
    assert (await take(body))["counts"]["unchanged"] == 4


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("nobody.here,instagram,Vestel,reel,10,TRY,2026-03-05,4", "unknown_account"),
        (",instagram,Vestel,reel,10,TRY,2026-03-05,4", "no_identity"),
        ("ayse.oz,instagram,Vestel,reel,10,TRY,,4", "missing_value"),
        ("ayse.oz,instagram,Vestel,reel,10,TRY,soon,4", "not_a_date"),
        ("ayse.oz,instagram,Vestel,reel,10,TRY,2026-03-05,many", "not_a_number"),
        ("ayse.oz,instagram,Vestel,reel,10,TRY,2026-03-05,-4", "negative"),
        ("ayse.oz,instagram,Vestel,reel,-10,TRY,2026-03-05,4", "negative"),
        ("ayse.oz,instagram,Vestel,reel,10,XYZ,2026-03-05,4", "not_a_price"),
        ("ayse.oz,instagram,Vestel,reel,10 USD and,TRY,2026-03-05,4", "not_a_number"),
        ("ayse.oz,instagram,brd_00000000000000000000000000,reel,10,TRY,2026-03-05,4", "unknown_brand"),
        ("inf_00000000000000000000000000,instagram,Vestel,reel,10,TRY,2026-03-05,4", "unknown_account"),
    ],
)
async def test_rows_are_rejected_one_by_one(
    client: httpx.AsyncClient, take: Take, row: str, code: str
) -> None:
    await influencer(client, "Ayse Oz")
    head = "handle,platform,brand,format,cost,currency,finished at,conversions\n"
    good = "".join(f"ayse.oz,instagram,Vestel,reel,10,TRY,2026-02-0{day},4\n" for day in range(1, 8))
    done = await take(f"{head}{good}{row}\n")
    rejects = (await client.get(f"/v1/imports/{done['id']}/rejects")).json()["data"]
    assert [(each["row"], each["code"]) for each in rejects] == [(9, code)], done["columns"]
    assert done["counts"]["created"] == 7


async def test_influencers_by_id_name_and_handle_alone(client: httpx.AsyncClient, take: Take) -> None:
    ayse, can = await influencer(client, "Ayşe Öz"), await influencer(client, "Can Su", platform="tiktok")
    by_id = await take(
        f"influencer_id,brand,finished at\n{ayse},Vestel,2026-01-01\n{can},Vestel,2026-01-02\n"
    )
    by_name = await take("name,brand,finished at\nAYSE ÖZ,Vestel,2026-02-01\nCan Su,Vestel,2026-02-02\n")
    by_handle = await take(
        "handle,brand,finished at\n@can.su,Vestel,2026-03-02\n@ayşe.öz,Vestel,2026-03-01\n"
    )
    for done in (by_id, by_name, by_handle):
        assert done["counts"]["created"] == 2, done
    assert [row["influencer_id"] for row in await _listed(client)] == [can, ayse] * 3


async def test_a_name_of_several_is_a_conflict(client: httpx.AsyncClient, take: Take) -> None:
    await influencer(client, "Ayse Oz"), await influencer(client, "Can Su")
    await made(client, "/v1/influencers", {"name": "Ayşe Öz"})
    done = await take("name,brand,finished at\nAyse Oz,Vestel,2026-02-01\nCan Su,Vestel,2026-02-02\n")
    assert (done["counts"]["created"], done["counts"]["rejected"]) == (1, 1)


async def test_who_opted_out_is_suppressed(client: httpx.AsyncClient, take: Take) -> None:
    ayse = await influencer(client, "Ayse Oz")
    await influencer(client, "Can Su")
    await made(client, f"/v1/influencers/{ayse}/opt-out", {"reason": "asked"}, status=200)
    counts = (await take(ENGLISH))["counts"]
    assert (counts["created"], counts["suppressed"], counts["rejected"]) == (1, 1, 0)


async def test_lists_are_narrowed_and_paged(client: httpx.AsyncClient, take: Take) -> None:
    ayse = await influencer(client, "Ayse Oz")
    await influencer(client, "Can Su")
    brand = await made(client, "/v1/brands", {"name": "Vestel"})
    await take(ENGLISH)
    everyone = await _listed(client)
    for query, count in (
        (f"?influencer_id={ayse}", 1),
        (f"?brand_id={brand['id']}", 1),
        ("?platform=instagram", 2),
        ("?platform=tiktok", 0),
        ("?from=2026-04-01T00:00:00Z", 1),
        ("?to=2026-04-01T00:00:00Z", 1),
        (f"?ids={everyone[0]['id']},{everyone[1]['id']}", 2),
    ):
        assert len(await _listed(client, query)) == count, query
    page = (await client.get("/v1/outcomes?limit=1")).json()
    rest = (await client.get(f"/v1/outcomes?limit=1&cursor={page['next_cursor']}")).json()
    assert [page["data"][0]["id"], rest["data"][0]["id"]] == [row["id"] for row in everyone]
    assert not rest["has_more"]


async def test_a_deleted_outcome_is_gone(client: httpx.AsyncClient, take: Take) -> None:
    await influencer(client, "Ayse Oz"), await influencer(client, "Can Su")
    await take(ENGLISH)
    first, second = await _listed(client)
    assert (await client.delete(f"/v1/outcomes/{first['id']}")).status_code == 204
    assert (await client.delete(f"/v1/outcomes/{first['id']}")).status_code == 404
    assert await _listed(client) == [second]


async def test_a_later_file_fills_gaps_and_makes_none(client: httpx.AsyncClient, take: Take) -> None:
    await influencer(client, "Ayse Oz")
    head = "handle,platform,external id,ended"
    await take(f"{head},fee,cost,currency\nayse.oz,instagram,c-1,2026-01-01,100,150,TRY\n")
    await take(f"{head},cost,currency\nayse.oz,instagram,c-1,2026-01-01,160,TRY\n")
    [row] = await _listed(client)
    assert (row["price"], row["cost"]) == (
        {"amount": 10_000, "currency": "TRY"},
        {"amount": 16_000, "currency": "TRY"},
    )
