"""The API's overlap of audiences as they are: who liked a top post of 119 micro-influencers."""

import gzip
import json
from itertools import combinations
from pathlib import Path

import httpx
import pytest

from tests.service.discovery.api import influencer
from tests.service.discovery.reach.audiences import asked, followers
from tests.service.discovery.shortlists.lists import put_on, shortlist

pytestmark = pytest.mark.anyio


async def test_all_pairs_are_those_of_sets(client: httpx.AsyncClient, real_data: Path) -> None:
    with gzip.open(real_data / "graphs" / "instagram_likers.json.gz") as file:
        likers = [set(each["liker_ids"]) for each in json.load(file).values()]
    people: dict[str, set[str]] = {}
    for at, liked in enumerate(likers):
        person = await influencer(client, f"Person {at}")
        people[person] = liked
        if liked:
            put = await followers(client, person, sorted(liked), of="likers")
            assert (put["size"], put["rejected"]) == (len(liked), 0)
    list_id = await shortlist(client)
    await put_on(client, list_id, list(people))
    found = await asked(client, f"/v1/shortlists/{list_id}/overlap", of="likers")
    # Of four posts the likers were not collected: these are named, and have no cells.
    empty = {person for person, liked in people.items() if not liked}
    assert {each["influencer_id"] for each in found["without_set"]} == empty
    assert len(empty) == 4
    place = {each["influencer_id"]: at for at, each in enumerate(found["influencers"])}
    cells = [found[name]["value"] for name in ("shared", "jaccard", "containment")]
    shared, jaccard, containment = cells
    pairs = compared = 0
    for one, two in combinations(people, 2):
        pairs += 1
        both, either = len(people[one] & people[two]), len(people[one] | people[two])
        if one in empty or two in empty:
            assert both == 0
            continue
        at, other = place[one], place[two]
        assert shared[at][other] == shared[other][at] == both
        assert jaccard[at][other] == jaccard[other][at] == round(both / either, 6)
        assert containment[at][other] == round(both / len(people[one]), 6)
        assert containment[other][at] == round(both / len(people[two]), 6)
        compared += 1
    assert (pairs, compared) == (7_021, 115 * 114 // 2)
    assert found["unique_followers"]["value"] == len(set().union(*likers)) == 85_597
    before: set[str] = set()
    for each in found["influencers"]:
        own = people[each["influencer_id"]]
        assert each["size"] == len(own)
        assert each["marginal"]["value"] == len(own - before)
        before |= own
        others = set().union(*(people[other] for other in people if other != each["influencer_id"]))
        assert each["unique_share"]["value"] == round(len(own - others) / len(own), 6)
