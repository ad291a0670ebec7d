"""Side by side: figures, prices, audience, and scores where the list has a brief."""

import httpx

from service.kit import ids
from tests.service.discovery.api import brief, influencer, scores
from tests.service.discovery.shortlists.lists import shortlist, some

AUDIENCE = {"country": {"TR": 0.7, "DE": 0.1}, "gender": {"female": 0.6}}


async def test_influencers_side_by_side(client: httpx.AsyncClient) -> None:
    rate = {"platform": "instagram", "format": "reel", "price": {"amount": 900, "currency": "TRY"}}
    full = await influencer(client, "Full", er=0.03, audience=AUDIENCE, sample=400, rates=[rate])
    bare = await influencer(client, "Bare", followers=None)
    brief_id = await brief(client, audience={"country": {"TR": 0.8}})
    list_id = await shortlist(client, [full, bare], brief_id=brief_id)
    answer = (await client.get(f"/v1/shortlists/{list_id}/compare")).json()
    assert (answer["shortlist_id"], answer["brief_id"]) == (list_id, brief_id)
    columns = {row["influencer"]["id"]: row for row in answer["data"]}
    shown = columns[full]
    assert shown["accounts"][0]["engagement_rate"]["value"] == 0.03
    assert shown["rates"][0]["price"]["amount"] == 900
    assert shown["audience"]["sample_size"] == 400
    cells = [(cell["dimension"], cell["code"], cell["share"]) for cell in shown["audience"]["distributions"]]
    assert sorted(cells) == [("country", "DE", 0.1), ("country", "TR", 0.7), ("gender", "female", 0.6)]
    [row] = [row for row in (await scores(client, brief_id))["data"] if row["influencer"]["id"] == full]
    assert shown["scores"]["fit"]["score"] == row["fit"]["score"]
    assert (columns[bare]["audience"], columns[bare]["rates"]) == (None, [])
    assert columns[bare]["scores"]["fit"]["score"] is None


async def test_without_a_brief_there_are_no_scores(client: httpx.AsyncClient) -> None:
    list_id = await shortlist(client, await some(client, 1))
    answer = (await client.get(f"/v1/shortlists/{list_id}/compare")).json()
    assert answer["brief_id"] is None
    assert "scores" not in answer["data"][0]


async def test_who_is_compared(client: httpx.AsyncClient) -> None:
    people = await some(client, 4)
    list_id = await shortlist(client, people[:3])
    path = f"/v1/shortlists/{list_id}"
    await client.patch(f"{path}/items/{people[0]}", json={"status": "ignored"})
    await client.patch(f"{path}/items/{people[1]}", json={"status": "rejected", "reason": "no"})

    async def compared(**params: str) -> set[str]:
        answer = await client.get(f"{path}/compare", params=params)
        return {row["influencer"]["id"] for row in answer.json()["data"]}

    assert await compared() == {people[2]}
    assert await compared(ids=f"{people[0]},{people[3]}") == {people[0]}
    many = ",".join(ids.show("inf", ids.new()) for _ in range(21))
    assert (await client.get(f"{path}/compare", params={"ids": many})).status_code == 400
