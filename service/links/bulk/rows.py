"""Files of links: a row is a link, under the names of the API or of a spreadsheet in English or Turkish."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from service.imports.cells.types import COUNT, ID, LINE, MOMENT, PLATFORM, URL
from service.imports.kinds import Field, Kind, Parsed, RowError


class LinkFileRow(Struct, frozen=True):
    """One link as the file has it. `partner` and `coupon`: an id, or a name, address or code of one."""

    row: int
    url: str
    code: str | None
    host: str | None
    title: str | None
    partner: str | None
    campaign_id: str | None
    coupon: str | None
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None
    utm_source: str | None
    utm_medium: str | None
    utm_campaign: str | None
    utm_term: str | None
    utm_content: str | None
    utm_id: str | None
    mode: str | None
    via: str | None
    platform: str | None
    network: str | None
    tracking_id: str | None
    cap: int | None
    expires_at: datetime | None
    fallback_url: str | None
    external_id: str | None


# One word a field: its phrases, folded, are the whole header. Columns of the export that nobody sends are
# known, so that they are taken for nothing else.
WORDS = {
    "destination": (
        *("url", "destination", "destination url", "target url", "landing page", "long url", "link", "hedef"),
        *("hedef url", "hedef adres", "hedef baglanti", "adres", "baglanti", "sayfa"),
    ),
    "shorturl": ("short url", "short link", "kisa link", "kisa baglanti", "kisa url"),
    "linkcode": ("code", "short code", "slug", "kod", "kisa kod"),
    "linkhost": ("host", "link host", "domain", "alan adi"),
    "linktitle": ("title", "name", "link name", "baslik", "ad", "baglanti adi"),
    "partner": ("partner", "partner id", "partner name", "partner email", "ortak", "is ortagi", "influencer"),
    "campaignid": ("campaign id", "kampanya kimligi", "kampanya id"),
    "couponcode": ("coupon", "coupon id", "coupon code", "kupon", "kupon kodu"),
    **{
        f"sub{word}": (f"sub {at}", f"subid {at}", f"sub id {at}", f"alt kimlik {at}")
        for at, word in enumerate(("one", "two", "three", "four", "five"), 1)
    },
    **{f"utm{name}": (f"utm {name}",) for name in ("source", "medium", "campaign", "term", "content", "id")},
    "linkmode": ("mode", "mod", "kip"),
    "viaword": ("via",),
    "networkname": ("network", "ag", "pazaryeri", "marketplace"),
    "trackingid": ("tracking id", "takip kimligi", "takip kodu"),
    "clickcap": ("cap", "click cap", "click limit", "tiklama siniri"),
    "expiry": ("expires at", "expires", "expiry", "expiry date", "son tarih", "bitis", "bitis tarihi"),
    "fallback": ("fallback url", "fallback", "yedek adres", "yedek url"),
    "externalid": ("external id", "dis kimlik", "harici kimlik"),
    "madeup": ("id", "status", "health", "health code", "checked at", "created at", "durum"),
}
FIELDS = (
    Field("url", URL, ("=destination",)),
    Field("code", LINE, ("=linkcode",)),
    Field("host", LINE, ("=linkhost",)),
    Field("title", LINE, ("=linktitle",)),
    Field("partner", LINE, ("=partner",)),
    Field("campaign_id", ID, ("=campaignid",)),
    Field("coupon", LINE, ("=couponcode",)),
    Field("sub1", LINE, ("=subone",)),
    Field("sub2", LINE, ("=subtwo",)),
    Field("sub3", LINE, ("=subthree",)),
    Field("sub4", LINE, ("=subfour",)),
    Field("sub5", LINE, ("=subfive",)),
    Field("utm_source", LINE, ("=utmsource",)),
    Field("utm_medium", LINE, ("=utmmedium",)),
    Field("utm_campaign", LINE, ("=utmcampaign",)),
    Field("utm_term", LINE, ("=utmterm",)),
    Field("utm_content", LINE, ("=utmcontent",)),
    Field("utm_id", LINE, ("=utmid",)),
    Field("mode", LINE, ("=linkmode",)),
    Field("via", LINE, ("=viaword",)),
    Field("platform", PLATFORM, ("=platform",)),
    Field("network", LINE, ("=networkname",)),
    Field("tracking_id", LINE, ("=trackingid",)),
    Field("cap", COUNT, ("=clickcap",)),
    Field("expires_at", MOMENT, ("=expiry",)),
    Field("fallback_url", URL, ("=fallback",)),
    Field("external_id", ID, ("=externalid",)),
    Field("short_url", LINE, ("=shorturl",), kept=False),
    Field("made_by_us", LINE, ("=madeup",), kept=False),
)
_NAMES = LinkFileRow.__struct_fields__[1:]


def assemble(parsed: Parsed) -> list[list[LinkFileRow] | RowError]:
    """The link of each row."""
    columns = {name: parsed.column(name) for name in _NAMES}
    return [
        _row(parsed.rows[at], {name: column[at] for name, column in columns.items()})
        for at in range(len(parsed.rows))
    ]


def _row(row: int, cells: dict[str, Any]) -> list[LinkFileRow] | RowError:
    if not cells["url"]:
        return RowError("missing_value", "url")
    return [LinkFileRow(row, **cells)]


LINKS = Kind(
    name="links",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("links", "short_links", "baglantilar")),
    words=WORDS,
)
