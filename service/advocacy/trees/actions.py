"""Brings the sums of forests to what accounts, referrals and orders say now."""

from uuid import UUID

from service.advocacy.trees import folding, loading, reading, store
from service.advocacy.trees.store import PartRow
from service.discovery.computations.threads import in_thread
from service.kit import clock
from service.kit.db import Connection

# Changes of one transaction; of more than MANY all is summed up anew, which costs the same for any number.
AT_ONCE, MANY = 500, 20_000
_NETS: reading.Layout = [
    ("referral", reading.UUID),
    ("currency", reading.CURRENCY),
    ("net", reading.SUM),
]


async def fold(db: Connection, workspace_id: UUID, program_id: UUID, limit: int = AT_ONCE) -> int:
    """Adds the oldest changes to the sums; how many there were. As many steps each as generations above."""
    await store.take_forest(db, workspace_id, program_id)
    as_of = await clock.now(db)
    changes = await store.take_changes(db, workspace_id, program_id, limit)
    accounts = await store.accounts(
        db,
        workspace_id,
        sorted({row.advocate_id for row in changes if row.advocate_id is not None}),
        sorted({row.referral_id for row in changes if row.referral_id is not None}),
    )
    # A friend who has an account now is counted as that.
    referral_ids = {row.referral_id for row in changes if row.referral_id is not None}
    referral_ids |= {row.referral_id for row in accounts if row.referral_id is not None}
    old = {row.referral_id: row for row in await store.parts(db, workspace_id, sorted(referral_ids))}
    new = folding.kept(await store.parts_now(db, workspace_id, sorted(referral_ids)), old)
    meant = {row.advocate_id for row in accounts} | {row.advocate_id for row in (*old.values(), *new)}
    meant |= {row.parent_id for row in accounts if row.parent_id is not None}
    nodes = await store.nodes_and_above(db, workspace_id, sorted(meant))
    moved = _moved(old, new)
    changed = folding.fold(nodes, accounts, *moved)
    await store.save_nodes(db, workspace_id, program_id, changed)
    await store.save_parts(db, workspace_id, program_id, moved[1])
    if len(changes) < limit:
        await store.save_forest(db, workspace_id, program_id, as_of)
    return len(changes)


def _moved(old: dict[UUID, PartRow], new: list[PartRow]) -> tuple[list[PartRow], list[PartRow]]:
    """The parts that are not as they were, before and after."""
    changed = [
        part for part in new if old.get(part.referral_id) != part and (part.referral_id in old or _adds(part))
    ]
    return [old[part.referral_id] for part in changed if part.referral_id in old], changed


def _adds(part: PartRow) -> bool:
    return part.friend or part.customer


async def sum_up(db: Connection, workspace_id: UUID, program_id: UUID) -> int:
    """Sums a whole program up anew; how many accounts it has. What changes meanwhile waits for its turn."""
    from service.advocacy.trees import summing

    await store.take_forest(db, workspace_id, program_id)
    as_of = await clock.now(db)
    await store.drop_changes(db, workspace_id, program_id)
    program = await loading.load(db, workspace_id, program_id)
    nets = await reading.columns(db, store.NETS, _NETS, workspace_id, program_id)
    unknown = await store.parts_of_unknown(db, workspace_id, program_id)
    kept = {row.referral_id.bytes: row.nets for row in unknown}
    nodes, parts = await in_thread(lambda: summing.lines(program, nets, kept))
    await store.stage(db, nodes, parts)
    await store.take_staged(db, workspace_id, program_id)
    await store.save_forest(db, workspace_id, program_id, as_of)
    return len(program.people.ids)
