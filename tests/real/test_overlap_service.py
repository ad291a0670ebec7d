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
        likers = {name: set(each["liker_ids"]) for name, each in json.load(file).items()}
    people: dict[str, set[str]] = {}
    for name, liked in likers.items():
        person = await influencer(client, name)
        put = await followers(client, person, sorted(liked), of="likers")
        assert (put["size"], put["rejected"]) == (len(liked), 0)
        people[person] = liked
    list_id = await shortlist(client)
    await put_on(client, list_id, list(people))
    found = await asked(client, f"/v1/shortlists/{list_id}/overlap", of="likers")
    order = [people[each["influencer_id"]] for each in found["influencers"]]
    assert (len(order), found["method"]) == (119, "exact")
    shared, jaccard = found["shared"]["value"], found["jaccard"]["value"]
    containment = found["containment"]["value"]
    pairs = list(combinations(range(119), 2))
    assert len(pairs) == 7_021
    for one, two in pairs:
        both, either = len(order[one] & order[two]), len(order[one] | order[two])
        assert shared[one][two] == shared[two][one] == both
        assert jaccard[one][two] == jaccard[two][one] == round(both / either, 6)
        assert containment[one][two] == round(both / len(order[one]), 6)
        assert containment[two][one] == round(both / len(order[two]), 6)
    assert found["unique_followers"]["value"] == len(set().union(*order)) == 85_597
    assert [each["size"] for each in found["influencers"]] == [len(each) for each in order]
    before: set[str] = set()
    for at, each in enumerate(found["influencers"]):
        assert each["marginal"]["value"] == len(order[at] - before)
        before |= order[at]
        others = set().union(*(other for place, other in enumerate(order) if place != at))
        assert each["unique_share"]["value"] == round(len(order[at] - others) / len(order[at]), 6)
