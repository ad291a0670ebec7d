"""Content fit through the API: places among candidates, terms that sum, what is shared, what is unknown."""

from itertools import pairwise
from typing import Any

import httpx
import pytest

from tests.service.discovery.api import brief, ids_of, made, scores
from tests.service.discovery.content.texts import THEMES, market, writer

Json = dict[str, Any]
COFFEE_BRIEF: Json = {"description": "Evde pişen Türk kahvesi", "keywords": ["kahve"], "hashtags": ["kahve"]}


def _content(page: Json) -> dict[str, Json]:
    return {row["influencer"]["id"]: row["content"] for row in page["data"]}


async def test_a_brief_finds_its_theme_first(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    page = await scores(client, await brief(client, **COFFEE_BRIEF, weights={"engagement": 0}))
    assert set(ids_of(page)[:4]) == set(people["coffee"])
    ranked = [row["content"]["score"] for row in page["data"]]
    assert ranked == sorted(ranked, reverse=True)
    for content in _content(page).values():
        assert sum(term["points"] for term in content["terms"]) == pytest.approx(content["score"], abs=0.01)
        assert content["terms"][0] == {"name": "base", "raw": None, "reference": None, "points": 50.0}
        assert content["confidence"] == 1
    # Mid-ranks of twelve candidates: their mean is the middle.
    assert sum(ranked) / 12 == pytest.approx(50, abs=0.01)
    assert page["data"][0]["content"]["score"] <= 100 - 100 / 24 + 1e-6


async def test_terms_and_sentences_name_what_is_shared(client: httpx.AsyncClient, drain) -> None:
    await market(client)
    await drain()
    brief_id = await brief(client, **COFFEE_BRIEF)
    page = await scores(client, brief_id, filters={"hashtags": ["kahve"]}, language="tr")
    best = page["data"][0]
    terms = {term["name"]: term for term in best["content"]["terms"]}
    assert {"Kahve", "kahvesi"} & set(terms["text"]["shared"])
    assert terms["hashtags"]["shared"] == ["#kahve"]
    assert any("kahve" in topic for topic in terms["topics"]["shared"])
    [line] = [line for line in best["sentences"] if line.startswith("içerik: ortak")]
    assert "#kahve" in line
    english = await scores(client, brief_id, language="en")
    assert any(line.startswith("content: shares") for line in english["data"][0]["sentences"])
    other = english["data"][-1]
    assert not any(line.startswith("content: shares #kahve") for line in other["sentences"])


async def test_ascii_turkish_ranks_the_same(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    plain = {"description": "evde pisen turk kahvesi, kahvalti", "keywords": ["KAHVE"]}
    page = await scores(client, await brief(client, **plain, weights={"engagement": 0}))
    assert set(ids_of(page)[:4]) == set(people["coffee"])


async def test_pages_and_single_influencers_keep_the_run_s_places(client: httpx.AsyncClient, drain) -> None:
    await market(client)
    await drain()
    brief_id = await brief(client, **COFFEE_BRIEF)
    whole = _content(await scores(client, brief_id, limit=100))
    first = await scores(client, brief_id, limit=5)
    second = await scores(client, brief_id, limit=100, cursor=first["next_cursor"])
    for key, content in (_content(first) | _content(second)).items():
        assert content["score"] == whole[key]["score"]
        alone = (await client.get(f"/v1/influencers/{key}/scores", params={"brief_id": brief_id})).json()
        assert alone["content"]["score"] == content["score"]
        assert alone["content"]["terms"] == content["terms"]


async def test_one_alone_is_held_against_the_catalogue(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    brief_id = await brief(client, **COFFEE_BRIEF)
    found = {}
    for theme in ("coffee", "games"):
        answer = await client.get(f"/v1/influencers/{people[theme][0]}/scores", params={"brief_id": brief_id})
        found[theme] = answer.json()["content"]["score"]
    assert found["coffee"] > 60 > found["games"]


async def test_history_makes_content_again(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    page = await scores(client, await brief(client, **COFFEE_BRIEF))
    one = people["coffee"][0]
    await client.patch(f"/v1/influencers/{one}", json={"bio": "Artık yalnızca oyun"})
    await drain()
    answer = await client.get(f"/v1/influencers/{one}/scores/history/{page['run_id']}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["equal"] is True, answer.text


async def test_a_brand_s_words_count_too(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    brand = await made(
        client,
        "/v1/brands",
        {"name": "Telve", "kind": "own", "proposition": "Türk kahvesi", "values": ["kahve"]},
    )
    page = await scores(client, await brief(client, brand_id=brand["id"], weights={"engagement": 0}))
    assert set(ids_of(page)[:4]) == set(people["coffee"])


async def test_unknown_is_null_with_its_reason(client: httpx.AsyncClient, drain) -> None:
    people = await market(client, each=2)
    silent = await writer(client, "silent", None)
    await drain()
    late = await writer(client, "late", "Kahve", ["Kahve #kahve"])
    found = _content(await scores(client, await brief(client, **COFFEE_BRIEF)))
    assert (found[silent]["score"], found[silent]["reason"]) == (None, "no_text")
    assert (found[late]["score"], found[late]["reason"]) == (None, "not_indexed")
    assert found[people["coffee"][0]]["reason"] is None
    nothing = _content(await scores(client, await brief(client)))
    assert {content["reason"] for content in nothing.values()} == {"not_requested"}
    foreign = _content(await scores(client, await brief(client, description="咖啡")))
    assert foreign[people["coffee"][0]]["reason"] == "nothing_shared"


async def test_closer_words_never_rank_lower(client: httpx.AsyncClient, drain) -> None:
    """Texts that hold more and more of the brief's words, all else equal."""
    games = " ".join(THEMES["games"][1])
    words = ["kahve", "demleme", "kavurma", "fincan"]
    people = [
        await writer(client, f"step{at}", f"{' '.join(words[:at] or ['oyun'])} {games}") for at in range(5)
    ]
    await market(client)
    await drain()
    page = await scores(client, await brief(client, description=" ".join(words), weights={"engagement": 0}))
    found = _content(page)
    ordered = [found[key]["score"] for key in people]
    assert all(less <= more + 5 for less, more in pairwise(ordered))
    assert ordered[-1] > ordered[0]
