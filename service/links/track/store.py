"""All SQL of what web pages send."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.kit.db import Connection, sql
from service.links.problems import UnknownLink
from service.links.track.schemas import EventRow, KeyRow, LinkRow


@sql("select unnest(cors_origins) from workspaces where id = $1 -- workspace_id")
async def origins(db: Connection, workspace_id: UUID) -> list[str]: ...


@sql(
    """
    select id, partner_id, campaign_id, sub1, sub2, sub3, sub4, sub5, cap,
        coalesce(expires_at <= elci_now(), false) as expired, retired_at is not null as retired
    from links where workspace_id = $1 and via = $2
    """,
    missing=UnknownLink,
)
async def link_of_via(db: Connection, workspace_id: UUID, via: str) -> LinkRow: ...


# True for the first that comes with the key; another that is in the middle of it is waited for.
@sql("""
    insert into track_keys (workspace_id, key, click_id) values ($1, $2, $3)
    on conflict do nothing returning true
""")
async def take_key(db: Connection, workspace_id: UUID, key: str, click_id: UUID) -> bool | None: ...


@sql("""
    select k.click_id, coalesce((
        select c.counted from clicks c
        where c.workspace_id = $1 and c.id = k.click_id
          and c.clicked_at between k.created_at - interval '1 minute' and k.created_at + interval '1 minute'
    ), false) as counted
    from track_keys k where k.workspace_id = $1 and k.key = $2
""")
async def known_key(db: Connection, workspace_id: UUID, key: str) -> KeyRow: ...


@sql("""
    with first as (
        insert into click_uniques (workspace_id, hour, link_id, visitor, click_id)
        select $1, date_trunc('hour', $2::timestamptz, 'UTC'), $4, $7::bytea, $3 where $7 is not null
        on conflict do nothing returning 1
    )
    insert into clicks (workspace_id, clicked_at, id, link_id, partner_id, campaign_id, kind, visitor,
        "unique", counted, reasons, country, language, device, os, browser, in_app, referrer_host, platform,
        sub1, sub2, sub3, sub4, sub5, user_agent, network_class)
    select $1, $2, $3, $4, $5, $6, 'track', $7, exists (select from first), cardinality($8::text[]) = 0, $8,
        $9, $10, $11, $12, $13, $14, $15, $16, ($17::text[])[1], $17[2], $17[3], $17[4],
        $17[5], $18, $19
""")
async def add_click(
    db: Connection,
    workspace_id: UUID,
    clicked_at: datetime,
    click_id: UUID,
    link_id: UUID,
    partner_id: UUID | None,
    campaign_id: UUID | None,
    visitor: bytes | None,
    reasons: Sequence[str],
    country: str | None,
    language: str | None,
    device: str,
    os: str | None,
    browser: str | None,
    in_app: str | None,
    referrer_host: str | None,
    platform: str | None,
    subs: Sequence[str | None],
    user_agent: str,
    network_class: str | None,
) -> None: ...


@sql("""
    insert into site_events (workspace_id, id, name, key, click_id, counted, reasons, url_host, url_path,
        product_id, value, currency, visitor, occurred_at, token_key)
    values ($1, $2, $3, $4, $5, cardinality($6::text[]) = 0, $6, $7, $8, $9, $10, $11, $12,
        coalesce($13, elci_now()), sha256(convert_to($14, 'UTF8')))
    on conflict (workspace_id, key) do nothing
    returning id, counted
""")
async def add_event(
    db: Connection,
    workspace_id: UUID,
    event_id: UUID,
    name: str,
    key: str,
    click_id: UUID | None,
    reasons: Sequence[str],
    url_host: str | None,
    url_path: str | None,
    product_id: str | None,
    value: int | None,
    currency: str | None,
    visitor: bytes | None,
    occurred_at: datetime | None,
    token: str | None,
) -> EventRow | None: ...


@sql("select id, counted from site_events where workspace_id = $1 and key = $2")
async def known_event(db: Connection, workspace_id: UUID, key: str) -> EventRow: ...


@sql("select entry.purge_site_events(elci_now() - make_interval(days => $1), $2)")
async def purge_events(db: Connection, days: int, most: int) -> int: ...


@sql("select entry.purge_track_keys($1)")
async def purge_keys(db: Connection, most: int) -> int: ...
