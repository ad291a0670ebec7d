"""Events of one transaction, collected, compared with what was told, and queued in their order."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec import Struct

from service.kit import clock, ids, outbox
from service.kit.db import Connection
from service.partner.postbacks.deciding import State
from service.partner.postbacks.schemas import SubscribedRow
from service.partner.postbacks.telling import store

if TYPE_CHECKING:
    from service.partner.postbacks.telling.reading import Watching

TOPIC = "partner.postbacks"
Subject = tuple[UUID, UUID]


class Wake(Struct):
    """A message: something waits for this postback."""

    postback_id: UUID


class Draft(Struct):
    """An event of a partner."""

    name: str
    event_id: UUID
    values: dict[str, str]


class Drafts:
    """What is to be told, by partner; and what was told before and is now, by partner and thing."""

    def __init__(self, workspace_id: UUID, told: Mapping[Subject, State]) -> None:
        self.workspace_id, self.told = workspace_id, told
        self.changed: dict[Subject, State] = {}
        self.drafts: defaultdict[UUID, list[Draft]] = defaultdict(list)

    @classmethod
    async def read(
        cls, db: Connection, workspace_id: UUID, watching: "Watching", subjects: Sequence[UUID]
    ) -> "Drafts":
        """With what was told of these things."""
        rows = await store.told(db, workspace_id, sorted(watching.names), subjects)
        found = {(row.partner_id, row.subject_id): State(row.status, row.amount) for row in rows}
        return cls(workspace_id, found)

    def before(self, partner_id: UUID, subject_id: UUID) -> State | None:
        """What was told last."""
        return self.told.get((partner_id, subject_id))

    def now(self, partner_id: UUID, subject_id: UUID, state: State) -> None:
        """What is told now."""
        if self.before(partner_id, subject_id) != state:
            self.changed[partner_id, subject_id] = state

    def add(self, partner_id: UUID, name: str, values: dict[str, str]) -> None:
        """An event, behind those that were added."""
        self.drafts[partner_id].append(Draft(name, ids.new(), values))

    async def write(self, db: Connection) -> None:
        """Queues it for each postback that asked for it. The caller holds the partners' turns in the
        ledger, so that what is told of one thing is told in one order."""
        if self.changed:
            keys, states = list(self.changed), list(self.changed.values())
            await store.put_told(
                db,
                self.workspace_id,
                [partner_id for partner_id, _ in keys],
                [subject_id for _, subject_id in keys],
                [state.status for state in states],
                [state.amount for state in states],
            )
        at = (await clock.now(db)).isoformat().replace("+00:00", "Z") if self.drafts else ""
        for partner_id in sorted(self.drafts):
            subscribed = await store.lock_subscribed(db, self.workspace_id, partner_id)
            await queue(db, self.workspace_id, partner_id, subscribed, self.drafts[partner_id], at)


async def queue(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    subscribed: Sequence[SubscribedRow],
    drafts: Sequence[Draft],
    at: str,
) -> None:
    """Puts events at the end of postbacks, whose rows are locked, and wakes who sends them."""
    rows: list[dict[str, Any]] = []
    last: dict[UUID, int] = {}
    for postback in subscribed:
        for draft in drafts:
            if draft.name in postback.events:
                seq = last.get(postback.id, postback.last_seq) + 1
                last[postback.id] = seq
                rows.append(_row(postback.id, seq, draft, at))
    if not rows:
        return
    await store.add_deliveries(db, workspace_id, partner_id, rows)
    await store.set_last(db, workspace_id, list(last), list(last.values()))
    for postback_id in last:
        await wake(db, workspace_id, postback_id)


def _row(postback_id: UUID, seq: int, draft: Draft, at: str) -> dict[str, Any]:
    named = {"event": draft.name, "event_id": ids.show("evt", draft.event_id), "occurred_at": at}
    return {
        "id": ids.new(),
        "postback_id": postback_id,
        "seq": seq,
        "event": draft.name,
        "event_id": draft.event_id,
        "values": named | draft.values,
    }


async def wake(db: Connection, workspace_id: UUID, postback_id: UUID, delay_s: float = 0.0) -> None:
    """Has what waits for a postback sent, then."""
    delay = timedelta(seconds=delay_s) if delay_s else None
    await outbox.put(db, workspace_id, TOPIC, Wake(postback_id), lane=str(postback_id), delay=delay)
