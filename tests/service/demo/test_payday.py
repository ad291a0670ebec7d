"""What the demo prints of a payout: whole account numbers never, and where there is nothing to pay, that."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console

from service.demo import payday, payday_showing
from service.demo.payday import Paid, Transfer
from service.kit.money import Money
from service.ledger.books.schemas import Balance, Balances
from service.ledger.payouts.accounts import iban
from service.ledger.payouts.runs.schemas import (
    PayoutPlan,
    PayoutRun,
    PlannedSkip,
    PlannedTotal,
    RunTotal,
    Skipped,
)
from service.ledger.statements.schemas import CurrencyStatement, Movement, Standing, Statement
from service.programs.schemas import Partner

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def lira(amount: int) -> Money:
    return Money(amount, "TRY")


PLAN = PayoutPlan([PlannedTotal(1, lira(900))], [], [PlannedSkip("prt_2", lira(700), "no_account")], 1)
RUN = PayoutRun(
    *("prn_1", "finished", None, None, [], None, None, None, payday.NOTE),
    *([RunTotal("paid", 1, lira(900))], [Skipped("no_account", 1, lira(700))], "key_1", NOW, NOW),
)
MONTH = CurrencyStatement(
    currency="TRY",
    opening=Standing(0, 0, 100, 100),
    earned=1_050,
    paid=900,
    movements=[
        Movement("accrual", 12, 1_150, 0),
        Movement("clawback", 1, -100, 0),
        Movement("payout", 1, 0, 900),
    ],
    closing=Standing(250, 0, 0, 250),
)
PAID = Paid(
    PLAN,
    RUN,
    [Transfer("TR80 •••• 0001", "Ece [b]Su", "9.00", "TRY", "Commission P1")],
    Partner("prt_1", None, None, "Ece [b]Su", None, None, "active", None, NOW, NOW),
    Statement(
        "prt_1", "Ece", "Kahve", "2026-11", "Europe/Istanbul", NOW, NOW, is_final=False, currencies=[MONTH]
    ),
    Balances("prt_1", [Balance("TRY", 250, 0, 0, 900, 0, 1_150)]),
    [],
)


def shown(paid: Paid | None) -> str:
    out = Console(file=StringIO(), width=120, highlight=False, emoji=False)
    payday_showing.show(out, paid)
    return out.file.getvalue()  # type: ignore[attr-defined]


def rows(said: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("│").split("│")] for line in said.splitlines() if "│" in line
    ]


def test_a_run_and_its_partner_s_month() -> None:
    said = shown(PAID)
    assert "A dry run of the payout: 1 payouts, 9.00 TRY; 1 partners left out (no account)." in said
    assert "finished: 1 paid, 9.00 TRY; 1 wait for want of an account, 7.00 TRY." in said
    assert "Ece [b]Su, logged in as the partner, reads this of 2026-11 (it goes on):" in said
    assert rows(said) == [
        ["TR80 •••• 0001", "Ece [b]Su", "9.00 TRY", "Commission P1"],
        ["before", "", "", "", "1.00 TRY"],
        ["commissions of orders", "12", "11.50 TRY", "0.00 TRY", ""],
        ["orders that went back", "1", "-1.00 TRY", "0.00 TRY", ""],
        ["payouts", "1", "0.00 TRY", "9.00 TRY", ""],
        ["after", "", "10.50 TRY", "9.00 TRY", "2.50 TRY"],
        ["TRY", "2.50 TRY", "0.00 TRY", "0.00 TRY", "9.00 TRY", "11.50 TRY"],
    ]


def test_nothing_to_pay() -> None:
    assert shown(None) == "Nothing is payable yet: the holds of the month's orders still run.\n"


@pytest.mark.parametrize("number", [1, 2, 3, 96, 97, 98])
def test_made_up_accounts_are_such_as_banks_take(number: int) -> None:
    assert iban.read(payday.made_up(number)) == payday.made_up(number)
