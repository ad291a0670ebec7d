"""All sums of a forest at once, as lines for COPY. Pure; takes some seconds for a million referrals."""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph.referrals.forest import NOBODY, Counts, Forest, Indices, grown
from service.advocacy.trees.folding import DEEPEST
from service.advocacy.trees.loading import Ids, Marks, Program, places

Nets = dict[str, NDArray[Any]]
_dumps = msgspec.json.Encoder().encode


def friends(program: Program) -> Marks:
    """[M]: whose friend came, is nobody's account, and is not held."""
    referrals = program.referrals
    accounts = np.zeros(len(referrals.ids), dtype=bool)
    accounts[program.people.through[program.people.through >= 0]] = True
    return referrals.came & ~referrals.held & (referrals.friends < 0) & ~accounts


def lines(program: Program, read: Nets, kept: Mapping[bytes, Mapping[str, int]]) -> tuple[bytes, bytes]:
    """CSV of the nodes (advocate, parent, accounts, friends, customers, all_customers, people, generations,
    nets) and of the parts (referral, advocate, friend, customer, nets). read: columns referral, currency and
    net; kept: nets that stand whatever was read, by the referral's id."""
    forest, by = grown(program.people.parents), program.referrals.by
    friend, customer = friends(program), program.referrals.customers
    nets = _nets(program, read, kept)
    count = len(program.people.ids)
    alone = np.bincount(by[friend], minlength=count)
    own = np.bincount(by[customer], minlength=count)
    summed = [("", alone), ("", own)]
    by_currency: dict[str, tuple[Counts, Counts]] = {}
    for currency, values in nets.items():
        direct = np.zeros(count, dtype=np.int64)
        np.add.at(direct, by, values)
        by_currency[currency] = (direct, forest.sums(direct))
    nodes = _nodes(
        program,
        forest,
        forest.branches,
        *(each for _, each in summed),
        forest.sums(own),
        forest.sizes - 1 + forest.sums(alone),
        generations(forest, alone),
        [_dumps(each).decode() for each in _by_row(count, by_currency)],
    )
    return nodes, _parts(program, friend, customer, nets)


def _nets(program: Program, read: Nets, kept: Mapping[bytes, Mapping[str, int]]) -> dict[str, Counts]:
    """[M] of each currency."""
    at = places(program.referrals.ids, read["referral"])
    found: dict[str, Counts] = {}
    names, which = np.unique(read["currency"], return_inverse=True)
    for n, name in enumerate(names.tolist()):
        rows = (which == n) & (at >= 0)
        values = found.setdefault(name.decode(), np.zeros(len(program.referrals.ids), dtype=np.int64))
        values[at[rows]] = read["net"][rows]
    for referral, nets in kept.items():
        place = int(places(program.referrals.ids, np.array([referral], dtype="S16"))[0])
        for currency in {*found, *nets}:
            values = found.setdefault(currency, np.zeros(len(program.referrals.ids), dtype=np.int64))
            values[place] = nets.get(currency, 0)
    for values in found.values():
        values[~program.referrals.customers] = 0
    return found


def generations(forest: Forest, alone: Counts) -> list[list[int]]:
    """Of each node the people by generation below it, DEEPEST at most; `alone`: friends without an account.

    >>> generations(grown(np.array([-1, 0, 1], dtype=np.int32)), np.array([0, 0, 5]))
    [[1, 1, 5], [1, 5], [5]]
    """
    count = len(forest.parents)
    made: list[list[int]] = [[] for _ in range(count)]
    # In round k: those who stand k below somebody, with the friends of who stands k - 1 below.
    above, near = forest.parents, np.arange(count, dtype=np.int32)
    for _ in range(DEEPEST):
        here = _counted(above, np.ones(count, dtype=np.int64)) + _counted(near, alone)
        for node in np.flatnonzero(here).tolist():
            made[node].append(int(here[node]))
        if not here.any():
            break
        near = above
        above = np.where(above >= 0, forest.parents[above], NOBODY)
    return made


def _counted(above: Indices, values: Counts) -> Counts:
    there = above >= 0
    return np.bincount(above[there], values[there], len(above)).astype(np.int64)


def _by_row(count: int, by_currency: Mapping[str, tuple[Counts, Counts]]) -> list[dict[str, list[int]]]:
    made: list[dict[str, list[int]]] = [{} for _ in range(count)]
    for currency, (direct, whole) in by_currency.items():
        for row in np.flatnonzero((direct != 0) | (whole != 0)).tolist():
            made[row][currency] = [int(direct[row]), int(whole[row])]
    return made


def _hexes(ids: Ids) -> list[str]:
    """Ids as text; lists of them would lose zeros at the end."""
    text = ids.tobytes().hex()
    return [text[at : at + 32] for at in range(0, len(text), 32)]


def _nodes(program: Program, forest: Forest, *columns: Any) -> bytes:
    ids = _hexes(program.people.ids)
    parents = [ids[at] if at >= 0 else "" for at in forest.parents.tolist()]
    *numbers, deep, nets = columns
    rows = zip(ids, parents, *(each.tolist() for each in numbers), deep, nets, strict=True)
    return "".join(
        f'{one},{parent},{a},{f},{c},{all_c},{people},"{{{",".join(map(str, levels))}}}",{_quoted(net)}\n'
        for one, parent, a, f, c, all_c, people, levels, net in rows
    ).encode()


def _parts(program: Program, friend: Marks, customer: Marks, nets: Mapping[str, Counts]) -> bytes:
    rows = np.flatnonzero(friend | customer)
    ids, advocates = (
        _hexes(program.referrals.ids[rows]),
        _hexes(program.people.ids[program.referrals.by[rows]]),
    )
    sums: list[dict[str, int]] = [{} for _ in range(len(rows))]
    for currency, values in nets.items():
        for at in np.flatnonzero(values[rows]).tolist():
            sums[at][currency] = int(values[rows[at]])
    marks = zip(friend[rows].tolist(), customer[rows].tolist(), strict=True)
    return "".join(
        f"{one},{advocate},{f},{c},{_quoted(_dumps(net).decode())}\n"
        for one, advocate, (f, c), net in zip(ids, advocates, marks, sums, strict=True)
    ).encode()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
