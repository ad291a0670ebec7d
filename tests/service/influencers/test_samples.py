"""Follower samples: profiles are judged and forgotten, vendors' verdicts taken as they are."""

from uuid import UUID

import httpx
import pytest

from scoring.fakes import builtin
from service.influencers.problems import NotASample
from service.influencers.samples.schemas import (
    AudienceByType,
    AudienceType,
    FollowerProfile,
    NewFollowerSample,
)
from service.influencers.samples.values import counts, profiles_of
from service.kit.db import Connection

REAL = {
    "followers": 800,
    "following": 300,
    "posts": 150,
    "bio": "kahve ve kitap",
    "has_picture": True,
    "handle": "ece.yazar",
}
FAKE = {
    "followers": 2,
    "following": 5000,
    "posts": 0,
    "bio": "",
    "has_picture": False,
    "handle": "user829301",
}


async def path_of(client: httpx.AsyncClient) -> str:
    accounts = [{"platform": "instagram", "handle": "ece"}]
    made = (await client.post("/v1/influencers", json={"name": "Ece", "accounts": accounts})).json()
    return f"/v1/influencers/{made['id']}/accounts/{made['accounts'][0]['id']}/follower-samples"


async def test_profiles_are_judged(client: httpx.AsyncClient) -> None:
    path = await path_of(client)
    made = await client.post(path, json={"profiles": [REAL] * 80 + [FAKE] * 20})
    assert made.status_code == 201, made.text
    sample = made.json()
    assert (sample["n"], sample["n_known"], sample["model_version"]) == (100, True, builtin().version)
    assert sample["flagged"] == pytest.approx(20, abs=1)
    fakes = sample["fakes"]
    assert fakes["low"] < fakes["estimate"] < fakes["high"]
    assert (await client.get(path)).json()["data"] == [sample]


async def test_nothing_of_the_followers_is_kept(client: httpx.AsyncClient, owner: Connection) -> None:
    await client.post(await path_of(client), json={"profiles": [{**REAL, "handle": "zumruduanka77"}]})
    tables = await owner.fetch("select tablename from pg_tables where schemaname = 'public'")
    for (table,) in tables:
        rows = await owner.fetch(f"select t::text from {table} t")
        assert not any("zumruduanka" in row[0] or "kahve ve kitap" in row[0] for row in rows), table


@pytest.mark.parametrize(
    ("body", "n", "flagged", "n_known"),
    [
        ({"n": 400, "suspicious": 60}, 400, 60, True),
        ({"credibility": 0.8}, 200, 40, False),
        ({"credibility": 0.8, "n": 1000}, 1000, 200, True),
        (
            {"audience_types": [{"code": "suspicious", "weight": 0.1}, {"code": "real", "weight": 0.9}]},
            200,
            20,
            False,
        ),
        (
            {"audience_by_type": {"bots": 12.5, "real": 60, "infs": 5.5, "mass": 22}, "n": 1000},
            1000,
            125,
            True,
        ),
    ],
)
async def test_vendors(client: httpx.AsyncClient, body: dict, n: int, flagged: float, n_known: bool) -> None:
    made = (await client.post(await path_of(client), json={"source": "vendor", **body})).json()
    assert (made["n"], made["n_known"], made["model_version"]) == (n, n_known, None)
    assert made["flagged"] == pytest.approx(flagged)
    assert made["fakes"]["estimate"] == pytest.approx(flagged / n)


async def test_a_vendors_errors_are_corrected(client: httpx.AsyncClient) -> None:
    body = {"n": 1000, "suspicious": 230, "tpr": 0.95, "fpr": 0.05}
    made = (await client.post(await path_of(client), json=body)).json()
    assert made["fakes"]["estimate"] == pytest.approx(0.2)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"n": 100},
        {"suspicious": 5},
        {"n": 5, "suspicious": 6},
        {"credibility": 0.5, "n": 10, "suspicious": 1},
        {"credibility": 1.1},
        {"credibility": 0.5, "tpr": 0.5, "fpr": 0.45},
        {"profiles": []},
        {"profiles": [{}]},
        {"profiles": [{"name": "Ece"}]},
        {"profiles": [REAL], "n": 1},
        {"profiles": [REAL] * 1001},
        {"profiles": [{"followers": -1}]},
        {"profiles": [{"karma": 1}]},
        {"audience_types": [{"code": "real", "weight": 0.9}]},
        {"audience_by_type": {"real": 50}},
        {"n": 10, "suspicious": 1, "as_of": "2026-11-01T00:00:00"},
    ],
)
async def test_what_is_no_sample(client: httpx.AsyncClient, body: dict) -> None:
    answer = await client.post(await path_of(client), json=body)
    assert answer.status_code == 400, answer.text


async def test_a_sample_replaces_that_of_its_source_and_day(client: httpx.AsyncClient) -> None:
    path = await path_of(client)
    body = {"source": "vendor", "as_of": "2026-11-01T00:00:00Z", "n": 400}
    first = (await client.post(path, json={**body, "suspicious": 60})).json()
    again = (await client.post(path, json={**body, "suspicious": 80})).json()
    assert again["id"] == first["id"]
    assert [one["flagged"] for one in (await client.get(path)).json()["data"]] == [80]


async def test_the_newest_stand_first_and_pages_follow(client: httpx.AsyncClient) -> None:
    path = await path_of(client)
    for day in ("02", "03", "01"):
        await client.post(path, json={"as_of": f"2026-11-{day}T00:00:00Z", "n": 9, "suspicious": 1})
    seen, cursor = [], None
    while True:
        page = (await client.get(path, params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        seen += [one["as_of"][8:10] for one in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert seen == ["03", "02", "01"]


async def test_one_is_deleted_once(client: httpx.AsyncClient) -> None:
    path = await path_of(client)
    made = (await client.post(path, json={"n": 9, "suspicious": 1})).json()
    assert (await client.delete(f"{path}/{made['id']}")).status_code == 204
    assert (await client.delete(f"{path}/{made['id']}")).status_code == 404
    assert (await client.get(path)).json()["data"] == []


async def test_samples_follow_an_account_and_go_with_it(client: httpx.AsyncClient, owner: Connection) -> None:
    path = await path_of(client)
    await client.post(path, json={"n": 9, "suspicious": 1})
    person = path.split("/")[3]
    keep = (await client.post("/v1/influencers", json={"name": "Ece Yazar"})).json()["id"]
    merged = await client.post("/v1/influencers/merge", json={"keep": keep, "merge": [person]})
    assert merged.json()["moved"]["follower_samples"] == 1
    assert len((await client.get(path.replace(person, keep))).json()["data"]) == 1
    erased = await client.post(f"/v1/influencers/{keep}/erase")
    assert erased.json()["counts"]["follower_samples"] == 1
    assert await owner.fetchval("select count(*) from follower_samples") == 0


def test_texts_are_counted() -> None:
    made = profiles_of(
        [
            FollowerProfile(handle="@Ece12", name="ECE12", bio="İyi günler"),
            FollowerProfile(handle="ece", name="Ece Yazar", bio=""),
            FollowerProfile(name="", digit_ratio=0.25, bio_length=7, name_words=3, name_is_handle=True),
            FollowerProfile(),
        ]
    )
    assert made.digit_ratio[:3].tolist() == [0.4, 0.0, 0.25]
    assert made.name_is_handle[:3].tolist() == [1.0, 0.0, 1.0]
    assert made.bio_length[:3].tolist() == [10.0, 0.0, 7.0]
    assert made.name_words[:3].tolist() == [1.0, 2.0, 3.0]
    assert made.known()[3].sum() == 0


def test_kinds_of_followers_must_name_the_fakes_once() -> None:
    twice = [AudienceType("suspicious", 0.1), AudienceType("suspicious", 0.2)]
    with pytest.raises(NotASample):
        counts(NewFollowerSample(audience_types=twice), builtin())
    assert counts(NewFollowerSample(audience_by_type=AudienceByType(0.0)), builtin()).flagged == 0.0


async def test_other_peoples_accounts_are_unknown(client: httpx.AsyncClient, workspace: UUID) -> None:
    path = await path_of(client)
    other = (await client.post("/v1/influencers", json={"name": "Can"})).json()["id"]
    answer = await client.post(path.replace(path.split("/")[3], other), json={"n": 9, "suspicious": 1})
    assert answer.status_code == 404
