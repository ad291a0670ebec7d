"""What came of a mention, link by link, as the API tells it: who joined, whom they brought, what for."""

from collections.abc import Iterator, Sequence

import httpx
import msgspec

from service.advocacy.members.schemas import Advocate
from service.advocacy.referrals.schemas import Referral
from service.advocacy.rewards.schemas import Reward, RewardBalance, RewardRedemption
from service.advocacy.trees.schemas import ReferralTree
from service.advocacy.vouchers.schemas import Pool
from service.conversions.orders.schemas import Conversion
from service.demo.api import every, make, read
from service.kit.money import Money, Units
from service.ledger.books.schemas import Totals
from service.mentions.schemas import Mention

# What the mention is told by, and what the voucher was asked for with.
SOURCE, CHECKOUT = "telvecik", "sepet-502"
_CAME = ("qualified", "rewarded")


class Came(msgspec.Struct, frozen=True):
    """A friend whom an advocate brought: orders and rewards, the first ones first."""

    referral: Referral
    orders: list[Conversion]
    rewards: list[Reward]

    @property
    def stands(self) -> bool:
        """Whether they are a customer: something that they bought stays."""
        return self.referral.state in _CAME

    @property
    def click_id(self) -> str | None:
        """The click that the first order was credited by."""
        credit = self.orders[0].attribution if self.orders else None
        return next((each.click_id for each in credit.shares if each.click_id), None) if credit else None


class Joined(msgspec.Struct, frozen=True):
    """An advocate, `depth` generations after the mention, whom they brought, what they have and redeemed."""

    advocate: Advocate
    depth: int
    brought: list[Came]
    balance: RewardBalance
    redemptions: list[RewardRedemption]


class Chain(msgspec.Struct, frozen=True):
    """From the mention on: those who joined, in the order of generations; what vouchers are worth, by pool;
    the ledger's sums; the tree of the first who joined."""

    mention: Mention
    joined: list[Joined]
    worth: dict[str, Money]
    sums: list[Units]
    tree: ReferralTree | None

    @property
    def depth(self) -> int:
        """How many generations of customers there are."""
        return max((each.depth + 1 for each in self.joined if any(map(_stands, each.brought))), default=0)

    @property
    def customers(self) -> int:
        """How many the mention brought in all."""
        return sum(came.stands for each in self.joined for came in each.brought)

    @property
    def net(self) -> list[Money]:
        """What they bought and kept, by currency."""
        sums: dict[str, int] = {}
        for order in self._orders():
            sums[order.net.currency] = sums.get(order.net.currency, 0) + order.net.amount
        return [Money(amount, currency) for currency, amount in sorted(sums.items())]

    def _orders(self) -> Iterator[Conversion]:
        for each in self.joined:
            for came in each.brought:
                yield from (order for order in came.orders if order.refunded.amount < order.amount.amount)


def _stands(came: Came) -> bool:
    return came.stands


async def ask(http: httpx.AsyncClient, program_id: str) -> Chain | None:
    """The chain of a program; None where the mention is gone. Raises Refused."""
    mentions = await every(http, "/v1/mentions", Mention, source=SOURCE)
    members = await every(http, "/v1/advocates", Advocate, program_id=program_id)
    if not mentions:
        return None
    joined: list[Joined] = []
    first = [each.id for each in members if each.joined_by == "mention"]
    await _from(http, first, {each.id for each in members}, joined)
    pools = await every(http, "/v1/voucher-pools", Pool)
    worth = {each.id: Money(each.value.amount, each.value.currency) for each in pools if each.value}
    sums = (await read(http, "/v1/ledger/totals", Totals)).sums
    tree = await read(http, f"/v1/advocates/{first[-1]}/tree", ReferralTree) if first else None
    return Chain(mentions[0], joined, worth, sums, tree)


async def _from(http: httpx.AsyncClient, ids: Sequence[str], members: set[str], joined: list[Joined]) -> None:
    """Those advocates, then the advocates whom they brought, and so on."""
    depth = 0
    while ids:
        found = [await _joined(http, each, depth) for each in ids]
        joined += found
        known = {each.advocate.id for each in joined}
        friends = [came.referral.friend_id for each in found for came in each.brought]
        ids = [each for each in friends if each is not None and each in members - known]
        depth += 1


async def _joined(http: httpx.AsyncClient, advocate_id: str, depth: int) -> Joined:
    path, mine = f"/v1/advocates/{advocate_id}", {"advocate_id": advocate_id}
    referrals = await every(http, "/v1/referrals", Referral, **mine)
    redeemed = await every(http, "/v1/rewards/redemptions", RewardRedemption, **mine)
    return Joined(
        await read(http, path, Advocate),
        depth,
        [await _came(http, each) for each in reversed(referrals)],
        await read(http, f"{path}/balance", RewardBalance),
        [await _redeemed(http, each) for each in redeemed],
    )


async def _came(http: httpx.AsyncClient, referral: Referral) -> Came:
    orders: list[Conversion] = []
    if referral.conversion_id is not None:
        first = await read(http, f"/v1/conversions/{referral.conversion_id}", Conversion)
        orders = await every(http, "/v1/conversions", Conversion, customer_id=first.customer_id or "")
    rewards = await every(http, "/v1/rewards", Reward, referral_id=referral.id)
    return Came(referral, sorted(orders, key=lambda it: it.occurred_at), rewards[::-1])


async def _redeemed(http: httpx.AsyncClient, done: RewardRedemption) -> RewardRedemption:
    """With a voucher's code, which the list leaves out: asked for again, the same is given."""
    if done.reward_id is None:
        return done
    body = {"advocate_id": done.advocate_id, "external_id": done.external_id, "reward_id": done.reward_id}
    return msgspec.convert(await make(http, "/v1/rewards/redeem", body), RewardRedemption)
