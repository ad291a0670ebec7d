"""What a month brought, for people: who earned how much in which state, why, and that the books are even."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from service.demo.selling import Sold
from service.kit.money import Money, Units, to_decimal
from service.ledger.books.schemas import Balance
from service.ledger.commissions.schemas import Commission

_STATES = ("pending", "on_hold", "payable", "paid")
_EXAMPLES = 2  # of each state


def show(out: Console, sold: Sold) -> None:
    """Partners with what they are owed, examples with their reasons, the sum of the ledger."""
    out.print(*_sent(sold), sep="\n", markup=False)
    out.print(_balances(sold))
    out.print("For example:")
    out.print(_examples(sold))
    out.print(*_ledger(sold), sep="\n", markup=False)


def _sent(sold: Sold) -> Iterator[str]:
    if sold.sent is None:
        yield f"A month of sales stands there from an earlier start: {sold.orders:,} orders."
        return
    made = sold.sent
    by_code = sum(sale.visit is None for sale in made.sales)
    yield (
        f"A month of sales: {len(made.visits):,} clicks, {len(made.sales):,} orders by the shop's webhooks"
        f" ({by_code} with a coupon and no click), {len(made.returns)} refunds."
    )


def _balances(sold: Sold) -> Table:
    names = ("partner", "orders", *(state.replace("_", " ") for state in _STATES))
    table = Table(*(Column(name, no_wrap=True, justify="right") for name in names))
    table.columns[0].justify = "left"
    orders = defaultdict(set)
    for each in sold.commissions:
        orders[each.partner_id].add(each.conversion_id)
    for partner in sold.partners:
        for balance in sold.balances[partner.id].data:
            table.add_row(escape(partner.name), str(len(orders[partner.id])), *_owed(balance))
    return table


def _owed(balance: Balance) -> Iterator[str]:
    for state in _STATES:
        yield money(Money(getattr(balance, state), balance.currency))


def _examples(sold: Sold) -> Table:
    names = {each.id: each.name for each in sold.partners}
    table = Table("state", "partner", Column("commission", justify="right", no_wrap=True), "why")
    seen: Counter[tuple[str, str]] = Counter()
    for each in reversed(sold.commissions):
        kind = (each.status, each.step)
        seen[kind] += 1
        if seen[kind] <= _EXAMPLES:
            cells = (each.status.replace("_", " "), names[each.partner_id], money(each.amount), _why(each))
            table.add_row(*map(escape, cells))
    return table


def _why(each: Commission) -> str:
    text = each.rule.get("text", {})
    told = str(text.get("en", "") if isinstance(text, dict) else text)
    reason = "" if each.reason is None else each.reason.replace("_", " ")
    return "; ".join(part for part in (told, reason) if part)


def _ledger(sold: Sold) -> Iterator[str]:
    states = Counter(each.status for each in sold.commissions)
    parts = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in sorted(states.items()))
    yield f"{len(sold.commissions)} rows of commissions: {parts}."
    for total in sold.totals.totals:
        yield f"- {total.kind.replace('_', ' ')}: {money(total.balance)}"
    sums = ", ".join(money(each) for each in sold.totals.sums)
    recount = sold.recount
    found = "nothing differs" if recount.ok else f"{len(recount.differences)} differences"
    yield (
        f"The ledger's sum is {sums}. Counted again from {recount.postings:,} postings of"
        f" {recount.entries:,} entries: {found}."
    )


def money(amount: Money | Units) -> str:
    """An amount in major units, as people write it; points are whole.

    >>> money(Money(124_990, "TRY")), money(Units(-40, "points"))
    ('1,249.90 TRY', '-40 points')
    """
    if amount.currency == "points":
        return f"{amount.amount:,} points"
    return f"{to_decimal(amount):,.2f} {amount.currency}"
