"""A partner's own record, put together."""

from msgspec import UNSET

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.partners import store as access
from service.accounts.partners.schemas import MembershipView
from service.kit import ids
from service.kit.db import Connection
from service.partner.me import store
from service.partner.me.missing import missing
from service.partner.me.schemas import BrandView, OwnRow, PartnerMe, PartnerMePatch
from service.programs.acceptance.actions import open_terms
from service.programs.preferences import store as preferences
from service.programs.preferences.choosing import switched_off, wanted
from service.programs.preferences.schemas import NoticesPatch


async def me(db: Connection, caller: Caller) -> PartnerMe:
    """The partner that the caller acts for. Raises UnknownPartner."""
    own = await store.get_own(db, caller.workspace_id, caller.partner)
    chosen = await preferences.get_preferences(db, caller.workspace_id, caller.partner)
    return PartnerMe(
        partner_id=ids.show("prt", own.id),
        name=own.name,
        email=own.email,
        status=own.status,
        language=chosen.language,
        locale=chosen.locale,
        notices=wanted(chosen.notices_off),
        brand=BrandView(own.brand, own.currency, own.timezone),
        memberships=await _memberships(db, caller, own),
        missing=missing(own, await open_terms(db, caller.workspace_id, caller.partner), chosen.locale),
        is_advocate=own.is_advocate,
        created_at=own.created_at,
    )


async def _memberships(db: Connection, caller: Caller, own: OwnRow) -> list[MembershipView]:
    session = None if caller.session_id is None else await access.find_session(db, caller.session_id)
    if session is None:
        return [MembershipView(ids.show("prt", own.id), own.name, own.brand)]
    places = await access.memberships(db, session.email_key)
    return [MembershipView(ids.show("prt", one.partner_id), one.partner, one.workspace) for one in places]


async def change(db: Connection, caller: Caller, data: PartnerMePatch) -> PartnerMe:
    """The record with what was sent. Raises UnknownPartner."""
    before = await preferences.get_preferences(db, caller.workspace_id, caller.partner)
    language = before.language if data.language is UNSET else data.language
    notices = NoticesPatch() if data.notices is UNSET else data.notices
    off = switched_off(before.notices_off, notices)
    if (language, off) != (before.language, before.notices_off):
        await preferences.save_preferences(db, caller.workspace_id, caller.partner, language, off)
        subject = ids.show("prt", caller.partner)
        await audit.record(db, caller, "partner.preferences_changed", subject, {"notices_off": off})
    return await me(db, caller)
