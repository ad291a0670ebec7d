"""Posts: bulk intake with a result per item, identity, lists, and the engagement that follows."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from service.influencers.posts.caption import hashtags, mentions
from service.influencers.posts.values import post_key

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def at(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat()


def item(number: int, **fields: object) -> dict:
    return {
        "platform_id": str(number),
        "published_at": at(10 + number),
        "observed_at": at(0),
        "likes": 80,
        "comments": 20,
    } | fields


async def owner_of(client: httpx.AsyncClient, **account: object) -> dict:
    accounts = [
        {"platform": "instagram", "handle": "ece", "followers": 1000, "observed_at": at(30)} | account
    ]
    return (await client.post("/v1/influencers", json={"name": "Ece", "accounts": accounts})).json()


async def send(client: httpx.AsyncClient, owner: dict, *items: dict) -> dict:
    answer = await client.post(f"/v1/influencers/{owner['id']}/posts", json={"posts": list(items)})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def account_of(client: httpx.AsyncClient, owner: dict) -> dict:
    return (await client.get(f"/v1/influencers/{owner['id']}")).json()["accounts"][0]


async def test_bad_items_do_not_keep_good_ones_out(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    items = [item(n) for n in range(100)]
    items[3] = item(3, likes=-1)
    items[50] = {"likes": 5}
    items[99] = item(99, brand="x")
    answer = await send(client, owner, *items)
    assert (answer["created"], answer["rejected"]) == (97, 3)
    errors = {row["index"]: row["errors"][0]["path"] for row in answer["results"] if row["errors"]}
    assert errors == {3: "likes", 50: "", 99: "brand"}
    assert all(row["id"].startswith("pst_") for row in answer["results"] if row["status"] == "created")
    again = await send(client, owner, *items)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 97)
    ids = [row["id"] for row in answer["results"] if row["id"]]
    assert ids == [row["id"] for row in again["results"] if row["id"]]


@pytest.mark.parametrize(
    ("bad", "path"),
    [
        (item(1, url="http://10.0.0.1/p"), "url"),
        (item(1, published_at=(datetime.now(UTC) + timedelta(days=40_000)).isoformat()), "published_at"),
        (item(1, published_at="2026-11-01T00:00:00"), "published_at"),
        (item(1, caption="a\x00"), ""),
        (item(1, account_id="acc_00000000000000000000000000"), "account_id"),
        (item(1, account_id="nonsense"), "account_id"),
        ({}, ""),
        (item(1, hashtags=["x"] * 101), "hashtags"),
        (item(1, likes="many"), "likes"),
    ],
)
async def test_what_a_post_can_not_be(client: httpx.AsyncClient, bad: dict, path: str) -> None:
    owner = await owner_of(client)
    result = (await send(client, owner, bad, item(2)))["results"]
    assert [row["status"] for row in result] == ["rejected", "created"]
    assert path in [error["path"] for error in result[0]["errors"]]


async def test_a_batch_is_bounded(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    path = f"/v1/influencers/{owner['id']}/posts"
    assert (await client.post(path, json={"posts": [item(1)] * 1001})).status_code == 400
    assert (await client.post(path, json={"posts": []})).status_code == 400
    assert (await client.post(path, json={"posts": [1]})).status_code == 400


async def test_items_of_one_post_are_one(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    answer = await send(client, owner, item(1, likes=10), item(1, likes=12, saves=3))
    assert [row["status"] for row in answer["results"]] == ["created", "unchanged"]
    assert answer["results"][0]["id"] == answer["results"][1]["id"]
    rows = (await client.get(f"/v1/influencers/{owner['id']}/posts")).json()["data"]
    assert [(row["likes"], row["saves"], row["comments"]) for row in rows] == [(12, 3, 20)]


async def test_newer_figures_win_older_ones_fill_gaps(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    await send(client, owner, item(1, likes=50, observed_at=at(5)))
    older = await send(client, owner, item(1, likes=40, views=900, observed_at=at(8)))
    newer = await send(client, owner, item(1, likes=60, observed_at=at(1)))
    assert (older["updated"], newer["updated"]) == (1, 1)
    row = (await client.get(f"/v1/influencers/{owner['id']}/posts")).json()["data"][0]
    assert (row["likes"], row["views"], row["observed_at"]) == (60, 900, "2026-11-19T00:00:00Z")


async def test_posts_are_listed_newest_first_without_gaps(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    items = [item(n) for n in range(7)]
    items[6] = {"url": "https://x.com/p/6"}
    await send(client, owner, *items)
    path, seen, cursor = f"/v1/influencers/{owner['id']}/posts", [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(path, params=query)).json()
        seen += [row["platform_id"] for row in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert seen == ["0", "1", "2", "3", "4", "5", None]
    cut = await client.get(path, params={"from": at(13), "to": at(11)})
    assert [row["platform_id"] for row in cut.json()["data"]] == ["2", "3"]


async def test_engagement_is_the_median_of_the_last_dozen_organic_posts(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    organic = [item(n, likes=10 * n, comments=0) for n in range(1, 14)]
    others = [
        item(20, likes=900, sponsored=True),
        item(21, likes=None),
        item(22, published_at=at(1), likes=5000),
        item(23, published_at=at(200), likes=7000),
    ]
    await send(client, owner, *organic, *others)
    account = await account_of(client, owner)
    rate = account["engagement_rate"]
    # Posts 1..12 are the last dozen: the median of 10..120 likes is 65 of 1000 followers.
    assert rate["value"] == pytest.approx(0.065)
    assert (rate["statistic"], rate["n"], rate["window"]) == ("median", 12, 90)
    assert (rate["origin"], rate["basis"], rate["components"]) == ("posts", "followers", "public")
    assert account["last_post_at"] == "2026-11-19T00:00:00Z"


async def test_followers_are_those_nearest_to_the_post(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    for days, followers in ((60, 500), (12, 2000)):
        body = {"as_of": at(days), "followers": followers}
        await client.post(f"/v1/influencers/{owner['id']}/snapshots", json=body)
    await send(client, owner, item(1, published_at=at(58)))
    assert (await account_of(client, owner))["engagement_rate"]["value"] == pytest.approx(100 / 500)
    await send(client, owner, item(1, published_at=at(58), followers=400, observed_at=at(-1)))
    assert (await account_of(client, owner))["engagement_rate"]["value"] == pytest.approx(100 / 400)


@pytest.mark.parametrize(
    ("platform", "fields", "value", "basis", "format"),
    [
        ("tiktok", {"views": 2000, "shares": 100}, 0.1, "views", "feed"),
        ("tiktok", {"views": 2000}, None, None, None),
        ("x", {"shares": 100}, 0.2, "followers", "feed"),
        ("instagram", {"format": "reel", "views": 4000}, 0.025, "views", "reel"),
        ("instagram", {"format": "story", "reach": 500}, 0.2, "reach", "story"),
        ("youtube", {"format": "video", "views": 1000}, 0.1, "views", "feed"),
    ],
)
async def test_each_platform_has_its_base(
    client: httpx.AsyncClient, platform: str, fields: dict, value: float, basis: str, format: str
) -> None:
    owner = await owner_of(client, platform=platform)
    await send(client, owner, *(item(n, **fields) for n in range(3)))
    rate = (await account_of(client, owner))["engagement_rate"]
    if value is None:
        assert rate is None
    else:
        assert rate["value"] == pytest.approx(value)
        assert (rate["basis"], rate["format"], rate["n"]) == (basis, format, 3)


async def test_a_rate_from_posts_outlives_averages_for_its_window(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    await send(client, owner, item(1))
    path = f"/v1/influencers/{owner['id']}/snapshots"
    figures = {"followers": 1000, "avg_likes": 1, "avg_comments": 1}
    await client.post(path, json=figures | {"as_of": at(-30)})
    assert (await account_of(client, owner))["engagement_rate"]["origin"] == "posts"
    await client.post(path, json=figures | {"as_of": at(-100)})
    assert (await account_of(client, owner))["engagement_rate"]["origin"] == "averages"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("17", None, None, None), ("17", "https://x.com/other", None, "else")),
        (
            (None, "https://www.tiktok.com/@a/video/1?lang=tr", None, None),
            (None, "http://tiktok.com/@a/video/1/", None, "b"),
        ),
        ((None, None, NOW, "İYİ günler"), (None, None, NOW, "iyi günler")),
    ],
)
def test_a_post_is_known_again(first: tuple, second: tuple) -> None:
    assert post_key(*first) == post_key(*second)


def test_posts_that_differ_are_told_apart() -> None:
    youtube = [post_key(None, f"https://www.youtube.com/watch?v={v}&t=1", None, None) for v in ("a", "b")]
    assert len(set(youtube)) == 2
    assert post_key(None, None, NOW, "a") != post_key(None, None, NOW, "b")
    assert post_key(None, None, None, "a") is None


@pytest.mark.parametrize(
    ("caption", "found"),
    [
        ("#İşBirliği #isbirligi", ["İşBirliği", "isbirligi"]),
        ("#i\u0307s\u0327birlig\u0306i hazır", ["i̇şbirliği"]),
        ("#rek\u200blam", ["reklam"]),
        ("a#b # c #1", ["b", "1"]),
        (None, []),
    ],
)
def test_hashtags_are_whole_words(caption: str | None, found: list[str]) -> None:
    assert hashtags(caption) == found


def test_mentions_are_no_addresses() -> None:
    assert mentions("@Ece_Su ve @elci.tr! iletisim@elci.tr") == ["Ece_Su", "elci.tr"]


async def test_stories_speak_for_an_account_only_where_nothing_else_does(client: httpx.AsyncClient) -> None:
    owner = await owner_of(client)
    stories = [item(n, format="story", reach=500, likes=None, private_interactions=5) for n in range(3)]
    await send(client, owner, *stories)
    rate = (await account_of(client, owner))["engagement_rate"]
    assert (rate["format"], rate["basis"], rate["components"], rate["n"]) == ("story", "reach", "full", 3)
    assert rate["value"] == pytest.approx(25 / 500)
    await send(client, owner, item(9))
    rate = (await account_of(client, owner))["engagement_rate"]
    assert (rate["format"], rate["basis"], rate["n"]) == ("feed", "followers", 1)
