"""Orders of customers who share a payout account with a partner."""

from migrations.helpers import entry, run

revision = "0037_shared_accounts"
down_revision = "0036_partner_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # True of what stands there already, too: it is looked at once.
    run("""
    alter table payout_accounts add column unseen boolean not null default true;
    -- serves: accounts that have come or ended since reviews looked
    create index payout_accounts_unseen on payout_accounts (workspace_id) where unseen;

    create function entry.changed_payout_accounts() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$ select distinct a.workspace_id from payout_accounts a where a.unseen $$;
    """)
    entry("entry.changed_payout_accounts()")
