"""Brands: own and competitors, their accounts, figures and posts, side by side."""

import httpx
import pytest

OWN = {
    "name": "Elçi Kozmetik",
    "proposition": "Doğal bakım",
    "values": ["doğa", "dürüstlük"],
    "accounts": [{"platform": "instagram", "handle": "elci", "followers": 1000}],
}
RIVAL = {"name": "Rakip", "kind": "competitor", "relation": "direct"}


async def made(client: httpx.AsyncClient, body: dict) -> dict:
    answer = await client.post("/v1/brands", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_brand_is_made_read_changed_archived(client: httpx.AsyncClient) -> None:
    brand = await made(client, OWN)
    path = f"/v1/brands/{brand['id']}"
    read = await client.get(path)
    assert read.json() == brand
    assert (brand["kind"], brand["relation"], brand["accounts"][0]["handle"]) == ("own", None, "elci")
    tag = {"If-Match": read.headers["ETag"]}
    changed = await client.patch(path, json={"values": ["bilim"], "proposition": None}, headers=tag)
    assert (changed.json()["values"], changed.json()["proposition"]) == (["bilim"], None)
    assert (await client.patch(path, json={"name": "X"}, headers=tag)).status_code == 412
    assert (await client.delete(path)).status_code == 204
    assert (await client.get("/v1/brands")).json()["data"] == []
    assert len((await client.get(f"/v1/brands?ids={brand['id']}")).json()["data"]) == 1
    assert (await client.post(f"{path}/restore")).json()["archived_at"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": "A", "kind": "rival"},
        {"name": "A", "kind": "own", "relation": "direct"},
        {"name": "A", "workspace_id": "ws_1"},
        {"name": "A", "accounts": [{"platform": "x", "handle": "a", "url": "http://localhost/"}]},
    ],
)
async def test_what_a_brand_can_not_be(client: httpx.AsyncClient, body: dict) -> None:
    assert (await client.post("/v1/brands", json=body)).status_code == 400
    assert (await client.get("/v1/brands")).json()["data"] == []


async def test_lists_are_filtered_and_paged(client: httpx.AsyncClient) -> None:
    brands = [await made(client, RIVAL | {"name": f"R{n}"}) for n in range(4)] + [await made(client, OWN)]
    names, cursor = [], None
    while True:
        query = {"limit": 2, "kind": "competitor"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/brands", params=query)).json()
        names += [row["name"] for row in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert names == ["R3", "R2", "R1", "R0"]
    assert brands[4]["name"] == OWN["name"]


async def test_a_brand_may_be_an_influencer_too(client: httpx.AsyncClient) -> None:
    await made(client, OWN)
    answer = await client.post("/v1/influencers", json={"name": "Elçi", "accounts": OWN["accounts"]})
    assert answer.status_code == 201
    again = await client.post("/v1/brands", json=OWN)
    assert (again.status_code, "brand_id" in again.json()) == (409, True)


async def test_accounts_snapshots_and_posts_hang_on_a_brand(client: httpx.AsyncClient) -> None:
    brand = await made(client, RIVAL)
    path = f"/v1/brands/{brand['id']}"
    account = (await client.post(f"{path}/accounts", json={"platform": "tiktok", "handle": "r"})).json()
    one = f"{path}/accounts/{account['id']}"
    assert (await client.patch(one, json={"verified": True})).json()["verified"] is True
    for month, followers in ((1, 100), (2, 150)):
        body = {"as_of": f"2026-0{month}-01T00:00:00Z", "followers": followers}
        assert (await client.post(f"{path}/snapshots", json=body)).status_code == 201
    rows = (await client.get(f"{path}/snapshots")).json()["data"]
    assert [row["followers"] for row in rows] == [100, 150]
    post = {
        "platform_id": "9",
        "published_at": "2026-01-20T00:00:00Z",
        "likes": 5,
        "comments": 3,
        "shares": 2,
    }
    post |= {"views": 100, "observed_at": "2026-02-01T00:00:00Z"}
    answer = (await client.post(f"{path}/posts", json={"posts": [post, {"likes": 1}]})).json()
    assert (answer["created"], answer["rejected"]) == (1, 1)
    assert (await client.get(f"{path}/posts")).json()["data"][0]["views"] == 100
    shown = (await client.get(path)).json()["accounts"][0]
    assert (shown["followers"], shown["engagement_rate"]["value"]) == (150, 0.1)
    assert (await client.get(f"{path}/accounts")).json()["data"] == [shown]
    assert (await client.delete(one)).status_code == 204
    assert (await client.get(f"{path}/snapshots")).json()["data"] == []


async def test_brands_stand_side_by_side(client: httpx.AsyncClient) -> None:
    own, rival = await made(client, OWN | {"accounts": []}), await made(client, RIVAL)
    for brand, handle, factor in ((own, "o", 1), (rival, "r", 10)):
        path = f"/v1/brands/{brand['id']}"
        await client.post(f"{path}/accounts", json={"platform": "instagram", "handle": handle})
        for month, followers in ((1, 100), (2, 150), (3, 300)):
            body = {"as_of": f"2026-0{month}-01T00:00:00Z", "followers": followers * factor}
            await client.post(f"{path}/snapshots", json=body)
        posts = [
            {
                "platform_id": str(day),
                "published_at": f"2026-01-{day}T00:00:00Z",
                "likes": 2,
                "sponsored": day == 10,
            }
            for day in (10, 20)
        ]
        await client.post(f"{path}/posts", json={"posts": posts})
    query = {
        "ids": f"{rival['id']},{own['id']}",
        "from": "2026-01-01T00:00:00Z",
        "to": "2026-02-15T00:00:00Z",
    }
    answer = (await client.get("/v1/brands/compare", params=query)).json()
    assert [brand["name"] for brand in answer["brands"]] == ["Rakip", OWN["name"]]
    first = answer["brands"][0]["accounts"][0]
    assert (first["first_followers"], first["last_followers"], first["net_followers"]) == (1000, 1500, 500)
    assert (first["growth"], first["posts"], first["sponsored_posts"], first["likes"]) == (0.5, 2, 1, 4)
    assert (first["views"], answer["brands"][0]["followers"]) == (None, 1500)
    unknown = {"ids": f"{own['id']},brd_00000000000000000000000000"}
    assert (await client.get("/v1/brands/compare", params=unknown)).status_code == 404
    many = {"ids": ",".join([own["id"]] * 21)}
    assert (await client.get("/v1/brands/compare", params=many)).status_code == 400


async def test_another_workspace_sees_no_brand(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    brand = await made(client, OWN)
    path = f"/v1/brands/{brand['id']}"
    for method, sub, body in [
        ("GET", "", None),
        ("PATCH", "", {"name": "x"}),
        ("DELETE", "", None),
        ("GET", "/accounts", None),
        ("POST", "/snapshots", {"followers": 1}),
        ("POST", "/posts", {"posts": [{"platform_id": "1"}]}),
    ]:
        assert (await other_client.request(method, path + sub, json=body)).status_code == 404, (method, sub)
    assert (await other_client.get("/v1/brands")).json()["data"] == []
    assert (await other_client.get(f"/v1/brands/compare?ids={brand['id']}")).status_code == 404
