"""Customers' reviews and ratings: what a mention doesn't know of them."""

from migrations.helpers import run, wall

revision = "0053_reviews"
down_revision = "0052_reward_sums"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _reviews()
    _keys()
    _settings()
    for table in ("reviews", "review_keys", "review_settings"):
        wall(table)


def _reviews() -> None:
    # A review is a mention of the same id: stars, words, author and language stand there and nowhere else.
    # `published_at` is the mention's, for the order of lists. `settled`: whether it is known if something
    # was given for it; until then no shop's page shows it.
    run("""
    create table reviews (
        workspace_id uuid not null,
        id uuid not null,
        published_at timestamptz not null,
        shop text collate "C" not null default '',
        product_id text collate "C",
        product_name text,
        order_ref text collate "C",
        conversion_id uuid,
        verified_by text collate "C" check (verified_by in ('order', 'customer')),
        media text[] not null default '{}',
        status text collate "C" not null check (status in ('pending', 'approved', 'rejected')),
        reason text collate "C",
        note text,
        moderated_by text collate "C",
        moderated_at timestamptz,
        answer text,
        answered_by text collate "C",
        answered_at timestamptz,
        told_incentivized boolean not null default false,
        incentivized boolean not null default false,
        settled boolean not null default true,
        erased_at timestamptz,
        created_by text collate "C" not null,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        check ((status = 'rejected') = (reason is not null)),
        check ((verified_by is null) = (conversion_id is null)),
        -- serves: a review, rows of a page, what a mention says beside it
        primary key (workspace_id, id),
        constraint reviews_mention_fkey foreign key (workspace_id, id)
            references mentions (workspace_id, id) on delete cascade
    );
    -- serves: GET /v1/reviews, the newest first; months of a summary
    create index reviews_by_time on reviews (workspace_id, published_at, id);
    -- serves: a product's reviews
    create index reviews_of_product on reviews (workspace_id, product_id, published_at, id)
        where product_id is not null;
    -- serves: what waits for a decision, and what loyalty leaves out
    create index reviews_undecided on reviews (workspace_id, status, published_at, id)
        where status <> 'approved';
    -- serves: reviews of orders that are told later, or called off
    create index reviews_of_order on reviews (workspace_id, shop, order_ref) where order_ref is not null;
    -- serves: reviews of an order
    create index reviews_of_conversion on reviews (workspace_id, conversion_id)
        where conversion_id is not null;
    """)


def _keys() -> None:
    run("""
    create table review_keys (
        workspace_id uuid not null,
        key bytea not null check (octet_length(key) = 32),
        review_id uuid not null,
        -- serves: a customer's reviews; an erasure
        primary key (workspace_id, key, review_id),
        constraint review_keys_review_fkey foreign key (workspace_id, review_id)
            references reviews (workspace_id, id) on delete cascade
    );
    -- serves: who wrote a review
    create index review_keys_review on review_keys (workspace_id, review_id);
    """)


def _settings() -> None:
    run("""
    create table review_settings (
        workspace_id uuid not null references workspaces (id),
        moderation text collate "C" not null check (moderation in ('none', 'all')),
        updated_by text collate "C" not null,
        updated_at timestamptz not null default elci_now(),
        -- serves: the settings of a workspace
        primary key (workspace_id)
    );
    """)
