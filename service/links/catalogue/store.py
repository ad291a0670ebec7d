"""All SQL of links themselves."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.links.catalogue.schemas import KnownRow, LinkRow, LinkStatus, Listed
from service.links.problems import UnknownLink

_LIVE = "l.retired_at is null"
_OVER = "coalesce(l.expires_at <= elci_now(), false)"
_STATUS = """
    case when l.retired_at is not null then 'retired'
        when not hosts_allowed(l.hosts, s.destination_hosts) then 'blocked'
        when l.expires_at <= elci_now() then 'expired'
        else 'active' end
"""
_COLUMNS = f"""
    l.id, l.host, l.code, l.url, l.title, l.partner_id, p.slug as partner, l.campaign_id, l.coupon_id, l.sub1,
    l.sub2, l.sub3, l.sub4, l.sub5, l.targets, l.utm, l.mode, l.via, l.platform, l.network, l.tracking_id,
    l.cap, l.expires_at, l.fallback_url, l.external_id, {_STATUS} as status, l.health, l.health_code,
    l.health_reason, l.checked_at, l.version, l.created_at, l.updated_at
"""
_FROM = """
    from links l
    join workspaces s on s.id = $1
    left join partners p on p.workspace_id = $1 and p.id = l.partner_id
"""
_FRAGMENTS = {
    "ids": "l.id = any(${})",
    "partner_id": "l.partner_id = ${}",
    "campaign_id": "l.campaign_id = ${}",
    "coupon_id": "l.coupon_id = ${}",
    "health": "l.health = ${}",
    "host": "coalesce(l.host, '') = ${}",
    "q": "strpos(l.folded, ${}) > 0",
}
# The same as the column, in terms that the planner can weigh: as one expression a status is thought to be
# rare, and 20,000 links are sorted for a page of 50 (950 ms).
_IN_STATUS: dict[LinkStatus, str] = {
    "active": f"{_LIVE} and hosts_allowed(l.hosts, s.destination_hosts) and not {_OVER}",
    "expired": f"{_LIVE} and hosts_allowed(l.hosts, s.destination_hosts) and {_OVER}",
    "blocked": f"{_LIVE} and not hosts_allowed(l.hosts, s.destination_hosts)",
    "retired": "l.retired_at is not null",
}
_FIELDS = """
    host, code, url, hosts, title, folded, partner_id, campaign_id, coupon_id, sub1, sub2, sub3, sub4, sub5,
    targets, utm, mode, via, platform, network, tracking_id, cap, expires_at, fallback_url, external_id
"""
_TYPES = """
    host text, code text, url text, hosts text[], title text, folded text, partner_id uuid, campaign_id uuid,
    coupon_id uuid, sub1 text, sub2 text, sub3 text, sub4 text, sub5 text, targets jsonb, utm jsonb,
    mode text, via text, platform text, network text, tracking_id text, cap integer, expires_at timestamptz,
    fallback_url text, external_id text
"""


@sql("select entry.is_host_of_others($1, $2)")
async def is_host_of_others(db: Connection, workspace_id: UUID, host: str) -> bool: ...


@sql(f"""
    insert into links (workspace_id, id, {_FIELDS})
    select $1, $2, {_FIELDS} from jsonb_to_record($3) as r ({_TYPES})
""")
async def add_link(db: Connection, workspace_id: UUID, link_id: UUID, values: dict[str, Any]) -> None: ...


# Whatever is there already, in this workspace or another, stays: what was not written is looked for.
@sql(f"""
    insert into links (workspace_id, id, key, {_FIELDS})
    select $1, id, key, {_FIELDS} from jsonb_to_recordset($2) as r (id uuid, key text, {_TYPES})
    on conflict do nothing
    returning id
""")
async def add_links(db: Connection, workspace_id: UUID, items: list[dict[str, Any]]) -> list[UUID]: ...


@sql("select key, id, code, host from links where workspace_id = $1 and key = any($2)")
async def by_key(db: Connection, workspace_id: UUID, keys: Sequence[str]) -> list[KnownRow]: ...


@sql("select external_id from links where workspace_id = $1 and external_id = any($2)")
async def external_ids(db: Connection, workspace_id: UUID, asked: Sequence[str]) -> list[str]: ...


@sql("select via from links where workspace_id = $1 and via = any($2)")
async def vias(db: Connection, workspace_id: UUID, asked: Sequence[str]) -> list[str]: ...


@sql("select id from links where workspace_id = $1 and via = $2 and retired_at is null")
async def by_via(db: Connection, workspace_id: UUID, via: str) -> UUID | None:
    """The link that a page's `?via=` names, in its normal form."""
    ...


@sql(f"select {_COLUMNS} {_FROM} where l.workspace_id = $1 and l.id = $2", missing=UnknownLink)
async def get_link(db: Connection, workspace_id: UUID, link_id: UUID) -> LinkRow: ...


@sql(
    f"select {_COLUMNS} {_FROM} where l.workspace_id = $1 and l.id = $2 for update of l", missing=UnknownLink
)
async def lock_link(db: Connection, workspace_id: UUID, link_id: UUID) -> LinkRow: ...


async def list_links(
    db: Connection, workspace_id: UUID, wanted: Listed, before: UUID | None, limit: int
) -> list[LinkRow]:
    """The newest first, older than `before`; retired ones where they are asked for by id or status."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["l.workspace_id = $1"]
    if wanted.ids is None and wanted.status is None:
        conditions.append("l.retired_at is null")
    if wanted.status is not None:
        conditions.append(_IN_STATUS[wanted.status])
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"l.id < ${len(values)}")
    text = f"select {_COLUMNS} {_FROM} where {' and '.join(conditions)} order by l.id desc limit $2"
    return await fetch(db, LinkRow, text, *values)


@sql(f"""
    update links l set
        ({_FIELDS}) = (select {_FIELDS} from jsonb_to_record($3) as r ({_TYPES})),
        retired_at = case when $4 then coalesce(retired_at, elci_now()) end,
        health = case when $5 then null else health end,
        checked_at = case when $5 then null else checked_at end,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_link(
    db: Connection,
    workspace_id: UUID,
    link_id: UUID,
    values: dict[str, Any],
    retired: bool,
    elsewhere: bool,
) -> None:
    """`elsewhere`: it leads to other addresses now, of which no check says anything."""
    ...


@sql("""
    update links set retired_at = elci_now(), version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 and retired_at is null
    returning id
""")
async def retire_link(db: Connection, workspace_id: UUID, link_id: UUID) -> UUID | None: ...


@sql("""
    update links set partner_id = $2, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and partner_id = any($3)
""")
async def hand_over(db: Connection, workspace_id: UUID, to: UUID, partner_ids: Sequence[UUID]) -> None: ...


# Whatever of a link may say whose it was. One without a redirect needs some name in `via`.
@sql("""
    update links
    set partner_id = null, coupon_id = null, title = null, folded = lower(code || '  ' || url), sub1 = null,
        sub2 = null, sub3 = null, sub4 = null, sub5 = null, external_id = null,
        via = case when mode = 'direct' then id::text end, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and partner_id = any($2)
""")
async def forget(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None: ...


# What a partner made is the partner's to change.
@sql("update links set by_partner = true where workspace_id = $1 and id = $2")
async def mark_by_partner(db: Connection, workspace_id: UUID, link_id: UUID) -> None: ...


@sql("select id from links where workspace_id = $1 and id = any($2) and by_partner")
async def made_by_partners(db: Connection, workspace_id: UUID, link_ids: Sequence[UUID]) -> list[UUID]: ...
