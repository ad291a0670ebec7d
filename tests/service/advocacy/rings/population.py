"""People who refer and are referred, honest or not, by what they do: nothing here knows a detector.

Everybody has a phone or a desk, whose agent string is as browsers send it: most are alike, few name a model.
A shop tells most of the visits that it sees, and the name that its page has for a browser for some.
"""

from dataclasses import dataclass, field

import numpy as np

DAYS = 16
TOLD, NAMED = 0.97, 0.97
COMMON = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_7 like Mac OS X) AppleWebKit/605.1.15 Version/17.7 Safari/604.1",
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"


@dataclass
class Person:
    """joined, in days; orders: days of them; visits: (day, address, agent, the page's name for the browser or
    None, told by the shop); mailbox: what the address is once it is spelt plainly."""

    mailbox: str
    joined: float
    orders: list[float]
    visits: list[tuple[int, str, str, str | None, bool]] = field(default_factory=list)
    advocate: bool = False
    payout: str | None = None


@dataclass
class Population:
    """people; referrals: (friend, advocate, at); made_up: places of referrals that are; plain: of those,
    whom the same mailbox gives away; labels: what each referral is of."""

    rng: np.random.Generator
    people: list[Person] = field(default_factory=list)
    referrals: list[tuple[int, int, float]] = field(default_factory=list)
    made_up: set[int] = field(default_factory=set)
    plain: set[int] = field(default_factory=set)
    labels: list[str] = field(default_factory=list)
    label: str = ""

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def person(self, joined: float, once: float, mailbox: str | None = None) -> int:
        """Somebody new; with this chance they buy once and are not seen again."""
        later = [] if self.chance(once) else self.rng.uniform(1, 14, 1 + self.rng.poisson(0.7)).tolist()
        number, joined = len(self.people), min(joined, DAYS + 15.0)
        mail = mailbox or f"p{number}@gmail.com"
        self.people.append(Person(mail, joined, [joined, *(joined + day for day in later)]))
        return number

    def phone(self) -> str:
        """An agent string, as people have them."""
        kind = self.rng.random()
        if kind < 0.72:
            return COMMON[self.rng.choice(3, p=[0.5, 0.3, 0.2])]
        if kind < 0.8:
            return DESK
        model = int(min(self.rng.geometric(0.06), 60))
        build = self.rng.integers(12)
        if kind < 0.92:
            return f"Mozilla/5.0 (Linux; Android 14; SM-A{model}B Build/UP1A; wv) Instagram 39{build}.0.0"
        return f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Instagram 39{build} (iPhone{model},3)"

    def visit(self, who: int, day: float, address: str, agent: str, device: str) -> None:
        name = device if self.chance(NAMED) else None
        self.people[who].visits.append((int(day), address, agent, name, self.chance(TOLD)))

    def lives(self, who: int, address: str, agent: str | None = None, device: str | None = None) -> None:
        """Visits when joining, when buying, and now and then."""
        one = self.people[who]
        agent, device = agent or self.phone(), device or f"own-{who}"
        days = {int(one.joined), *map(int, one.orders)}
        days |= {int(one.joined + day) for day in self.rng.integers(1, 15, self.rng.poisson(1.0))}
        for day in sorted(days):
            self.visit(who, day, address, agent, device)

    def refer(self, friend: int, advocate: int, at: float | None = None) -> int:
        self.people[advocate].advocate = True
        self.labels.append(self.label)
        self.referrals.append((friend, advocate, self.people[friend].joined if at is None else at))
        return len(self.referrals) - 1

    def paid(self, who: int, account: str, known: float = 0.5) -> None:
        """Where an advocate is paid, where they said so."""
        if self.people[who].advocate and self.chance(known):
            self.people[who].payout = account


def populated(seed: int) -> Population:
    """Friends, families, offices, campuses, people with many followers; and rings."""
    made = Population(np.random.default_rng(seed))
    kinds = [(_friends, 190), (_family, 110), (_office, 11), (_campus, 3), (_fans, 3), (_ring, 16)]
    for build, count in kinds:
        for n in range(count):
            made.label = build.__name__
            build(made, n)
    return made


def _start(made: Population) -> float:
    return float(made.rng.uniform(0.3, DAYS))


def _friends(made: Population, n: int) -> None:
    start = _start(made)
    people = [made.person(start, 0.3)]
    for place in range(int(made.rng.integers(1, 5))):
        people.append(made.person(start + made.rng.exponential(5.0), 0.5))
        made.refer(people[-1], people[0] if place == 0 or made.chance(0.7) else people[-2])
    for who in people:
        made.lives(who, f"f{n}-{who}")
        made.paid(who, f"f{n}-{who}")


def _family(made: Population, n: int) -> None:
    """One home, often a tablet, now and then one account at the bank for two; sometimes both ways."""
    start, tablet, joint = _start(made), made.chance(0.3), made.chance(0.06)
    people = [made.person(start, 0.3)]
    for _ in range(int(made.rng.integers(1, 5))):
        people.append(made.person(start + made.rng.exponential(4.0), 0.5))
        made.refer(people[-1], people[0])
    for who in people:
        made.people[who].advocate |= made.chance(0.3)
        shared = tablet and made.chance(0.5)
        agent = COMMON[1] if shared else None
        made.lives(who, f"h{n}", agent, f"h{n}-tablet" if shared else None)
        made.paid(who, f"h{n}" if joint else f"h{n}-{who}")
    if made.chance(0.01):
        made.refer(people[0], people[-1], start + 15)


def _office(made: Population, n: int) -> None:
    """Colleagues at one address on desks that look alike, often of one domain, often all in one lunch."""
    start, domain, lunch = _start(made), made.chance(0.6), made.chance(0.5)

    def colleague(later: float) -> int:
        mail = f"c{len(made.people)}@office{n}.example" if domain else None
        return made.person(start + later, 0.55, mail)

    people = [colleague(0.0)]
    for _ in range(int(made.rng.integers(4, 36))):
        people.append(colleague(made.rng.uniform(0, 0.2) if lunch else made.rng.exponential(4.0)))
        made.refer(people[-1], people[0] if made.chance(0.7) else int(made.rng.choice(people[:-1])))
    for who in people:
        made.lives(who, f"o{n}", DESK if made.chance(0.65) else None)
        made.paid(who, f"o{n}-{who}", 0.3)


def _campus(made: Population, n: int) -> None:
    """Students behind one address, with phones of all kinds, friends of friends."""
    start = _start(made)
    people = [made.person(start, 0.5)]
    for _ in range(int(made.rng.integers(30, 60))):
        people.append(made.person(start + made.rng.exponential(3.0), 0.6))
        made.refer(people[-1], int(made.rng.choice(people[: max(1, len(people) // 3)])))
    for who in people:
        made.lives(who, f"u{n}" if made.chance(0.7) else f"u{n}-{who}")
        made.paid(who, f"u{n}-{who}", 0.3)


def _fans(made: Population, n: int) -> None:
    """Somebody with many followers, most of whom buy once, many on the day of a post."""
    start = _start(made)
    star = made.person(start, 0.6)
    for _ in range(int(made.rng.integers(60, 130))):
        later = made.rng.uniform(0, 0.5) if made.chance(0.5) else made.rng.exponential(5.0)
        fan = made.person(start + later, 0.8)
        made.refer(fan, star)
        made.lives(fan, f"s{n}-{fan}")
    made.lives(star, f"s{n}")
    made.paid(star, f"s{n}", 1.0)


def _ring(made: Population, n: int) -> None:
    """Accounts of one person: a star, a chain, a chain that closes, one who is careful; second accounts."""
    shape = ("star", "chain", "loop", "careful", "self", "self")[n % 6]
    made.label = shape
    start, careful, alone = _start(made), shape == "careful", shape == "self"
    people = [made.person(start, 0.5)]
    sitting, plain = made.chance(0.7), alone and made.chance(0.4)
    for _ in range(1 + int(not plain and made.chance(0.5)) if alone else int(made.rng.integers(3, 13))):
        above = people[-1] if shape in ("chain", "loop") else people[0]
        at = start + (made.rng.uniform(0, 0.4) if sitting else made.rng.exponential(3.0))
        at = max(at, made.people[above].joined + 0.01)
        mail = made.people[people[0]].mailbox if plain else None
        people.append(made.person(at, 0.65 if alone else 0.9, mail))
        referral = made.refer(people[-1], above)
        made.made_up.add(referral)
        made.plain |= {referral} if plain else set()
    _operated(made, people, f"r{n}", careful, 1 if alone else 1 + int(made.rng.integers(3)) + careful)
    if shape == "loop":
        made.made_up.add(made.refer(people[0], people[-1], start + 12))


def _operated(made: Population, people: list[int], name: str, careful: bool, devices: int) -> None:
    """One hand, few devices: cookies are cleared by some, and some go by other addresses."""
    agents = [made.phone() for _ in range(devices)]
    clears, cashes = made.chance(0.1 if careful else 0.05), made.chance(0.6)
    start = made.people[people[0]].joined
    for who in people:
        device = int(made.rng.integers(devices))
        borrowed = made.chance(0.35 if careful else 0.15)
        agent = made.phone() if borrowed else agents[device]
        label = f"own-{who}" if borrowed or clears else f"{name}-{device}"
        address = f"{name}-{who}" if made.chance(0.6 if careful else 0.2) else name
        for day in sorted(
            {int(made.people[who].joined), *(int(start) + d for d in range(3) if made.chance(0.4))}
        ):
            made.visit(who, day, address, agent, label)
        made.people[who].advocate |= cashes
        made.paid(who, name if made.chance(0.7) else f"{name}-{who}", 0.6)
