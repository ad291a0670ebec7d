"""The shop's till for the few who are followed one by one: orders and refunds as its signed webhooks."""

import secrets
from datetime import UTC, datetime
from typing import NamedTuple

import httpx

from service.conversions.inbound.schemas import Integration
from service.demo import shop
from service.demo.api import call, every, make
from service.demo.month import Return, Sale
from service.imports import client
from service.kit.text import words


class Buyer(NamedTuple):
    """Somebody who orders: `number` is the shop's, `items` (product, quantity) what they take."""

    number: int
    name: str
    items: tuple[tuple[int, int], ...]

    @property
    def email(self) -> str:
        """As the shop knows it."""
        return f"{'.'.join(words(self.name))}@posta.example"


FRIEND = Buyer(41, "Zeynep Akın", ((3, 1), (0, 2)))
AGAIN = FRIEND._replace(items=((1, 1),))
NEXT = Buyer(42, "Emre Koç", ((2, 1),))
SENDS_BACK = Buyer(43, "Can Aydın", ((4, 1), (0, 1)))


class Till(NamedTuple):
    """Where the shop's webhooks go, and what they are signed with."""

    http: httpx.AsyncClient
    path: str
    secret: str

    @classmethod
    async def opened(cls, http: httpx.AsyncClient) -> "Till":
        """At the address that the month's orders went to, with a new secret. Raises Refused."""
        shops = await every(http, "/v1/integrations", Integration, kind="shopify", shop=shop.SHOP)
        if not shops or shops[0].inbound_url is None:
            raise client.Refused("the shop is gone")
        secret = secrets.token_hex(16)
        await make(http, f"/v1/integrations/{shops[0].id}/rotate-secret", {"secret": secret, "overlap_s": 0})
        return cls(http, httpx.URL(shops[0].inbound_url).raw_path.decode(), secret)

    async def sells(
        self, buyer: Buyer, number: int, at: datetime, click: str | None = None, coupon: str | None = None
    ) -> Sale:
        """A paid order. Raises Refused."""
        sale = Sale(
            number=number,
            at=at,
            visit=None,
            partner=0,
            coupon=coupon is not None,
            buyer=buyer.number,
            own=False,
            items=buyer.items,
            delivered_at=None,
        )
        await self._told(shop.order(sale, click, coupon, buyer.email, self.secret))
        return sale

    async def takes_back(self, sale: Sale) -> None:
        """All of an order, now. Raises Refused."""
        back = Return(0, datetime.now(UTC), wholly=True)
        await self._told(shop.refund(back, sale, sale.coupon, self.secret))

    async def _told(self, hook: shop.Hook) -> None:
        await call(self.http, "POST", self.path, content=hook.body, headers=hook.headers)
