"""Files of edges over HTTP."""

import pytest

from tests.service.discovery.api import influencer
from tests.service.discovery.desk import Desk

ROWS = """src,dst,kind,weight,at,platform
@ayse,@bora,mention,1,2026-05-01,instagram
cem,bora,follow,,,instagram
outsider,bora,mention,3,2026-06-01T10:00:00Z,instagram
"""


@pytest.fixture
async def bora(desk: Desk) -> str:
    for name in ("Ayse", "Cem"):
        await influencer(desk.client, name)
    return await influencer(desk.client, "Bora")


async def test_edges_are_taken_in_and_shown(desk: Desk, bora: str):
    made = await desk.take_in(ROWS)
    assert made["counts"] | {"read": 3} == {
        "read": 3,
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
        "suppressed": 0,
    }
    rows = await desk.edges(bora)
    assert [(row["kind"], row["other"]["handle"], row["weight"], row["at"]) for row in rows] == [
        ("mention", "outsider", 3.0, "2026-06-01T10:00:00Z"),
        ("mention", "ayse", 1.0, "2026-05-01T00:00:00Z"),
        ("follow", "cem", 1.0, None),
    ]
    assert {row["direction"] for row in rows} == {"in"}
    assert rows[0]["other"]["influencer_id"] is None
    assert rows[1]["other"]["name"] == "Ayse"
    assert rows[1]["other"]["influencer_id"].startswith("inf_")
    assert await desk.said(bora, kind="follow") == [("in", "follow", "cem")]
    assert await desk.said(bora, direction="out") == []
    assert await desk.edges(bora, limit=1) == rows


async def test_the_same_file_again_changes_nothing(desk: Desk, bora: str):
    await desk.take_in(ROWS)
    before, summary = await desk.edges(bora), await desk.summary()
    again = await desk.take_in(ROWS)
    assert (again["counts"]["unchanged"], again["counts"]["created"], again["counts"]["updated"]) == (3, 0, 0)
    assert await desk.edges(bora) == before
    assert await desk.summary() == summary


async def test_a_new_weight_replaces_the_old_one_for_good(desk: Desk, bora: str):
    await desk.take_in(ROWS)
    heavier = ROWS.replace("mention,3", "mention,7")
    assert (await desk.take_in(heavier))["counts"]["updated"] == 1
    assert (await desk.edges(bora))[0]["weight"] == 7.0
    # The older file was taken in before: it does not undo the newer one.
    assert (await desk.take_in(ROWS))["counts"]["unchanged"] == 3
    assert (await desk.edges(bora))[0]["weight"] == 7.0


async def test_what_is_no_edge_is_rejected_with_its_reason(desk: Desk, bora: str):
    made = await desk.take_in(
        "src,dst,kind,weight,platform\n"
        "bora,@BORA,mention,1,instagram\n"
        "ayse,bora,mention,-2,instagram\n"
        ",bora,mention,1,instagram\n"
        "ayse,,mention,1,instagram\n"
        "ayse,bora,admires,1,instagram\n"
        "ayse,bora,,1,instagram\n"
        "two words,bora,mention,1,instagram\n"
        "ayse,bora,mention,much,instagram\n"
        "ayse,bora,mention,2,instagram\n"
    )
    assert await desk.rejects(made) == [
        (2, "self_loop"),
        (3, "negative"),
        (4, "missing_value"),
        (5, "missing_value"),
        (6, "not_a_code"),
        (7, "missing_value"),
        (8, "not_a_handle"),
        (9, "not_a_number"),
    ]
    assert await desk.said(bora) == [("in", "mention", "ayse")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Kaynak;Hedef;İlişki;Ağırlık;Tarih;Platform\nayse;bora;Bahsetme;2;01.05.2026;Instagram\n", {}),
        ("from,to,type,weight,date\nayse,bora,mention,2,2026-05-01\n", {"platform": "instagram"}),
        ("Source,Target,Relationship,Weight,Date,Platform\n@Ayse,@Bora,Mentions,2,2026-05-01,IG\n", {}),
        (
            "src,dst,kind,weight,at\nhttps://www.instagram.com/ayse/,instagram.com/bora,mention,2,2026-05-01\n",
            {},
        ),
        (
            '{"src": "ayse", "dst": "bora", "kind": "mention", "weight": 2, "at": "2026-05-01", '
            '"platform": "instagram"}\n',
            {"filename": "edges.ndjson"},
        ),
    ],
)
async def test_headers_in_both_languages_and_other_shapes(desk: Desk, bora: str, text: str, asked: dict):
    made = await desk.take_in(text, **asked)
    assert made["counts"]["created"] == 1, made
    (row,) = await desk.edges(bora)
    assert (row["kind"], row["other"]["handle"], row["weight"]) == ("mention", "Ayse".lower(), 2.0)
    assert row["at"] == "2026-05-01T00:00:00Z"


async def test_an_outside_handle_becomes_the_influencer_it_turns_out_to_be(desk: Desk, bora: str):
    await desk.take_in(ROWS)
    late = await influencer(desk.client, "Outsider")
    await desk.work()
    assert (await desk.edges(bora))[0]["other"]["influencer_id"] == late
    assert await desk.said(late) == [("out", "mention", "bora")]


async def test_an_account_that_takes_a_handle_later_takes_its_edges(desk: Desk, bora: str):
    await desk.take_in(ROWS)
    account = (await desk.client.get(f"/v1/influencers/{bora}")).json()["accounts"][0]
    await desk.take_in("src,dst,kind,platform\nayse,bora.new,mention,instagram\n")
    answer = await desk.client.patch(
        f"/v1/influencers/{bora}/accounts/{account['id']}", json={"handle": "bora.new"}
    )
    assert answer.status_code == 200, answer.text
    await desk.work()
    assert await desk.said(bora) == [
        ("in", "follow", "cem"),
        ("in", "mention", "ayse"),
        ("in", "mention", "ayse"),
        ("in", "mention", "outsider"),
    ]


async def test_a_dry_run_leaves_nothing(desk: Desk, bora: str):
    made = await desk.take_in(ROWS, dry_run="true")
    assert made["counts"]["created"] == 3
    assert await desk.edges(bora) == []
    assert (await desk.summary())["counts"] == []


async def test_the_summary_counts_by_platform_and_kind(desk: Desk, bora: str):
    await desk.take_in(ROWS)
    shown = await desk.summary()
    assert [(row["kind"], row["edges"], row["sources"], row["targets"]) for row in shown["counts"]] == [
        ("follow", 1, 1, 1),
        ("mention", 2, 2, 1),
    ]
    assert shown["waiting"] == 0
    assert (shown["graph"]["stale"], shown["graph"]["nodes"], shown["graph"]["arcs"]) == (False, 4, 3)


async def test_unknown_kinds_and_influencers(desk: Desk, bora: str):
    assert (await desk.client.get(f"/v1/influencers/{bora}/edges?kind=love")).status_code == 400
    assert (await desk.client.get(f"/v1/influencers/{bora}/edges?direction=up")).status_code == 400
    assert (await desk.client.get(f"/v1/influencers/{bora}/edges?cursor=nonsense")).status_code == 400
    unknown = "inf_" + "0" * 26
    assert (await desk.client.get(f"/v1/influencers/{unknown}/edges")).status_code == 404
