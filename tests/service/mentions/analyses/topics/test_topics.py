"""Topics: terms and groups of a query's mentions, the same each time, with mentions to quote."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx

Drain = Callable[[], Awaitable[None]]
NOW = datetime.now(UTC)
LATE = ["Migros'tan kargo çok geç geldi, kurye aramadı {}", "migrosta kargo geç, kurye kapıya gelmedi {}"]
FRESH = ["Migros kahvesi taze ve lezzetli, {} numara", "taze lezzetli kahve migroslarda {}"]
OTHERS = ["hava güzel yürüyüş yaptık {}", "maçı izledik kahve içtik {}"]


async def test_topics(client: httpx.AsyncClient, other_client: httpx.AsyncClient, drain: Drain) -> None:
    said = [(LATE, "negative", 30), (FRESH, "positive", 20), (OTHERS, "other", 300)]
    items = [
        {
            "native_id": f"{label}{at}",
            "platform": "x",
            "text": texts[at % 2].format(at),
            "language": "tr",
            "published_at": (NOW - timedelta(minutes=at)).isoformat(),
        }
        for texts, label, count in said
        for at in range(count)
    ]
    answer = await client.post("/v1/mentions", json={"mentions": items})
    for one, result in zip(items, answer.json()["results"], strict=True):
        label = str(one["native_id"]).rstrip("0123456789")
        if label != "other":
            await client.patch(f"/v1/mentions/{result['id']}", json={"label": label})
    body = {"name": "migros", "expression": "migros"}
    query = (await client.post("/v1/listening/queries", json=body)).json()["id"]
    await drain()
    found = (await client.get("/v1/listening/topics", params={"query_id": query})).json()
    assert (found["mentions"], found["sampled"], found["against"], found["compared"]) == (50, 50, "rest", 300)
    terms = {one["term"]: one for one in found["terms"]}
    assert any("kurye" in term for term in terms)
    assert not any("migros" in term for term in terms)
    late = next(one for term, one in terms.items() if "kargo" in term)
    assert (late["tone"]["negative"], late["tone"]["net_sentiment"], late["share"]) == (30, -1, 0.6)
    distinctive = [one["term"] for one in found["distinctive"]]
    assert any("kargo" in term for term in distinctive)
    assert not any("yürüyüş" in term for term in distinctive)
    assert sum(one["mentions"] for one in found["topics"]) == 50
    for topic in found["topics"]:
        # Nobody praises and complains in one group.
        assert topic["tone"]["net_sentiment"] in (-1, 1)
        assert topic["examples"][0]["mention_id"].startswith("men_")
    again = (await client.get("/v1/listening/topics", params={"query_id": query})).json()
    assert again == found
    everything = (await client.get("/v1/listening/topics")).json()
    assert (everything["mentions"], everything["against"], everything["compared"]) == (350, "before", 0)
    lines = (await client.get("/v1/listening/topics.csv", params={"query_id": query})).text.splitlines()
    assert len(lines) > len(found["terms"])
    assert "kind,term,mentions" in lines[0]
    empty = (await other_client.get("/v1/listening/topics")).json()
    assert (empty["terms"], empty["topics"], empty["mentions"]) == ([], [], 0)
