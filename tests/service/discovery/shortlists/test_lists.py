"""Lists themselves: read as written, changed by who has seen them, unknown to others."""

import asyncio
from typing import Any

import httpx

from service.kit import ids
from tests.service.discovery.api import brief, made
from tests.service.discovery.shortlists.lists import put_on, shortlist, some


async def test_what_is_written_is_read(client: httpx.AsyncClient) -> None:
    brief_id = await brief(client)
    shown = await made(
        client, "/v1/shortlists", {"name": "Spring", "brief_id": brief_id, "notes": "internal"}
    )
    assert (shown["name"], shown["brief_id"], shown["notes"]) == ("Spring", brief_id, "internal")
    assert (shown["items"], set(shown["counts"].values())) == (0, {0})
    answer = await client.get(f"/v1/shortlists/{shown['id']}")
    assert answer.json() == shown
    assert answer.headers["etag"] == '"1"'


async def test_counts_are_by_status(client: httpx.AsyncClient) -> None:
    people = await some(client, 3)
    list_id = await shortlist(client, people)
    path = f"/v1/shortlists/{list_id}"
    await client.patch(f"{path}/items/{people[0]}", json={"status": "starred"})
    shown = (await client.get(path)).json()
    assert shown["items"] == 3
    assert (shown["counts"]["suggested"], shown["counts"]["starred"]) == (2, 1)
    assert (await client.get("/v1/shortlists")).json()["data"] == [shown]


async def test_a_change_needs_what_was_seen(client: httpx.AsyncClient) -> None:
    path = f"/v1/shortlists/{await shortlist(client)}"
    without = await client.patch(path, json={"name": "x"})
    assert (without.status_code, without.json()["type"]) == (428, "/problems/precondition-required")
    changed = await client.patch(path, json={"name": "x", "notes": "n"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    late = await client.patch(path, json={"name": "y"}, headers={"If-Match": '"1"'})
    assert (late.status_code, late.json()["etag"]) == (412, '"2"')
    kept = (await client.get(path)).json()
    assert (kept["name"], kept["notes"]) == ("x", "n")
    cleared = await client.patch(path, json={"notes": None}, headers={"If-Match": '"2"'})
    assert cleared.json()["notes"] is None


async def test_items_are_part_of_what_was_seen(client: httpx.AsyncClient) -> None:
    people = await some(client, 2)
    list_id = await shortlist(client)
    path = f"/v1/shortlists/{list_id}"
    seen = (await client.get(path)).headers["etag"]
    await put_on(client, list_id, people[:1])
    assert (await client.patch(path, json={"name": "x"}, headers={"If-Match": seen})).status_code == 412
    # An item may be changed by who has seen nothing, but not by who has seen something else.
    item = f"{path}/items/{people[0]}"
    assert (
        await client.patch(item, json={"status": "starred"}, headers={"If-Match": seen})
    ).status_code == 412
    free = await client.patch(item, json={"status": "starred"})
    assert free.status_code == 200
    assert free.headers["etag"] == (await client.get(path)).headers["etag"]
    again = await client.patch(item, json={"status": "starred"}, headers={"If-Match": free.headers["etag"]})
    assert again.headers["etag"] == free.headers["etag"], "nothing changed, so nobody has to read anew"


async def test_of_two_who_change_at_once_one_wins(client: httpx.AsyncClient) -> None:
    list_id = await shortlist(client)
    path, seen = f"/v1/shortlists/{list_id}", {"If-Match": '"1"'}
    answers = await asyncio.gather(
        *(client.patch(path, json={"name": f"name {at}"}, headers=seen) for at in range(6))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412, 412]
    [winner] = [answer.json()["name"] for answer in answers if answer.status_code == 200]
    assert (await client.get(path)).json()["name"] == winner


async def test_changes_of_items_at_once_all_count(client: httpx.AsyncClient) -> None:
    people = await some(client, 5)
    list_id = await shortlist(client, people)
    path = f"/v1/shortlists/{list_id}"
    before = int((await client.get(path)).headers["etag"].strip('"'))
    answers = await asyncio.gather(
        *(client.patch(f"{path}/items/{person}", json={"status": "starred"}) for person in people)
    )
    assert {answer.status_code for answer in answers} == {200}
    shown = await client.get(path)
    assert shown.json()["counts"]["starred"] == 5
    assert int(shown.headers["etag"].strip('"')) == before + 5


async def test_lists_page_and_narrow(client: httpx.AsyncClient) -> None:
    brief_id = await brief(client)
    made_ids = [await shortlist(client, brief_id=brief_id if at % 2 else None) for at in range(5)]

    async def listed(**params: Any) -> list[str]:
        page = (await client.get("/v1/shortlists", params=params)).json()
        return [row["id"] for row in page["data"]]

    first = (await client.get("/v1/shortlists", params={"limit": 3})).json()
    assert first["has_more"]
    assert await listed(limit=3) + await listed(limit=3, cursor=first["next_cursor"]) == made_ids[::-1]
    assert await listed(brief_id=brief_id) == [made_ids[3], made_ids[1]]
    await client.delete(f"/v1/shortlists/{made_ids[3]}")
    assert await listed(brief_id=brief_id) == [made_ids[1]]
    assert await listed(archived=True) == [made_ids[3]]
    assert await listed(ids=f"{made_ids[3]},{made_ids[0]}") == [made_ids[3], made_ids[0]]


async def test_an_archived_list_is_only_read(client: httpx.AsyncClient) -> None:
    [person] = await some(client, 1)
    list_id = await shortlist(client, [person])
    path = f"/v1/shortlists/{list_id}"
    assert (await client.delete(path, headers={"If-Match": '"1"'})).status_code == 412
    assert (await client.delete(path)).status_code == 204
    tag = {"If-Match": "*"}
    for answer in (
        await client.patch(path, json={"name": "x"}, headers=tag),
        await client.post(f"{path}/items", json={"influencer_ids": [person]}),
        await client.patch(f"{path}/items/{person}", json={"status": "starred"}),
        await client.patch(f"{path}/items", json={"influencer_ids": [person], "status": "starred"}),
        await client.delete(f"{path}/items/{person}"),
        await client.post(f"{path}/share", json={}),
    ):
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/shortlist-archived")
    assert (await client.get(f"{path}/items")).status_code == 200
    assert (await client.post(f"{path}/restore")).json()["archived_at"] is None
    assert (await client.patch(path, json={"name": "x"}, headers=tag)).status_code == 200


async def test_another_workspace_s_list_is_unknown(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    [person] = await some(client, 1)
    list_id = await shortlist(client, [person])
    share = await made(client, f"/v1/shortlists/{list_id}/share", {})
    for key, slug in ((list_id, "shortlist-not-found"), (ids.show("sho", ids.new()), "shortlist-not-found")):
        path = f"/v1/shortlists/{key}"
        answers = [
            await other_client.get(path),
            await other_client.patch(path, json={"name": "x"}, headers={"If-Match": "*"}),
            await other_client.delete(path),
            await other_client.post(f"{path}/restore"),
            await other_client.get(f"{path}/items"),
            await other_client.post(f"{path}/items", json={"influencer_ids": [person]}),
            await other_client.patch(f"{path}/items", json={"influencer_ids": [person], "status": "starred"}),
            await other_client.patch(f"{path}/items/{person}", json={"status": "starred"}),
            await other_client.delete(f"{path}/items/{person}"),
            await other_client.post(f"{path}/items/remove", json={"influencer_ids": [person]}),
            await other_client.get(f"{path}/compare"),
            await other_client.post(f"{path}/share", json={}),
            await other_client.get(f"{path}/shares"),
            await other_client.get(f"{path}/comments"),
        ]
        assert {(answer.status_code, answer.json()["type"]) for answer in answers} == {
            (404, f"/problems/{slug}")
        }
        gone = await other_client.delete(f"{path}/shares/{share['id']}")
        assert (gone.status_code, gone.json()["type"]) == (404, "/problems/share-not-found")
    assert (await other_client.get("/v1/shortlists")).json()["data"] == []
    theirs = await shortlist(other_client)
    [result] = (await put_on(other_client, theirs, [person]))["data"]
    assert result == {"influencer_id": person, "result": "not_found"}
    their_brief = await brief(client)
    answer = await other_client.post("/v1/shortlists", json={"name": "x", "brief_id": their_brief})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/brief-not-found")


async def test_every_change_is_in_the_audit_log(client: httpx.AsyncClient) -> None:
    people = await some(client, 2)
    list_id = await shortlist(client, people)
    path = f"/v1/shortlists/{list_id}"
    await client.patch(path, json={"name": "x"}, headers={"If-Match": "*"})
    await client.patch(f"{path}/items/{people[0]}", json={"status": "starred", "notes": "secret"})
    await client.patch(f"{path}/items", json={"influencer_ids": people, "status": "contacted"})
    share = await made(client, f"{path}/share", {"can": "approve"})
    said = {"author": "Müşteri", "influencer_id": people[0]}
    await client.post(f"/v1/shared/{share['token']}/comments", json=said | {"text": "hm"})
    await client.post(f"/v1/shared/{share['token']}/decisions", json=said | {"decision": "approved"})
    await client.delete(f"{path}/shares/{share['id']}")
    await client.delete(f"{path}/items/{people[1]}")
    await client.post(f"{path}/items/remove", json={"influencer_ids": people})
    await client.delete(path)
    await client.post(f"{path}/restore")
    log = (await client.get("/v1/audit-log", params={"subject": list_id, "limit": 100})).json()["data"]
    assert sorted(entry["action"].removeprefix("shortlist.") for entry in log) == [
        "archived",
        "changed",
        "commented",
        "created",
        "decided",
        "item_changed",
        "items_added",
        "items_changed",
        "items_removed",
        "items_removed",
        "restored",
        "share_revoked",
        "shared",
    ]
    text = str(log)
    assert "secret" not in text
    assert "Müşteri" not in text
    assert share["token"] not in text
