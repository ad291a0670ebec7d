"""The payout run for the brand, and the month for its partner, as tables."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from service.demo.payday import Paid
from service.demo.selling_showing import money
from service.kit.money import Money
from service.ledger.books.schemas import Balances
from service.ledger.payouts.runs.schemas import PayoutPlan, PayoutRun
from service.ledger.statements.schemas import CurrencyStatement
from service.partner.money.schemas import OwnPayout

_STATES = ("pending", "on_hold", "payable", "paid", "earned")
_WORDS = {
    "accrual": "commissions of orders",
    "correction": "orders that changed",
    "clawback": "orders that went back",
    "reversal": "orders that went back whole",
    "payout": "payouts",
    "payout_return": "payouts that failed",
}


def show(out: Console, paid: Paid | None) -> None:
    """The dry run, the run and its bank file; the partner's statement and balance."""
    if paid is None:
        out.print("Nothing is payable yet: the holds of the month's orders still run.")
        return
    out.print(_planned(paid.plan), _made(paid.run), sep="\n", markup=False)
    out.print(_bank(paid))
    statement = paid.statement
    state = "it is over" if statement.is_final else "it goes on"
    out.print(
        f"{paid.reader.name}, logged in as the partner, reads this of {statement.month} ({state}):",
        markup=False,
    )
    for each in statement.currencies:
        out.print(_month(each))
    out.print(_balance(paid.balances))
    out.print(*_paid(paid.payouts), sep="\n", markup=False)


def _planned(plan: PayoutPlan | None) -> str:
    if plan is None:
        return "The month's payout was made by an earlier start."
    totals = ", ".join(f"{each.payouts} payouts, {money(each.amount)}" for each in plan.totals)
    why = {each.reason.replace("_", " ") for each in plan.skipped}
    return f"A dry run of the payout: {totals}; {plan.skips} partners left out ({', '.join(sorted(why))})."


def _made(run: PayoutRun) -> str:
    parts = [f"{each.payouts} {each.status}, {money(each.amount)}" for each in run.totals]
    left = [
        f"{each.partners} wait for want of an account, {money(each.amount)}"
        if each.reason == "no_account"
        else f"{each.partners} {each.reason.replace('_', ' ')}, {money(each.amount)}"
        for each in run.skipped
    ]
    return f"The payout run is {run.status}: {'; '.join(parts + left)}. Its file for the bank:"


def _bank(paid: Paid) -> Table:
    table = Table("IBAN", "payee", Column("amount", justify="right", no_wrap=True), "description")
    for line in paid.transfers:
        cells = (line.iban, line.payee, f"{line.amount} {line.currency}", line.description)
        table.add_row(*map(escape, cells))
    return table


def _month(each: CurrencyStatement) -> Table:
    names = ("", "entries", "earned", "paid", "owed")
    table = Table(*(Column(name, no_wrap=True, justify="right") for name in names))
    table.columns[0].justify = "left"
    table.add_row("before", "", "", "", _money(each.opening.owed, each))
    for moved in each.movements:
        name = _WORDS.get(moved.kind, moved.kind.replace("_", " "))
        table.add_row(name, str(moved.entries), _money(moved.earned, each), _money(moved.paid, each), "")
    sums = (_money(each.earned, each), _money(each.paid, each), _money(each.closing.owed, each))
    table.add_row("after", "", *sums)
    return table


def _money(amount: int, each: CurrencyStatement) -> str:
    return money(Money(amount, each.currency))


def _balance(balances: Balances) -> Table:
    table = Table("the balance now", *(Column(name.replace("_", " "), justify="right") for name in _STATES))
    for each in balances.data:
        amounts = (money(Money(getattr(each, name), each.currency)) for name in _STATES)
        table.add_row(each.currency, *amounts)
    return table


def _paid(payouts: Sequence[OwnPayout]) -> Iterator[str]:
    for each in payouts:
        yield f"- payout {each.reference}: {money(each.amount)} to {each.iban}, {each.status}"
