"""Clicks of days that are over: stored as the redirect stores them, since nobody can click yesterday.

With `keeping` the only part of the demo that knows the database; whoever runs the demo holds its settings.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from service.demo.month import Visit
from service.kit import ids
from service.links.front.click_ids import ClickIds
from service.links.recording import layout
from service.links.recording.layout import Circumstances, Whose
from service.links.recording.loading import Loader
from service.settings import Settings, app_dsn

_SUBS = layout.subs([None] * 5)
_APP = layout.circumstances(
    Circumstances(
        country="TR",
        language="tr",
        referrer_host="l.instagram.com",
        platform="instagram",
        device="mobile",
        os="iOS",
        browser="Safari WebView",
        in_app="instagram",
    )
)
_DESKTOP = layout.circumstances(
    Circumstances(country="TR", language="tr", device="desktop", os="Windows", browser="Chrome")
)


class Through(NamedTuple):
    """The link that a partner's visitors come through."""

    workspace_id: UUID
    link_id: UUID
    partner_id: UUID


async def store(settings: Settings, links: Sequence[Through], visits: Sequence[Visit]) -> list[str]:
    """Stores a click for each visit; their ids (`clk_...`), in the order of the visits."""
    made = ClickIds()
    whose = [layout.whose(Whose(*link, campaign_id=None), "redirect") for link in links]
    told, rows = [], []
    for visit in visits:
        milliseconds = int(visit.at.timestamp() * 1000)
        inner, outer = made.new(milliseconds)
        rest = whose[visit.partner] + _SUBS + (_APP if visit.mobile else _DESKTOP)
        rows.append(layout.row(inner, milliseconds, _visitor(visit, links[visit.partner]), None, rest))
        told.append(outer)
    loader = Loader(app_dsn(settings))
    try:
        await loader.store(layout.COLUMNS, b"".join(rows))
    finally:
        await loader.close()
    return told


def through(workspace: str, link: str, partner: str) -> Through:
    """From the ids that the API shows."""
    return Through(ids.read("ws", workspace), ids.read("lnk", link), ids.read("prt", partner))


def _visitor(visit: Visit, link: Through) -> bytes:
    """A number for a day, as a salted one is."""
    text = f"{link.workspace_id}/{visit.visitor}/{visit.at.date()}"
    return hashlib.sha256(text.encode()).digest()[:16]
