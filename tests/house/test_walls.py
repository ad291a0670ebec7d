"""Each table that has a workspace stands behind a wall; what has none is on a closed list."""

import asyncpg
import httpx
import pytest

from migrations.closing import COMMANDS
from service.kit import ids
from service.kit.db import Connection, Database
from service.settings import Settings, app_role, search_role

# Exempt from the key rule and the wall (ARCHITECTURE.md, "Walls and roles").
WITHOUT_WORKSPACE = {
    "address_ranges",
    "alembic_version",
    "partner_codes",
    "people",
    "pgqueuer",
    "pgqueuer_log",
    "pgqueuer_schedules",
    "pgqueuer_statistics",
    "rate_limits",
    "salts",
    "workspaces",
}
# A workspace's key is its own id, and so is its wall.
WALLED_BY_ID = {"workspaces"}
# What is found before the workspace is known.
ENTRY_FUNCTIONS = {
    "alerting_workspaces",
    "advocacy_report_workspaces",
    "rewarding_workspaces",
    "branching_workspaces",
    "find_join_page",
    "joining_workspaces",
    "doubted_programs",
    "voucher_workspaces",
    "disclosing_workspaces",
    "drop_click_day",
    "add_click_days",
    "clear_inbound",
    "click_privacy",
    "clicked_workspaces",
    "content_workspaces",
    "drop_inbound",
    "drop_score_contexts",
    "due_workspaces",
    "waiting_workspaces",
    "drop_mention_fetches",
    "drop_score_runs",
    "due_mention_sources",
    "earning_workspaces",
    "find_integration",
    "find_invitation",
    "find_key",
    "find_partner_invitation",
    "find_partner_session",
    "find_program",
    "find_session",
    "find_share",
    "is_host_of_others",
    "link_hosts",
    "lost_work",
    "marked_workspaces",
    "memberships",
    "new_workspace",
    "noticing_workspaces",
    "open_work",
    "partner_memberships",
    "purge_kit",
    "purge_site_events",
    "purge_referral_marks",
    "purge_track_keys",
    "resolve_link",
    "reviewed_workspaces",
    "changed_payout_accounts",
    "stale_prices",
    "sweep_graphs",
    "sweep_imports",
    "touch_key",
    "waiting_inbound",
}
# Tables without a partner's wall that partners' transactions may use, and for what (migrations/closing.py).
OPEN_TO_PARTNERS = {
    "audit_log": {"insert"},
    "click_marks": {"select"},
    "idempotency_keys": {"select", "insert", "update", "delete"},
    "outbox": {"insert"},
    "workspaces": {"select"},
}
SEARCH_TABLES = {"influencer_search", "influencer_names", "mention_matches", "mention_search"}


async def _tables(owner: Connection) -> list[str]:
    rows = await owner.fetch(
        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    )
    return [row[0] for row in rows]


async def test_every_table_leads_its_key_with_the_workspace(owner: Connection) -> None:
    rows = await owner.fetch("""
        select c.relname, a.attname from pg_index i join pg_class c on c.oid = i.indrelid
        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where i.indisprimary and c.relnamespace = 'public'::regnamespace
    """)
    leading = dict(rows)
    others = {table for table in await _tables(owner) if leading.get(table) != "workspace_id"}
    assert others == WITHOUT_WORKSPACE


async def test_row_level_security_is_forced(owner: Connection) -> None:
    open_tables = await owner.fetch("""
        select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and not (relrowsecurity and relforcerowsecurity)
    """)
    assert {row[0] for row in open_tables} == WITHOUT_WORKSPACE - WALLED_BY_ID


async def test_every_wall_has_both_policies(owner: Connection) -> None:
    rows = await owner.fetch("select tablename, array_agg(policyname::text) from pg_policies group by 1")
    missing = {table for table, names in rows if not {"wall", "owner"} <= set(names)}
    assert missing == set()


async def test_views_use_the_rights_of_their_caller(owner: Connection) -> None:
    views = await owner.fetch("""
        select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace
        and not coalesce('security_invoker=true' = any(reloptions), false)
    """)
    assert [row[0] for row in views] == []


async def test_roles_stand_behind_the_walls(owner: Connection, settings: Settings) -> None:
    rows = await owner.fetch(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = any($1)",
        [app_role(settings), search_role(settings)],
    )
    assert len(rows) == 2
    assert not any(row["rolsuper"] or row["rolbypassrls"] or row["rolcreaterole"] for row in rows)
    owned = await owner.fetchval(
        "select count(*) from pg_class where pg_get_userbyid(relowner) = any($1)",
        [app_role(settings), search_role(settings)],
    )
    assert owned == 0


async def test_the_search_role_reads_the_search_tables_alone(owner: Connection, settings: Settings) -> None:
    readable = await owner.fetch(
        """select c.relname from pg_class c where c.relkind in ('r', 'p', 'v')
           and c.relnamespace = 'public'::regnamespace and has_table_privilege($1, c.oid, 'select')""",
        search_role(settings),
    )
    assert {row[0] for row in readable} == SEARCH_TABLES
    assert not await owner.fetchval(
        "select pg_has_role($1, $2, 'member')", app_role(settings), search_role(settings)
    )


async def test_entry_functions_are_a_closed_list(owner: Connection) -> None:
    rows = await owner.fetch("""
        select proname, prosecdef, coalesce(array_to_string(proconfig, ','), '') as config
        from pg_proc where pronamespace = 'entry'::regnamespace
    """)
    assert {row["proname"] for row in rows} == ENTRY_FUNCTIONS
    assert all(row["prosecdef"] and "search_path=" in row["config"] for row in rows)


async def test_what_has_no_partner_s_wall_is_closed_to_partners(owner: Connection) -> None:
    rows = await owner.fetch("""
        select tablename, array_agg(policyname::text) from pg_policies where permissive = 'RESTRICTIVE'
        and schemaname = 'public' group by 1
    """)
    restrictive = {table: set(names) for table, names in rows}
    walled = set(await _tables(owner)) - (WITHOUT_WORKSPACE - WALLED_BY_ID)
    for table in walled:
        names = restrictive.get(table, set())
        if table in OPEN_TO_PARTNERS:
            closed = set(COMMANDS) - OPEN_TO_PARTNERS[table]
            assert names == {f"no_partner_{command}" for command in closed}, table
        else:
            assert names in ({"partner_wall"}, {"no_partner"}), table


async def test_a_partner_s_transaction_gets_nothing_else(
    client: httpx.AsyncClient, database: Database, owner: Connection
) -> None:
    made = (await client.post("/v1/partners", json={"name": "Ayşe"})).json()
    await client.post("/v1/influencers", json={"name": "Kahve Durağı", "notes": "x", "tags": ["y"]})
    workspace_id = await owner.fetchval("select workspace_id from partners")
    partner_id = ids.read("prt", made["id"])
    closed = "select tablename from pg_policies where policyname = 'no_partner'"
    tables = [row[0] for row in await owner.fetch(closed)]
    assert {"influencers", "api_keys"} & set(tables) == {"influencers"}
    async with database.transaction(workspace_id) as db:
        assert await db.fetchval("select count(*) from influencers") == 1
    async with database.transaction(workspace_id, partner_id) as db:
        for table in tables:
            assert await db.fetchval(f"select count(*) from {table}") == 0, table
        assert await db.fetchval("select count(*) from audit_log") == 0
        assert await db.fetchval("select name from workspaces") == "Brand"
        assert await db.execute("update workspaces set name = 'x'") == "UPDATE 0"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction(workspace_id, partner_id) as db:
            await db.execute(
                "insert into influencer_tombstones select * from influencer_tombstones "
                "union all select (jsonb_populate_record(null::influencer_tombstones, $1::jsonb)).*",
                {"workspace_id": str(workspace_id)},
            )


async def test_without_a_workspace_there_are_no_rows(db: Connection) -> None:
    await db.execute("select set_config('app.workspace_id', '', true)")
    for table in ("influencers", "jobs", "api_keys"):
        assert await db.fetchval(f"select count(*) from {table}") == 0
