"""The overlap of a list over HTTP."""

import random
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from service.discovery.reach.overlaps.counting import MOST_SAMPLED
from service.kit import ids
from tests.service.discovery.api import influencer, made
from tests.service.discovery.reach.audiences import asked, followers, listed
from tests.service.discovery.shortlists.lists import put_on, shortlist

pytestmark = pytest.mark.anyio


async def test_all_that_is_known_is_exact(client: httpx.AsyncClient) -> None:
    sets = {"Ada": range(0, 6), "Berk": range(4, 8), "Cem": range(20, 22)}
    list_id, people = await listed(client, sets)
    found = await asked(client, f"/v1/shortlists/{list_id}/overlap")
    assert [each["influencer_id"] for each in found["influencers"]] == list(people.values())
    assert (found["method"], found["across_platforms"]) == ("exact", "single")
    assert found["shared"]["value"] == [[6, 2, 0], [2, 4, 0], [0, 0, 2]]
    assert found["jaccard"]["value"] == [[1, 0.25, 0], [0.25, 1, 0], [0, 0, 1]]
    assert found["containment"]["value"][0][1] == round(2 / 6, 6)
    assert found["containment"]["value"][1][0] == 0.5
    assert (found["shared"]["low"], found["jaccard"]["high"]) == (None, None)
    assert found["total_followers"] == 12
    unique = found["unique_followers"]
    assert (unique["value"], unique["low"], unique["high"], unique["exact"]) == (10, 10, 10, True)
    assert [each["marginal"]["value"] for each in found["influencers"]] == [6, 2, 2]
    assert [each["cumulative"]["value"] for each in found["influencers"]] == [6, 8, 10]
    assert [each["unique_share"]["value"] for each in found["influencers"]] == [round(4 / 6, 6), 0.5, 1]
    assert [each["people"]["value"] for each in found["frequency"]] == [8, 2, 0]
    assert (found["unique_followers_of_all"], found["without_set"], found["left_out"]) == (None, [], [])


async def test_who_has_no_set_is_named_and_bounded(client: httpx.AsyncClient) -> None:
    list_id, _ = await listed(client, {"Ada": range(6)})
    sized = await influencer(client, "Berk", followers=50)
    out = await influencer(client, "Cem")
    await put_on(client, list_id, [sized, out])
    await made(client, f"/v1/influencers/{out}/opt-out", {"reason": "asked"}, status=200)
    found = await asked(client, f"/v1/shortlists/{list_id}/overlap")
    assert [(each["name"], each["reason"]) for each in found["without_set"]] == [("Berk", "no_audience_set")]
    assert found["left_out"] == [{"influencer_id": out, "reason": "opted_out"}]
    assert found["unique_followers"]["value"] == 6
    both = found["unique_followers_of_all"]
    assert (both["value"], both["low"], both["high"], both["reason"]) == (None, 50, 56, "sizes_only")


async def test_a_list_without_sets_has_no_overlap(client: httpx.AsyncClient) -> None:
    list_id = await shortlist(client)
    found = await asked(client, f"/v1/shortlists/{list_id}/overlap")
    assert (found["method"], found["influencers"], found["total_followers"]) == ("none", [], 0)
    assert found["unique_followers"]["reason"] == "no_audience_sets"
    assert found["shared"]["value"] == []
    picture = await client.get(f"/v1/shortlists/{list_id}/overlap.svg")
    assert picture.status_code == 200


@pytest.mark.parametrize(
    ("params", "method"),
    [({"keep": 1000}, "hash_samples"), ({"basis": "uniform_sample", "size": 3000}, "uniform_samples")],
)
async def test_samples_have_intervals_and_name_themselves(
    client: httpx.AsyncClient, params: dict[str, Any], method: str
) -> None:
    rng = random.Random(4)
    sets = [range(0, 3000), range(1500, 4500)]
    people = [await influencer(client, name, followers=3000) for name in ("Ada", "Berk")]
    for person, everybody in zip(people, sets, strict=True):
        named = rng.sample(everybody, 900) if method == "uniform_samples" else everybody
        await followers(client, person, named, **params)
    list_id = await shortlist(client)
    for person in people:
        await put_on(client, list_id, [person])
    found = await asked(client, f"/v1/shortlists/{list_id}/overlap")
    assert found["method"] == method
    assert [each["basis"] for each in found["influencers"]] == [method.removesuffix("s")] * 2
    unique = found["unique_followers"]
    assert not unique["exact"]
    assert unique["low"] < unique["value"] < unique["high"]
    assert unique["low"] <= 4500 * 1.02
    assert unique["high"] >= 4500 * 0.98
    for name in ("shared", "jaccard", "containment"):
        low, value, high = (found[name][part][0][1] for part in ("low", "value", "high"))
        assert low < value < high, name
    assert found["shared"]["value"][0][0] == 3000
    second = found["influencers"][1]["marginal"]
    assert second["low"] < second["value"] < second["high"]
    assert (found["frequency"] is None) == (method == "uniform_samples")


async def test_samples_of_two_kinds_only_bound(client: httpx.AsyncClient) -> None:
    list_id, people = await listed(client, {"Ada": range(3000), "Berk": range(1000, 4000)})
    ada, berk = people.values()
    await followers(client, ada, range(3000), keep=1000)
    await followers(client, berk, range(1000, 1900), basis="uniform_sample", size=3000)
    found = await asked(client, f"/v1/shortlists/{list_id}/overlap")
    assert found["method"] == "mixed_samples"
    assert found["unique_followers"]["reason"] == "mixed_samples"
    assert found["shared"]["value"][0][1] is None
    assert found["shared"]["low"][0][1] == 0


async def test_platforms_that_are_not_linked_only_bound(client: httpx.AsyncClient) -> None:
    ada = await influencer(client, "Ada")
    berk = await influencer(client, "Berk", platform="tiktok")
    cem = await influencer(client, "Cem", platform="tiktok")
    for person, people in ((ada, range(6)), (berk, range(4)), (cem, range(2, 5))):
        await followers(client, person, people)
    list_id = await shortlist(client)
    for person in (ada, berk, cem):
        await put_on(client, list_id, [person])
    path = f"/v1/shortlists/{list_id}/overlap"
    found = await asked(client, path)
    assert found["across_platforms"] == "unknown"
    unique = found["unique_followers"]
    assert (unique["value"], unique["low"], unique["high"]) == (None, 6, 11)
    assert unique["reason"] == "platforms_not_linked"
    assert found["shared"]["value"] == [[6, None, None], [None, 4, 2], [None, 2, 3]]
    assert [
        (each["platforms"], each["unique_followers"]["value"], len(each["influencer_ids"]))
        for each in found["platforms"]
    ] == [(["instagram"], 6, 1), (["tiktok"], 5, 2)]
    share = found["influencers"][1]["unique_share"]
    assert (share["value"], share["low"], share["high"]) == (None, 0, 0.5)
    assert found["influencers"][1]["within_platform"]["unique_share"]["value"] == 0.5
    alone = await asked(client, path, platforms="tiktok")
    assert (alone["across_platforms"], alone["unique_followers"]["value"]) == ("single", 5)
    assert [each["reason"] for each in alone["left_out"]] == ["no_account"]

    link = {"a": {"platform": "instagram", "id": "0"}, "b": {"platform": "tiktok", "id": "0"}}
    await made(client, "/v1/followers/links", {"links": [link]}, status=200)
    found = await asked(client, path)
    assert (found["across_platforms"], found["unique_followers"]["value"]) == ("linked", 10)
    # Nobody knows that those without a link are not the same people.
    unique = found["unique_followers"]
    assert (unique["low"], unique["high"], unique["exact"], unique["basis"]) == (6, 10, False, "exact+links")
    assert found["platforms"][0]["unique_followers"] == unique
    cells = found["shared"]
    assert [cells[end][0] for end in ("value", "low", "high")] == [[6, 1, 0], [6, 1, 0], [6, 4, 3]]
    assert (cells["low"][1][2], cells["high"][1][2]) == (2, 2)
    assert found["containment"]["high"][0][1] == round(4 / 6, 6)
    ada, berk, _ = found["influencers"]
    assert (ada["marginal"]["exact"], ada["cumulative"]["exact"]) == (True, True)
    marginal, cumulative = berk["marginal"], berk["cumulative"]
    assert (marginal["value"], marginal["low"], marginal["high"]) == (3, 0, 3)
    assert (cumulative["value"], cumulative["low"], cumulative["high"]) == (9, 6, 9)
    assert (ada["unique_share"]["low"], ada["unique_share"]["high"]) == (0, round(5 / 6, 6))
    once, twice, thrice = (each["people"] for each in found["frequency"])
    assert (once["value"], once["low"], once["high"]) == (7, 0, 7)
    assert (twice["value"], twice["high"], thrice["value"]) == (3, 6.5, 0)


async def test_pairs_come_in_falling_order_page_by_page(client: httpx.AsyncClient) -> None:
    rng = random.Random(9)
    sets = {f"P{at}": rng.sample(range(40), 15) for at in range(5)}
    list_id, people = await listed(client, sets)
    path, rows, cursor = f"/v1/shortlists/{list_id}/overlap/pairs", [], None
    while True:
        page = await asked(client, path, limit=3, **({"cursor": cursor} if cursor else {}))
        rows += page["data"]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    truth = {
        (people[one], people[two]): len(set(sets[one]) & set(sets[two])) for one, two in combinations(sets, 2)
    }
    assert {(each["first_id"], each["second_id"]): each["shared"]["value"] for each in rows} == truth
    shares = [each["jaccard"]["value"] for each in rows]
    assert shares == sorted(shares, reverse=True)
    least = shares[3]
    some = await asked(client, path, min_jaccard=least)
    assert len(some["data"]) == sum(each >= least for each in shares)
    assert (await client.get(path, params={"cursor": "x"})).status_code == 400


async def test_statuses_choose_who_is_compared(client: httpx.AsyncClient) -> None:
    list_id, people = await listed(client, {"Ada": range(6), "Berk": range(9)})
    patch = {"influencer_ids": [people["Berk"]], "status": "rejected", "reason": "no"}
    assert (await client.patch(f"/v1/shortlists/{list_id}/items", json=patch)).status_code == 200
    path = f"/v1/shortlists/{list_id}/overlap"
    assert len((await asked(client, path))["influencers"]) == 1
    assert len((await asked(client, path, status="rejected,suggested"))["influencers"]) == 2
    assert [each["name"] for each in (await asked(client, path, status=""))["influencers"]] == ["Ada"]
    for wrong in ({"status": "best"}, {"platforms": "myspace"}, {"of": "friends"}):
        assert (await client.get(path, params=wrong)).status_code == 400, wrong
    gone = ids.show("sho", ids.new())
    assert (await client.get(f"/v1/shortlists/{gone}/overlap")).status_code == 404


async def test_the_heat_map_is_a_picture_with_names_as_text(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient
) -> None:
    list_id, _ = await listed(client, {"Ada <script>": range(6), "Berk": range(3, 9)})
    answer = await client.get(f"/v1/shortlists/{list_id}/overlap.svg", params={"language": "tr"})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    root = ElementTree.fromstring(answer.text)
    assert root[0].text == "Örtüşme: List"
    assert "<script>" not in answer.text
    assert "Ada &lt;script&gt;, Berk: 50%" in answer.text
    path = f"/v1/shortlists/{list_id}/overlap.svg"
    ticket = await made(client, "/v1/auth/tickets", {"path": path}, status=201)
    seen = await anonymous.get(path, params={"ticket": ticket["ticket"], "show_as": "jaccard"})
    assert seen.status_code == 200


async def test_too_many_are_refused_by_name(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_id, people = await listed(client, {"Ada": range(6), "Berk": range(9), "Cem": range(3)})
    path = f"/v1/shortlists/{list_id}"
    monkeypatch.setattr("service.discovery.reach.asking.MOST", 2)
    for question in ("overlap", "overlap/pairs", "overlap.svg", "reach"):
        answer = await client.get(f"{path}/{question}")
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/too-many-influencers"), (
            question
        )
    monkeypatch.undo()
    await followers(client, people["Ada"], range(5), basis="uniform_sample", size=50)
    monkeypatch.setitem(MOST_SAMPLED, "uniform_samples", 2)
    found = await asked(client, f"{path}/overlap")
    assert (found["shared"], found["influencers"][0]["marginal"]) == (None, None)
    assert found["unique_followers"]["low"] is not None
    for question in ("overlap/pairs", "overlap.svg"):
        answer = await client.get(f"{path}/{question}")
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/too-many-influencers"), (
            question
        )
