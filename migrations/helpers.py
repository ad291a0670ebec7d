"""What migrations are written with: raw SQL, and the wall around a workspace's table.

`op.execute` prepares its text (so one statement only) and reads `:true` inside JSON as a bind parameter;
`run` hands the text to the driver as it is.
"""

from alembic import op
from sqlalchemy.util import await_only

WORKSPACE = "nullif(current_setting('app.workspace_id', true), '')::uuid"
PARTNER = "nullif(current_setting('app.partner_id', true), '')::uuid"

RECORDS = f"""array(
    select p.id from partners p
    where p.workspace_id = {WORKSPACE} and ({PARTNER} = p.id or {PARTNER} = p.merged_into)
)"""


def run(text: str) -> None:
    """Runs one or many statements, inside the migration's transaction if it has one."""
    bind = op.get_bind()
    # The dialect begins its transaction at the first statement it sees itself.
    bind.exec_driver_sql("select 1")
    await_only(bind.connection.driver_connection.execute(text))  # type: ignore[union-attr]


def app_role() -> str:
    """The quoted name of the role that API and job processes log in with."""
    return quoted(_attribute("app_role"))


def search_role() -> str:
    """The quoted name of the role that reads the search tables and nothing else."""
    return quoted(_attribute("search_role"))


def _attribute(name: str) -> str:
    config = op.get_context().config
    if config is None:
        raise RuntimeError("migrations run through migrations.migrate")
    return str(config.attributes[name])


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def wall(table: str, *, search: bool = False, rights: str = "select, insert, update, delete") -> None:
    """Puts a workspace's wall around a table.

    Two policies under FORCE: `wall` for the app, and `owner`, without which an owner's backfill would
    silently change no row. `search` lets the search role read the table across workspaces (its statements
    start with the workspace predicate); `rights` narrows what the app may do (a ledger: no update).
    """
    run(f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy wall on {table} to {app_role()}
            using (workspace_id = {WORKSPACE}) with check (workspace_id = {WORKSPACE});
        create policy owner on {table} to current_user using (true) with check (true);
        grant {rights} on {table} to {app_role()};
    """)
    if search:
        run(f"""
            create policy search on {table} for select to {search_role()} using (true);
            grant select on {table} to {search_role()};
        """)


def partner_wall(table: str, column: str = "partner_id") -> None:
    """A second, restrictive policy: a partner's transaction sees and writes the partner's own rows only.

    While `app.partner_id` is unset, everything is as without it. A CASE and no OR: of an equality the planner
    expects one row in 200, whatever is set, and sorts 20,000 rows for a page of 50 (290 ms instead of 1).
    """
    run(f"""
        create policy partner_wall on {table} as restrictive to {app_role()}
            using (case when {PARTNER} is null then true else {column} = {PARTNER} end);
    """)


def records_wall(table: str, own: str | None = None) -> None:
    """As `partner_wall`, for what keeps its partner when records are merged: the duplicates' rows belong to
    the partner that they were merged into, too. `own` says otherwise whose a row is. Replaces a wall that
    the table has.

    The array is one lookup a statement, however many rows there are.
    """
    condition = own or f"partner_id = any({RECORDS})"
    run(f"""
        drop policy if exists partner_wall on {table};
        create policy partner_wall on {table} as restrictive to {app_role()}
            using (case when {PARTNER} is null then true else {condition} end);
    """)


def shared(table: str, rights: str = "select") -> None:
    """Rights on a table that has no workspace (the closed list of tests/house)."""
    run(f"grant {rights} on {table} to {app_role()};")


def entry(function: str) -> None:
    """Opens a SECURITY DEFINER function of the schema `entry` to the app role alone."""
    run(f"revoke all on function {function} from public")
    run(f"grant execute on function {function} to {app_role()}")
