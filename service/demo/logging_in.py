"""A partner of the sample who logs in: nobody reads their mail, so the invitation is taken where it is made.

Beside `keeping` and `past` the only part of the demo that knows the database.
"""

import httpx
import msgspec

from service.accounts.partners.people.actions import invite
from service.demo.api import call
from service.imports import client
from service.kit import db, ids
from service.programs.schemas import Partner
from service.settings import Settings, app_dsn, search_dsn


async def log_in(settings: Settings, http: httpx.AsyncClient, partner: Partner) -> httpx.AsyncClient:
    """A client of the partner's own, by an invitation that is used up at once. Raises Refused."""
    workspace = msgspec.json.decode(await call(http, "GET", "/v1/me"))["workspace"]["id"]
    async with (
        db.connect(app_dsn(settings), search_dsn(settings), settings) as database,
        database.transaction(workspace_id := ids.read("ws", workspace)) as within,
    ):
        invited = await invite(within, workspace_id, ids.read("prt", partner.id), partner.email or "")
    body = {"invitation": invited.path.rpartition("/")[2]}
    tokens = msgspec.json.decode(await call(http, "POST", "/v1/partner/token", json=body))
    return client.connect(str(http.base_url), tokens["access_token"])
