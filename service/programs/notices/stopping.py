"""What a mail's link does: no more notices of its kind, or again."""

from msgspec import Struct

from service.accounts import audit
from service.kit import ids
from service.kit.db import Connection, Database
from service.programs.notices import sending, store, tokens
from service.programs.notices.problems import UnknownLink
from service.programs.notices.schemas import Place
from service.programs.preferences import store as preferences
from service.programs.preferences.choosing import switched_off
from service.programs.preferences.schemas import NoticesPatch
from service.programs.problems import UnknownPartner
from service.settings import Settings, derive_key


class Standing(Struct, frozen=True):
    """Whether a notice comes, and the language of whom it comes to."""

    place: Place
    language: str
    wanted: bool


def place_of(settings: Settings, token: str) -> Place:
    """What a token is for. Raises UnknownLink."""
    found = tokens.read(derive_key(settings, sending.KEY), token)
    if found is None:
        raise UnknownLink
    return found


async def look(database: Database, place: Place) -> Standing:
    """How it stands. Raises UnknownLink where the person is no longer there."""
    async with database.transaction(place.workspace_id) as db:
        return await _standing(db, place)


async def choose(database: Database, place: Place, *, wanted: bool) -> Standing:
    """Ends notices of the kind, or lets them come again. Raises UnknownLink."""
    async with database.transaction(place.workspace_id) as db:
        before = await _standing(db, place)
        if before.wanted != wanted:
            await _write(db, place, wanted)
        return Standing(place, before.language, wanted)


async def _standing(db: Connection, place: Place) -> Standing:
    if place.about == "partner":
        try:
            row = await preferences.get_preferences(db, place.workspace_id, place.id)
        except UnknownPartner as error:
            raise UnknownLink from error
        return Standing(place, row.locale, place.notice not in row.notices_off)
    language = await store.language_of(db, place.workspace_id, place.id)
    if language is None:
        raise UnknownLink
    stopped = await store.is_stopped(db, place.workspace_id, await _address(db, place), place.notice)
    return Standing(place, language, not stopped)


async def _write(db: Connection, place: Place, wanted: bool) -> None:
    if place.about == "application":
        write = store.resume if wanted else store.stop
        await write(db, place.workspace_id, await _address(db, place), place.notice)
        return
    row = await preferences.get_preferences(db, place.workspace_id, place.id)
    off = switched_off(row.notices_off, NoticesPatch(**{place.notice: wanted}))
    await preferences.save_preferences(db, place.workspace_id, place.id, row.language, off)
    subject = ids.show("prt", place.id)
    details = {"notices_off": off, "by": "link"}
    await audit.record_system(db, place.workspace_id, "partner.preferences_changed", subject, details)


async def _address(db: Connection, place: Place) -> bytes:
    key = await store.address_of(db, place.workspace_id, place.id)
    if key is None:
        raise UnknownLink
    return sending.address(place.workspace_id, key)
