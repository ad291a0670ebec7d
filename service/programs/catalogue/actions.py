"""Making and changing programs: terms are versions, a status is a history."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, structs

from service.accounts.callers import Caller
from service.kit import clock, events, ids
from service.kit.db import Connection
from service.kit.money import CURRENCIES, Price
from service.kit.problems import InvalidInput
from service.kit.text import fold_tr
from service.programs import store as partners
from service.programs.catalogue import checks, store
from service.programs.catalogue.schemas import NewProgram, ProgramPatch, ProgramRow
from service.programs.events import TermsChanged
from service.programs.pages.checks import changed_page, page_faults
from service.programs.problems import UnknownPartner
from service.programs.terms import Terms

TERMS = tuple(field.name for field in structs.fields(Terms))


async def add(db: Connection, caller: Caller, data: NewProgram) -> ProgramRow:
    """A new program with its first terms. Raises InvalidInput, UnknownPartner."""
    terms = Terms(**{name: getattr(data, name) for name in TERMS})
    more = [*_unusual(data.valid_from), *page_faults(data.page)]
    await _refuse(db, caller.workspace_id, terms, data.min_payout, more)
    program_id = ids.new()
    await store.add_program(
        db,
        caller.workspace_id,
        program_id,
        data.name,
        fold_tr(data.name),
        data.kind,
        *_least(data.min_payout),
        data.page,
    )
    await store.note_status(db, caller.workspace_id, program_id)
    await store.add_terms(db, caller.workspace_id, program_id, data.valid_from, terms, caller.name)
    return await store.get_program(db, caller.workspace_id, program_id)


async def change(db: Connection, caller: Caller, row: ProgramRow, data: ProgramPatch) -> ProgramRow:
    """The program with what was sent, its row being locked. Raises InvalidInput, UnknownPartner."""
    given = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    held = None if row.min_payout is None else Price(row.min_payout, row.min_payout_currency or "")
    min_payout: Price | None = given.get("min_payout", held)
    of_terms = {name: getattr(data, name) for name in TERMS if name in given}
    newest = msgspec.convert(await store.newest_terms(db, caller.workspace_id, row.id), Terms, strict=False)
    terms = structs.replace(newest, **of_terms)
    page = changed_page(row.page, given.get("page"))
    more = [*await _too_early(db, data.valid_from, of_terms), *page_faults(page)]
    await _refuse(db, caller.workspace_id, terms, min_payout, more)
    await store.save_program(
        db,
        caller.workspace_id,
        row.id,
        given.get("name", row.name),
        fold_tr(given.get("name", row.name)),
        given.get("status", row.status),
        *_least(min_payout),
        page,
    )
    if given.get("status", row.status) != row.status:
        await store.note_status(db, caller.workspace_id, row.id)
    if of_terms and (terms != newest or data.valid_from is not None):
        made = await store.add_terms(db, caller.workspace_id, row.id, data.valid_from, terms, caller.name)
        await events.emit(db, TermsChanged(caller.workspace_id, row.id, made))
    return await store.get_program(db, caller.workspace_id, row.id)


def _least(price: Price | None) -> tuple[int | None, str | None]:
    return (None, None) if price is None else (price.amount, price.currency)


async def _too_early(
    db: Connection, valid_from: datetime | None, of_terms: dict[str, Any]
) -> list[checks.Fault]:
    """What was agreed for orders that are there already does not change."""
    if valid_from is None:
        return []
    if not of_terms:
        return [("valid_from", "goes with new terms")]
    if valid_from < await clock.now(db):
        return [("valid_from", "lies in the past")]
    return _unusual(valid_from)


def _unusual(valid_from: datetime | None) -> list[checks.Fault]:
    return [] if clock.is_usual(valid_from) else [("valid_from", clock.OUTSIDE)]


async def _refuse(
    db: Connection,
    workspace_id: UUID,
    terms: Terms,
    min_payout: Price | None,
    more: list[checks.Fault] | None = None,
) -> None:
    found = [*checks.faults(terms), *(more or [])]
    if min_payout is not None and min_payout.currency not in CURRENCIES:
        found.append(("min_payout.currency", f"{min_payout.currency} is no currency"))
    if found:
        errors = [{"path": path, "message": message} for path, message in found]
        raise InvalidInput("terms that can't be", errors=errors[:100])
    await _known(db, workspace_id, terms)


async def _known(db: Connection, workspace_id: UUID, terms: Terms) -> None:
    """Raises UnknownPartner where the terms name one that is not there."""
    named = dict(_named(terms))
    known = {*await partners.known_partners(db, workspace_id, list({*named.values()}))} if named else set()
    for path, one in named.items():
        if one not in known:
            raise UnknownPartner(f"{path}: there is no {ids.show('prt', one)!r}")


def _named(terms: Terms) -> Iterator[tuple[str, UUID]]:
    for n, rule in enumerate(terms.rules):
        for at, text in enumerate(rule.partner_ids):
            yield f"rules[{n}].partner_ids[{at}]", ids.read("prt", text)
    for n, override in enumerate(terms.overrides):
        yield f"overrides[{n}].partner_id", ids.read("prt", override.partner_id)
