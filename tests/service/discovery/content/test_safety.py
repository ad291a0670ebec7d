"""Brand safety: what is found where, what it vetoes, and lists that a workspace edits."""

from typing import Any

import httpx
import pytest

from tests.service.discovery.api import brief, influencer, made, scores
from tests.service.discovery.content.texts import market, writer

Json = dict[str, Any]


async def _row(client: httpx.AsyncClient, key: str, **wishes: Any) -> Json:
    page = await scores(client, await brief(client, **wishes), language="tr")
    return next(row for row in page["data"] if row["influencer"]["id"] == key)


async def _safety(client: httpx.AsyncClient, key: str) -> Json:
    answer = await client.get(f"/v1/influencers/{key}/safety")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def test_hits_are_named_with_category_word_and_place(client: httpx.AsyncClient, drain) -> None:
    await market(client, each=1)
    risky = await writer(
        client, "risky", "Bahisçi ve rakip", ["Bira keyfi #canlıbahis", "içkin bir gün"], er=0.05
    )
    assert (await _safety(client, risky))["read"] is False
    await drain()
    found = await _safety(client, risky)
    assert found["read"] is True
    posts = (await client.get(f"/v1/influencers/{risky}/posts")).json()["data"]
    post_id = next(post["id"] for post in posts if "Bira" in post["caption"])
    hits = {(hit["category"], hit["written"], hit["where"], hit["post_id"]) for hit in found["hits"]}
    assert ("gambling", "Bahisçi", "bio", None) in hits
    assert ("alcohol", "Bira", "post", post_id) in hits
    assert ("gambling", "canlıbahis", "post", post_id) in hits
    assert not [hit for hit in found["hits"] if "içkin" in hit["written"] or "rakip" in hit["written"]]


async def test_a_hit_vetoes_the_fit_and_says_why(client: httpx.AsyncClient, drain) -> None:
    risky = await writer(client, "risky", "Bahisçi", ["Sabah"], er=0.05)
    await drain()
    row = await _row(client, risky)
    assert (row["fit"]["score"], row["fit"]["vetoes"]) == (0, ["brand_safety"])
    term = row["fit"]["terms"][-1]
    assert (term["name"], term["shared"]) == ("veto_brand_safety", ["gambling: Bahisçi (bio)"])
    assert sum(each["points"] for each in row["fit"]["terms"]) == pytest.approx(0, abs=0.01)
    assert "dışlandı: marka güvenliği (kumar ve bahis: Bahisçi (bio))" in row["sentences"]


async def test_which_categories_veto_is_the_brief_s_to_say(client: httpx.AsyncClient, drain) -> None:
    drinker = await writer(client, "drinker", "Şarap tadımları", er=0.05)
    await drain()
    assert (await _row(client, drinker))["fit"].get("vetoes", []) == []
    for safety, struck in ((["alcohol"], ["brand_safety"]), ([], []), (["gambling"], []), (None, [])):
        row = await _row(client, drinker, vetoes={"safety": safety})
        assert row["fit"].get("vetoes", []) == struck, safety
    shown = (await client.get(f"/v1/briefs/{await brief(client, vetoes={'safety': ['alcohol']})}")).json()
    assert shown["vetoes"]["safety"] == ["alcohol"]
    assert (await client.get(f"/v1/briefs/{await brief(client)}")).json()["vetoes"]["safety"] is None


@pytest.mark.parametrize("safety", [["unheard_of"], ["Büyük"], "alcohol", ["a" * 60], [1]])
async def test_unknown_categories_are_refused(client: httpx.AsyncClient, safety: Any) -> None:
    answer = await client.post("/v1/briefs", json={"name": "x", "vetoes": {"safety": safety}})
    assert answer.status_code == 400
    assert "vetoes.safety" in answer.text


async def test_built_in_lists_are_shown(client: httpx.AsyncClient) -> None:
    every = (await client.get("/v1/word-lists")).json()["data"]
    assert {(one["category"], one["language"]) for one in every} >= {("gambling", "tr"), ("alcohol", "en")}
    [one] = (await client.get("/v1/word-lists", params={"category": "gambling", "language": "tr"})).json()[
        "data"
    ]
    assert "bahis" in one["words"]
    assert (one["built_in"], one["enabled"], one["veto"], one["updated_at"]) == (True, True, True, None)
    assert (await client.get("/v1/word-lists", params={"language": "de"})).status_code == 400


async def test_lists_are_edited_and_texts_read_again(client: httpx.AsyncClient, drain) -> None:
    one = await writer(client, "one", "Telvecik Kahve ile bira ve bahis", er=0.05)
    await drain()
    change = {
        "lists": [
            {"category": "rivals", "language": "tr", "added": ["telvecik kahve"], "veto": True},
            {"category": "alcohol", "language": "tr", "removed": ["bira"]},
            {"category": "gambling", "language": "tr", "enabled": False},
        ]
    }
    answer = await client.put("/v1/word-lists", json=change)
    assert answer.status_code == 200, answer.text
    shown = {(each["category"], each["language"]): each for each in answer.json()["data"]}
    assert shown["rivals", "tr"]["words"] == ["telvecik kahve"]
    assert shown["rivals", "tr"]["built_in"] is False
    assert "bira" not in shown["alcohol", "tr"]["words"]
    assert (await _safety(client, one))["read"] is False
    await drain()
    assert [(hit["category"], hit["written"]) for hit in (await _safety(client, one))["hits"]] == [
        ("rivals", "Telvecik Kahve")
    ]
    assert (await _row(client, one))["fit"]["vetoes"] == ["brand_safety"]
    # What is left out of a change stays.
    await client.put(
        "/v1/word-lists", json={"lists": [{"category": "rivals", "language": "tr", "veto": False}]}
    )
    await drain()
    assert (await _row(client, one))["fit"].get("vetoes", []) == []
    assert len((await _safety(client, one))["hits"]) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"category": "Bad Name", "language": "tr"},
        {"category": "x", "language": "tr"},
        {"category": "rivals", "language": "de"},
        {"category": "rivals", "language": "tr", "added": ["a"]},
        {"category": "rivals", "language": "tr", "added": ["..."]},
        {"category": "rivals", "language": "tr", "added": ["a" * 61]},
        {"category": "rivals", "language": "tr", "words": ["abc"]},
    ],
)
async def test_impossible_lists_are_refused(client: httpx.AsyncClient, change: Json) -> None:
    assert (await client.put("/v1/word-lists", json={"lists": [change]})).status_code == 400
    assert (await client.put("/v1/word-lists", json={"lists": []})).status_code == 400


async def test_categories_have_names(client: httpx.AsyncClient) -> None:
    labels = (await client.get("/v1/labels", params={"lang": "tr"})).json()
    assert "kumar ve bahis" in str(labels)
    assert "Alkollü içkiler" in str(labels)


async def test_lists_are_each_workspace_s_own(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    await client.put(
        "/v1/word-lists", json={"lists": [{"category": "rivals", "language": "tr", "added": ["telvecik"]}]}
    )
    assert "telvecik" not in (await other_client.get("/v1/word-lists")).text


async def test_restricted_categories_name_their_law(client: httpx.AsyncClient) -> None:
    turkish = (
        await client.get("/v1/restricted-categories", params={"market": "TR", "language": "tr"})
    ).json()
    names = {each["code"]: each for each in turkish["data"]}
    assert names["alcohol"]["name"] == "Alkollü içkiler"
    assert "4250" in names["alcohol"]["source"]
    english = (await client.get("/v1/restricted-categories")).json()["data"]
    assert {each["code"] for each in english} >= {"tobacco", "gambling", "medicine", "infant_formula"}
    assert (await client.get("/v1/restricted-categories", params={"market": "XX"})).json()["data"] == []
    assert (await client.get("/v1/restricted-categories", params={"market": "tr"})).status_code == 400


async def test_posts_without_a_day_hide_none_that_has_one(client: httpx.AsyncClient, drain) -> None:
    key = await influencer(client, "Dolu", bio="x")
    posts = [{"platform_id": f"u{at}", "caption": "kahve"} for at in range(30)]
    dated = {"platform_id": "d", "caption": "casino bahis sitesi", "published_at": "2026-05-01T10:00:00Z"}
    await made(client, f"/v1/influencers/{key}/posts", {"posts": [*posts, dated]}, status=200)
    await drain()
    found = (await client.get(f"/v1/influencers/{key}/safety")).json()
    assert "gambling" in {hit["category"] for hit in found["hits"]}


@pytest.mark.parametrize(
    ("count", "words", "told"), [(101, 1, "at most 100 lists"), (11, 480, "at most 5,000 words")]
)
async def test_lists_have_a_bound_a_workspace(
    client: httpx.AsyncClient, count: int, words: int, told: str
) -> None:
    """However they are cut up into requests; and what goes over it changes nothing."""
    lists = [
        {"category": f"own{at}", "language": "tr", "added": [f"söz{at}x{word}" for word in range(words)]}
        for at in range(count)
    ]
    assert (await client.put("/v1/word-lists", json={"lists": lists[: count - 1]})).status_code == 200
    before = (await client.get("/v1/word-lists")).json()
    answer = await client.put("/v1/word-lists", json={"lists": lists[count - 1 :]})
    assert (answer.status_code, told in answer.json()["detail"]) == (400, True)
    assert (await client.get("/v1/word-lists")).json() == before
