"""Which stored clicks count under a workspace's rules: pure, and the same however often it is asked.

A verdict rests on what is stored of the click and on rules, never on the verdict before; so rules that are
put back bring back every figure. What only the request could tell (a prefetch, say) was kept as a reason.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from service.links.agents import read_agent
from service.links.counting.schemas import Stored, Verdict
from service.links.rules.schemas import Rules
from service.links.traffic import DATACENTER, OF_AGENT, OF_LINK, OF_REQUEST, REASONS

_KEPT: Final = frozenset({*OF_REQUEST, *OF_LINK})
_OF_AGENT: Final = frozenset(OF_AGENT)


class Judge:
    """Rules in the form in which they are applied."""

    def __init__(self, rules: Rules) -> None:
        velocity = rules.velocity
        self.most = velocity.clicks if velocity else None
        self.window = timedelta(seconds=velocity.seconds if velocity else 0)
        self._agents = tuple(word.lower() for word in rules.banned_agents)
        self._referrers = frozenset(host.lower() for host in rules.banned_referrers)
        self._datacenter = rules.datacenter

    def verdicts(self, clicks: Sequence[Stored], since: datetime) -> Iterator[Verdict]:
        """The verdicts from `since` on over the clicks of one visitor on one link, the oldest first.

        Clicks before `since` are there for the window alone. Without a visitor (None) clicks are nobody's:
        neither fast nor unique.
        """
        recent: deque[datetime] = deque()
        judged: list[tuple[Stored, list[str]]] = []
        for click in clicks:
            fast = click.visitor is not None and self._is_fast(recent, click.clicked_at)
            if click.clicked_at >= since:
                judged.append((click, self._reasons(click, fast)))
        firsts = _firsts(judged)
        for click, reasons in judged:
            yield Verdict(click.id, click.clicked_at, not reasons, reasons, click.id in firsts)

    def _is_fast(self, recent: deque[datetime], at: datetime) -> bool:
        if self.most is None:
            return False
        while recent and recent[0] <= at - self.window:
            recent.popleft()
        recent.append(at)
        return len(recent) > self.most

    def _reasons(self, click: Stored, fast: bool) -> list[str]:
        found = {reason for reason in click.reasons if reason in _KEPT}
        found |= _of_agent(click)
        if fast:
            found.add("velocity")
        if self._datacenter and click.network_class == DATACENTER:
            found.add("datacenter")
        if self._agents and click.user_agent:
            folded = click.user_agent.lower()
            if any(word in folded for word in self._agents):
                found.add("agent")
        if self._referrers and _is_under(click.referrer_host, self._referrers):
            found.add("referrer")
        return [reason for reason in REASONS if reason in found]


def _of_agent(click: Stored) -> set[str]:
    """What the agent string says today; where none is kept, what it said when the click came."""
    if click.user_agent is None:
        return set(_OF_AGENT.intersection(click.reasons))
    why = read_agent(click.user_agent).why_not
    # A string that was cut is no browser's, which what is left of it doesn't show.
    cut = "not_a_browser" if "not_a_browser" in click.reasons and why is None else None
    return {reason for reason in (why, cut) if reason}


def _is_under(host: str | None, hosts: frozenset[str]) -> bool:
    while host:
        if host in hosts:
            return True
        host = host.partition(".")[2]
    return False


def _firsts(judged: Sequence[tuple[Stored, list[str]]]) -> set[object]:
    """The unique click of each UTC hour: the first that counts, else the first."""
    first: dict[datetime, tuple[bool, object]] = {}
    for click, reasons in judged:
        if click.visitor is None:
            continue
        hour = click.clicked_at.replace(minute=0, second=0, microsecond=0)
        known = first.get(hour)
        if known is None or (not known[0] and not reasons):
            first[hour] = (not reasons, click.id)
    return {id_ for _, id_ in first.values()}


def differs(verdict: Verdict, click: Stored) -> bool:
    """Whether a verdict is another than what is stored."""
    return (verdict.counted, verdict.reasons, verdict.unique) != (click.counted, click.reasons, click.unique)
