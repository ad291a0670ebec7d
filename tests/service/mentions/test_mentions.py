"""/v1/mentions: in once, whatever the order; labelled and handled; searched by filters."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from service.mentions.keys import mention_key, normal_url
from service.mentions.merging import merged, together
from service.mentions.reports import MentionReport
from service.mentions.sentiments import said

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def mention(**given: Any) -> dict[str, Any]:
    """A mention of the API."""
    return {
        "source": "brandwatch",
        "native_id": "m-1",
        "platform": "x",
        "text": "Elçi kahvesi çok güzel",
        "published_at": AT.isoformat(),
        **given,
    }


async def send(client: httpx.AsyncClient, *mentions: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post("/v1/mentions", json={"mentions": list(mentions)})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_mention_comes_in_once(client: httpx.AsyncClient) -> None:
    first = await send(client, mention(likes=5))
    again = await send(client, mention(likes=5), mention(likes=5))
    assert (first["created"], again["unchanged"]) == (1, 2)
    found = (await client.get("/v1/mentions")).json()["data"]
    assert [one["id"] for one in found] == [first["results"][0]["id"]]
    assert (found[0]["likes"], found[0]["engagement"], found[0]["status"]) == (5, 5, "new")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in-order", "out-of-order"])
async def test_the_later_look_counts_in_any_order(client: httpx.AsyncClient, order: tuple[int, int]) -> None:
    looks = [
        mention(observed_at=AT.isoformat(), likes=5, reach=70),
        mention(observed_at=(AT + timedelta(hours=2)).isoformat(), likes=9),
    ]
    for at in order:
        await send(client, looks[at])
    for at in order:
        assert (await send(client, looks[at]))["unchanged"] == 1
    found = (await client.get("/v1/mentions")).json()["data"]
    assert [(one["likes"], one["reach"]) for one in found] == [(9, 70)]


async def test_many_at_once_are_one(client: httpx.AsyncClient) -> None:
    sent = [mention(native_id=f"m-{at}", likes=at) for at in range(20)]
    answers = await asyncio.gather(*(send(client, *sent[at % 2 :], *sent) for at in range(6)))
    assert sum(one["created"] for one in answers) == 20
    assert len({one["id"] for answer in answers for one in answer["results"]}) == 20


async def test_a_bad_item_keeps_no_good_one_out(client: httpx.AsyncClient) -> None:
    told = await send(
        client,
        mention(text=""),
        mention(published_at="2300-01-01T00:00:00Z"),
        mention(native_id="good"),
        mention(stars=9, text="a\u0000b"),
    )
    assert [one["status"] for one in told["results"]] == ["rejected", "rejected", "created", "rejected"]
    assert [fault["path"] for one in told["results"] for fault in one["errors"]] == [
        "text",
        "published_at",
        "stars",
    ]


async def test_what_the_source_says_is_kept_beside_ours(client: httpx.AsyncClient) -> None:
    await send(client, mention(sentiment="Olumsuz"))
    one = (await client.get("/v1/mentions")).json()["data"][0]
    assert one["source_sentiment"] == {"value": "Olumsuz", "label": "negative", "score": -1.0}
    path = f"/v1/mentions/{one['id']}"
    labelled = (await client.patch(path, json={"label": "negative"})).json()["sentiment"]
    assert (labelled["label"], labelled["by"]) == ("negative", "hand")
    back = (await client.patch(path, json={"label": None})).json()["sentiment"]
    assert back["by"] == "model"


async def test_handling(client: httpx.AsyncClient) -> None:
    path = "/v1/mentions/" + (await send(client, mention()))["results"][0]["id"]
    answered = (await client.patch(path, json={"status": "answered", "moved_to_dm": True})).json()
    assert answered["answered_at"]
    assert answered["moved_to_dm"]
    assert not answered["resolved_at"]
    resolved = (await client.patch(path, json={"status": "resolved"})).json()
    assert resolved["answered_at"] == answered["answered_at"]
    assert resolved["resolved_at"]
    opened = (await client.patch(path, json={"status": "new"})).json()
    assert not opened["answered_at"]
    assert not opened["resolved_at"]
    assert (await client.patch(path, json={"assignee": "usr_" + "0" * 26})).status_code == 404
    trail = (await client.get("/v1/audit-log")).json()["data"]
    assert sum(one["action"] == "mention.changed" for one in trail) == 3


async def test_filters_and_pages(client: httpx.AsyncClient) -> None:
    await send(
        client,
        *(
            mention(
                native_id=str(at),
                platform="x" if at % 2 else "web",
                published_at=(AT + timedelta(minutes=at)).isoformat(),
                stars=4 if at == 3 else None,
                author_handle="@Ayşe" if at == 5 else None,
            )
            for at in range(7)
        ),
    )
    found: list[str] = []
    cursor = None
    while True:
        asked = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        page = (await client.get("/v1/mentions", params=asked)).json()
        found += [one["native_id"] for one in page["data"]]
        if not page["has_more"]:
            break
        cursor = page["next_cursor"]
    assert found == list("6543210")
    for asked, wanted in (
        ({"platform": "x"}, "531"),
        ({"rated": "true"}, "3"),
        ({"author": "@ayşe"}, "5"),
        ({"from": (AT + timedelta(minutes=5)).isoformat()}, "65"),
    ):
        page = (await client.get("/v1/mentions", params=asked)).json()
        assert [one["native_id"] for one in page["data"]] == list(wanted)


async def test_a_known_influencer_s_mention_goes_with_them(client: httpx.AsyncClient) -> None:
    made = await client.post(
        "/v1/influencers",
        json={"name": "Ayşe", "source": "test", "accounts": [{"platform": "x", "handle": "ayse.k"}]},
    )
    influencer = made.json()["id"]
    await send(client, mention(author_handle="@Ayse.K"))
    listed = await client.get("/v1/mentions", params={"influencer_id": influencer})
    assert [one["author"]["influencer_id"] for one in listed.json()["data"]] == [influencer]
    await client.post(f"/v1/influencers/{influencer}/erase")
    assert (await client.get("/v1/mentions")).json()["data"] == []
    await send(client, mention(author_handle="@Ayse.K", author_name="Ayşe"))
    again = (await client.get("/v1/mentions")).json()["data"]
    assert [(one["author"]["handle"], one["author"]["name"]) for one in again] == [(None, None)]


async def test_other_workspaces_see_nothing(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    path = "/v1/mentions/" + (await send(client, mention()))["results"][0]["id"]
    assert (await other_client.get(path)).status_code == 404
    assert (await other_client.patch(path, json={"status": "ignored"})).status_code == 404
    assert (await other_client.get("/v1/mentions")).json()["data"] == []


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://www.example.com/a/", "example.com/a"),
        ("http://m.example.com:80/a?fbclid=1", "example.com/a"),
        ("https://example.com:8443/?b=2&a=1", "example.com:8443?a=1&b=2"),
        ("https://twitter.com/a/status/1?s=20&t=x", "x.com/a/status/1?t=x"),
        ("https://youtube.com/watch?v=abc&feature=share", "youtube.com/watch?v=abc"),
        ("ftp://example.com", None),
        ("https://[::1", None),
        ("nothing", None),
    ],
)
def test_addresses_are_normalised(url: str, normal: str | None) -> None:
    assert normal_url(url) == normal


def test_what_a_mention_is_known_by() -> None:
    plain = MentionReport(source="x", platform="x", text="Merhaba", published_at=AT)
    assert mention_key(plain).startswith("text:")
    assert mention_key(plain) == mention_key(
        MentionReport(source="x", platform="x", text=" MERHABA ", published_at=AT)
    )
    with_url = MentionReport(source="rss", platform="web", text="a", published_at=AT, url="https://a.com/b/")
    assert mention_key(with_url) == "url:a.com/b"
    assert (
        len(
            mention_key(
                MentionReport(source="x", platform="x", text="", published_at=AT, native_id="9" * 5000)
            )
        )
        < 300
    )


def test_looks_of_one_mention_are_one() -> None:
    one = MentionReport(source="x", platform="x", text="a", published_at=AT, native_id="1", likes=1)
    told = together([one, one, MentionReport(source="x", platform="x", text="b", published_at=AT)], AT)
    assert sorted(len(each.places) for each in told) == [1, 2]
    later = MentionReport(
        source="x", platform="x", text="a", published_at=AT, native_id="1", observed_at=AT + timedelta(1)
    )
    assert merged(later, one).likes == 1


@pytest.mark.parametrize(
    ("value", "label", "score"),
    [
        ("positive", "positive", 1.0),
        ("NÖTR", "neutral", 0.0),
        (-5, "negative", -1.0),
        (4, "positive", 0.8),
        (0, "neutral", 0.0),
        ("-0.5", "negative", -0.5),
        ("0,3", "positive", 0.3),
        (float("nan"), None, None),
        ("who knows", None, None),
    ],
)
def test_what_a_source_s_sentiment_means(value: str | float, label: str | None, score: float | None) -> None:
    meant = said(value)
    assert meant is not None
    assert (meant.label, meant.score) == (label, score)
