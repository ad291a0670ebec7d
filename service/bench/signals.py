"""What scores read beside rates and audiences, made up: samples, growth, authority, texts' vectors."""

from random import Random
from uuid import UUID

from scoring.content import space
from scoring.content.text import Document, of_influencer
from service.bench.profiles import NOW, profiles
from service.discovery.content import store as content
from service.kit import ids
from service.kit.db import Connection

LEARNT = 1_000
TABLES = ("follower_samples", "account_growth", "account_authority", "account_activity", "content_vectors")


async def fill_signals(db: Connection, workspace_id: UUID) -> None:
    """Of half of the accounts a sample of followers, of most growth and authority, of everybody a text."""
    await db.execute(_SAMPLES, workspace_id, NOW)
    for statement in (_GROWTH, _AUTHORITY, _ACTIVITY):
        await db.execute(statement, workspace_id)
    await _texts(db, workspace_id)
    for table in TABLES:
        await db.execute(f"vacuum (analyze) {table}")


# hashtext instead of random(): equal runs have equal rows.
_SHARE = "(hashtext(id::text || '{salt}')::bigint + 2147483648) / 4294967296.0"
_SAMPLES = f"""
    insert into follower_samples (workspace_id, id, account_id, as_of, source, n, n_known, flagged, tpr, fpr,
        latest)
    select $1, id, id, $2, 'bench', 500, true, 500 * {_SHARE.format(salt="f")} / 2, .95, .05, true
    from influencer_accounts where workspace_id = $1 and {_SHARE.format(salt="s")} < .5
"""
_GROWTH = f"""
    insert into account_growth (workspace_id, account_id, usual, weeks)
    select $1, id, .8 + {_SHARE.format(salt="g")} / 5, 26 from influencer_accounts
    where workspace_id = $1 and {_SHARE.format(salt="h")} < .8
"""
_AUTHORITY = f"""
    insert into account_authority (workspace_id, account_id, topic, creator, pagerank, mentioners, creators,
        version)
    select $1, id, '', false, {_SHARE.format(salt="p")}, 40 * {_SHARE.format(salt="m")},
        10 * {_SHARE.format(salt="c")}, 1
    from influencer_accounts where workspace_id = $1 and {_SHARE.format(salt="a")} < .8
"""
_ACTIVITY = f"""
    insert into account_activity (workspace_id, account_id, first_seen_at, gaps, irregular)
    select $1, id, elci_now() - interval '1 day' * (100 + 1000 * {_SHARE.format(salt="y")}), 20, false
    from influencer_accounts where workspace_id = $1
"""


async def _texts(db: Connection, workspace_id: UUID) -> None:
    """A space of some texts, whose vectors are dealt out: the arithmetic does not care whose they are."""
    made = space.fit(documents(LEARNT))
    artefact, digest = space.write(made)
    space_id = ids.new()
    await content.add_space(db, workspace_id, space_id, made.sizes[1], LEARNT, digest, artefact)
    await content.make_ready(db, workspace_id, space_id)
    vectors = made.project(documents(LEARNT)).encode()
    await db.execute(
        """insert into content_vectors (workspace_id, space_id, influencer_id, digest, vector)
           select $1, $2, id, ''::bytea,
               ($3::bytea[])[1 + mod(row_number() over (order by id), cardinality($3::bytea[]))]
           from influencers where workspace_id = $1""",
        *(workspace_id, space_id, vectors),
    )


def documents(count: int) -> list[Document]:
    """Texts of made-up influencers, each with a caption of its field."""
    rng = Random(7)  # noqa: S311 - nothing is kept secret by it
    return [
        of_influencer(who.bio, who.categories, [f"{rng.choice(WORDS)} #{rng.choice(WORDS)}"])
        for who, _, _ in profiles(count, seed=2)
    ]


WORDS = ("kahve", "kahvaltı", "tarif", "moda", "spor", "gezi", "deniz", "kitap", "müzik", "oyun")
