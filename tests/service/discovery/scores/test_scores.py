"""Scores through the API, recomputed from the formulas; who is vetoed, who is unknown, who never appears."""

from math import erf, exp, log, prod, sqrt

import httpx
import numpy as np
import pytest

from scoring import builtin, engagement, peers
from scoring.audience import WEIGHTS as DIMENSION_WEIGHTS
from scoring.model import WEIGHTS
from scoring.rates import Rates
from tests.service.discovery.api import Json, brief, ids_of, influencer, made, scores

AUDIENCE = {"country": {"TR": 0.8}, "age": {"18-24": 0.3, "25-34": 0.4}, "gender": {"female": 0.6}}
KNOWN = {
    "country": {"TR": 0.72, "DE": 0.2},
    "age": {"18-24": 0.5, "25-34": 0.2, "35-44": 0.1},
    "gender": {"female": 0.7, "male": 0.3},
}


def engagement_by_hand(followers: float, rate: float, n: float) -> tuple[float, float]:
    """Score and confidence of an Instagram rate by followers against the built-in table (FORMULAS 1)."""
    [group] = [
        each for each in builtin.peers().groups if each.basis[:3] == ("instagram", "feed", "followers")
    ]
    mu = float(np.interp(log(followers), group.x, group.mu))
    z = ((n * log(rate) + 5 * mu) / (n + 5) - mu) / group.sigma
    z = max(-3.0, min(3.0, z))
    return 100 * 0.5 * (1 + erf(z / sqrt(2))), n / (n + 5)


def audience_by_hand(known: dict[str, dict[str, float]], sample: float) -> tuple[float, float]:
    """Score and confidence of a distribution for AUDIENCE (FORMULAS 2)."""
    asked = sum(DIMENSION_WEIGHTS[name] for name in AUDIENCE)
    total = sum(DIMENSION_WEIGHTS[name] for name in known)
    score = 100 * prod(
        max(
            0.02,
            sum(min(share, known[name].get(code, 0)) for code, share in wanted.items())
            / sum(wanted.values()),
        )
        ** (DIMENSION_WEIGHTS[name] / total)
        for name, wanted in AUDIENCE.items()
        if name in known
    )
    mass = sum(DIMENSION_WEIGHTS[name] * sum(shares.values()) for name, shares in known.items())
    return score, mass * sample / (sample + 200) / asked


def assert_sums(row: Json) -> None:
    for name in ("fit", *WEIGHTS):
        score = row[name]
        if score["score"] is not None:
            assert sum(term["points"] for term in score["terms"]) == pytest.approx(score["score"], abs=0.01)
            assert score["reason"] is None
        else:
            assert score["terms"] == []
            assert score["reason"]


async def test_scores_are_those_of_the_formulas(client: httpx.AsyncClient) -> None:
    both = await influencer(client, "Both", followers=50_000, er=0.031, n=7, audience=KNOWN, sample=800)
    rate_only = await influencer(client, "Rate only", followers=8_000, er=0.05)
    nothing = await influencer(client, "Nothing")
    page = await scores(client, await brief(client, audience=AUDIENCE))
    rows = {row["influencer"]["id"]: row for row in page["data"]}
    assert set(rows) == {both, rate_only, nothing}
    for row in rows.values():
        assert_sums(row)

    rate, rate_confidence = engagement_by_hand(50_000, 0.031, 7)
    match, match_confidence = audience_by_hand(KNOWN, 800)
    row = rows[both]
    assert row["engagement"]["score"] == pytest.approx(rate, abs=0.01)
    assert row["engagement"]["confidence"] == pytest.approx(rate_confidence, abs=1e-4)
    assert row["audience"]["score"] == pytest.approx(match, abs=0.01)
    assert row["audience"]["confidence"] == pytest.approx(match_confidence, abs=1e-4)
    fit = (0.25 * match + 0.20 * rate) / 0.45
    assert row["fit"]["score"] == pytest.approx(fit, abs=0.01)
    confidence = 0.25 * match_confidence + 0.20 * rate_confidence
    assert row["fit"]["confidence"] == pytest.approx(confidence, abs=1e-4)

    rate, rate_confidence = engagement_by_hand(8_000, 0.05, 12)
    assert rows[rate_only]["fit"]["score"] == pytest.approx(rate, abs=0.01)
    assert rows[rate_only]["audience"]["reason"] == "no_distribution"
    assert rows[rate_only]["fit"]["confidence"] == pytest.approx(0.20 * rate_confidence, abs=1e-4)
    assert rows[rate_only]["authority"]["reason"] == "no_edges"

    assert rows[nothing]["fit"]["score"] is None
    assert rows[nothing]["fit"]["reason"] == "no_scores"
    assert ids_of(page)[-1] == nothing
    assert (page["candidates"], page["scored"], page["has_more"]) == (3, 2, False)


async def test_a_brief_s_weights_decide(client: httpx.AsyncClient) -> None:
    await influencer(client, "Both", er=0.02, audience=KNOWN)
    brief_id = await brief(client, audience=AUDIENCE, weights={"audience": 3, "engagement": 1})
    [row] = (await scores(client, brief_id))["data"]
    assert row["fit"]["score"] == pytest.approx(
        (3 * row["audience"]["score"] + row["engagement"]["score"]) / 4, abs=0.01
    )
    await client.patch(f"/v1/briefs/{brief_id}", json={"weights": {"audience": 0}})
    [row] = (await scores(client, brief_id))["data"]
    assert row["fit"]["score"] == pytest.approx(row["engagement"]["score"], abs=0.01)


async def test_peers_are_the_workspace_s_own_from_fifty_on(client: httpx.AsyncClient) -> None:
    generator = np.random.default_rng(7)
    followers = generator.integers(2_000, 900_000, 60).tolist()
    rates = np.exp(generator.normal(-3.5, 0.6, 60)).round(6).tolist()
    for at, (count, rate) in enumerate(zip(followers, rates, strict=True)):
        await influencer(client, f"Peer {at}", followers=count, er=rate, categories=["Moda"])
    known = Rates.of(
        platform="instagram",
        value=rates,
        followers=followers,
        statistic="mean_unknown_n",
        category=["moda"] * 60,
    )
    expected = engagement.score(known, peers.fit(known, cold_start=builtin.peers())).score
    page = await scores(client, await brief(client), limit=100)
    found = {row["influencer"]["name"]: row["engagement"]["score"] for row in page["data"]}
    assert found == {f"Peer {at}": pytest.approx(value, abs=0.01) for at, value in enumerate(expected)}
    basis = page["data"][0]["engagement"]["terms"][1]["basis"]
    assert (basis["peers"], basis["peers_n"], basis["base"]) == ("catalogue", 60, "followers")
    order = [row["fit"]["score"] for row in page["data"]]
    assert order == sorted(order, reverse=True)


async def test_the_largest_account_on_the_brief_s_platforms_is_scored(client: httpx.AsyncClient) -> None:
    accounts = [
        {"platform": "instagram", "handle": "small", "followers": 5_000, "engagement_rate": {"value": 0.01}},
        {"platform": "instagram", "handle": "large", "followers": 9_000, "engagement_rate": {"value": 0.02}},
        {"platform": "tiktok", "handle": "huge", "followers": 90_000, "engagement_rate": {"value": 0.03}},
    ]
    person = (await made(client, "/v1/influencers", {"name": "Many", "accounts": accounts}))["id"]
    await influencer(client, "YouTube only", platform="youtube", er=0.05)
    for platforms, handle in (([], "huge"), (["instagram"], "large"), (["tiktok", "instagram"], "huge")):
        page = await scores(client, await brief(client, platforms=platforms))
        row = next(row for row in page["data"] if row["influencer"]["id"] == person)
        assert row["account"]["handle"] == handle
        assert row["engagement"]["terms"][1]["raw"] == row["account"]["engagement_rate"]
        # Where the filters name no platform, the brief's are meant.
        assert len(page["data"]) == (2 if not platforms else 1)
    chosen = await scores(client, await brief(client), filters={"platform": ["instagram"]})
    assert [row["account"]["handle"] for row in chosen["data"]] == ["large"]


async def test_another_account_s_audience_is_better_than_none(client: httpx.AsyncClient) -> None:
    accounts = [
        {"platform": "instagram", "handle": "a", "followers": 9_000, "engagement_rate": {"value": 0.01}},
        {"platform": "tiktok", "handle": "b", "followers": 90},
    ]
    shown = await made(client, "/v1/influencers", {"name": "Two", "accounts": accounts})
    path = f"/v1/influencers/{shown['id']}"
    brief_id = await brief(client, audience={"country": {"TR": 0.8}})

    async def known(account: int, share: float) -> float | None:
        cells = [{"dimension": "country", "code": "TR", "share": share}]
        params = {"account_id": shown["accounts"][account]["id"]}
        answer = await client.put(
            f"{path}/audience", params=params, json={"distributions": cells, "sample_size": 9_000}
        )
        assert answer.status_code == 200, answer.text
        [row] = (await scores(client, brief_id))["data"]
        score: float | None = row["audience"]["score"]
        return score

    assert await known(1, 0.4) == pytest.approx(50, abs=0.01)
    assert await known(0, 0.6) == pytest.approx(75, abs=0.01)
    assert await known(1, 0.8) == pytest.approx(75, abs=0.01)


async def test_a_persona_s_audience_stands_in(client: httpx.AsyncClient) -> None:
    await influencer(client, "One", audience={"gender": {"female": 0.5, "male": 0.5}, "country": {"TR": 1}})
    persona = await made(client, "/v1/personas", {"name": "Elif", "demographics": {"gender": ["female"]}})
    brief_id = await brief(client, persona_ids=[persona["id"]], audience={"country": {"TR": 0.8}})
    [row] = (await scores(client, brief_id))["data"]
    names = {term["name"]: term for term in row["audience"]["terms"]}
    assert set(names) == {"base", "country", "gender"}
    assert (names["gender"]["raw"], names["gender"]["reference"]) == (0.5, 1.0)
    await client.patch(f"/v1/briefs/{brief_id}", json={"audience": {"gender": {"female": 0.5}}})
    [row] = (await scores(client, brief_id))["data"]
    assert row["audience"]["score"] == pytest.approx(100)


async def test_interests_match_in_any_spelling(client: httpx.AsyncClient) -> None:
    await influencer(client, "One", audience={"interests": {"GÜZELLİK": 0.4}}, sample=9_000)
    [row] = (await scores(client, await brief(client, audience={"interests": {"guzellik": 0.2}})))["data"]
    assert row["audience"]["score"] == pytest.approx(100)


async def test_exact_mode_compares_whole_distributions(client: httpx.AsyncClient) -> None:
    await influencer(client, "One", audience={"gender": {"female": 0.9, "male": 0.1}})
    wishes = {"gender": {"female": 0.6, "male": 0.4}}
    for mode, expected in (("minimum", 70.0), ("exact", 70.0)):
        [row] = (await scores(client, await brief(client, audience=wishes | {"mode": mode})))["data"]
        assert row["audience"]["score"] == pytest.approx(expected, abs=0.01)
    # What the brief leaves to others is not what the audience has elsewhere.
    for mode, expected in (("minimum", 100.0), ("exact", 60.0)):
        asked = {"gender": {"female": 0.6}, "mode": mode}
        [row] = (await scores(client, await brief(client, audience=asked)))["data"]
        assert row["audience"]["score"] == pytest.approx(expected, abs=0.01)


async def test_vetoes_are_terms(client: httpx.AsyncClient) -> None:
    good = await influencer(client, "Good", er=0.01)
    named = await influencer(client, "Named", er=0.09)
    excluded = await influencer(client, "Excluded", er=0.09, categories=["Moda", "BAHİS"])
    unknown = await influencer(client, "Unknown")
    wishes = {"influencer_ids": [named], "categories": ["bahis"]}
    page = await scores(client, await brief(client, vetoes=wishes))
    assert ids_of(page)[0] == good
    assert ids_of(page)[3] == unknown
    rows = {row["influencer"]["id"]: row for row in page["data"]}
    for key, veto in ((named, "brief_influencer"), (excluded, "brief_category")):
        fit = rows[key]["fit"]
        assert (fit["score"], fit["vetoes"]) == (0, [veto])
        assert fit["terms"][-1]["name"] == f"veto_{veto}"
        assert_sums(rows[key])
        assert any(sentence.startswith("excluded: ") for sentence in rows[key]["sentences"])


async def test_who_opted_out_never_appears(client: httpx.AsyncClient) -> None:
    kept, gone = await influencer(client, "Kept", er=0.01), await influencer(client, "Gone", er=0.09)
    brief_id = await brief(client)
    assert len((await scores(client, brief_id))["data"]) == 2
    answer = await client.post(f"/v1/influencers/{gone}/opt-out", json={"reason": "asked"})
    assert answer.status_code < 300, answer.text
    assert ids_of(await scores(client, brief_id)) == [kept]
    one = (await client.get(f"/v1/influencers/{gone}/scores", params={"brief_id": brief_id})).json()
    assert one["fit"]["vetoes"] == ["opt_out"]
    assert one["fit"]["score"] == 0


async def test_one_influencer_s_scores_are_the_list_s(client: httpx.AsyncClient) -> None:
    person = await influencer(client, "One", er=0.02, audience=KNOWN, sample=500)
    brief_id = await brief(client, audience=AUDIENCE)
    [row] = (await scores(client, brief_id))["data"]
    one = (await client.get(f"/v1/influencers/{person}/scores", params={"brief_id": brief_id})).json()
    for name in ("fit", *WEIGHTS):
        assert one[name] | {"as_of": None} == row[name] | {"as_of": None}
    assert one["sentences"] == row["sentences"]
    assert one["influencer"] == row["influencer"]
    assert one["brief_id"] == brief_id


async def test_sentences_speak_the_reader_s_language(client: httpx.AsyncClient) -> None:
    await influencer(client, "One", er=0.02, audience={"country": {"TR": 0.72}})
    brief_id = await brief(client, audience={"country": {"TR": 0.8}})
    english, turkish = "audience: 72% in TR against 80% wanted", "kitle: TR payı %72, istenen %80"
    path = f"/v1/briefs/{brief_id}/scores"
    for body, accepted, expected in (
        ({}, "en", english),
        ({}, "tr-TR", turkish),
        ({"language": "tr"}, "en", turkish),
        ({"language": "en"}, "tr", english),
    ):
        page = (await client.post(path, json=body, headers={"Accept-Language": accepted})).json()
        assert expected in page["data"][0]["sentences"]


async def test_a_search_orders_by_fit_and_filters_by_scores(client: httpx.AsyncClient) -> None:
    await influencer(client, "Low", er=0.004)
    high = await influencer(client, "High", er=0.09)
    await influencer(client, "None")
    brief_id = await brief(client)
    ranked = ids_of(await scores(client, brief_id))
    found = await made(client, "/v1/search/influencers", {"brief_id": brief_id, "sort": "fit"}, status=200)
    assert [row["id"] for row in found["data"]] == ranked
    assert [row["fit"] is None for row in found["data"]] == [False, False, True]
    best = await made(
        client,
        "/v1/search/influencers",
        {"brief_id": brief_id, "filters": {"min_scores": {"engagement": 60}}},
        status=200,
    )
    assert [row["id"] for row in best["data"]] == [high]


async def test_scores_are_for_who_is_known(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    person, brief_id = await influencer(client, "Mine"), await brief(client)
    theirs, their_brief = await influencer(other_client, "Theirs"), await brief(other_client)
    for key, asked, slug in (
        (theirs, brief_id, "influencer-not-found"),
        (person, their_brief, "brief-not-found"),
        ("inf_x", brief_id, "not-found"),
    ):
        answer = await client.get(f"/v1/influencers/{key}/scores", params={"brief_id": asked})
        assert (answer.status_code, answer.json()["type"]) == (404, f"/problems/{slug}")
    assert (await client.get(f"/v1/influencers/{person}/scores")).status_code == 400
    assert ids_of(await scores(client, brief_id)) == [person]


async def test_filters_are_the_search_s(client: httpx.AsyncClient) -> None:
    small = await influencer(client, "Small", followers=1_000, er=0.02)
    await influencer(client, "Large", followers=900_000, er=0.02)
    brief_id = await brief(client)
    page = await scores(client, brief_id, filters={"followers": {"max": 5_000}})
    assert ids_of(page) == [small]
    page = await scores(client, brief_id, filters={"not": {"followers": {"max": 5_000}}, "country": ["DE"]})
    assert (page["data"], page["candidates"], page["next_cursor"]) == ([], 0, None)
    for filters in (
        {"height": 3},
        {"mentions": {"brand_id": "x"}},
        {"min_scores": {"fit": 50}},
    ):
        wrong = await client.post(f"/v1/briefs/{brief_id}/scores", json={"filters": filters})
        assert wrong.status_code == 400, filters


def test_the_table_of_hand_computed_scores_is_no_tautology() -> None:
    score, _ = engagement_by_hand(50_000, exp(-20), 7)
    assert score == pytest.approx(0.135, abs=0.01)
    assert audience_by_hand(KNOWN, 800)[0] == pytest.approx(83.39, abs=0.01)
