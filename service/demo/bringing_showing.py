"""The chain from a mention on, a line a step, each with the id by which the API knows it."""

from collections.abc import Iterator

import httpx
from rich.console import Console

from service.advocacy.rewards.schemas import Reward
from service.advocacy.trees.schemas import ReferralTree
from service.conversions.orders.schemas import Conversion
from service.demo.chain import Came, Chain, Joined
from service.demo.listening import ZONE
from service.demo.selling_showing import money
from service.kit.money import Money, Units

_HOW = {"mention": "the mention", "purchase": "the next purchase"}
_UNITS = ("available", "pending", "redeemed")


def show(out: Console, chain: Chain | None) -> None:
    """Each step, what it brought in all, and that the ledger is even."""
    if chain is None:
        out.print("Nobody spoke of the brand from an account of their own: there is no chain.")
        return
    out.print("One mention, and whom it brought:")
    # Unwrapped: an id that is broken can't be looked for.
    out.print(*_lines(chain), *_tree(chain.tree), sep="\n", soft_wrap=True, markup=False)


def _lines(chain: Chain) -> Iterator[str]:
    said = chain.mention
    yield f"- {said.id} @{said.author.handle} on {said.platform}, {said.sentiment.label}: “{said.text}”"
    names = {each.advocate.id: each.advocate.name for each in chain.joined}
    for each in chain.joined:
        yield from _joined(each)
        for came in each.brought:
            yield from _came(each, came, names, chain.worth)
    for each in chain.joined:
        yield from _redeemed(each)
        yield f"- {each.advocate.id} {each.advocate.name} now has {_balance(each)}"
    net, sums = (", ".join(map(money, each)) for each in (chain.net, chain.sums))
    yield (
        f"In all {said.id} brought {_many(chain.customers, 'customer')}"
        f" in {_many(chain.depth, 'generation')}, {net} net. The ledger's sums are {sums}."
    )


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _joined(each: Joined) -> Iterator[str]:
    who = each.advocate
    how = _HOW.get(who.joined_by or "", str(who.joined_by))
    yield (
        f"- {who.id} {who.name}, who had agreed to, joins by {how}: link {who.link_id}"
        f" ({httpx.URL(who.short_url or '').path}), code {who.code}"
    )


def _came(each: Joined, came: Came, names: dict[str, str], worth: dict[str, Money]) -> Iterator[str]:
    by, generation = each.advocate.name, f"generation {each.depth + 1}"
    if came.click_id is not None:
        yield f"- {came.click_id} somebody follows the link of {by}, {generation}"
    else:
        code, coupon = each.advocate.code, each.advocate.coupon_id
        yield f"- {coupon} somebody types {code}, the code of {by}, {generation}"
    for order in came.orders:
        yield f"- {order.id} and {'buys' if order is came.orders[0] else 'buys again'}: {_order(order)}"
    friend = names.get(came.referral.friend_id or "")
    yield f"- {came.referral.id} {came.referral.state}: brought by {by}{f', is {friend}' if friend else ''}"
    for reward in came.rewards:
        yield f"- {reward.id} {_reward(reward, worth)}"


def _order(order: Conversion) -> str:
    told = f"{money(order.net)} net, {order.occurred_at.astimezone(ZONE):%Y-%m-%d}"
    if not order.refunded.amount:
        return told
    return f"{told}; {money(order.refunded)} went back"


def _reward(reward: Reward, worth: dict[str, Money]) -> str:
    what = money(reward.amount) if reward.amount else f"a {reward.kind}"
    if reward.kind == "credit":
        what += " of credit"
    elif reward.pool_id in worth:
        what += f" of {money(worth[reward.pool_id])}"
    since = f" (since {reward.due_at.astimezone(ZONE):%Y-%m-%d})" if reward.due_at else ""
    states = {
        "pending": f"pending{since.replace('since', 'until')}",
        "available": f"available{since}",
        "redeemed": f"redeemed{since.replace('since', 'available since')}",
        "reversed": f"taken back: {reward.reason}",
    }
    return f"{what} for the {reward.side}: {states.get(reward.status, reward.status.replace('_', ' '))}"


def _redeemed(each: Joined) -> Iterator[str]:
    for done in reversed(each.redemptions):
        what = money(done.amount) if done.amount else f"{done.reward_id}, code {done.code}"
        yield f"- {done.id} {each.advocate.name} redeems {what} ({done.external_id})"


def _balance(each: Joined) -> str:
    told = [
        f"{money(Units(amount, row.currency))} {unit}"
        for row in each.balance.balances
        for unit in _UNITS
        if (amount := getattr(row, unit))
    ]
    return ", ".join(told) or "nothing"


def _tree(tree: ReferralTree | None) -> Iterator[str]:
    if tree is None:
        return
    path = f"GET /v1/advocates/{tree.nodes[0].id}/tree"
    if tree.as_of is None:
        yield f"{path} has the tree's sums within a minute."
        return
    totals = tree.totals
    yield (
        f"{path}, as of {tree.as_of.astimezone(ZONE):%H:%M}: {totals.people} people below, by generation"
        f" {', '.join(map(str, totals.generations))};"
    )
    nets = "; ".join(f"{money(net.direct)} net direct, {money(net.beyond)} beyond" for net in totals.net)
    yield f"- of them customers: {totals.customers.direct} direct, {totals.customers.beyond} beyond; {nets}"
