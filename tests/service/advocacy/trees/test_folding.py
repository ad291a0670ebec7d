"""Sums that follow changes one by one are those of a naive recursion over what there is."""

import random
from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.advocacy.trees.folding import DEEPEST, fold, kept
from service.advocacy.trees.store import AccountRow, NodeRow, PartRow


def one(n: int) -> UUID:
    return UUID(int=n)


def naive(parents: dict[UUID, UUID | None], parts: dict[UUID, PartRow]) -> dict[UUID, NodeRow]:
    """Each node's sums by looking at all below it."""

    def levels(node: UUID) -> list[int]:
        children = [child for child, parent in parents.items() if parent == node]
        mine = [len(children) + sum(part.friend for part in of(node))]
        below = [levels(child) for child in children]
        deep = max((len(each) for each in below), default=0)
        return mine + [sum(each[n] for each in below if n < len(each)) for n in range(deep)]

    def of(node: UUID) -> list[PartRow]:
        return [part for part in parts.values() if part.advocate_id == node]

    def under(node: UUID) -> list[UUID]:
        children = [child for child, parent in parents.items() if parent == node]
        return [node, *(each for child in children for each in under(child))]

    def net(nodes: Sequence[UUID], currency: str) -> int:
        return sum(part.nets.get(currency, 0) for each in nodes for part in of(each))

    made = {}
    for node, parent in parents.items():
        generations = levels(node)[:DEEPEST]
        while generations and not generations[-1]:
            generations.pop()
        nets = {name: [net([node], name), net(under(node), name)] for name in ("TRY", "EUR")}
        made[node] = NodeRow(
            node,
            parent,
            sum(each == node for each in parents.values()),
            sum(part.friend for part in of(node)),
            sum(part.customer for part in of(node)),
            sum(part.customer for each in under(node) for part in of(each)),
            sum(levels(node)),
            generations,
            {name: both for name, both in nets.items() if any(both)},
        )
    return made


def test_a_hand_counted_tree() -> None:
    """1 brought 2 and a friend who bought for 10 TRY; 2 brought 3, who bought for 5 EUR."""
    accounts = [AccountRow(one(2), one(1), one(12)), AccountRow(one(3), one(2), one(13))]
    parts = [
        PartRow(one(11), one(1), True, True, {"TRY": 1000}),
        PartRow(one(13), one(2), False, True, {"EUR": 500}),
    ]
    first, second, third = fold([], accounts, [], parts)
    assert (first.people, first.generations, first.accounts, first.friends) == (3, [2, 1], 1, 1)
    assert (first.customers, first.all_customers) == (1, 2)
    assert first.nets == {"TRY": [1000, 1000], "EUR": [0, 500]}
    assert (second.parent_id, second.people, second.nets) == (one(1), 1, {"EUR": [500, 500]})
    assert third == NodeRow(one(3), one(2))


def test_who_would_close_a_circle_stands_at_the_top() -> None:
    accounts = [AccountRow(one(2), one(1), None), AccountRow(one(1), one(2), None)]
    first, second = fold([], accounts, [], [])
    assert (first.parent_id, second.parent_id, first.people) == (None, one(1), 1)


@given(st.integers(0, 2**32))
def test_any_order_of_changes_gives_the_sums_of_a_recursion(seed: int) -> None:
    draw = random.Random(seed)
    there: dict[UUID, NodeRow] = {}
    parents: dict[UUID, UUID | None] = {}
    parts: dict[UUID, PartRow] = {}
    for _ in range(draw.randint(1, 12)):
        accounts = []
        for _ in range(draw.randint(0, 2)):
            node = one(draw.randint(1, 8))
            above = draw.choice([None, *(each for each in parents if each < node)])
            accounts.append(AccountRow(node, above, None))
            parents[node] = above
        old, new = [], {}
        for _ in range(draw.randint(0, 2) if parents else 0):
            referral = one(draw.randint(100, 105))
            if referral in new:
                continue
            advocate = parts[referral].advocate_id if referral in parts else draw.choice([*parents])
            bought = draw.random() < 0.5
            nets = {draw.choice(["TRY", "EUR"]): draw.randint(1, 9)} if bought else {}
            old += [parts[referral]] if referral in parts else []
            new[referral] = PartRow(referral, advocate, draw.random() < 0.5, bought, nets)
        parts |= new
        there |= {row.advocate_id: row for row in fold([*there.values()], accounts, old, [*new.values()])}
        assert there == naive(parents, parts)


def test_a_chain_is_told_apart_so_far_and_counted_whole() -> None:
    accounts = [AccountRow(one(n), one(n - 1), None) for n in range(2, DEEPEST + 12)]
    top = fold([], accounts, [], [])[0]
    assert (top.people, len(top.generations)) == (DEEPEST + 10, DEEPEST)
    away = [AccountRow(one(2), None, None)]
    top = fold(fold([], accounts, [], []), away, [], [])[0]
    assert (top.people, top.generations) == (0, [])


@pytest.mark.parametrize(
    ("known", "customer", "net"), [(True, True, 7), (False, True, 5), (False, False, 7)], ids=str
)
def test_what_an_erased_friend_ordered_stays(known: bool, customer: bool, net: int) -> None:
    old = {one(9): PartRow(one(9), one(1), False, True, {"TRY": 5})}
    (part,) = kept([PartRow(one(9), one(1), False, customer, {"TRY": 7}, known)], old)
    assert part.nets == {"TRY": net}
