"""A browser without JavaScript: it keeps cookies, follows redirects and sends the forms that it finds."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from litestar import Litestar

from service.accounts.tokens import digest
from service.kit import ids
from service.kit.db import Connection
from tests.service.conversions.orders.conftest import lira
from tests.service.links.conftest import Json, Make, made
from tests.service.partner.conftest import ayse as ayse
from tests.service.partner.conftest import mehmet as mehmet
from tests.service.partner.conftest import sell as sell

ADDRESS = "ayse@ortak.example"


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what it sends as it stands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((has.get("action", ""), {}))
            return
        left_out = has.get("type") in ("checkbox", "radio") and "checked" not in has
        if tag == "input" and self.found and "name" in has and not left_out:
            self.found[-1][1][has["name"]] = has.get("value", "")


class Browser:
    """Who opens pages."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.last = httpx.Response(200)

    async def open(self, path: str, status: int = 200, **headers: str) -> str:
        """The page of a path, after redirects."""
        self.last = await self.http.get(path, headers=headers, follow_redirects=True)
        assert self.last.status_code == status, self.last.text[:2000]
        return self.last.text

    async def send(self, action: str, status: int = 200, **fields: Any) -> str:
        """Fills in and sends the form of the last page that goes to `action`."""
        hidden = next(sent for to, sent in Forms(self.last.text).found if to == action)
        self.last = await self.http.post(action, data={**hidden, **fields}, follow_redirects=True)
        assert self.last.status_code == status, self.last.text[:2000]
        return self.last.text


@pytest.fixture
async def browsers(app: Litestar, client: httpx.AsyncClient) -> AsyncIterator[Callable[[], Browser]]:
    """Browsers that know nothing of each other."""
    opened: list[httpx.AsyncClient] = []

    def new() -> Browser:
        http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),  # type: ignore[arg-type]
            base_url="http://elci.test",
            headers={"Accept-Language": "tr"},
        )
        opened.append(http)
        return Browser(http)

    yield new
    for http in opened:
        await http.aclose()


@pytest.fixture
def browser(browsers: Callable[[], Browser]) -> Browser:
    return browsers()


@pytest.fixture
def inviting(owner: Connection) -> Callable[[str], Awaitable[str]]:
    """The path of an invitation to act for a partner."""

    async def invite(partner_id: str, email: str = ADDRESS) -> str:
        token = f"davet{ids.new().hex}"
        await owner.execute(
            """insert into partner_invitations
                   (workspace_id, id, partner_id, email, email_key, token_hash, expires_at)
               select workspace_id, $2, id, $3, $3, $4, elci_now() + interval '1 day'
               from partners where id = $1""",
            *(ids.read("prt", partner_id), ids.new(), email, digest(token)),
        )
        return f"/p/join/{token}"

    return invite


@pytest.fixture
async def entered(
    browsers: Callable[[], Browser], inviting: Callable[[str], Awaitable[str]]
) -> Callable[[str], Awaitable[Browser]]:
    """`await entered(partner_id)`: a browser that is logged in for a partner."""

    async def enter(partner_id: str) -> Browser:
        browser = browsers()
        path = await inviting(partner_id)
        await browser.open(path)
        await browser.send(path)
        return browser

    return enter


@pytest.fixture
async def in_ayse(entered: Callable[[str], Awaitable[Browser]], ayse: Json) -> Browser:
    return await entered(ayse["partner_id"])


@pytest.fixture
async def busy(client: httpx.AsyncClient, ayse: Json, mehmet: Json, sell: Make) -> Json:
    """Ayşe has a link, an order with a commission and a payout; Mehmet an order of his own."""
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    body = {"url": "https://shop.example/kis", "title": "Kış", "partner_id": ayse["partner_id"]}
    link = await made(client, "/v1/links", body)
    customer = {"email": "musteri@gizli.example"}
    order = await sell(coupon="AYSE10", customer=customer)
    other = await sell(coupon="MEHMET10", external_id="1002", amount=lira(77_700), customer=customer)
    paid = {"partner_id": ayse["partner_id"], "amount": lira(500), "reference": "R-1", "advance": True}
    payout = await made(client, "/v1/payouts/outside", paid | {"note": "markanın-notu"})
    return {
        "link": link,
        "order": order,
        "other": other,
        "payout": payout,
        "mehmet_id": mehmet["partner_id"],
        **ayse,
    }


def ids_in(text: str, prefix: str) -> list[str]:
    """The ids of a kind that a page names."""
    return sorted(set(re.findall(rf"{prefix}_[0-9a-hjkmnp-tv-z]{{26}}", text)))
