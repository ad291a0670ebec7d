"""Worlds of honest families, offices, friends and people with many fans, among whom rings are seeded."""

from dataclasses import dataclass, field

import numpy as np

from graph.referrals.planting import Planting, planted
from graph.referrals.rings import Accounts
from graph.referrals.sharing import Marks

SHAPES = ("star", "chain", "loop", "careful", "self")
DAYS = 90


@dataclass
class World:
    """Accounts one by one; made_up: children whose referral is."""

    rng: np.random.Generator
    joined: list[float] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    active: list[int] = field(default_factory=list)
    attempts: list[tuple[int, int, float]] = field(default_factory=list)
    made_up: set[int] = field(default_factory=set)
    marks: dict[str, list[tuple[int, str, int]]] = field(
        default_factory=lambda: {kind: [] for kind in ("email", "payout", "device", "address", "domain")}
    )

    def account(self, joined: float, idle: float) -> int:
        """A new account with an e-mail of its own, idle with this chance."""
        rng = self.rng
        number = len(self.joined)
        lazy = rng.random() < idle
        orders = int(rng.integers(0, 2)) if lazy else int(1 + rng.poisson(1.0))
        self.joined.append(joined)
        self.orders.append(orders)
        self.active.append(orders if lazy else orders + int(rng.poisson(1.0)))
        self.marks["email"].append((number, f"e{number}", 0))
        return number

    def seen(self, account: int, device: str | None, address: str, days: list[int]) -> None:
        """Visits on some days."""
        for day in days:
            self.marks["address"].append((account, f"{address}@{day}", day))
            self.marks["device"].append((account, f"{device or f'own{account}'}@{day}", day))

    def refer(self, child: int, parent: int, made_up: bool = False) -> None:
        """A referral when the child joined."""
        self.attempts.append((child, parent, self.joined[child]))
        if made_up:
            self.made_up.add(child)

    def visits(self, joined: float) -> list[int]:
        """Days of visits: the first, and some of the next two weeks."""
        later = self.rng.integers(1, 15, self.rng.poisson(2.0)).tolist()
        return [int(joined), *(int(joined) + day for day in later)]

    def payout(self, account: int, value: str, known: float = 0.5) -> None:
        """Where an account is paid, known of some."""
        if self.rng.random() < known:
            self.marks["payout"].append((account, value, 0))


def world(seed: int, shapes: tuple[str, ...] = SHAPES, rings: int = 25) -> World:
    """About 2,500 honest referrals, and rings of the shapes."""
    made = World(np.random.default_rng(seed))
    for place in range(450):
        _friends(made, f"f{place}")
    for place in range(220):
        _family(made, f"h{place}")
    for place in range(25):
        _office(made, f"o{place}")
    for place in range(6):
        _fans(made, f"s{place}")
    for place in range(rings):
        _ring(made, shapes[place % len(shapes)], f"r{place}")
    return made


def _start(made: World) -> float:
    return float(made.rng.uniform(0, DAYS))


def _friends(made: World, name: str) -> None:
    """Somebody and friends of hers, each at home."""
    start = _start(made)
    people = [made.account(start, 0.3)]
    for place in range(int(made.rng.integers(1, 4))):
        people.append(made.account(start + made.rng.exponential(12.0), 0.5))
        made.refer(people[-1], people[0] if place == 0 or made.rng.random() < 0.7 else people[-2])
    for person in people:
        made.seen(person, None, f"{name}-{person}", made.visits(made.joined[person]))
        made.payout(person, f"{name}-{person}")
    if made.rng.random() < 0.03:
        made.attempts.append((people[0], people[1], start + 40))


def _family(made: World, name: str) -> None:
    """One home; often a tablet, sometimes a joint account, sometimes both ways."""
    start = _start(made)
    tablet, joint = made.rng.random() < 0.3, made.rng.random() < 0.06
    people = [made.account(start, 0.3)]
    for _ in range(int(made.rng.integers(1, 5))):
        people.append(made.account(start + made.rng.exponential(5.0), 0.45))
        made.refer(people[-1], people[0])
    for person in people:
        device = f"{name}-tablet" if tablet and made.rng.random() < 0.6 else None
        made.seen(person, device, name, made.visits(made.joined[person]))
        made.payout(person, name if joint else f"{name}-{person}")
    if made.rng.random() < 0.04:
        made.attempts.append((people[0], people[-1], start + 40))


def _office(made: World, name: str) -> None:
    """Colleagues at one address, often of one domain, often all in one day."""
    start, size = _start(made), int(made.rng.integers(4, 40))
    domain, lunch = made.rng.random() < 0.6, made.rng.random() < 0.5
    people = [made.account(start, 0.2)]
    for _ in range(size):
        later = made.rng.uniform(0, 0.2) if lunch else made.rng.exponential(10.0)
        people.append(made.account(start + later, 0.55))
        made.refer(people[-1], people[0] if made.rng.random() < 0.7 else int(made.rng.choice(people[:-1])))
    for person in people:
        made.seen(person, None, name, made.visits(made.joined[person]))
        made.payout(person, f"{name}-{person}", 0.3)
        if domain:
            made.marks["domain"].append((person, name, 0))


def _fans(made: World, name: str) -> None:
    """Somebody with many fans, most of whom buy once, many on the day of a post."""
    start = _start(made)
    star = made.account(start, 0.5)
    made.payout(star, name, 1.0)
    made.seen(star, None, name, made.visits(start))
    for _ in range(int(made.rng.integers(30, 120))):
        later = made.rng.uniform(0, 0.5) if made.rng.random() < 0.5 else made.rng.exponential(15.0)
        fan = made.account(start + later, 0.8)
        made.refer(fan, star)
        made.seen(fan, None, f"{name}-{fan}", made.visits(made.joined[fan]))
        made.payout(fan, f"{name}-{fan}", 0.3)


def _ring(made: World, shape: str, name: str) -> None:
    """Accounts of one person."""
    rng, start = made.rng, _start(made)
    size = int(rng.integers(1, 3)) if shape == "self" else int(rng.integers(3, 13))
    careful = shape == "careful"
    devices = 1 if shape == "self" else int(rng.integers(1, 4)) + (size // 3 if careful else 0)
    sitting = rng.random() < 0.7
    people = [made.account(start, 0.5)]
    for _ in range(size):
        later = rng.uniform(0, 0.4) if sitting else rng.exponential(4.0)
        people.append(made.account(start + later, 0.6 if shape == "self" else 0.9))
        parent = people[-2] if shape in ("chain", "loop") else people[0]
        made.joined[people[-1]] = max(made.joined[people[-1]], made.joined[parent] + 0.01)
        made.refer(people[-1], parent, made_up=True)
    for person in people:
        own = rng.random() < (0.35 if careful else 0.15)
        device = None if own else f"{name}-{rng.integers(devices)}"
        hidden = rng.random() < (0.8 if careful else 0.2)
        days = [int(made.joined[person]), *(int(start) + day for day in range(3) if rng.random() < 0.4)]
        made.seen(person, device, f"{name}-{person}" if hidden else name, days)
        made.payout(person, name if rng.random() < 0.7 else f"{name}-{person}", 0.6)
        if shape == "self" and person != people[0] and rng.random() < 0.4:
            made.marks["email"].append((person, f"e{people[0]}", 0))
    if shape == "loop":
        made.attempts.append((people[0], people[-1], start + 30))
    if rng.random() < 0.15:
        made.attempts.append((people[0], people[0], start + 1))


def told(made: World) -> tuple[Planting, Accounts, dict[str, Marks]]:
    """A world as arrays."""
    children, parents, at = zip(*made.attempts, strict=True)
    planting = planted(children, parents, at, people=np.arange(len(made.joined)))
    accounts = Accounts(np.array(made.joined), np.array(made.orders), np.array(made.active))
    marks = {}
    for kind, rows in made.marks.items():
        account, value, day = (np.array(column) for column in zip(*rows, strict=True))
        marks[kind] = Marks(account, value, day if kind in ("device", "address") else None)
    return planting, accounts, marks


def hit(held: np.ndarray, made_up: set[int]) -> tuple[float, float]:
    """Precision and recall, of referrals."""
    flagged = set(np.flatnonzero(held).tolist())
    right = len(flagged & made_up)
    return right / max(len(flagged), 1), right / len(made_up)
