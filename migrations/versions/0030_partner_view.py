"""What a partner's own view reads: walls on conversions and programs, and links that partners made."""

from migrations.helpers import PARTNER, RECORDS, WORKSPACE, records_wall, run

revision = "0030_partner_view"
down_revision = "0029_applications"
branch_labels = None
depends_on = None

OF_RECORDS = ("partner_history", "commissions", "ledger_entries", "ledger_accounts", "clicks")


def upgrade() -> None:
    records_wall("partners", f"({PARTNER} = id or {PARTNER} = merged_into)")
    for table in OF_RECORDS:
        records_wall(table)
    _conversions()
    _programs()
    _links()


def _conversions() -> None:
    # Who is paid a part of an order sees it; who was passed over does not even learn of it.
    run("""
    -- serves: GET /v1/partner/conversions, newest first; the partners' wall around conversions
    create index conversion_touches_paid on conversion_touches (workspace_id, partner_id, conversion_id)
        where share > 0 and partner_id is not null;
    """)
    records_wall("conversion_touches")
    records_wall(
        "conversions",
        f"""exists (
            select from conversion_touches t
            where t.workspace_id = conversions.workspace_id and t.conversion_id = conversions.id
                and t.partner_id = any({RECORDS}) and t.share > 0
        )""",
    )


def _programs() -> None:
    # Those that the partner is or was in: what was earned by a former one is still explained by it.
    joined = f"""exists (
        select from partner_history h
        where h.workspace_id = {WORKSPACE} and h.program_id = {{}} and h.partner_id = any({RECORDS})
    )"""
    records_wall("programs", joined.format("programs.id"))
    records_wall("program_terms", joined.format("program_terms.program_id"))
    records_wall("program_history", joined.format("program_history.program_id"))


def _links() -> None:
    # Partners change what they made themselves, and nothing that the brand made for them.
    run("""
    alter table links add column by_partner boolean not null default false;
    -- serves: GET /v1/partner/commissions, newest first
    create index commissions_of_partner on commissions (workspace_id, partner_id, id);
    """)
