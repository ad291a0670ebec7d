"""What changes add to the sums of a forest: to who is meant, and to all above them. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from service.advocacy.trees.store import AccountRow, NodeRow, PartRow

# So many generations are told apart; who is further below is counted all the same.
DEEPEST = 100


class Share(NamedTuple):
    """What comes below somebody; generations begin with the one right below."""

    people: int
    generations: Sequence[int]
    customers: int
    nets: Mapping[str, int]


class Forest:
    """Nodes by id, with all above each; `changed`: whose rows are to be written."""

    def __init__(self, nodes: Sequence[NodeRow]) -> None:
        self.nodes = {node.advocate_id: node for node in nodes}
        self.changed: set[UUID] = set()

    def place(self, account: AccountRow) -> None:
        """Puts an account below who brought it, with all below it; where it would close a circle, at the
        top."""
        node = self._node(account.advocate_id)
        wanted = account.parent_id
        if wanted is not None and self._is_above(wanted, node.advocate_id):
            wanted = None
        if wanted == node.parent_id:
            return
        for parent_id, sign in ((node.parent_id, -1), (wanted, 1)):
            if parent_id is not None:
                self._node(parent_id).accounts += sign
                self._add(parent_id, _whole(node), sign)
        node.parent_id = wanted

    def count(self, part: PartRow, sign: int) -> None:
        """Adds (1) or takes away (-1) what a referral brought."""
        node = self._node(part.advocate_id)
        node.friends += sign * part.friend
        node.customers += sign * part.customer
        for currency, net in part.nets.items():
            own, below = node.nets.get(currency, (0, 0))
            node.nets = {**node.nets, currency: [own + sign * net, below]}
        self._add(node.advocate_id, Share(part.friend, [part.friend], part.customer, part.nets), sign)

    def _node(self, advocate_id: UUID) -> NodeRow:
        self.changed.add(advocate_id)
        if advocate_id not in self.nodes:
            self.nodes[advocate_id] = NodeRow(advocate_id, None)
        return self.nodes[advocate_id]

    def _is_above(self, at: UUID | None, advocate_id: UUID) -> bool:
        """Whether the way up from `at` leads to somebody."""
        while at is not None and at != advocate_id:
            at = self.nodes[at].parent_id if at in self.nodes else None
        return at is not None

    def _add(self, at: UUID | None, share: Share, sign: int) -> None:
        generations = list(share.generations)
        while at is not None:
            node = self._node(at)
            node.people += sign * share.people
            node.all_customers += sign * share.customers
            node.generations = _summed(node.generations, generations, sign)
            nets = dict(node.nets)
            for currency, net in share.nets.items():
                own, whole = nets.get(currency, (0, 0))
                nets[currency] = [own, whole + sign * net]
            node.nets = {currency: both for currency, both in nets.items() if any(both)}
            generations = [0, *generations][:DEEPEST]
            at = node.parent_id


def _whole(node: NodeRow) -> Share:
    nets = {currency: whole for currency, (_, whole) in node.nets.items()}
    return Share(node.people + 1, [1, *node.generations][:DEEPEST], node.all_customers, nets)


def _summed(there: Sequence[int], more: Sequence[int], sign: int) -> list[int]:
    """
    >>> _summed([3, 1], [0, 1], -1), _summed([], [0, 2], 1)
    ([3], [0, 2])
    """
    longest = max(len(there), len(more))
    made = [
        (there[n] if n < len(there) else 0) + sign * (more[n] if n < len(more) else 0) for n in range(longest)
    ]
    while made and not made[-1]:
        made.pop()
    return made


def fold(
    nodes: Sequence[NodeRow], accounts: Sequence[AccountRow], old: Sequence[PartRow], new: Sequence[PartRow]
) -> list[NodeRow]:
    """The nodes that change. nodes: those of `accounts`, of who brought them, and of the parts' advocates,
    each with all above it; what is missing is new. old, new: the referrals' parts as they stand in the sums,
    and as they are now."""
    forest = Forest(nodes)
    for account in accounts:
        forest.place(account)
    for part in old:
        forest.count(part, -1)
    for part in new:
        forest.count(part, 1)
    return [forest.nodes[advocate_id] for advocate_id in sorted(forest.changed)]


def kept(now: Sequence[PartRow], old: Mapping[UUID, PartRow]) -> list[PartRow]:
    """Parts as they are to stand: of a friend who was erased the net stays as it was."""
    made = []
    for part in now:
        before = old.get(part.referral_id)
        nets = part.nets if part.known or before is None or not part.customer else before.nets
        made.append(PartRow(part.referral_id, part.advocate_id, part.friend, part.customer, nets))
    return made
