"""Figures of mentions: what analyses read of each, in the order of time."""

from migrations.helpers import run

revision = "0042_mention_hours"
down_revision = "0041_mention_sources"
branch_labels = None
depends_on = None


def upgrade() -> None:
    figures()
    authors()


def figures() -> None:
    """`by_hand`: the label is a person's. Such labels are true, the model's are corrected for its errors."""
    run("""
    alter table mention_search add column by_hand boolean not null default false;
    update mention_search s set by_hand = true from mentions m
    where m.workspace_id = s.workspace_id and m.id = s.mention_id and m.hand_label is not null;
    drop index mention_search_by_time;
    -- serves: spans of time, the newest first; figures of a span without the rows, whose words are wide. Its
    -- order is that of mention_matches, so that a query's mentions of a span are found by merging the two.
    create index mention_search_figures on mention_search (workspace_id, published_at, mention_id)
        include (platform, language, country, label, by_hand, text_kind, author_key, influencer_id, followers,
            reach, engagement, stars);
    -- Sums read the index alone as long as the table's pages are known to be visible.
    alter table mention_search set (autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_vacuum_insert_scale_factor = 0.02);
    alter table mention_matches set (autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_vacuum_insert_scale_factor = 0.02);
    """)


def authors() -> None:
    run("""
    -- serves: an author's mentions by handle; the older ones of somebody who becomes a known influencer
    create index mention_search_of_author on mention_search (workspace_id, author_folded, published_at)
        where author_folded is not null;
    drop index mentions_of_author;
    -- serves: an author's newest mention, by which they are named; all of an author who goes
    create index mentions_of_author on mentions (workspace_id, author_key, published_at)
        where author_key is not null;
    """)
