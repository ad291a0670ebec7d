"""Trees of referrals as the API shows them."""

from datetime import datetime

from msgspec import Struct

from service.advocacy.members.schemas import AdvocateStatus
from service.kit.money import Money
from service.kit.paging import Page


class Customers(Struct):
    """Friends who bought. direct: whom somebody brought; beyond: whom those below brought."""

    direct: int
    beyond: int


class NetBrought(Struct):
    """What friends' orders come to net, after refunds, in one currency: of those whom somebody brought, and
    of those whom the ones below brought."""

    direct: Money
    beyond: Money


class TreePerson(Struct):
    """Somebody in a tree. Whoever was erased keeps the place and the sums, without `id` and `name`; a guest
    (a friend for whom something is kept, who has not joined) has no name."""

    id: str | None
    name: str | None
    status: AdvocateStatus
    erased: bool


class TreeNode(TreePerson):
    """An account in a tree. parent: the place of who brought them in `nodes`, null for the first; depth:
    generations below the first; x: from left (0) to right (1). brought: whom they brought themselves, of
    those `friends` have no account and are not drawn; more: accounts among them that are not drawn, see
    them by that account's own tree; below: people below in all."""

    parent: int | None
    parent_id: str | None
    depth: int
    x: float
    brought: int
    friends: int
    more: int
    below: int
    customers: Customers
    net: list[NetBrought]


class TreeTotals(Struct):
    """All below the first node, drawn or not. generations[0]: whom they brought themselves, and so on, 100
    generations at most; depth: how many there are."""

    people: int
    depth: int
    generations: list[int]
    customers: Customers
    net: list[NetBrought]


class ReferralTree(Struct):
    """The tree below an account, `nodes` generation by generation. path: who brought them, the root first,
    the 100 nearest at most. as_of: sums are as of then; null while they were never made."""

    program_id: str
    as_of: datetime | None
    path: list[TreePerson]
    nodes: list[TreeNode]
    totals: TreeTotals


class TreeRoot(TreePerson):
    """An account that nobody brought, and its tree."""

    brought: int
    friends: int
    people: int
    depth: int
    customers: Customers
    net: list[NetBrought]


class ForestFigures(Struct):
    """How a program's forest branches. people: accounts, and friends without one who came; referrers: who
    brought anybody; generations[0]: roots; top_share: the share of all who were brought that the tenth who
    brought most have brought. Ratios are null where there is nobody to divide by."""

    people: int
    roots: int
    referrers: int
    per_person: float | None
    per_referrer: float | None
    generations: list[int]
    top_share: float | None


class ReferralForest(Page[TreeRoot]):
    """A page of trees, and the figures of all. as_of: as of then; null while they were never made."""

    as_of: datetime | None
    figures: ForestFigures
