"""What the demo asks of reach: follower lists in, then who is reached once, by whom, for how much."""

from collections.abc import Sequence

import httpx
import msgspec

from service.demo.api import Asked, call
from service.demo.asking import Body, Wanted
from service.demo.followers import followers
from service.discovery.plans.schemas import Plan
from service.discovery.reach.overlaps.schemas import Overlap
from service.discovery.reach.reached.schemas import ListReach
from service.discovery.scores.schemas import Scored
from service.influencers.followers.schemas import FollowerSet, FollowersPut
from service.kit.paging import Page


class Answers(msgspec.Struct, frozen=True):
    """A list's overlap and reach, and the plan for a budget."""

    overlap: Overlap
    reach: ListReach
    plan: Plan


async def send_followers(http: httpx.AsyncClient, ranked: Sequence[Scored]) -> int:
    """Puts a made-up list for each account that has none; how many people were sent. Raises Refused."""
    sent = 0
    for scored in ranked:
        account = scored.account
        if account is None or not account.followers or await _known(http, scored.influencer.id, account.id):
            continue
        people = followers(
            account.platform, account.handle or account.id, scored.influencer.categories, account.followers
        )
        put = await call(
            http,
            "PUT",
            f"/v1/influencers/{scored.influencer.id}/followers",
            params={"account_id": account.id, "source": "demo"},
            content=b"".join(people),
            headers={"Content-Type": "text/plain"},
        )
        sent += msgspec.json.decode(put, type=FollowersPut).size
    return sent


async def _known(http: httpx.AsyncClient, influencer_id: str, account_id: str) -> bool:
    path = f"/v1/influencers/{influencer_id}/followers"
    page = await call(http, "GET", path, params={"account_id": account_id})
    return bool(msgspec.json.decode(page, type=Page[FollowerSet]).data)


async def ask(http: httpx.AsyncClient, asked: Asked, ranked: Sequence[Scored], wanted: Wanted) -> Answers:
    """Overlap, reach and plan of the list, one post each. Raises Refused."""
    path = f"/v1/shortlists/{asked.shortlist_id}"
    posts = ",".join(f"{platform}/{format}" for platform, format in wanted.posts.items())
    reach = await call(http, "GET", f"{path}/reach", params={"posts": posts} if posts else {})
    return Answers(
        msgspec.json.decode(await call(http, "GET", f"{path}/overlap"), type=Overlap),
        msgspec.json.decode(reach, type=ListReach),
        await _plan(http, asked.shortlist_id, ranked, wanted),
    )


async def _plan(http: httpx.AsyncClient, shortlist_id: str, ranked: Sequence[Scored], wanted: Wanted) -> Plan:
    """Who names no price is taken to ask what is usual, where that is known."""
    posts = [{"platform": platform, "format": format} for platform, format in wanted.posts.items()]
    body: Body = {
        "shortlist_id": shortlist_id,
        "budget": wanted.budget,
        "objective": "unique_reach",
        "posts": posts,
    }
    plan = await _dry(http, body)
    if plan.answer is None or wanted.per_follower is None:
        return plan
    unpriced = {each.influencer_id for each in plan.answer.left_out if each.reason == "no_cost"}
    currency = wanted.budget["currency"]
    costs = [
        {
            "influencer_id": scored.influencer.id,
            "price": {"amount": scored.account.followers * wanted.per_follower, "currency": currency},
        }
        for scored in ranked
        if scored.influencer.id in unpriced and scored.account and scored.account.followers
    ]
    return await _dry(http, {**body, "costs": costs}) if costs else plan


async def _dry(http: httpx.AsyncClient, body: Body) -> Plan:
    answer = await call(http, "POST", "/v1/reach/plans", json=body, params={"dry_run": True})
    return msgspec.json.decode(answer, type=Plan)
