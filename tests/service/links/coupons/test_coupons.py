"""Coupons: one code in every spelling, a partner's own or everybody's."""

import asyncio

import httpx
import pytest

from service.kit import ids
from tests.service.links.conftest import Json, Make, made


async def test_everything_that_is_sent_comes_back(
    client: httpx.AsyncClient, link: Make, partner: Make
) -> None:
    who = await partner()
    where = await link(partner_id=who["id"])
    sent = {
        "code": "AYŞE10",
        "kind": "exclusive",
        "partner_id": who["id"],
        "link_id": where["id"],
        "starts_at": "2026-01-01T00:00:00Z",
        "ends_at": "2030-01-01T00:00:00Z",
        "limit": 100,
    }
    shown = await made(client, "/v1/coupons", sent)
    assert {name: shown[name] for name in sent} == sent
    assert (await client.get(f"/v1/coupons/{shown['id']}")).json() == shown


@pytest.mark.parametrize("spelt", ["AYŞE10", "ayse10", "Ayşe10", "AYSE10", " ayşe10 "])
async def test_a_code_is_one_in_every_spelling(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, spelt: str
) -> None:
    first = await made(client, "/v1/coupons", {"code": "ayşe10", "kind": "public"})
    answer = await client.post("/v1/coupons", json={"code": spelt, "kind": "public"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/coupon-taken")
    await made(other_client, "/v1/coupons", {"code": spelt, "kind": "public"})
    listed = (await client.get("/v1/coupons", params={"code": spelt})).json()["data"]
    assert [row["id"] for row in listed] == [first["id"]]


async def test_many_at_once_make_one(client: httpx.AsyncClient) -> None:
    body = {"code": "YAZ20", "kind": "public"}
    answers = await asyncio.gather(*(client.post("/v1/coupons", json=body) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 11


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"code": "A B"}, "code"),
        ({"code": "10%"}, "code"),
        ({"kind": "exclusive"}, "partner_id"),
        ({"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-02-01T00:00:00Z"}, "ends_at"),
        ({"limit": 0}, "limit"),
        ({"kind": "secret"}, "kind"),
    ],
)
async def test_what_no_coupon_can_be(client: httpx.AsyncClient, body: Json, path: str) -> None:
    answer = await client.post("/v1/coupons", json={"code": "X10", "kind": "public"} | body)
    assert answer.status_code == 400, answer.text
    assert [error["path"] for error in answer.json()["errors"]] == [path]


async def test_partner_link_and_coupon_belong_together(
    client: httpx.AsyncClient, link: Make, partner: Make
) -> None:
    ayse, can = await partner(), await partner(name="Can")
    where = await link(partner_id=can["id"])
    body = {"code": "AYSE10", "partner_id": ayse["id"]}
    answer = await client.post("/v1/coupons", json=body | {"link_id": where["id"]})
    assert answer.json()["errors"] == [{"path": "link_id", "message": "is another partner's link"}]
    coupon = await made(client, "/v1/coupons", body)
    answer = await client.patch(f"/v1/links/{where['id']}", json={"coupon_id": coupon["id"]})
    assert answer.json()["errors"] == [{"path": "coupon_id", "message": "is another partner's coupon"}]
    for missing in ({"partner_id": ids.show("prt", ids.new())}, {"link_id": ids.show("lnk", ids.new())}):
        answer = await client.post("/v1/coupons", json={"code": "Y", "kind": "public"} | missing)
        assert answer.status_code == 404, answer.text


async def test_changed_archived_and_used_again(client: httpx.AsyncClient, partner: Make) -> None:
    first = await made(client, "/v1/coupons", {"code": "YAZ20", "kind": "public"})
    path = f"/v1/coupons/{first['id']}"
    answer = await client.patch(path, json={"ends_at": "2020-01-01T00:00:00Z"}, headers={"If-Match": '"1"'})
    assert answer.json()["status"] == "ended"
    assert (await client.patch(path, json={}, headers={"If-Match": '"1"'})).status_code == 412
    assert (await client.patch(path, json={"kind": "exclusive"})).status_code == 400
    for _ in range(2):
        assert (await client.delete(path)).status_code == 204
    assert (await client.get(path)).json()["status"] == "archived"
    second = await made(client, "/v1/coupons", {"code": "yaz20", "kind": "public"})
    assert [row["id"] for row in (await client.get("/v1/coupons")).json()["data"]] == [second["id"]]
    both = (await client.get(f"/v1/coupons?ids={first['id']},{second['id']}")).json()["data"]
    assert len(both) == 2


async def test_a_list_is_narrowed(client: httpx.AsyncClient, partner: Make) -> None:
    who = await partner()
    own = await made(client, "/v1/coupons", {"code": "A1", "partner_id": who["id"]})
    late = {"code": "B2", "kind": "public", "starts_at": "2099-01-01T00:00:00Z"}
    public = await made(client, "/v1/coupons", late)
    for query, row in (
        (f"partner_id={who['id']}", own),
        ("kind=public", public),
        ("status=scheduled", public),
        ("status=active", own),
        ("limit=1", public),
    ):
        data = (await client.get(f"/v1/coupons?{query}")).json()["data"]
        assert [one["id"] for one in data] == [row["id"]], query
