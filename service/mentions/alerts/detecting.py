"""One rule looked at: new hours and those that late mentions reach, spikes kept, alerts made and told.

All in one transaction that holds the rule, so that two workers look one after the other, and what is cut
short has not happened. That a spike alerts once is held by constraints.
"""

import asyncio
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from scoring.spikes import Event
from service.accounts.workspaces import store as workspaces
from service.accounts.workspaces.schemas import WorkspaceRow
from service.kit import clock, ids
from service.kit.db import Connection
from service.mentions.alerts import samples, store, telling, usual, walking
from service.mentions.alerts.calendar import store as events
from service.mentions.alerts.rules import store as rules
from service.mentions.alerts.rules.schemas import Watched
from service.mentions.alerts.schemas import AlertRow, KeptCause, KeptCrisis, KeptPolarity, SampleRow, SpikeRow
from service.mentions.alerts.states import checklist
from service.mentions.alerts.walking import HOUR, WEEKS, Limits, Seen

# So many mentions of a spike, and of the weeks before it, tell its cause.
SPIKE_SAMPLE, USUAL_SAMPLE = 2_000, 3_000
# The newest of the workspace's own events that are known.
MOST_EVENTS = 1_000
# A cause is looked for again when there are so many more mentions.
GROWN = 1.25


class Looking(Struct):
    """What a look at a rule needs."""

    db: Connection
    workspace: WorkspaceRow
    rule: Watched
    now: datetime


class Figures(Struct):
    """What is known of a spike now."""

    total: KeptPolarity
    crisis: KeptCrisis
    kind: str | None
    ended_at: datetime | None


async def look(db: Connection, workspace_id: UUID, rule_id: UUID) -> int:
    """Looks at a rule's query; how many alerts are new. 0 also where the rule is off or the query's matches
    are not complete."""
    rule = await rules.lock_watched(db, workspace_id, rule_id)
    if rule is None:
        return 0
    made = Looking(db, await workspaces.get_workspace(db, workspace_id), rule, await clock.now(db))
    if rule.fitted_version not in (None, rule.query_version):
        # Another expression has other hours.
        made.rule = structs.replace(
            rule, watched_from=walking.hour_of(made.now), baselines=[], occurrences=[]
        )
    newest = await store.newest_spike(db, workspace_id, rule.query_id)
    return sum([await _follow(made, seen, newest) for seen in await _seen(made, newest)])


async def _seen(made: Looking, newest: SpikeRow | None) -> list[Seen]:
    rule, running = made.rule, walking.hour_of(made.now)
    own = await events.list_events(made.db, made.workspace.id, None, None, None, MOST_EVENTS)
    source = usual.Source(
        *(made.db, made.workspace.id, rule.query_id, made.workspace.timezone),
        [Event(one.key, one.starts_at, one.ends_at) for one in own],
    )
    first = walking.first_hour(rule.watched_from, rule.checked_at, made.now)
    counts = await usual.counts(source, first, running + HOUR)
    found = await usual.usual(source, first, running, rule.baselines, rule.occurrences)
    await _note(made, found)
    on = source.events(first, running + HOUR)
    past = [*found.occurrences, *await usual.running(source, on, found.newest[-1], running)]
    spell = newest.spell if newest is not None and newest.ended_at is None else None
    told_until = newest.last_at if newest is not None and spell is None else None
    limits = Limits(rule.p, rule.min_mentions)
    hours = walking.judged(counts, (first, running), found.baseline_of, (on, past), limits)
    return walking.walk(spell, told_until, hours, running)


async def _note(made: Looking, found: usual.Usual) -> None:
    rule = made.rule
    if found.fresh or rule.fitted_version != rule.query_version:
        await rules.note_checked(
            *(made.db, made.workspace.id, rule.id, rule.watched_from, made.now, rule.query_version),
            *(found.newest, found.occurrences),
        )
    else:
        await rules.note_looked(made.db, made.workspace.id, rule.id, made.now)


async def _follow(made: Looking, seen: Seen, newest: SpikeRow | None) -> int:
    """Keeps a spike and brings its alert up to date; 1 where the alert is new."""
    spike = await _kept(made, seen, newest)
    figures = await _figures(made, seen, spike)
    alert = await store.lock_alert_of(made.db, made.workspace.id, spike.id)
    if alert is not None:
        await _refresh(made, seen, spike, alert, figures)
        return 0
    if figures.kind is None or not figures.total.mentions:
        return 0
    await _open(made, seen, spike, figures)
    return 1


async def _kept(made: Looking, seen: Seen, newest: SpikeRow | None) -> SpikeRow:
    db, workspace_id, spell = made.db, made.workspace.id, seen.spell
    ended_at = spell.last_at + HOUR if seen.over else None
    if newest is not None and newest.opened_at == spell.opened_at:
        await store.save_spike(db, workspace_id, newest.id, spell.last_at, ended_at, spell)
        return newest
    query_id = made.rule.query_id
    before = await store.polarity(db, workspace_id, query_id, spell.opened_at - WEEKS, spell.opened_at)
    return await store.add_spike(
        db, workspace_id, ids.new(), query_id, spell.opened_at, spell.last_at, ended_at, spell, before
    )


async def _figures(made: Looking, seen: Seen, spike: SpikeRow) -> Figures:
    until = seen.spell.last_at + HOUR
    total = await store.polarity(made.db, made.workspace.id, made.rule.query_id, seen.spell.opened_at, until)
    crisis = samples.crisis(total, spike.before)
    kinds = made.rule.kinds
    kind = "crisis" if crisis.crisis and "crisis" in kinds else "spike" if "spike" in kinds else None
    return Figures(total, crisis, kind, until if seen.over else None)


async def _open(made: Looking, seen: Seen, spike: SpikeRow, figures: Figures) -> None:
    cause, examples = await _cause(made, seen, figures)
    spell, kind = seen.spell, figures.kind or "spike"
    alert_id = ids.new()
    await store.add_alert(
        *(made.db, made.workspace.id, alert_id, spike.id, made.rule.query_id, kind, spell.opened_at),
        *(figures.ended_at, spell.peak_at, spell.peak_count, spell.peak_p, figures.total.mentions),
        *(spell.expected, seen.event, cause, figures.crisis, examples),
        checklist(kind, made.rule.checklist),
    )
    await telling.tell(made.db, made.workspace, made.rule, alert_id, telling.OPENED, made.now)


async def _refresh(made: Looking, seen: Seen, spike: SpikeRow, alert: AlertRow, figures: Figures) -> None:
    spell, total = seen.spell, figures.total.mentions
    escalated = alert.kind == "spike" and figures.kind == "crisis"
    cause, examples = alert.cause, alert.example_ids
    if escalated or (total > alert.mentions and (seen.over or total >= GROWN * cause.mentions)):
        cause, examples = await _cause(made, seen, figures)
    # A crisis stays one: what calms down ends, and was one.
    kind = "crisis" if escalated else alert.kind
    crisis = alert.crisis if alert.kind == "crisis" and not figures.crisis.crisis else figures.crisis
    points = checklist(kind, made.rule.checklist, alert.checklist) if escalated else alert.checklist
    peak = (spell.peak_at, spell.peak_count, spell.peak_p)
    after = (kind, figures.ended_at, *peak, total, spell.expected, cause, crisis, examples, points)
    before = (
        *(alert.kind, alert.ended_at, alert.peak_at, alert.peak_count, alert.peak_p, alert.mentions),
        *(alert.expected, alert.cause, alert.crisis, alert.example_ids, alert.checklist),
    )
    if after != before:
        await store.save_figures(made.db, made.workspace.id, alert.id, *after)
    if escalated:
        await store.escalate(made.db, made.workspace.id, alert.id)
        await telling.tell(made.db, made.workspace, made.rule, alert.id, telling.ESCALATED, made.now)


async def _cause(made: Looking, seen: Seen, figures: Figures) -> tuple[KeptCause, list[UUID]]:
    spell, of = seen.spell, (made.db, made.workspace.id, made.rule.query_id)
    rows = await store.sample(*of, spell.opened_at, spell.last_at + HOUR, SPIKE_SAMPLE)
    before = await store.sample(*of, spell.opened_at - WEEKS, spell.opened_at, USUAL_SAMPLE)
    return await asyncio.to_thread(_explained, rows, before, figures, spell.expected)


def _explained(
    rows: list[SampleRow], before: list[SampleRow], figures: Figures, expected: float
) -> tuple[KeptCause, list[UUID]]:
    found = samples.cause(samples.counted(rows), samples.counted(before), figures.total, expected)
    shown = samples.examples(rows, found, figures.crisis.crisis)
    return found, [row.id for row in shown]
