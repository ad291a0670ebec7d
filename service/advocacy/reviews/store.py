"""All SQL of reviews that are taken in, decided on and forgotten."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.advocacy.reviews.narrowing import Listed, conditions, narrows
from service.advocacy.reviews.problems import UnknownReview
from service.advocacy.reviews.schemas import ReviewRow, ReviewSettings
from service.advocacy.reviews.told import Told
from service.influencers.schemas import ByTime
from service.kit.db import Connection, sql

SHOWN = """
    r.id, m.source, m.native_id as external_id, round(m.stars::numeric, 2)::double precision as rating,
    m.title, m.text, m.language, m.country, m.author_name, m.url, r.published_at, r.shop, r.product_id,
    r.product_name, r.order_ref, r.conversion_id, r.verified_by, r.media, m.tags, m.label, m.score, m.model,
    m.hand_label, m.hand_by, m.hand_at, r.status, r.reason, r.note, r.moderated_by, r.moderated_at, r.answer,
    r.answered_by, r.answered_at, r.told_incentivized or r.incentivized as incentivized,
    array(select distinct a.advocate_id from review_keys k
          join advocate_keys a on a.workspace_id = $1 and a.key = k.key
          where k.workspace_id = $1 and k.review_id = r.id order by a.advocate_id) as advocate_ids,
    r.erased_at, r.version, r.created_at, r.updated_at
"""
FROM = "from reviews r join mentions m on m.workspace_id = $1 and m.id = r.id"


class Put(Struct):
    """A review that was written: `created`, or changed."""

    id: UUID
    created: bool


class Advocating(Struct):
    """A review of an active advocate, written since they joined."""

    review_id: UUID
    advocate_id: UUID
    source: str
    external_id: str | None
    published_at: datetime


@sql(f"select {SHOWN} {FROM} where r.workspace_id = $1 and r.id = $2", missing=UnknownReview)
async def get_review(db: Connection, workspace_id: UUID, review_id: UUID) -> ReviewRow: ...


@sql(f"select {SHOWN} {FROM} where r.workspace_id = $1 and r.id = $2 for update of r", missing=UnknownReview)
async def lock_review(db: Connection, workspace_id: UUID, review_id: UUID) -> ReviewRow: ...


async def listed(
    db: Connection, workspace_id: UUID, wanted: Listed, before: ByTime | None, limit: int
) -> list[ReviewRow]:
    """The newest first, older than `before`."""
    condition, values = conditions(workspace_id, wanted, before)
    text = f"""
        select r.id {FROM} where {condition}
        order by r.published_at desc, r.id desc limit ${len(values) + 1}
    """
    if narrows(wanted):
        found = await db.fetch(text, *values, limit)
    else:
        # As in mentions/store: the planner would join and sort all of them (1.8 s of 300,000) where the
        # first fifty of the index are asked for.
        await db.execute("select set_config('enable_sort', 'off', true)")
        found = await db.fetch(text, *values, limit)
        await db.execute("select set_config('enable_sort', 'on', true)")
    return await reviews_of(db, workspace_id, [row["id"] for row in found])


@sql(f"""
    select {SHOWN} from unnest($2::uuid[]) with ordinality as p (id, place)
    join reviews r on r.workspace_id = $1 and r.id = p.id
    join mentions m on m.workspace_id = $1 and m.id = p.id order by p.place
""")
async def reviews_of(db: Connection, workspace_id: UUID, review_ids: Sequence[UUID]) -> list[ReviewRow]: ...


@sql("select moderation from review_settings where workspace_id = $1")
async def settings(db: Connection, workspace_id: UUID) -> ReviewSettings | None: ...


@sql("""
    insert into review_settings (workspace_id, moderation, updated_by) values ($1, $2, $3)
    on conflict (workspace_id) do update
    set moderation = excluded.moderation, updated_by = excluded.updated_by, updated_at = elci_now()
""")
async def save_settings(db: Connection, workspace_id: UUID, moderation: str, by: str) -> None: ...


# What people decided stays, unless the shop decides otherwise; what was told before fills what is left out.
# Of an erased customer nothing is taken in again.
@sql("""
    insert into reviews as r (workspace_id, id, published_at, shop, product_id, product_name, order_ref,
        media, status, reason, told_incentivized, created_by)
    select $1, n.id, m.published_at, n.shop, n.product_id, n.product_name, n.order_ref,
        coalesce(string_to_array(nullif(n.media, ''), chr(10)), '{}'), coalesce(n.status, $12), n.reason,
        n.incentivized, $11
    from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::text[], $10::boolean[]) as n (id, shop, product_id, product_name, order_ref, media, status,
        reason, incentivized)
    join mentions m on m.workspace_id = $1 and m.id = n.id
    order by n.id
    on conflict (workspace_id, id) do update
    set published_at = excluded.published_at,
        shop = coalesce(nullif(excluded.shop, ''), r.shop),
        product_id = coalesce(excluded.product_id, r.product_id),
        product_name = coalesce(excluded.product_name, r.product_name),
        order_ref = coalesce(excluded.order_ref, r.order_ref),
        media = case when excluded.media = '{}' then r.media else excluded.media end,
        status = case when r.id = any($13::uuid[]) then excluded.status else r.status end,
        reason = case when r.id = any($13::uuid[]) then excluded.reason else r.reason end,
        told_incentivized = r.told_incentivized or excluded.told_incentivized,
        version = r.version + 1, updated_at = elci_now()
    where r.erased_at is null and (
        r.published_at is distinct from excluded.published_at
        or nullif(excluded.shop, '') is distinct from r.shop and excluded.shop <> ''
        or excluded.product_id is not null and excluded.product_id is distinct from r.product_id
        or excluded.product_name is not null and excluded.product_name is distinct from r.product_name
        or excluded.order_ref is not null and excluded.order_ref is distinct from r.order_ref
        or excluded.media <> '{}' and excluded.media <> r.media
        or r.id = any($13::uuid[])
            and (excluded.status, excluded.reason) is distinct from (r.status, r.reason)
        or excluded.told_incentivized and not r.told_incentivized)
    returning r.id, (r.xmax = 0) as created
""")
async def _put(
    db: Connection,
    workspace_id: UUID,
    review_ids: Sequence[UUID],
    shops: Sequence[str],
    product_ids: Sequence[str | None],
    product_names: Sequence[str | None],
    order_refs: Sequence[str | None],
    media: Sequence[str],
    statuses: Sequence[str | None],
    reasons: Sequence[str | None],
    incentivized: Sequence[bool],
    by: str,
    otherwise: str,
    decided: Sequence[UUID],
) -> list[Put]: ...


async def put(
    db: Connection, workspace_id: UUID, told: dict[UUID, Told], by: str, otherwise: str
) -> dict[UUID, bool]:
    """Writes what was told of reviews, by their mentions' ids: which are new, and which changed (False).
    `otherwise`: the status of new ones of which none was told."""
    ordered = sorted(told)
    rows = [told[each] for each in ordered]
    made = await _put(
        db,
        workspace_id,
        ordered,
        [row.shop for row in rows],
        [row.product_id for row in rows],
        [row.product_name for row in rows],
        [row.order_ref for row in rows],
        # An address has no line break.
        ["\n".join(row.media) for row in rows],
        [row.status for row in rows],
        [row.reason for row in rows],
        [row.incentivized for row in rows],
        by,
        otherwise,
        [each for each in ordered if told[each].status is not None],
    )
    return {row.id: row.created for row in made}


# Nobody who was erased is known again by what comes later.
@sql("""
    insert into review_keys (workspace_id, key, review_id)
    select $1, k.key, k.id from unnest($2::uuid[], $3::bytea[]) as k (id, key)
    join reviews r on r.workspace_id = $1 and r.id = k.id and r.erased_at is null
    order by k.key, k.id
    on conflict do nothing
""")
async def add_keys(
    db: Connection, workspace_id: UUID, review_ids: Sequence[UUID], keys: Sequence[bytes]
) -> None: ...


@sql("""
    insert into review_keys (workspace_id, key, review_id)
    select $1, k.key, c.id from unnest($2::uuid[], $3::uuid[]) as c (id, customer_id)
    join customer_keys k on k.workspace_id = $1 and k.customer_id = c.customer_id
    order by k.key, c.id
    on conflict do nothing
""")
async def learn_keys(
    db: Connection, workspace_id: UUID, review_ids: Sequence[UUID], customer_ids: Sequence[UUID]
) -> None: ...


@sql("select exists (select from reviews where workspace_id = $1)")
async def any_reviews(db: Connection, workspace_id: UUID) -> bool: ...


# Who joined, wrote it afterwards (files name days), and is still in. Of what they write about one product of
# one order the first counts: words cost nothing. No column of it says how it was rated.
@sql("""
    select distinct r.id as review_id, a.id as advocate_id, m.source, m.native_id as external_id,
        r.published_at
    from reviews r
    join mentions m on m.workspace_id = $1 and m.id = r.id
    join review_keys k on k.workspace_id = $1 and k.review_id = r.id
    join advocate_keys q on q.workspace_id = $1 and q.key = k.key
    join advocates a on a.workspace_id = $1 and a.id = q.advocate_id and a.status = 'active'
    where r.workspace_id = $1 and r.id = any($2) and r.status = 'approved'
        and r.published_at >= a.joined_at - interval '1 day'
        and not exists (
            select from advocate_keys aq
            join review_keys ok on ok.workspace_id = $1 and ok.key = aq.key and ok.review_id < r.id
            join reviews o on o.workspace_id = $1 and o.id = ok.review_id
            where aq.workspace_id = $1 and aq.advocate_id = a.id and o.status = 'approved'
                and o.published_at >= a.joined_at - interval '1 day' and o.shop = r.shop
                and o.product_id is not distinct from r.product_id
                and o.conversion_id is not distinct from r.conversion_id)
    order by r.id, a.id
""")
async def advocating(db: Connection, workspace_id: UUID, review_ids: Sequence[UUID]) -> list[Advocating]: ...


@sql("""
    update reviews set settled = $3
    where workspace_id = $1 and id = any($2) and settled <> $3
""")
async def settle(db: Connection, workspace_id: UUID, review_ids: Sequence[UUID], settled: bool) -> None: ...


@sql("""
    update reviews r set incentivized = true, version = version + 1, updated_at = elci_now()
    where r.workspace_id = $1 and r.id = $2 and not r.incentivized
        and exists (select from rewards w where w.workspace_id = $1 and w.deed_id = $3)
""")
async def note_reward(db: Connection, workspace_id: UUID, review_id: UUID, deed_id: UUID) -> None: ...


@sql("""
    update reviews
    set status = $3, reason = $4, note = $5, moderated_by = $6, moderated_at = $7, answer = $8,
        answered_by = $9, answered_at = $10, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save(
    db: Connection,
    workspace_id: UUID,
    review_id: UUID,
    status: str,
    reason: str | None,
    note: str | None,
    moderated_by: str | None,
    moderated_at: datetime | None,
    answer: str | None,
    answered_by: str | None,
    answered_at: datetime | None,
) -> None: ...


# The mention was told anew by somebody else: a list by listening, a feed.
@sql("""
    update reviews r set published_at = m.published_at
    from mentions m
    where r.workspace_id = $1 and r.id = any($2) and m.workspace_id = $1 and m.id = r.id
        and r.published_at <> m.published_at
""")
async def follow_mentions(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> None: ...


@sql("select id from reviews where workspace_id = $1 and id = any($2) and erased_at is not null order by id")
async def erased(db: Connection, workspace_id: UUID, review_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    select distinct review_id from review_keys where workspace_id = $1 and key = any($2::bytea[])
    order by review_id
""")
async def reviews_by(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[UUID]: ...


# What was answered and noted may name them, too. That it was bought, and of what, stays.
@sql("""
    with known as (
        select distinct review_id from review_keys where workspace_id = $1 and key = any($2::bytea[])
    ), gone as (
        delete from review_keys
        where workspace_id = $1 and review_id in (select review_id from known)
    )
    update reviews
    set erased_at = elci_now(), order_ref = null, media = '{}', note = null, answer = null,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id in (select review_id from known)
    returning id
""")
async def forget(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[UUID]: ...
