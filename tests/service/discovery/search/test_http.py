"""The search over HTTP: limits, hostile input, scopes, walls, what is not available."""

import json
from typing import Any

import pytest

from service.discovery.search import extensions
from service.discovery.search.extensions import Scored, provide_filter, provide_scores
from service.kit import ids

SEARCH = "/v1/search/influencers"
JSON = {"content-type": "application/json"}


async def _add(client, name: str, **more: Any) -> str:  # type: ignore[no-untyped-def]
    answer = await client.post("/v1/influencers", json={"name": name, **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _account(handle: str, followers: int | None = None, platform: str = "instagram") -> dict[str, Any]:
    return {"platform": platform, "handle": handle} | ({"followers": followers} if followers else {})


async def _search(client, **request: Any) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    answer = await client.post(SEARCH, json=request)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_what_is_written_is_found_and_what_goes_is_not(client) -> None:
    made = await _add(client, "Zeynep Kaya", categories=["Moda"], accounts=[_account("zeynepkaya", 5_000)])
    assert [found["id"] for found in (await _search(client, query="zeynep"))["data"]] == [made]
    await client.patch(f"/v1/influencers/{made}", json={"name": "Elif Demir", "tags": ["yaz"]})
    [tagged] = (await _search(client, filters={"tags": ["YAZ"]}))["data"]
    assert tagged["name"] == "Elif Demir"
    # The handle is still hers.
    assert (await _search(client, query="zeynepkaya"))["count"] == {"value": 1, "relation": "eq"}
    await client.delete(f"/v1/influencers/{made}")
    assert (await _search(client))["data"] == []


async def test_what_is_included(client) -> None:
    await _add(
        client,
        "Ada",
        accounts=[_account("ada", 2_000), _account("ada.tv", 9_000, "youtube")],
        contacts=[{"email": "ada@example.com"}],
        rates=[{"platform": "youtube", "format": "video", "price": {"amount": 50_000, "currency": "TRY"}}],
    )
    [bare] = (await _search(client))["data"]
    assert not {"accounts", "rates", "contacts", "audience", "fit"} & bare.keys()
    assert bare["match"]["account"]["handle"] == "ada.tv", "the largest account"
    assert bare["match"]["price"] == {"amount": 50_000, "currency": "TRY"}
    everything = ["accounts", "rates", "contacts", "audience"]
    [full] = (await _search(client, include=everything))["data"]
    assert [account["handle"] for account in full["accounts"]] == ["ada.tv", "ada"]
    assert full["contacts"][0]["email"] == "ada@example.com"
    assert len(full["rates"]) == 1
    assert full["audience"] == []


OUT_OF_BOUNDS: list[tuple[dict[str, Any], str]] = [
    ({"limit": 10**9}, "limit"),
    ({"limit": 0}, "limit"),
    ({"sort": "followers; drop table"}, "sort"),
    ({"query": "a" * 201}, "query"),
    ({"filters": {"country": []}}, "filters.country"),
    ({"filters": {"country": ["tr"]}}, "filters.country[0]"),
    ({"filters": {"tags": ["x"] * 10_000}}, "filters.tags"),
    ({"filters": {"tags": ["x" * 101]}}, "filters.tags[0]"),
    ({"filters": {"exclude_shortlists": ["sho_x"] * 10_000}}, "filters.exclude_shortlists"),
    ({"filters": {"folowers": {"min": 1}}}, "filters.folowers"),
    ({"filters": {"followers": {"min": -1}}}, "filters.followers.min"),
    ({"filters": {"followers": {"min": 2**70}}}, "filters.followers.min"),
    ({"filters": {"not": {"not": {"country": ["TR"]}}}}, "filters.not.not"),
    ({"filters": {"max_price": 5}}, "filters.max_price"),
    ({"facets": ["bio"]}, "facets[0]"),
    ({"include": ["notes"]}, "include[0]"),
    ({"workspace_id": "x"}, "workspace_id"),
]


async def test_what_is_out_of_bounds_is_a_bad_request(client) -> None:
    for request, path in OUT_OF_BOUNDS:
        answer = await client.post(SEARCH, json=request)
        assert answer.status_code == 400, (request, answer.text)
        assert path in [error["path"] for error in answer.json()["errors"]], answer.text


HOSTILE = [
    "'; drop table influencers; --", "%", "_", "\\", "' | 'a", "a & !b", "<script>", "\u202e", "ı", "a" * 200,
    "\u0000", "\ud800", "ﷺ", "🎉", " ", "''", '"', "$1", "{row}", "a:*", "((((", "\n\t",
]  # fmt: skip


async def test_hostile_text_harms_nothing(client) -> None:
    await _add(client, "Ada", accounts=[_account("ada", 100)])
    for text in HOSTILE:
        word = f"x{text}"[:100]
        for request in (
            {"query": text},
            {"filters": {"tags": [word], "not": {"category": [word]}}},
            {"filters": {"hashtags": [word], "post_text": text, "city": [word]}},
            {"filters": {"audience": [{"dimension": "interests", "code": word, "min_share": 0.1}]}},
            {"cursor": text},
        ):
            # Escaped, so that even a lone surrogate arrives.
            answer = await client.post(SEARCH, content=json.dumps(request), headers=JSON)
            assert answer.status_code in (200, 400), (request, answer.text)
            if answer.status_code == 400:
                assert answer.headers["content-type"] == "application/problem+json"
    assert (await _search(client))["count"]["value"] == 1


async def test_a_deep_body_is_a_bad_request(client) -> None:
    body = '{"filters":' + '{"not":' * 5_000 + "{}" + "}" * 5_000 + "}"
    answer = await client.post(SEARCH, content=body, headers=JSON)
    assert answer.status_code == 400


async def test_a_filter_without_data_is_said_to_have_none(client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extensions, "_filters", {})
    for filters, path in (
        ({"worked_with": {"brand_ids": ["brd_x"]}}, "filters.worked_with"),
        ({"mentions": {"within_days": 30}}, "filters.mentions"),
        ({"not_contacted_within_days": 30}, "filters.not_contacted_within_days"),
        ({"not": {"mentions": {}}}, "filters.mentions"),
    ):
        answer = await client.post(SEARCH, json={"filters": filters})
        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems/filter-not-available"
        assert answer.json()["errors"] == [{"path": path, "message": "has no data yet"}]


async def test_filters_that_others_provide(client, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = await _add(client, "Ada", accounts=[_account("ada", 200)])
    bora = await _add(client, "Bora", accounts=[_account("bora", 100)])
    asked: list[Any] = []

    async def worked_with(db, workspace_id, value):  # type: ignore[no-untyped-def]
        asked.append(value.brand_ids)
        return [ids.read("inf", ada)]

    monkeypatch.setattr(extensions, "_filters", {})
    provide_filter("worked_with", worked_with)
    provide_filter("exclude_shortlists", worked_with_shortlist(ada))
    kept = await _search(client, filters={"worked_with": {"brand_ids": ["brd_1"]}})
    left = await _search(client, filters={"not": {"worked_with": {"brand_ids": ["brd_1"]}}})
    off_list = await _search(client, filters={"exclude_shortlists": ["sho_1"]})
    assert [[found["id"] for found in page["data"]] for page in (kept, left, off_list)] == [
        [ada],
        [bora],
        [bora],
    ]
    assert asked == [["brd_1"], ["brd_1"]]
    with pytest.raises(ValueError, match="no filter on others' data"):
        provide_filter("country", worked_with)


def worked_with_shortlist(listed: str):  # type: ignore[no-untyped-def]
    async def on_lists(db, workspace_id, value):  # type: ignore[no-untyped-def]
        return [ids.read("inf", listed)]

    return on_lists


async def test_scores_order_and_filter(client, monkeypatch: pytest.MonkeyPatch) -> None:
    people = {
        name: await _add(client, name, accounts=[_account(name, 100)])
        for name in ("ada", "bora", "can", "deniz")
    }
    fits = {"ada": 40.0, "bora": 80.0, "can": None, "deniz": 60.0}
    by_id = {ids.read("inf", people[name]): fit for name, fit in fits.items()}

    async def score(db, workspace_id, brief_id, influencer_ids):  # type: ignore[no-untyped-def]
        return Scored(influencer_ids, {"fit": [by_id[made] for made in influencer_ids]})

    monkeypatch.setattr(extensions, "_scorers", [])
    brief = ids.show("bri", ids.new())
    unscored = await client.post(SEARCH, json={"sort": "fit", "brief_id": brief})
    assert unscored.json()["type"] == "/problems/filter-not-available"
    provide_scores(score)

    async def names(**request: Any) -> list[str]:
        found, cursor = [], None
        while True:
            page = await _search(client, brief_id=brief, limit=1, cursor=cursor, **request)
            found += [(one["name"], one["fit"]) for one in page["data"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert all(fit == fits[name] for name, fit in found)
        return [name for name, _ in found]

    assert await names(sort="fit") == ["bora", "deniz", "ada", "can"]
    assert await names(sort="fit_asc") == ["ada", "deniz", "bora", "can"]
    assert await names(sort="name", filters={"min_scores": {"fit": 60}}) == ["bora", "deniz"]
    assert await names(sort="name", filters={"not": {"min_scores": {"fit": 60}}}) == ["ada", "can"]
    refused = await client.post(
        SEARCH, json={"brief_id": brief, "filters": {"min_scores": {"authority": 50}}}
    )
    assert refused.json()["errors"][0]["path"] == "filters.min_scores.authority"


async def test_scores_need_a_brief(client) -> None:
    score = {"min_scores": {"fit": 1}}
    for request, path in (
        ({"sort": "fit"}, "sort"),
        ({"filters": score}, "filters.min_scores"),
        ({"filters": {"not": [{"country": ["TR"]}, score]}}, "filters.not[1].min_scores"),
    ):
        answer = await client.post(SEARCH, json=request)
        assert answer.status_code == 400
        assert [error["path"] for error in answer.json()["errors"]] == [path]


async def test_contacts_need_the_right_to_read_profiles(client) -> None:
    made = await client.post("/v1/api-keys", json={"name": "narrow", "scopes": ["discovery:read"]})
    assert made.status_code == 201, made.text
    key = {"Authorization": f"Bearer {made.json()['secret']}"}
    assert (await client.post(SEARCH, json={}, headers=key)).status_code == 200
    refused = await client.post(SEARCH, json={"include": ["contacts"]}, headers=key)
    assert refused.status_code == 403


async def test_workspaces_are_walls(client, other_client) -> None:
    """The same influencers in two workspaces: each finds its own, by every way there is."""
    profile = {"categories": ["Moda"], "country": "TR", "accounts": [_account("ada.kaya", 5_000)]}
    own = await _add(client, "Ada Kaya", **profile)
    others = await _add(other_client, "Ada Kaya", **profile)
    assert own != others
    requests: list[dict[str, Any]] = [
        {},
        {"query": "ada"},
        {"query": "adakaya"},
        {"query": "adakyaa"},
        {"filters": {"category": ["moda"]}},
        {"filters": {"not": {"platform": ["tiktok"]}}},
        {"filters": {"not": {"platform": ["instagram"], "followers": {"min": 9_000}}}},
        *({"sort": sort} for sort in ("name", "followers_asc", "growth", "relevance")),
    ]
    for request in requests:
        for who, expected in ((client, own), (other_client, others)):
            page = await _search(who, facets=["country", "platform", "category", "tier"], **request)
            assert [found["id"] for found in page["data"]] == [expected], request
            assert page["count"] == {"value": 1, "relation": "eq"}
            assert all(value["count"] == 1 for facet in page["facets"].values() for value in facet["values"])


async def test_a_cursor_of_another_workspace_shows_nothing_of_it(client, other_client) -> None:
    for number in range(3):
        await _add(client, f"Ada {number}", accounts=[_account(f"ada{number}", 100)])
    await _add(other_client, "Bora", accounts=[_account("bora", 50)])
    cursor = (await _search(client, limit=1))["next_cursor"]
    page = await _search(other_client, limit=1, cursor=cursor)
    assert [found["name"] for found in page["data"]] == ["Bora"]


async def test_nobody_searches_without_a_key(anonymous) -> None:
    assert (await anonymous.post(SEARCH, json={})).status_code == 401
