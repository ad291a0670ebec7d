"""Taking panels' reports in: a line that comes again with other figures is replaced, one that is the same
changes nothing."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import structs

from service.accounts.workspaces.store import get_workspace
from service.conversions.inbound.reported import lines, store
from service.conversions.inbound.reported.lines import BadLine, Frame
from service.conversions.inbound.reported.rows import PanelRow
from service.conversions.inbound.reported.schemas import Figures, LineKey, NewLine
from service.imports.outcomes import Origin, Outcome
from service.imports.rejects import REASONS
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.links.front.click_ids import clicked_at

_WIDTH = len(LineKey.__struct_fields__)
Found = tuple[UUID | None, UUID | None]


async def take_in(db: Connection, origin: Origin, rows: Sequence[PanelRow]) -> Sequence[Outcome]:
    """Writes the lines of a batch; an outcome for each row."""
    frame = await _frame(db, origin)
    seen: dict[LineKey, Figures] = origin.kept.setdefault("lines", {})
    told: list[Outcome | LineKey] = []
    touched: dict[LineKey, None] = {}
    for row in rows:
        try:
            key, figures = lines.line(row, frame)
        except BadLine as bad:
            told.append(Outcome("rejected", bad.reason, f"{bad.column}: {REASONS[bad.reason]}"))
            continue
        # What the file says of a line in several rows is one sum, also across batches.
        seen[key] = lines.added(seen[key], figures) if key in seen else figures
        touched[key] = None
        told.append(key)
    outcomes = await _put(db, origin, {key: seen[key] for key in touched})
    return [each if isinstance(each, Outcome) else outcomes[each] for each in told]


async def _frame(db: Connection, origin: Origin) -> Frame:
    if "frame" not in origin.kept:
        workspace = await get_workspace(db, origin.workspace_id)
        origin.kept["frame"] = Frame(
            origin.shop.strip(), origin.source, workspace.currency, origin.as_of.date()
        )
    frame: Frame = origin.kept["frame"]
    return frame


async def _put(db: Connection, origin: Origin, wanted: dict[LineKey, Figures]) -> dict[LineKey, Outcome]:
    keys = sorted(wanted)
    if not keys:
        return {}
    known = {}
    for row in await store.known_lines(db, origin.workspace_id, keys):
        values = structs.astuple(row)
        known[LineKey(*values[:_WIDTH])] = Figures(*values[_WIDTH:])
    changed = [key for key in keys if known.get(key) != wanted[key]]
    await _write(db, origin, {key: wanted[key] for key in changed})
    return {
        key: Outcome(
            "unchanged" if known.get(key) == wanted[key] else "updated" if key in known else "created"
        )
        for key in keys
    }


async def _write(db: Connection, origin: Origin, changed: dict[LineKey, Figures]) -> None:
    if not changed:
        return
    found = await _whose(db, origin.workspace_id, list(changed))
    new = [_new(key, figures, found[key]) for key, figures in changed.items()]
    await store.put_lines(db, origin.workspace_id, new, origin.import_id)


def _new(key: LineKey, figures: Figures, whose: Found) -> NewLine:
    values = structs.asdict(key) | structs.asdict(figures)
    return NewLine(**values, id=ids.new(), link_id=whose[0], partner_id=whose[1])


async def _whose(db: Connection, workspace_id: UUID, keys: Sequence[LineKey]) -> dict[LineKey, Found]:
    """Link and partner: of the click that a line names, else of the tracking id."""
    links = {
        (row.network, row.tracking_id): (row.link_id, row.partner_id)
        for row in await store.tracked_links(db, workspace_id, sorted({key.tracking_id for key in keys}))
    }
    named = {key: click for key in keys if (click := _click(key.sub_id)) is not None}
    asked = sorted(set(named.values()))
    clicks = {
        row.click_id: (row.link_id, row.partner_id)
        for row in await store.tracked_clicks(db, workspace_id, asked, [clicked_at(each) for each in asked])
    }
    nobody: Found = (None, None)
    found = {key: links.get((key.network, key.tracking_id), nobody) for key in keys}
    return found | {key: clicks[click] for key, click in named.items() if click in clicks}


def _click(sub_id: str) -> UUID | None:
    try:
        return ids.read("clk", sub_id)
    except NotFound:
        return None
