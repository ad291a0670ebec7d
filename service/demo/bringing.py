"""The loop: a mention brings an advocate, who brings a customer, who becomes one and brings the next."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import httpx

from service.advocacy.rewards.schemas import Reward
from service.demo import chain, past, shop
from service.demo.api import call, every, find, make, read, until
from service.demo.asking import Body
from service.demo.chain import Chain
from service.demo.month import Visit
from service.demo.till import AGAIN, FRIEND, NEXT, SENDS_BACK, Till
from service.discovery.scores.schemas import Scored
from service.imports import client
from service.kit.text import words
from service.links.redirect import CLICK
from service.settings import Settings

NAME = "Telvecik elçileri"
TEXT = "Elçi metni, 1. sürüm"
HOLD = 14
# Before the month of mentions, whose figures are not to change by it. The hold of what was bought then is
# over; that of what is bought now runs.
AGREED, PRAISED, BOUGHT = timedelta(days=35), timedelta(days=34), timedelta(days=33)
FRIEND_AGREED, CAME_BACK = timedelta(days=20), timedelta(days=19)
PRAISE = "Telvecik'in Türk kahvesi gerçekten çok güzel, bayıldım; herkese tavsiye ederim."
POOL: Body = {
    "name": "Hoş geldin çekleri",
    "kind": "discount",
    "value": {"amount": 5_000, "currency": "TRY"},
}
POINTS: Body = {"amount": 150, "currency": "points"}
CODES = tuple(f"HOSGELDIN-{number}" for number in (3191, 4726, 5038, 6854, 7412))
_PHONE = {
    "User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
    "Accept": "text/html",
    "Accept-Language": "tr-TR,tr;q=0.9",
}


def terms(pool_id: str) -> Body:
    """Both sides are given something for a first order; the advocate a part of the second one too."""
    first: Body = {"trigger": "first_purchase", "hold_days": HOLD}
    friend: Body = {**first, "side": "friend"}
    return {
        "joining": {"members": ["customer", "influencer"], "ways": ["mention", "purchase"]},
        "rewards": [
            {**first, "name": "friend", "kind": "points", "points": 200},
            {**friend, "name": "welcome", "kind": "points", "points": 100, "expires_days": 365},
            {**friend, "name": "welcome-voucher", "kind": "voucher", "pool_id": pool_id},
            {
                **{"name": "second-order", "trigger": "nth_purchase", "n": 2, "hold_days": HOLD},
                **{"kind": "credit", "rate": "0.05"},
            },
        ],
        "budgets": [{"amount": 100_000, "currency": "points"}],
    }


async def bring(settings: Settings, http: httpx.AsyncClient, ranked: Sequence[Scored]) -> Chain | None:
    """Goes round once, if no earlier start has, and asks what came of it; None where nobody of the ranked
    has an account to speak from. Raises Refused."""
    program = await find(http, "/v1/programs", "name", NAME)
    if program is None:
        fan = next((each for each in ranked if each.account and each.account.handle), None)
        if fan is None:
            return None
        program = await _program(http)
        await _go_round(settings, http, program["id"], fan)
    return await chain.ask(http, program["id"])


async def _program(http: httpx.AsyncClient) -> Body:
    pool = await make(http, "/v1/voucher-pools", POOL)
    await call(http, "POST", f"/v1/voucher-pools/{pool['id']}/codes", content="\n".join(CODES).encode())
    program = await make(http, "/v1/programs", {"name": NAME, "kind": "advocacy"})
    body = {"terms": terms(pool["id"])}
    await make(http, f"/v1/programs/{program['id']}/advocacy-terms", body)
    return program


async def _go_round(settings: Settings, http: httpx.AsyncClient, program_id: str, fan: Scored) -> None:
    now = datetime.now(UTC)
    till = await Till.opened(http)
    advocate = await _by_mention(http, program_id, fan, now)
    clicked = await _clicked(settings, http, advocate, now - BOUGHT)
    await till.sells(FRIEND, 9_001, now - BOUGHT + timedelta(minutes=20), click=clicked)
    await _referred(http, advocate["id"], lambda it: it["friend_id"] is not None)

    friend = await _by_purchase(http, program_id, now)
    await till.sells(AGAIN, 9_002, now - CAME_BACK)
    await _is_in(http, friend["id"])
    await _referred(http, advocate["id"], lambda it: it["purchases"] == 2)

    shared = await make(http, "/v1/referrals", {"advocate_id": friend["id"], "channel": "link"})
    clicked = await _follow(http, shared["share_url"], friend["link_id"])
    await till.sells(NEXT, 9_003, datetime.now(UTC), click=clicked)
    sale = await till.sells(SENDS_BACK, 9_004, datetime.now(UTC), coupon=friend["code"])
    await _referred(http, friend["id"], lambda it: it["state"] == "rewarded", least=2)
    await till.takes_back(sale)
    await _referred(http, friend["id"], lambda it: it["purchases"] == 0)
    await _spend(http, advocate["id"], friend["id"])


async def _by_mention(http: httpx.AsyncClient, program_id: str, fan: Scored, now: datetime) -> Body:
    """Somebody agrees, says something good, and is in by that."""
    name, account = fan.influencer.name or fan.influencer.id, fan.account
    body = {
        **_joins(program_id, name, f"{'.'.join(words(name))}@elci.example", now - AGREED),
        "member": "influencer",
        "influencer_id": fan.influencer.id,
        "join_on": "mention",
    }
    made = await make(http, "/v1/advocates", body)
    said = {
        "source": chain.SOURCE,
        "native_id": "elci-1",
        "platform": account.platform if account else "",
        "kind": "post",
        "text": PRAISE,
        "author_handle": account.handle if account else None,
        "published_at": (now - PRAISED).isoformat(),
    }
    await make(http, "/v1/mentions", {"mentions": [said]})
    return await _is_in(http, made["id"])


async def _by_purchase(http: httpx.AsyncClient, program_id: str, now: datetime) -> Body:
    """The friend agrees, and is in by the next order."""
    body = _joins(program_id, FRIEND.name, FRIEND.email, now - FRIEND_AGREED)
    return await make(http, "/v1/advocates", {**body, "member": "customer", "join_on": "purchase"})


def _joins(program_id: str, name: str, email: str, agreed_at: datetime) -> Body:
    return {
        "program_id": program_id,
        "consent": {"at": agreed_at.isoformat(), "text": TEXT},
        "name": name,
        "email": email,
        "board_name": name,
        "url": f"https://{shop.SHOP}/kahve",
        "code": f"{''.join(words(name)).upper()[:16]}15",
    }


async def _is_in(http: httpx.AsyncClient, advocate_id: str) -> Body:
    return await until(http, f"/v1/advocates/{advocate_id}", lambda it: it["status"] == "active")


async def _referred(
    http: httpx.AsyncClient, advocate_id: str, done: Callable[[Body], bool], least: int = 1
) -> None:
    """Waits until so many of an advocate's friends are where they are to be."""
    path = f"/v1/referrals?advocate_id={advocate_id}"
    await until(http, path, lambda page: sum(map(done, page["data"])) >= least)


async def _clicked(settings: Settings, http: httpx.AsyncClient, advocate: Body, at: datetime) -> str:
    """The friend's click, weeks ago."""
    workspace = (await read(http, "/v1/me", dict))["workspace"]["id"]
    way = past.through(workspace, advocate["link_id"], advocate["partner_id"])
    [click] = await past.store(settings, [way], [Visit(at, 0, FRIEND.number, mobile=True)])
    return click


async def _follow(http: httpx.AsyncClient, address: str, link_id: str) -> str:
    """Opens an address as a phone does, and waits until the click is in; its id, which the shop is told."""
    path = httpx.URL(address).raw_path.decode()
    async with httpx.AsyncClient(base_url=http.base_url, headers=_PHONE) as phone:
        try:
            answer = await phone.get(path)
        except httpx.TransportError as error:
            raise client.Refused(f"{address} does not answer: {type(error).__name__}") from error
    led_to = httpx.URL(answer.headers.get("location", ""))
    if CLICK not in led_to.params:
        raise client.Refused(f"{address} leads nowhere: {answer.status_code}")
    await until(http, f"/v1/links/{link_id}/clicks", lambda page: bool(page["data"]))
    return str(led_to.params[CLICK])


async def _spend(http: httpx.AsyncClient, advocate_id: str, friend_id: str) -> None:
    """Points and a voucher are asked for at a checkout, each once."""
    points = {"advocate_id": advocate_id, "external_id": "sepet-501", "amount": POINTS}
    await make(http, "/v1/rewards/redeem", points)
    mine = await every(http, "/v1/rewards", Reward, advocate_id=friend_id, kind="voucher", status="available")
    for each in mine:
        body = {"advocate_id": friend_id, "external_id": chain.CHECKOUT, "reward_id": each.id}
        await make(http, "/v1/rewards/redeem", body)
