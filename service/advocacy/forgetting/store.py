"""All SQL that forgets who advocates and friends were."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from service.advocacy.reasons import CODE, DECIDED
from service.kit.db import Connection, sql

_CODE = f"'{CODE}'"


def _plain(column: str) -> str:
    """A reason without people's words."""
    return f"case when {column} ~ {_CODE} then {column} when {column} is not null then '{DECIDED}' end"


class KnownAs(Struct, frozen=True):
    """The advocates that somebody is, guests included, and the referrals whose friend they are."""

    advocate_ids: list[UUID]
    referral_ids: list[UUID]


@sql("""
    with named as (
        select advocate_id from advocate_keys where workspace_id = $1 and key = any($2::bytea[])
        union
        select r.friend_id from referral_keys k
        join referrals r on r.workspace_id = $1 and r.id = k.referral_id and r.friend_id <> r.advocate_id
        where k.workspace_id = $1 and k.key = any($2::bytea[])
    )
    select array(select advocate_id from named) as advocate_ids, array(
        select referral_id from referral_keys where workspace_id = $1 and key = any($2::bytea[])
        union
        select id from referrals where workspace_id = $1 and friend_id in (select advocate_id from named)
    ) as referral_ids
""")
async def known(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> KnownAs: ...


@sql("""
    with named as (
        select id from advocates where workspace_id = $1 and partner_id = any($2) and erased_at is null
    )
    select array(select id from named) as advocate_ids, array(
        select r.id from referrals r where r.workspace_id = $1 and r.friend_id in (select id from named)
    ) as referral_ids
""")
async def of_partners(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> KnownAs: ...


@sql("""
    with advocates as (
        delete from advocate_keys where workspace_id = $1 and advocate_id = any($2) returning key
    ), friends as (
        delete from referral_keys where workspace_id = $1 and referral_id = any($3) returning key
    )
    select key from advocates union select key from friends
""")
async def forget_keys(
    db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID], referral_ids: Sequence[UUID]
) -> list[bytes]: ...


# What deeds, redemptions and codes are called elsewhere may name who did them; what people gave as a reason
# may, too. The names that are ours (a click's is its invitation) stay.
@sql(f"""
    with deeds as (
        update advocate_deeds set external_id = 'erased:' || id
        where workspace_id = $1 and advocate_id = any($2) and kind <> 'click'
    ), spent as (
        update redemptions set external_id = 'erased:' || id
        where workspace_id = $1 and advocate_id = any($2)
    ), brought as (
        update referrals set reason = null
        where workspace_id = $1 and (advocate_id = any($2) or id = any($3)) and reason !~ {_CODE}
    ), given as (
        update rewards
        set reason = {_plain("reason")},
            held = {_plain("held")},
            rejected = {_plain("rejected")},
            cleared = array(select c from unnest(cleared) c where c ~ {_CODE})
        where workspace_id = $1 and advocate_id = any($2)
        returning id
    )
    update vouchers set void_reason = {_plain("void_reason")}
    where workspace_id = $1 and reward_id in (select id from given)
""")
async def forget_words(
    db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID], referral_ids: Sequence[UUID]
) -> None: ...


# A guest stays one: they never joined.
@sql("""
    update advocates
    set board_name = null, consent_text = null, join_on = null, erased_at = elci_now(),
        version = version + 1, status = case when status = 'guest' then 'guest' else 'left' end,
        updated_at = elci_now()
    where workspace_id = $1 and id = any($2)
    returning partner_id
""")
async def forget_advocates(
    db: Connection, workspace_id: UUID, advocate_ids: Sequence[UUID]
) -> list[UUID]: ...
