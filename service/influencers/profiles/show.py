"""Profiles as the API shows them, with what was asked for beside them."""

from collections import defaultdict
from collections.abc import Sequence, Set
from uuid import UUID

from msgspec import UNSET, Struct

from service.influencers.accounts import show as accounts_show
from service.influencers.accounts import store as accounts
from service.influencers.accounts.schemas import Account
from service.influencers.profiles import store
from service.influencers.profiles.schemas import Contact, ContactRow, Influencer, InfluencerRow
from service.influencers.rates import show as rates_show
from service.influencers.rates import store as rates
from service.influencers.rates.schemas import Rate
from service.influencers.tables import INFLUENCERS
from service.kit import ids
from service.kit.db import Connection

EVERYTHING = frozenset({"accounts", "rates", "contacts"})


class Beside(Struct):
    """What stands beside each profile; None where it was not asked for."""

    accounts: dict[UUID, list[Account]] | None = None
    rates: dict[UUID, list[Rate]] | None = None
    contacts: dict[UUID, list[Contact]] | None = None


async def beside(
    db: Connection, workspace_id: UUID, influencers: Sequence[UUID], include: Set[str]
) -> Beside:
    """One statement for each thing asked for, however many profiles there are."""
    found = Beside()
    if "accounts" in include:
        found.accounts = defaultdict(list)
        for account in await accounts.accounts_of(db, INFLUENCERS, workspace_id, influencers):
            found.accounts[account.owner_id].append(accounts_show.account(account))
    if "rates" in include:
        found.rates = defaultdict(list)
        for rate in await rates.rates_of(db, workspace_id, influencers):
            found.rates[rate.influencer_id].append(rates_show.rate(rate))
    if "contacts" in include:
        found.contacts = defaultdict(list)
        for one in await store.contacts_of(db, workspace_id, influencers):
            found.contacts[one.influencer_id].append(contact(one))
    return found


async def one(
    db: Connection, workspace_id: UUID, row: InfluencerRow, include: Set[str] = EVERYTHING
) -> Influencer:
    """A profile with everything, unless less is asked for."""
    return influencer(row, await beside(db, workspace_id, [row.id], include))


def influencer(row: InfluencerRow, near: Beside) -> Influencer:
    """A profile as it is answered."""
    return Influencer(
        id=ids.show("inf", row.id),
        name=row.name,
        avatar_url=row.avatar_url,
        country=row.country,
        city=row.city,
        languages=row.languages,
        categories=row.categories,
        bio=row.bio,
        tags=row.tags,
        notes=row.notes,
        owner=row.owner,
        source=row.source,
        legal_basis=row.legal_basis,
        collected_at=row.collected_at,
        opted_out=row.opted_out_at is not None,
        opted_out_at=row.opted_out_at,
        opt_out_reason=row.opt_out_reason,
        archived_at=row.archived_at,
        merged_into=ids.show_or_none("inf", row.merged_into),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        accounts=UNSET if near.accounts is None else near.accounts.get(row.id, []),
        rates=UNSET if near.rates is None else near.rates.get(row.id, []),
        contacts=UNSET if near.contacts is None else near.contacts.get(row.id, []),
    )


def contact(row: ContactRow) -> Contact:
    return Contact(ids.show("ctc", row.id), row.role, row.name, row.email, row.phone)
