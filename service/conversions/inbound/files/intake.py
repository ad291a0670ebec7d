"""Taking files of orders in: as any other report, of a source that is believed less than the shop itself."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from service.accounts.workspaces.store import get_workspace
from service.conversions import taking
from service.conversions.facts import Source, Taken
from service.conversions.inbound.files import orders
from service.conversions.inbound.files.orders import BadOrder, Frame
from service.conversions.inbound.files.rows import OrderFileRow
from service.conversions.reports import Order, Refund
from service.imports.outcomes import Origin, Outcome
from service.imports.rejects import REASONS
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import Problem

_REASONS = {"amount": "too_large", "time": "not_a_date"}
_BETTER = ("rejected", "created", "updated", "unchanged")


async def take_in(db: Connection, origin: Origin, rows: Sequence[OrderFileRow]) -> Sequence[Outcome]:
    """Takes the orders of a batch; an outcome for each row, the same for all rows of an order."""
    frame = await _frame(db, origin)
    held: list[OrderFileRow] = origin.kept.get("order", [])
    # The last order of the batch before may go on here.
    going_on = held if held and orders.key(held[0]) == orders.key(rows[0]) else []
    groups = orders.grouped([*going_on, *rows])
    told: dict[int, Outcome] = {}
    ready: list[tuple[list[OrderFileRow], list[Order | Refund]]] = []
    for group in groups:
        try:
            ready.append((group, orders.reports(group, frame)))
        except BadOrder as bad:
            told |= dict.fromkeys(
                (row.row for row in group),
                Outcome("rejected", bad.reason, f"{bad.column}: {REASONS[bad.reason]}"),
            )
    await taking.lock(db, origin.workspace_id, origin.shop, [each for _, found in ready for each in found])
    for group, found in ready:
        outcome = await _take(db, origin, found)
        told |= dict.fromkeys((row.row for row in group), outcome)
    origin.kept["order"] = groups[-1]
    return [told[row.row] for row in rows]


async def _frame(db: Connection, origin: Origin) -> Frame:
    if "frame" not in origin.kept:
        workspace = await get_workspace(db, origin.workspace_id)
        origin.kept["frame"] = Frame(workspace.currency, ZoneInfo(workspace.timezone), origin.as_of)
    frame: Frame = origin.kept["frame"]
    return frame


async def _take(db: Connection, origin: Origin, found: Sequence[Order | Refund]) -> Outcome:
    # Whoever sends a file has a key: it is verified, as what comes by the API.
    source = Source(origin.shop, "import", True, ids.show("imp", origin.import_id))
    try:
        async with db.transaction():
            taken = [await taking.take(db, origin.workspace_id, source, report) for report in found]
    except Problem as problem:
        return Outcome("rejected", "conflict", problem.detail)
    outcomes = [_outcome(each) for each in taken]
    return min(outcomes, key=lambda outcome: _BETTER.index(outcome.status))


def _outcome(taken: Taken) -> Outcome:
    if taken.outcome == "conflict":
        return Outcome("rejected", "conflict", f"a more trusted source has another {taken.why or 'value'}")
    if taken.outcome in ("created", "updated", "unchanged"):
        return Outcome(taken.outcome)  # type: ignore[arg-type]
    if taken.outcome == "waiting":
        return Outcome("created")
    code = (taken.why or "").partition(":")[0]
    return Outcome("rejected", _REASONS.get(code, "missing_value"), taken.why)
