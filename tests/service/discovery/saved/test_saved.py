"""Searches that are kept: written, listed, changed, run, deleted, behind walls."""

from typing import Any

PATH = "/v1/saved-searches"


async def _save(client, name: str = "Moda", **search: Any) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    answer = await client.post(PATH, json={"name": name, "search": search})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def _add(client, name: str, category: str, followers: int) -> None:  # type: ignore[no-untyped-def]
    account = {"platform": "instagram", "handle": name, "followers": followers}
    made = await client.post(
        "/v1/influencers", json={"name": name, "categories": [category], "accounts": [account]}
    )
    assert made.status_code == 201


async def test_a_search_is_kept_as_it_was(client) -> None:
    asked = {
        "query": "istanbul",
        "filters": {"category": ["moda"], "followers": {"min": 10}, "not": [{"country": ["US"]}]},
        "sort": "engagement_rate_asc",
    }
    made = await _save(client, **asked)
    assert made["id"].startswith("sav_")
    assert made["search"] == asked
    assert made["created_by"].startswith("key_")
    assert (await client.get(f"{PATH}/{made['id']}")).json() == made


async def test_lists_changes_and_deletes(client) -> None:
    made = [await _save(client, f"search {number}") for number in range(3)]
    first = (await client.get(PATH, params={"limit": 2})).json()
    rest = (await client.get(PATH, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [one["name"] for one in first["data"] + rest["data"]] == ["search 2", "search 1", "search 0"]
    named = (await client.get(PATH, params={"ids": made[1]["id"]})).json()
    assert [one["id"] for one in named["data"]] == [made[1]["id"]]

    path = f"{PATH}/{made[0]['id']}"
    renamed = (await client.patch(path, json={"name": "Yeni"})).json()
    assert (renamed["name"], renamed["search"]) == ("Yeni", {})
    changed = (await client.patch(path, json={"search": {"query": "ada"}})).json()
    assert (changed["name"], changed["search"]) == ("Yeni", {"query": "ada"})
    assert changed["updated_at"] >= changed["created_at"]

    assert (await client.delete(path)).status_code == 204
    for gone in (await client.get(path), await client.delete(path), await client.patch(path, json={})):
        assert gone.status_code == 404
        assert gone.json()["type"] in ("/problems/saved-search-not-found", "/problems/not-found")


async def test_a_saved_search_is_run_page_by_page(client) -> None:
    for number in range(3):
        await _add(client, f"ada{number}", "Moda", 100 + number)
    await _add(client, "bora", "Spor", 5_000)
    path = f"{PATH}/{(await _save(client, filters={'category': ['moda']}))['id']}/results"
    found, cursor = [], None
    while True:
        params = {"limit": 2, "facets": "platform", "include": "accounts,rates"}
        page = (await client.get(path, params={**params, **({"cursor": cursor} if cursor else {})})).json()
        assert page["count"] == {"value": 3, "relation": "eq"}
        assert page["facets"]["platform"]["values"] == [{"value": "instagram", "count": 3}]
        found += [one["name"] for one in page["data"]]
        assert all("accounts" in one and "rates" in one for one in page["data"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == ["ada2", "ada1", "ada0"]
    for params in ({"include": "notes"}, {"facets": "bio"}, {"cursor": "garbage"}, {"unknown": "1"}):
        assert (await client.get(path, params=params)).status_code == 400


async def test_a_search_that_can_not_be_run_is_not_kept(client) -> None:
    for search in ({"sort": "fit"}, {"sort": "size"}, {"filters": {"country": ["tr"]}}, {"limit": 5}):
        assert (await client.post(PATH, json={"name": "x", "search": search})).status_code == 400
    assert (await client.post(PATH, json={"name": " ", "search": {}})).status_code == 400
    made = await _save(client)
    assert (await client.patch(f"{PATH}/{made['id']}", json={"search": {"sort": "fit"}})).status_code == 400


async def test_workspaces_are_walls(client, other_client) -> None:
    path = f"{PATH}/{(await _save(client))['id']}"
    assert (await other_client.get(PATH)).json()["data"] == []
    for answer in (
        await other_client.get(path),
        await other_client.patch(path, json={"name": "x"}),
        await other_client.delete(path),
        await other_client.get(f"{path}/results"),
    ):
        assert answer.status_code == 404
    assert (await client.get(path)).status_code == 200


async def test_writing_needs_the_right_to_write(client) -> None:
    made = await client.post("/v1/api-keys", json={"name": "reader", "scopes": ["discovery:read"]})
    reader = {"Authorization": f"Bearer {made.json()['secret']}"}
    refused = await client.post(PATH, json={"name": "x", "search": {}}, headers=reader)
    assert refused.status_code == 403
    assert (await client.get(PATH, headers=reader)).status_code == 200
