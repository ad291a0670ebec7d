"""What is closed to partners' transactions: every walled table without a partner's wall that is not listed.

It runs behind the versions, whichever ran, and changes what differs: so a new table is closed to partners
until somebody gives it a `partner_wall`, or opens it here and says why.
"""

from typing import Any

import asyncpg

from migrations.helpers import PARTNER, quoted

# What partners' transactions may do at tables that have no partner's wall.
OPEN: dict[str, frozenset[str]] = {
    # The brand's name, zone, currency and hosts. Operations choose what they show of it.
    "workspaces": frozenset({"select"}),
    # Their deeds are noted; the log is the brand's.
    "audit_log": frozenset({"insert"}),
    # Hours whose clicks are not rolled up yet: nobody's, and without them figures would lag behind.
    "click_marks": frozenset({"select"}),
    # Mails to them, and what else leaves the house on their behalf.
    "outbox": frozenset({"insert"}),
    # By digests of a caller and a key: a repeated request finds its own answer alone.
    "idempotency_keys": frozenset({"select", "insert", "update", "delete"}),
}
COMMANDS = ("select", "insert", "update", "delete")
_POLICY = "no_partner"


def wanted(policies: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The closing policies that each table should have, by the policies that it has now.

    >>> wanted({"notes": frozenset({"wall", "owner"})})
    {'notes': frozenset({'no_partner'})}
    >>> wanted({"links": frozenset({"wall", "partner_wall", "no_partner"})})
    {'links': frozenset()}
    """
    return {table: _closing(table, names) for table, names in policies.items() if "wall" in names}


def _closing(table: str, names: frozenset[str]) -> frozenset[str]:
    if "partner_wall" in names:
        return frozenset()
    if table not in OPEN:
        return frozenset({_POLICY})
    return frozenset(f"{_POLICY}_{command}" for command in COMMANDS if command not in OPEN[table])


async def close_to_partners(db: "asyncpg.Connection[Any]", app: str) -> None:
    """Makes and drops closing policies, as the owner. What is right already is not touched, nor locked."""
    async with db.transaction():
        rows = await db.fetch("""
            select tablename, array_agg(policyname::text) from pg_policies
            where schemaname = 'public' group by 1 order by 1
        """)
        present = {table: frozenset(names) for table, names in rows}
        for table, closing in wanted(present).items():
            for name in sorted({each for each in present[table] if each.startswith(_POLICY)} - closing):
                await db.execute(f"drop policy {name} on {quoted(table)}")
            for name in sorted(closing - present[table]):
                await db.execute(_statement(table, name, app))


def _statement(table: str, name: str, app: str) -> str:
    command = name.removeprefix(_POLICY).removeprefix("_") or "all"
    checked = "with check" if command == "insert" else "using"
    return (
        f"create policy {name} on {quoted(table)} as restrictive for {command} to {quoted(app)} "
        f"{checked} ({PARTNER} is null)"
    )
