"""Places on the leaderboard, by each of the ways they are found, are those of a plain count."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from service.advocacy.board import leading
from service.advocacy.terms.shapes import AdvocacyTerms
from service.advocacy.trees import actions
from service.kit import ids
from service.kit.db import Connection, Database
from tests.service.advocacy.advocating import add_advocacy, add_advocate

AT = datetime(2026, 6, 1, tzinfo=UTC)
SPANS = [(None, None), (AT, None), (AT + timedelta(days=3), AT + timedelta(days=6))]


@pytest.mark.parametrize("many", [0, 1_000], ids=["of the best", "one by one"])
async def test_places_are_those_of_a_plain_count(
    database: Database, owner: Connection, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Half of the referrals are in the trees' sums; the others came since."""
    monkeypatch.setattr(leading, "MANY", many)
    monkeypatch.setattr(leading, "FIRST", 2)
    monkeypatch.setattr(leading, "TIMES", 2)
    workspace = ids.new()
    await owner.execute("insert into workspaces (id, name) values ($1, 'board')", workspace)
    program = await add_advocacy(owner, workspace, AdvocacyTerms())
    draw = random.Random(many)
    people = [await add_advocate(owner, workspace, program, f"p{n}", AT) for n in range(9)]
    await owner.execute("update advocates set board_name = 'A' || id where id = any($1)", people[:7])
    await owner.execute("update advocates set status = 'paused' where id = $1", people[0])
    made = []
    for n in range(60):
        who, day = min(draw.randrange(9), draw.randrange(9)), draw.randrange(10)
        state, held = draw.choice(["signed_up", "qualified", "rewarded"]), draw.random() < 0.1
        made.append((people[who], AT + timedelta(days=day), state, held))
        await owner.execute(
            """insert into referrals (workspace_id, id, program_id, advocate_id, partner_id, channel, state,
                   held, qualified_at)
               select $1, $2, $3, $4, partner_id, 'link', $5, $6, $7 from advocates where id = $4""",
            *(workspace, ids.new(), program, people[who], state, "review" if held else None, made[-1][1]),
        )
        if n == 30:
            async with database.transaction(workspace) as db:
                await actions.sum_up(db, workspace, program)
    for since, until in SPANS:
        for places in (2, 5, 20):
            async with database.transaction(workspace) as db:
                found = await leading.board(db, workspace, program, since, until, places)
            counts = {
                who: sum(
                    by == who and state != "signed_up" and not held
                    and (since is None or at >= since) and (until is None or at < until)
                    for by, at, state, held in made
                )
                for who in people[1:7]
            }  # fmt: skip
            wanted = sorted(counts, key=lambda who: (-counts[who], who))[:places]
            assert [row.name for row in found] == [f"A{who}" for who in wanted]
            assert [row.qualified for row in found] == [counts[who] for who in wanted]
            assert [row.rank for row in found] == [
                1 + sum(other > counts[who] for other in counts.values()) for who in wanted
            ]
