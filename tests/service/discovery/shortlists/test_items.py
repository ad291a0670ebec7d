"""Items: put on in bulk or by a brief, changed, ordered, taken off, and following the profiles."""

from typing import Any

import httpx
import pytest

from service.discovery.shortlists.items.sorting import KEYS
from service.kit import ids
from tests.service.discovery.api import brief, ids_of, influencer, made, scores
from tests.service.discovery.shortlists.lists import items, put_on, shortlist, some, statuses


async def test_every_influencer_has_a_result(client: httpx.AsyncClient) -> None:
    people = await some(client, 4)
    await client.delete(f"/v1/influencers/{people[1]}")
    await client.post(f"/v1/influencers/{people[2]}/opt-out", json={"reason": "asked"})
    list_id = await shortlist(client, people[3:])
    unknown = ids.show("inf", ids.new())
    asked = [*people, unknown, "nonsense", people[0]]
    answer = await client.post(f"/v1/shortlists/{list_id}/items", json={"influencer_ids": asked})
    assert answer.headers["etag"] == '"3"'
    assert answer.json() == {
        "data": [
            {"influencer_id": key, "result": result}
            for key, result in (
                (people[0], "added"),
                (people[1], "archived"),
                (people[2], "opted_out"),
                (people[3], "unchanged"),
                (unknown, "not_found"),
                ("nonsense", "not_found"),
            )
        ],
        "changed": 1,
    }
    assert statuses(await items(client, list_id)) == {people[3]: "suggested", people[0]: "suggested"}


async def test_nothing_new_is_no_change(client: httpx.AsyncClient) -> None:
    people = await some(client, 1)
    list_id = await shortlist(client, people)
    answer = await client.post(f"/v1/shortlists/{list_id}/items", json={"influencer_ids": people})
    assert (answer.json()["changed"], answer.headers["etag"]) == (0, '"2"')


async def test_a_request_is_ids_or_a_brief_s_best(client: httpx.AsyncClient) -> None:
    list_id, brief_id = await shortlist(client), await brief(client)
    path = f"/v1/shortlists/{list_id}/items"
    for body in (
        {},
        {"influencer_ids": []},
        {"influencer_ids": ["a"], "top": 3},
        {"influencer_ids": ["a"], "brief_id": brief_id},
        {"influencer_ids": ["a"], "filters": {}},
        {"brief_id": brief_id},
        {"brief_id": brief_id, "top": 0},
        {"brief_id": brief_id, "top": 1_001},
        {"influencer_ids": ["a"] * 1_001},
        {"top": 3},
    ):
        answer = await client.post(path, json=body)
        assert answer.status_code == 400, (body, answer.text)
    assert answer.json()["type"] == "/problems/no-brief"
    unknown = {"brief_id": ids.show("bri", ids.new()), "top": 3}
    assert (await client.post(path, json=unknown)).status_code == 404


async def test_a_thousand_at_once(client: httpx.AsyncClient) -> None:
    [person] = await some(client, 1)
    unknown = [ids.show("inf", ids.new()) for _ in range(999)]
    result = await put_on(client, await shortlist(client), [*unknown, person])
    assert (len(result["data"]), result["changed"]) == (1_000, 1)


async def test_a_brief_s_best_are_put_on_with_their_reasons(client: httpx.AsyncClient) -> None:
    people = await some(client, 5)
    unknown = await influencer(client, "Unknown")
    brief_id = await brief(client, vetoes={"influencer_ids": [people[0]]})
    list_id = await shortlist(client, people[2:3], brief_id=brief_id)
    path = f"/v1/shortlists/{list_id}/items"
    ranked = await scores(client, brief_id)
    result = await made(client, path, {"top": 3, "language": "tr"}, status=200)
    assert [(row["influencer_id"], row["result"]) for row in result["data"]] == [
        (people[1], "added"),
        (people[2], "unchanged"),
        (people[3], "added"),
    ]
    rows = {row["influencer"]["id"]: row for row in await items(client, list_id)}
    known = {row["influencer"]["id"]: row for row in ranked["data"]}
    for person in (people[1], people[3]):
        assert rows[person]["fit"] == pytest.approx(known[person]["fit"]["score"])
        assert rows[person]["run_id"] == result["run_id"]
        assert rows[person]["sentences"][0].startswith("etkileşim ")
    assert (rows[people[2]]["fit"], rows[people[2]]["run_id"]) == (None, None)
    again = await scores(client, brief_id, run_id=result["run_id"])
    assert ids_of(again) == ids_of(ranked)
    # Neither a veto nor ignorance is a recommendation.
    everybody = await made(client, path, {"top": 100}, status=200)
    assert {row["influencer_id"] for row in everybody["data"]} == set(people[1:])
    assert unknown in ids_of(ranked)


async def test_another_brief_and_filters_choose(client: httpx.AsyncClient) -> None:
    await influencer(client, "Large", followers=900_000, er=0.05)
    small = await influencer(client, "Small", followers=3_000, er=0.05)
    list_id = await shortlist(client, brief_id=await brief(client))
    body = {"brief_id": await brief(client), "top": 5, "filters": {"followers": {"max": 5_000}}}
    result = await made(client, f"/v1/shortlists/{list_id}/items", body, status=200)
    assert [row["influencer_id"] for row in result["data"]] == [small]


async def test_an_item_s_changes(client: httpx.AsyncClient) -> None:
    [person] = await some(client, 1)
    list_id = await shortlist(client, [person])
    path = f"/v1/shortlists/{list_id}/items/{person}"
    for body, expected in (
        ({"status": "starred"}, ("starred", None, None)),
        ({"notes": "call her"}, ("starred", None, "call her")),
        ({"status": "rejected", "reason": "too dear"}, ("rejected", "too dear", "call her")),
        ({"notes": None}, ("rejected", "too dear", None)),
        ({"status": "approved"}, ("approved", None, None)),
    ):
        row = (await client.patch(path, json=body)).json()
        assert (row["status"], row["reason"], row["notes"]) == expected
    for body, status, slug in (
        ({"status": "rejected"}, 400, "reason-needed"),
        ({"status": "loved"}, 400, "invalid-input"),
        ({"fit": 100}, 400, "invalid-input"),
        ({"status": "rejected", "reason": " "}, 400, "invalid-input"),
    ):
        answer = await client.patch(path, json=body)
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")
    stranger = await client.patch(f"/v1/shortlists/{list_id}/items/{ids.show('inf', ids.new())}", json={})
    assert (stranger.status_code, stranger.json()["type"]) == (404, "/problems/item-not-found")


async def test_one_status_for_many(client: httpx.AsyncClient) -> None:
    people = await some(client, 4)
    list_id = await shortlist(client, people[:3])
    path = f"/v1/shortlists/{list_id}/items"
    await client.patch(f"{path}/{people[0]}", json={"status": "approved"})
    body = {"influencer_ids": [*people, "nonsense"], "status": "approved"}
    answer = await client.patch(path, json=body)
    assert [row["result"] for row in answer.json()["data"]] == [
        "unchanged",
        "changed",
        "changed",
        "not_on_list",
        "not_found",
    ]
    assert answer.json()["changed"] == 2
    assert set(statuses(await items(client, list_id)).values()) == {"approved"}
    refused = await client.patch(path, json={"influencer_ids": people, "status": "rejected"})
    assert refused.json()["type"] == "/problems/reason-needed"
    why = {"influencer_ids": people[:1], "status": "rejected", "reason": "too dear"}
    assert (await client.patch(path, json=why)).json()["changed"] == 1
    assert (await client.patch(path, json=why)).json()["changed"] == 0


async def test_taking_off(client: httpx.AsyncClient) -> None:
    people = await some(client, 4)
    list_id = await shortlist(client, people)
    path = f"/v1/shortlists/{list_id}/items"
    assert (await client.delete(f"{path}/{people[0]}")).status_code == 204
    assert (await client.delete(f"{path}/{people[0]}")).json()["type"] == "/problems/item-not-found"
    result = await made(client, f"{path}/remove", {"influencer_ids": people[:3]}, status=200)
    assert [row["result"] for row in result["data"]] == ["not_on_list", "removed", "removed"]
    assert list(statuses(await items(client, list_id))) == people[3:]


async def order(client: httpx.AsyncClient, list_id: str, sort: str, limit: int = 2) -> list[str]:
    """A whole list in an order, in pages."""
    found, cursor = [], None
    while True:
        params = {"sort": sort, "limit": limit} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(f"/v1/shortlists/{list_id}/items", params=params)).json()
        found += ids_of(page)
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_orders_page_without_gaps_or_repeats(client: httpx.AsyncClient) -> None:
    names = ["Zeynep", "çağla", "Işıl", "Ada", "Bora"]
    people = {
        name: await influencer(client, name, followers=followers, er=0.02 + at / 100)
        for at, (name, followers) in enumerate(zip(names, [5_000, None, 90_000, 7_000, 7_000], strict=True))
    }
    a, b, c, d, e = people.values()
    brief_id = await brief(client)
    list_id = await shortlist(client, [b], brief_id=brief_id)
    await made(client, f"/v1/shortlists/{list_id}/items", {"top": 10}, status=200)
    path = f"/v1/shortlists/{list_id}/items"
    await client.patch(f"{path}/{c}", json={"status": "approved"})
    await client.patch(f"{path}/{a}", json={"status": "ignored"})
    ranked = [key for key in ids_of(await scores(client, brief_id)) if key != b]
    expected = {
        "added": [b, *ranked],
        "fit": [*ranked, b],
        "name": [d, e, b, c, a],
        "followers": [c, *sorted([d, e]), a, b],
        "updated": [a, c],
    }
    for sort, wanted in expected.items():
        for limit in (1, 2, 5):
            found = await order(client, list_id, sort, limit)
            assert found[: len(wanted)] == wanted, sort
            assert sorted(found) == sorted(people.values()), sort
    by_status = await order(client, list_id, "status")
    assert (by_status[-2], by_status[-1]) == (c, a)
    assert set(KEYS) == {*expected, "status"}


async def test_pages_hold_while_the_list_changes(client: httpx.AsyncClient) -> None:
    people = await some(client, 6)
    list_id = await shortlist(client, people[:5])
    path = f"/v1/shortlists/{list_id}/items"
    first = (await client.get(path, params={"limit": 2})).json()
    await client.delete(f"{path}/{people[1]}")
    await put_on(client, list_id, people[5:])
    rest = (await client.get(path, params={"limit": 9, "cursor": first["next_cursor"]})).json()
    assert ids_of(first) + ids_of(rest) == people


async def test_a_cursor_is_one_of_its_order(client: httpx.AsyncClient) -> None:
    list_id = await shortlist(client, await some(client, 3))
    path = f"/v1/shortlists/{list_id}/items"
    page = (await client.get(path, params={"limit": 1, "sort": "fit"})).json()
    for params in ({"sort": "name"}, {"sort": "added"}, {}):
        answer = await client.get(path, params={"cursor": page["next_cursor"], **params})
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-cursor")


async def test_narrowing(client: httpx.AsyncClient) -> None:
    people = await some(client, 3)
    list_id = await shortlist(client, people)
    await client.patch(f"/v1/shortlists/{list_id}/items/{people[1]}", json={"status": "starred"})
    for params, expected in (
        ({"status": "starred"}, people[1:2]),
        ({"status": "starred,suggested"}, people),
        ({"status": "approved"}, []),
        ({"ids": f"{people[2]},{people[0]}"}, [people[0], people[2]]),
        ({"ids": people[0], "status": "starred"}, []),
    ):
        assert list(statuses(await items(client, list_id, **params))) == expected
    for params in ({"status": "loved"}, {"include": "contacts"}, {"sort": "random"}, {"limit": 101}):
        answer = await client.get(f"/v1/shortlists/{list_id}/items", params=params)
        assert answer.status_code == 400, params


async def test_what_is_included(client: httpx.AsyncClient) -> None:
    rate = {"platform": "instagram", "format": "post", "price": {"amount": 500, "currency": "TRY"}}
    contact = {"email": "ayse@example.com"}
    person = await influencer(client, "Ayşe", er=0.02, rates=[rate], contacts=[contact])
    brief_id = await brief(client)
    list_id = await shortlist(client, [person], brief_id=brief_id)
    [plain] = await items(client, list_id)
    assert {"accounts", "rates", "scores"}.isdisjoint(plain)
    [full] = await items(client, list_id, include="accounts,rates,scores", language="tr")
    assert full["accounts"][0]["handle"] == "ayşe"
    assert full["rates"][0]["price"] == rate["price"]
    [row] = (await scores(client, brief_id, language="tr"))["data"]
    for name in ("fit", "engagement", "audience"):
        assert full["scores"][name] | {"as_of": None} == row[name] | {"as_of": None}
    assert full["scores"]["sentences"] == row["sentences"]
    assert "ayse@example.com" not in str(full)
    without = await shortlist(client, [person])
    answer = await client.get(f"/v1/shortlists/{without}/items", params={"include": "scores"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/no-brief")


async def test_who_left_is_marked(client: httpx.AsyncClient) -> None:
    people = await some(client, 3)
    list_id = await shortlist(client, people, brief_id=await brief(client))
    await client.delete(f"/v1/influencers/{people[0]}")
    await client.post(f"/v1/influencers/{people[1]}/opt-out", json={"reason": "asked"})
    rows = await items(client, list_id, include="scores")
    marks = [(row["influencer"]["archived"], row["influencer"]["opted_out"]) for row in rows]
    assert marks == [(True, False), (False, True), (False, False)]
    assert [row["scores"]["fit"].get("vetoes", []) for row in rows] == [[], ["opt_out"], []]


async def test_erased_people_leave_the_lists(client: httpx.AsyncClient) -> None:
    people = await some(client, 2)
    list_id = await shortlist(client, people)
    await client.post(f"/v1/influencers/{people[0]}/erase", json={})
    assert list(statuses(await items(client, list_id))) == people[1:]


async def test_items_follow_a_merge(client: httpx.AsyncClient) -> None:
    kept, first, second, other = await some(client, 4)
    with_both = await shortlist(client, [kept, first, other])
    with_merged = await shortlist(client, [first, second])
    untouched = await shortlist(client, [other])
    path = f"/v1/shortlists/{with_merged}"
    await client.patch(f"/v1/shortlists/{with_both}/items/{kept}", json={"status": "approved"})
    await client.patch(f"{path}/items/{second}", json={"status": "rejected", "reason": "too dear"})
    share = await made(client, f"{path}/share", {"can": "comment"})
    said = {"author": "Client", "text": "who?", "influencer_id": first}
    await made(client, f"/v1/shared/{share['token']}/comments", said)

    async def seen() -> list[str]:
        paths = [f"/v1/shortlists/{key}" for key in (with_merged, untouched)]
        return [(await client.get(path)).headers["etag"] for path in paths]

    before = await seen()
    await made(client, "/v1/influencers/merge", {"keep": kept, "merge": [first, second]}, status=200)
    assert statuses(await items(client, with_both)) == {kept: "approved", other: "suggested"}
    # Of two that were on the list, the one that was touched last.
    [row] = await items(client, with_merged)
    assert (row["influencer"]["id"], row["status"], row["reason"]) == (kept, "rejected", "too dear")
    [comment] = (await client.get(f"{path}/comments")).json()["data"]
    assert comment["influencer_id"] == kept
    changed = [old != new for old, new in zip(before, await seen(), strict=True)]
    assert changed == [True, False]


async def test_a_search_leaves_out_who_is_on_a_list(client: httpx.AsyncClient) -> None:
    people = await some(client, 3)
    lists = [await shortlist(client, [people[0]]), await shortlist(client, [people[1]])]

    async def found(*keys: str) -> set[str]:
        body: dict[str, Any] = {"filters": {"exclude_shortlists": list(keys)}}
        page = await made(client, "/v1/search/influencers", body, status=200)
        return {row["id"] for row in page["data"]}

    assert await found(lists[0]) == set(people[1:])
    assert await found(*lists) == {people[2]}
    ranked = await scores(client, await brief(client), filters={"exclude_shortlists": lists})
    assert ids_of(ranked) == [people[2]]
