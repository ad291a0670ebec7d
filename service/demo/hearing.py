"""A month of mentions, listened to: queries of three brands, a rule that looks back, and what came of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import httpx
import msgspec

from service.demo.api import call, find, named, until
from service.demo.asking import Body
from service.demo.listening import DAYS, ZONE, Known, crisis_day, mentions
from service.demo.voices import voices
from service.discovery.scores.schemas import Scored
from service.imports import client
from service.kit.paging import Page
from service.mentions.alerts.schemas import Alert
from service.mentions.analyses.schemas import SentimentAnalysis, ShareOfVoice, Volume
from service.mentions.schemas import MOST, MentionResults

# Fewer an hour are nothing to be woken for.
LEAST = 15


class Heard(msgspec.Struct, frozen=True):
    """What the three brands' month sounds like. `sent`: mentions that were new to this start."""

    shares: ShareOfVoice
    volume: Volume
    sentiment: SentimentAnalysis
    alerts: list[Alert]
    sent: int


async def listen(http: httpx.AsyncClient, ranked: Sequence[Scored]) -> Heard:
    """Sends the month, if no earlier start has, and asks what it says. Raises Refused."""
    now = datetime.now(UTC)
    queries = [await _query(http, at) for at in range(len(voices().brands))]
    # Made last: where it stands, the month has been sent.
    rule = await find(http, "/v1/alert-rules", "query_id", queries[0])
    sent = 0
    if rule is None:
        sent = await _send(http, mentions(now, _known(ranked)))
        for query in queries:
            await until(http, f"/v1/listening/queries/{query}", lambda it: bool(it["matched"]))
        since = datetime.combine(crisis_day(now.astimezone(ZONE).date()), time(), ZONE)
        wanted = {"query_id": queries[0], "min_mentions": LEAST, "since": since.isoformat()}
        rule = msgspec.json.decode(await call(http, "POST", "/v1/alert-rules", json=wanted))
        await until(http, f"/v1/alert-rules/{rule['id']}", lambda it: it["checked_at"] is not None)
    return await _ask(http, queries[0], datetime.fromisoformat(rule["created_at"]), sent)


async def _query(http: httpx.AsyncClient, at: int) -> str:
    """The id of a brand's query; the first brand is the demo's own, the others compete."""
    brand = voices().brands[at]
    body: Body = {"name": brand.name} if at == 0 else {"name": brand.name, "kind": "competitor"}
    brand_id = await named(http, "/v1/brands", body)
    listened: Body = {"name": brand.name, "expression": brand.query, "brand_id": brand_id}
    return await named(http, "/v1/listening/queries", listened)


def _known(ranked: Sequence[Scored]) -> list[Known]:
    accounts = [scored.account for scored in ranked if scored.account and scored.account.handle]
    return sorted(Known(each.platform, each.handle or "", each.followers or 0) for each in accounts)


async def _send(http: httpx.AsyncClient, month: Sequence[dict[str, Any]]) -> int:
    created = 0
    for start in range(0, len(month), MOST):
        body = {"mentions": month[start : start + MOST]}
        answer = await call(http, "POST", "/v1/mentions", json=body)
        results = msgspec.json.decode(answer, type=MentionResults)
        if results.rejected:
            told = next(each for each in results.results if each.status == "rejected")
            raise client.Refused(f"a mention was not taken: {told.errors[0].path}: {told.errors[0].message}")
        created += results.created
    return created


async def _ask(http: httpx.AsyncClient, own: str, at: datetime, sent: int) -> Heard:
    """The month before the rule was made, whenever that was."""
    last = at.astimezone(ZONE).date()
    month = {"from": f"{last - timedelta(days=DAYS)}", "to": f"{last}", "tz": ZONE.key}
    by_brand = {**month, "group_by": "brand"}
    shares = await call(http, "GET", "/v1/listening/share-of-voice", params=month)
    volume = await call(http, "GET", "/v1/listening/volume", params=by_brand)
    sentiment = await call(http, "GET", "/v1/listening/sentiment", params=by_brand)
    listed = await call(http, "GET", "/v1/alerts", params={"query_id": own, "limit": 100})
    return Heard(
        msgspec.json.decode(shares, type=ShareOfVoice),
        msgspec.json.decode(volume, type=Volume),
        msgspec.json.decode(sentiment, type=SentimentAnalysis),
        [await _alert(http, each.id) for each in msgspec.json.decode(listed, type=Page[Alert]).data],
        sent,
    )


async def _alert(http: httpx.AsyncClient, alert_id: str) -> Alert:
    """With its examples, which the list leaves out."""
    return msgspec.json.decode(await call(http, "GET", f"/v1/alerts/{alert_id}"), type=Alert)
