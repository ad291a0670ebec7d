"""Accounts and their figures over time."""

import httpx
import pytest


async def person(client: httpx.AsyncClient, *accounts: dict, name: str = "Ece") -> dict:
    answer = await client.post("/v1/influencers", json={"name": name, "accounts": list(accounts)})
    assert answer.status_code == 201, answer.text
    return answer.json()


INSTAGRAM = {"platform": "instagram", "handle": "ece"}
TIKTOK = {"platform": "tiktok", "handle": "ece"}


async def snapshot(client: httpx.AsyncClient, owner: dict, day: str, **figures: object) -> dict:
    body = {"as_of": f"{day}T00:00:00Z", "source": "vendor"} | figures
    answer = await client.post(f"/v1/influencers/{owner['id']}/snapshots", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_an_account_is_added_changed_and_removed(client: httpx.AsyncClient) -> None:
    owner = await person(client)
    path = f"/v1/influencers/{owner['id']}/accounts"
    added = (await client.post(path, json=INSTAGRAM | {"followers": 10})).json()
    assert (added["identity"], added["followers"]) == ("handle", 10)
    changed = (
        await client.patch(f"{path}/{added['id']}", json={"handle": "@ece.yeni", "platform_id": "77"})
    ).json()
    assert (changed["handle"], changed["identity"], changed["followers"]) == ("ece.yeni", "platform_id", 10)
    assert [row["id"] for row in (await client.get(path)).json()["data"]] == [added["id"]]
    assert (await client.delete(f"{path}/{added['id']}")).status_code == 204
    assert (await client.get(path)).json()["data"] == []
    assert (await client.delete(f"{path}/{added['id']}")).status_code == 404


async def test_without_handle_and_id_an_account_is_known_by_name(client: httpx.AsyncClient) -> None:
    owner = await person(client, {"platform": "youtube"}, name="Ece Su")
    account = owner["accounts"][0]
    assert (account["identity"], account["name"]) == ("name", "Ece Su")
    path = f"/v1/influencers/{owner['id']}/accounts/{account['id']}"
    assert (await client.patch(path, json={"name": None})).status_code == 400


async def test_a_change_can_not_take_another_s_handle(client: httpx.AsyncClient) -> None:
    first = await person(client, INSTAGRAM)
    second = await person(client, {"platform": "instagram", "handle": "su"})
    path = f"/v1/influencers/{second['id']}/accounts/{second['accounts'][0]['id']}"
    answer = await client.patch(path, json={"handle": "ECE"})
    assert (answer.status_code, answer.json()["influencer_id"]) == (409, first["id"])


async def test_an_account_of_another_is_not_found(client: httpx.AsyncClient) -> None:
    first, second = await person(client, INSTAGRAM), await person(client, TIKTOK)
    path = f"/v1/influencers/{second['id']}/accounts/{first['accounts'][0]['id']}"
    assert (await client.patch(path, json={"verified": True})).status_code == 404
    assert (await client.delete(path)).status_code == 404


async def test_every_figure_is_of_the_newest_snapshot_that_has_it(client: httpx.AsyncClient) -> None:
    owner = await person(client, INSTAGRAM)
    await snapshot(client, owner, "2026-03-01", followers=300, avg_views=30)
    await snapshot(client, owner, "2026-01-01", followers=100, avg_views=10, avg_likes=1, avg_comments=1)
    account = await snapshot(client, owner, "2026-02-01", avg_views=20, following=7)
    assert (account["followers"], account["avg_views"], account["following"]) == (300, 30, 7)
    assert account["observed_at"] == "2026-03-01T00:00:00Z"
    # Only January says how people engage.
    assert account["engagement_rate"]["value"] == pytest.approx(0.02)
    assert account["engagement_rate"]["as_of"] == "2026-01-01T00:00:00Z"


async def test_the_same_day_and_source_again_completes_and_corrects(client: httpx.AsyncClient) -> None:
    owner = await person(client, INSTAGRAM)
    await snapshot(client, owner, "2026-03-01", followers=300, avg_views=30)
    account = await snapshot(client, owner, "2026-03-01", followers=290)
    assert (account["followers"], account["avg_views"]) == (290, 30)
    assert len((await client.get(f"/v1/influencers/{owner['id']}/snapshots")).json()["data"]) == 1


async def test_the_time_series_is_paged_and_cut(client: httpx.AsyncClient) -> None:
    owner = await person(client, INSTAGRAM, TIKTOK)
    by_platform = {account["platform"]: account["id"] for account in owner["accounts"]}
    for month in range(1, 6):
        for account in by_platform.values():
            await snapshot(client, owner, f"2026-0{month}-01", followers=month, account_id=account)
    path = f"/v1/influencers/{owner['id']}/snapshots"
    seen, cursor = [], None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(path, params=query)).json()
        seen += [(row["as_of"], row["account_id"]) for row in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert seen == sorted(seen)
    assert len(set(seen)) == 10
    query = {
        "account_id": by_platform["tiktok"],
        "from": "2026-02-01T00:00:00Z",
        "to": "2026-04-01T00:00:00Z",
    }
    rows = (await client.get(path, params=query)).json()["data"]
    assert [(row["platform"], row["followers"]) for row in rows] == [("tiktok", 2), ("tiktok", 3)]


async def test_with_several_accounts_a_snapshot_says_which(client: httpx.AsyncClient) -> None:
    owner = await person(client, INSTAGRAM, TIKTOK)
    path = f"/v1/influencers/{owner['id']}/snapshots"
    answer = await client.post(path, json={"followers": 1})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/which-account")
    assert {one["platform"] for one in answer.json()["accounts"]} == {"instagram", "tiktok"}
    nobody = await person(client, name="Su")
    answer = await client.post(f"/v1/influencers/{nobody['id']}/snapshots", json={"followers": 1})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/no-account")


ON_TIKTOK = {"platform": "tiktok", "avg_views": 2000, "avg_likes": 90, "avg_comments": 5, "avg_shares": 5}
GIVEN = {"value": 0.04, "n": 20, "window": 60, "statistic": "median"}
AVERAGED = ("followers", "averages", "mean_unknown_n")


@pytest.mark.parametrize(
    ("account", "value", "said"),
    [
        ({"platform": "instagram", "avg_likes": 90, "avg_comments": 10}, 0.1, AVERAGED),
        ({"platform": "instagram", "avg_likes": 90}, None, None),
        ({"platform": "instagram", "avg_engagements": 50}, 0.05, AVERAGED),
        (ON_TIKTOK, 0.05, ("views", "averages", "mean_unknown_n")),
        (ON_TIKTOK | {"avg_views": 0}, None, None),
        ({"platform": "youtube", "engagement_rate": GIVEN}, 0.04, ("views", "given", "median")),
        (
            {"platform": "instagram", "avg_likes": 90, "avg_comments": 10, "engagement_rate": GIVEN},
            0.1,
            AVERAGED,
        ),
        (
            {"platform": "x", "engagement_rate": {"value": 0.02, "basis": "reach"}},
            0.02,
            ("reach", "given", "mean_unknown_n"),
        ),
    ],
)
async def test_a_rate_says_what_it_is_of(
    client: httpx.AsyncClient, account: dict, value: float | None, said: tuple | None
) -> None:
    owner = await person(client, {"handle": "ece", "followers": 1000} | account)
    rate = owner["accounts"][0]["engagement_rate"]
    if value is None:
        assert rate is None
        return
    assert rate["value"] == pytest.approx(value)
    assert (rate["basis"], rate["origin"], rate["statistic"]) == said


async def test_a_given_rate_comes_back_as_it_was_given(client: httpx.AsyncClient) -> None:
    given = {
        "value": 0.04,
        "basis": "reach",
        "components": "full",
        "statistic": "median",
        "n": 20,
        "window": 60,
        "format": "story",
    }
    owner = await person(client, INSTAGRAM | {"engagement_rate": given})
    rate = owner["accounts"][0]["engagement_rate"]
    assert {name: rate[name] for name in given} == given
    rows = (await client.get(f"/v1/influencers/{owner['id']}/snapshots")).json()["data"]
    assert {name: rows[0]["engagement_rate"][name] for name in given} == given


@pytest.mark.parametrize("value", [1.5, -0.1, "2%"])
async def test_a_rate_is_a_fraction(client: httpx.AsyncClient, value: object) -> None:
    body = {"name": "E", "accounts": [INSTAGRAM | {"engagement_rate": {"value": value}}]}
    assert (await client.post("/v1/influencers", json=body)).status_code == 400
