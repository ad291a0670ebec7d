"""A month of the ten as partners: program, links, coupons, clicks, the shop's webhooks, commissions."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec

from service.conversions.orders.schemas import Conversion
from service.demo import past, shop
from service.demo.api import call, every, find, make, read
from service.demo.month import Month, Sale, month
from service.discovery.scores.schemas import Scored
from service.imports import client
from service.kit.text import words
from service.ledger.books.schemas import Balances, Recount, Totals
from service.ledger.commissions.schemas import Commission
from service.programs.schemas import Partner
from service.settings import Settings

NAME = "Telvecik ortakları"
_RULES = [
    {"kind": "sale", "name": "equipment", "rate": "0.07", "products": ["CZV-4", "FNC-2"]},
    {"kind": "sale", "name": "coffee", "rate": "0.10", "tiers": [{"rate": "0.12", "from_sales": 20}]},
]


class Sold(msgspec.Struct, frozen=True):
    """What a month brought. `sent`: whether it was sent by this start, or stood there from an earlier one."""

    partners: list[Partner]
    balances: dict[str, Balances]
    commissions: list[Commission]
    totals: Totals
    recount: Recount
    orders: int
    sent: Month | None


async def sell(settings: Settings, http: httpx.AsyncClient, ranked: Sequence[Scored]) -> Sold:
    """Sends the month, if none was sent yet, and asks what it brought. Raises Refused."""
    program = await find(http, "/v1/programs", "name", NAME)
    made = None
    if program is None:
        program = await make(
            http, "/v1/programs", {"name": NAME, "rules": _RULES, "hold": {"days": 14, "from": "delivered"}}
        )
        made = await _send(settings, http, program["id"], ranked)
        await client.settled(http)
    partners = await every(http, "/v1/partners", Partner, program_id=program["id"])
    return Sold(
        partners,
        {each.id: await read(http, f"/v1/partners/{each.id}/balance", Balances) for each in partners},
        await every(http, "/v1/commissions", Commission, program_id=program["id"]),
        await read(http, "/v1/ledger/totals", Totals),
        await read(http, "/v1/ledger/check", Recount),
        await _orders(http, partners),
        made,
    )


async def _send(
    settings: Settings, http: httpx.AsyncClient, program_id: str, ranked: Sequence[Scored]
) -> Month:
    await call(http, "PATCH", "/v1/workspace", json={"destination_hosts": [shop.SHOP]})
    workspace = msgspec.json.decode(await call(http, "GET", "/v1/me"))["workspace"]["id"]
    partners = [await _partner(http, program_id, scored) for scored in ranked]
    links, coupons = [], []
    for partner in partners:
        body = {"url": f"https://{shop.SHOP}/kahve", "partner_id": partner["id"], "title": partner["name"]}
        links.append(await make(http, "/v1/links", body))
        coupons.append(await make(http, "/v1/coupons", _coupon(partner)))
    made = month([_followers(scored) for scored in ranked], datetime.now(UTC))
    ways = [
        past.through(workspace, link["id"], partner["id"])
        for link, partner in zip(links, partners, strict=True)
    ]
    clicks = await past.store(settings, ways, made.visits)
    await _hooks(http, made, clicks, [coupon["code"] for coupon in coupons], partners)
    return made


async def _hooks(
    http: httpx.AsyncClient, made: Month, clicks: list[str], codes: list[str], partners: list[dict[str, Any]]
) -> None:
    """The shop tells of each order when it is paid, and of each refund, in the order of time."""
    secret = secrets.token_hex(16)
    body = {"kind": "shopify", "shop": shop.SHOP, "secrets": [secret]}
    address = (await make(http, "/v1/integrations", body))["inbound_url"]
    path = httpx.URL(address).raw_path.decode()

    def email(sale: Sale) -> str:
        own = partners[sale.partner]["email"]
        return str(own) if sale.own else f"musteri-{sale.buyer}@posta.example"

    hooks = []
    for sale in made.sales:
        click = None if sale.visit is None else clicks[sale.visit]
        code = codes[sale.partner] if sale.coupon else None
        hooks.append((sale.at, shop.order(sale, click, code, email(sale), secret)))
    for back in made.returns:
        sale = made.sales[back.sale]
        hooks.append((back.at, shop.refund(back, sale, sale.coupon, secret)))
    for _, hook in sorted(hooks, key=lambda each: each[0]):
        await call(http, "POST", path, content=hook.body, headers=hook.headers)


async def _partner(http: httpx.AsyncClient, program_id: str, scored: Scored) -> dict[str, Any]:
    name = scored.influencer.name or scored.influencer.id
    body = {
        "name": name,
        "email": f"{'.'.join(words(name))}@ortak.example",
        "program_id": program_id,
        "influencer_id": scored.influencer.id,
    }
    return await make(http, "/v1/partners", body)


def _coupon(partner: dict[str, Any]) -> dict[str, Any]:
    code = "".join(words(partner["name"])).upper()[:16] + "10"
    return {"code": code, "kind": "exclusive", "partner_id": partner["id"]}


def _followers(scored: Scored) -> int:
    return (scored.account.followers if scored.account else None) or 0


async def _orders(http: httpx.AsyncClient, partners: Sequence[Partner]) -> int:
    """Those of the partners: advocates bring others."""
    whose = {each.id for each in partners}
    return sum(each.partner_id in whose for each in await every(http, "/v1/conversions", Conversion))
