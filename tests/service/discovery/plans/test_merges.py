"""Plans when profiles turn out to be one person, and when that is taken back."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from service.discovery.plans import loading
from tests.service.discovery.api import Json, made
from tests.service.discovery.plans.cast import chosen, person, plan, reasons

pytestmark = pytest.mark.anyio
Drain = Callable[[], Awaitable[None]]


async def merge(client: httpx.AsyncClient, keep: str, *others: str) -> str:
    body = {"keep": keep, "merge": [*others]}
    return str((await made(client, "/v1/influencers/merge", body, status=200))["merge_id"])


async def undo(client: httpx.AsyncClient, keep: str, merge_id: str) -> None:
    answer = await client.post(f"/v1/influencers/{keep}/merges/{merge_id}/undo")
    assert answer.status_code == 200, answer.text


async def read(client: httpx.AsyncClient, shown: Json) -> Json:
    found: Json = (await client.get(f"/v1/reach/plans/{shown['id']}")).json()
    return found


def cost(key: str, amount: int) -> Json:
    return {"influencer_id": key, "price": {"amount": amount, "currency": "TRY"}, "per": "package"}


async def test_a_plan_names_the_profile_that_was_kept_and_gives_it_back(client: httpx.AsyncClient) -> None:
    kept, twin, other = [
        await person(client, name, range(at, at + 50), 10)
        for name, at in (("Kept", 0), ("Twin", 100), ("Other", 200))
    ]
    asked = {"budget": 20, "objective": "unique_followers", "costs": [cost(twin, 7)]}
    alone = await plan(client, influencer_ids=[twin, other], must_include=[twin], **asked)
    assert chosen(alone) == [twin, other]
    merge_id = await merge(client, kept, twin)
    found = await read(client, alone)
    assert chosen(found) == [kept, other]
    assert found["answer"]["chosen"][0]["account"] == alone["answer"]["chosen"][0]["account"]
    request = found["request"]
    assert (request["influencer_ids"], request["must_include"]) == ([kept, other], [kept])
    assert [line["influencer_id"] for line in request["costs"]] == [kept]
    assert await plan(client, **request)
    await undo(client, kept, merge_id)
    back = await read(client, alone)
    assert chosen(back) == [twin, other]
    assert back["answer"] == alone["answer"]


async def test_two_who_are_both_paid_for_stay_two(client: httpx.AsyncClient) -> None:
    kept, twin, dear = [
        await person(client, name, range(at, at + 50), amount)
        for name, at, amount in (("Kept", 0, 10), ("Twin", 100, 10), ("Dear", 200, 500))
    ]
    people = [kept, twin, dear]
    both = await plan(client, influencer_ids=people, budget=20, objective="unique_followers")
    assert set(chosen(both)) == {kept, twin}
    assert reasons(both) == {dear: "over_budget"}
    await merge(client, kept, twin, dear)
    found = await read(client, both)
    assert set(chosen(found)) == {kept, twin}
    assert found["answer"]["value"] == both["answer"]["value"]
    # Who was left out is in it as who was kept.
    assert reasons(found) == {}
    assert found["request"]["influencer_ids"] == [kept]


async def test_one_who_is_in_the_plan_stands_for_one_who_is_not(client: httpx.AsyncClient) -> None:
    kept = await person(client, "Kept", range(50), 500)
    twin = await person(client, "Twin", range(100, 150), 10)
    single = await plan(client, influencer_ids=[kept, twin], budget=20, objective="unique_followers")
    assert (chosen(single), reasons(single)) == ([twin], {kept: "over_budget"})
    await merge(client, kept, twin)
    found = await read(client, single)
    assert (chosen(found), reasons(found)) == ([kept], {})
    # An erasure finds it under the name that it has now.
    assert (await client.post(f"/v1/influencers/{kept}/erase")).status_code == 200
    gone = await read(client, single)
    assert (chosen(gone), gone["request"]["influencer_ids"]) == ([], [])


async def test_a_plan_that_is_still_computed_is_made_with_the_one_who_was_kept(
    client: httpx.AsyncClient, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, twin = [
        await person(client, name, range(at, at + 50), 10) for name, at in (("Kept", 0), ("Twin", 100))
    ]
    monkeypatch.setattr(loading, "MOST_AT_ONCE", -1)
    waiting = await plan(client, 202, influencer_ids=[twin], budget=20, objective="unique_followers")
    await merge(client, kept, twin)
    await drain()
    done = await read(client, waiting)
    assert (done["status"], chosen(done)) == ("done", [kept])


async def test_a_merge_while_a_plan_is_decided_is_followed(
    client: httpx.AsyncClient, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.discovery.plans import jobs

    kept, twin = [
        await person(client, name, range(at, at + 50), 10) for name, at in (("Kept", 0), ("Twin", 100))
    ]
    monkeypatch.setattr(loading, "MOST_AT_ONCE", -1)
    waiting = await plan(client, 202, influencer_ids=[twin], budget=20, objective="unique_followers")
    read_all = loading.everybody

    async def meanwhile(*asked: object) -> object:
        found = await read_all(*asked)  # type: ignore[arg-type]
        await merge(client, kept, twin)
        return found

    monkeypatch.setattr(jobs.loading, "everybody", meanwhile)
    await drain()
    done = await read(client, waiting)
    assert (done["status"], chosen(done), done["answer"]["not_chosen"]) == ("done", [kept], [])
