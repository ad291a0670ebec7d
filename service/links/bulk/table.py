"""The list of links as a CSV that a spreadsheet opens and never runs. Pure."""

import csv
from collections.abc import Iterable
from io import StringIO

from service.imports.rejects_csv import BOM, harmless
from service.kit import ids
from service.links.catalogue import show
from service.links.catalogue.schemas import LinkRow
from service.settings import Settings

COLUMNS = (
    *("id", "short_url", "url", "code", "host", "title", "status", "partner_id", "campaign_id", "coupon_id"),
    *("sub1", "sub2", "sub3", "sub4", "sub5", "utm_source", "utm_medium", "utm_campaign", "utm_term"),
    *("utm_content", "utm_id", "mode", "via", "platform", "network", "tracking_id", "cap", "expires_at"),
    *("fallback_url", "external_id", "health", "health_code", "checked_at", "created_at"),
)


def header() -> str:
    """The header's line."""
    return BOM + ",".join(COLUMNS) + "\r\n"


def lines(rows: Iterable[LinkRow], settings: Settings) -> str:
    """Rows of CSV, without the header."""
    out = StringIO()
    csv.writer(out).writerows([harmless(_cell(row, name, settings)) for name in COLUMNS] for row in rows)
    return out.getvalue()


def _cell(row: LinkRow, name: str, settings: Settings) -> str | None:
    if name == "short_url":
        return show.short_url(row, settings)
    if name.startswith("utm_"):
        return row.utm.get(name)
    value = getattr(row, name)
    if value is None:
        return None
    if name in ("id", "partner_id", "campaign_id", "coupon_id"):
        prefix = {"id": "lnk", "partner_id": "prt", "campaign_id": "cmp", "coupon_id": "cpn"}[name]
        return ids.show(prefix, value)
    return value.isoformat() if name.endswith("_at") else str(value)
