"""Three small accounts got a parcel of coffee: what they post is looked at for whether it says so."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import httpx
import msgspec

from service.demo.api import call, find, until
from service.demo.asking import Body
from service.discovery.search.schemas import Found, SearchResults
from service.influencers.posts.schemas import Post
from service.kit.paging import Page
from service.mentions.disclosure.found.schemas import DisclosureReport, WatchedFinding

_NOTE = "Bir fincan sonbahar: paket gönderilenler"
# Smaller than the brief asks for: what they post moves nobody in the ranking.
_WHOM: Body = {"category": ["food"], "platform": ["instagram"], "followers": {"min": 2_000, "max": 9_000}}
# How long ago the parcels went out, and the posts came.
SENT, POSTED = timedelta(days=4), timedelta(days=2)
WATCH: Body = {
    "all": True,
    "advertiser": "Telvecik Kahve",
    "handles": ["telvecik.kahve"],
    "hashtags": ["telvecikkahve"],
    "market": "TR",
    "note": _NOTE,
}
# They name no account: that would be an edge of the graph, for which all authority is computed anew.
# Without a label; with one that nobody sees without a tap; as it should be.
CAPTIONS = (
    "Bu sabah bakır cezvede pişirdim, köpüğü bol, kokusu bütün evi sardı. Hediye için teşekkürler"
    " Telvecik Kahve ☕ Tarif yorumlarda!",
    "Pazar kahvaltısının en sevdiğim anı: sofra toplanmadan önce herkesin bir fincan daha istediği an."
    " Annemin cezvesi, kısık ateş, hiç acele yok; yanında bir parça lokum. Kahve: Telvecik Kahve. #işbirliği",
    "Reklam: Telvecik Kahve ile iş birliği. Aboneliği bir aydır deniyorum, kutudan ne çıktığını ve nasıl"
    " pişirdiğimi anlattım.",
)


class Judged(NamedTuple):
    """A possible issue: whose post it is, and the words that are meant, if the post has any."""

    finding: WatchedFinding
    name: str
    quoted: str | None


class Disclosed(NamedTuple):
    """What was found in the posts; `posts`: how many the watch means."""

    posts: int
    judged: list[Judged]


async def disclose(http: httpx.AsyncClient) -> Disclosed:
    """Makes the watch and the posts, if no earlier start has, and asks what was found. Raises Refused."""
    watch = await find(http, "/v1/disclosure/watches", "note", _NOTE)
    if watch is None:
        now = datetime.now(UTC)
        for each, caption in zip(await _whom(http), CAPTIONS, strict=False):
            await _post(http, each, caption, now - POSTED)
        since = (now - SENT).isoformat()
        made = await call(http, "POST", "/v1/disclosure/watches", json={**WATCH, "from": since})
        watch = await until(
            http, f"/v1/disclosure/watches/{msgspec.json.decode(made)['id']}", lambda it: not it["pending"]
        )
    return await _ask(http, {"watch_id": watch["id"]})


async def _whom(http: httpx.AsyncClient) -> list[Found]:
    body: Body = {"filters": _WHOM, "sort": "followers", "limit": len(CAPTIONS)}
    answer = await call(http, "POST", "/v1/search/influencers", json=body)
    return msgspec.json.decode(answer, type=SearchResults).data


async def _post(http: httpx.AsyncClient, whose: Found, caption: str, at: datetime) -> None:
    if whose.match is None:
        return
    account = whose.match.account
    post: Body = {
        "account_id": account.id,
        "platform_id": f"paket-{account.handle}",
        "format": "image",
        "published_at": at.isoformat(),
        "caption": caption,
        "sponsored": True,
    }
    await call(http, "POST", f"/v1/influencers/{whose.id}/posts", json={"posts": [post]})


async def _ask(http: httpx.AsyncClient, watch: dict[str, str]) -> Disclosed:
    listed = await call(http, "GET", "/v1/disclosure/findings", params={**watch, "limit": 100})
    report = await call(http, "GET", "/v1/disclosure/report", params={**watch, "group_by": "watch"})
    found = msgspec.json.decode(listed, type=Page[WatchedFinding]).data
    return Disclosed(
        msgspec.json.decode(report, type=DisclosureReport).total.posts,
        [await _judged(http, each) for each in reversed(found)],
    )


async def _judged(http: httpx.AsyncClient, found: WatchedFinding) -> Judged:
    path = f"/v1/influencers/{found.influencer_id}"
    name = msgspec.json.decode(await call(http, "GET", path))["name"]
    if found.span is None:
        return Judged(found, name, None)
    posts = msgspec.json.decode(await call(http, "GET", f"{path}/posts"), type=Page[Post]).data
    caption = next((each.caption or "" for each in posts if each.id == found.post_id), "")
    return Judged(found, name, caption[found.span.start : found.span.end])
