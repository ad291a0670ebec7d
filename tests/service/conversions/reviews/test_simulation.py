"""Seeded patterns are found, honest people left alone (RELIABILITY.md F3)."""

from uuid import UUID

import pytest

from service.kit.db import Database
from tests.service.conversions.reviews.simulated import Month, Told, judged

# Every trick by itself, too: no kind of fraud hides behind the others.
LEAST_BY_TRICK = 0.7


async def test_seeded_fraud_is_found(
    database: Database, workspace: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    told = await judged(database, workspace, Month(1, fraud=True))
    _show(told, capsys)
    assert told.precision >= 0.9
    assert told.recall >= 0.8
    assert told.false_alarms <= 0.02
    for trick, (held, n) in told.by_trick().items():
        assert held >= LEAST_BY_TRICK * n, trick


async def test_an_honest_month_is_left_alone(
    database: Database, workspace: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    told = await judged(database, workspace, Month(2, fraud=False))
    _show(told, capsys)
    assert len(told.sales) > 1000
    assert told.false_alarms <= 0.02


def _show(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        fraud = sum(sale.fraud is not None for sale in told.sales)
        print(f"\n{len(told.sales)} orders, {fraud} of them fraud; false alarms {told.false_alarms:.2%}")
        if fraud:
            print(f"precision {told.precision:.3f}, recall {told.recall:.3f}; {told.by_trick()}")
