"""What the demo prints of a chain: each state in words, an open end, and what a mention brought in all."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any, TypeVar

import msgspec
import pytest
from rich.console import Console

from service.advocacy.members.schemas import Advocate
from service.advocacy.referrals.schemas import Referral
from service.advocacy.rewards.schemas import Reward, RewardBalance, WalletBalance
from service.advocacy.terms.checks import faults
from service.advocacy.terms.shapes import AdvocacyTerms
from service.advocacy.trees.schemas import Customers, NetBrought, ReferralTree, TreeNode, TreeTotals
from service.conversions.orders.schemas import Conversion
from service.demo import bringing, bringing_showing
from service.demo.chain import Came, Chain, Joined
from service.kit.money import Money, Units
from service.mentions.schemas import Mention, MentionAuthor, Sentiment

T = TypeVar("T")
NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)


def made(kind: type[T], /, **given: Any) -> T:
    """A resource of which only this matters."""
    return kind(**{**dict.fromkeys(kind.__struct_fields__), **given})  # type: ignore[attr-defined]


def lira(amount: int) -> Money:
    return Money(amount, "TRY")


def order(name: str, net: int, refunded: int = 0) -> Conversion:
    amount = {"amount": lira(net + 10), "net": lira(net), "refunded": lira(refunded)}
    return made(Conversion, id=name, occurred_at=NOW, **amount)


def came(name: str, state: str, *orders: Conversion, friend: str | None = None, **reward: Any) -> Came:
    referral = made(Referral, id=name, state=state, friend_id=friend)
    given = {"amount": Units(1_200, "points"), "side": "advocate", "kind": "points", "due_at": NOW}
    return Came(referral, list(orders), [made(Reward, id="rwd_1", **given | reward)] if reward else [])


def joined(name: str, depth: int, *brought: Came) -> Joined:
    shared = {"link_id": f"lnk_{name}", "short_url": f"http://127.0.0.1:1/r/{name}", "code": f"{name}15"}
    shared["coupon_id"] = f"cpn_{name}"
    advocate = made(Advocate, id=f"adv_{name}", name=name, joined_by="mention", **shared)
    wallet = made(WalletBalance, currency="points", pending=0, available=1_200, redeemed=0)
    return Joined(advocate, depth, list(brought), RewardBalance(advocate.id, [wallet], 0), [])


SAID = made(
    Mention,
    id="men_1",
    text="Çok [b]güzel",
    platform="x",
    author=made(MentionAuthor, handle="ece"),
    sentiment=made(Sentiment, label="positive"),
)
WORTH = {"vpl_1": lira(5_000)}
SUMS = [Units(0, "TRY"), Units(0, "points")]
CHAIN = Chain(
    SAID,
    [
        joined(
            "ECE", 0, came("ref_1", "rewarded", order("cnv_1", 900), order("cnv_2", 50), friend="adv_CAN")
        ),
        joined(
            "CAN",
            1,
            came("ref_2", "qualified", order("cnv_3", 100)),
            came("ref_3", "invited", order("cnv_4", 70, refunded=80)),
        ),
    ],
    {},
    SUMS,
    None,
)


def shown(chain: Chain | None) -> list[str]:
    out = Console(file=StringIO(), width=60, highlight=False, emoji=False)
    bringing_showing.show(out, chain)
    return out.file.getvalue().splitlines()  # type: ignore[attr-defined, no-any-return]


def test_a_line_a_step_however_narrow_it_is() -> None:
    assert shown(CHAIN)[1:] == [
        "- men_1 @ece on x, positive: “Çok [b]güzel”",
        "- adv_ECE ECE, who had agreed to, joins by the mention: link lnk_ECE (/r/ECE), code ECE15",
        "- cpn_ECE somebody types ECE15, the code of ECE, generation 1",
        "- cnv_1 and buys: 9.00 TRY net, 2026-11-26",
        "- cnv_2 and buys again: 0.50 TRY net, 2026-11-26",
        "- ref_1 rewarded: brought by ECE, is CAN",
        "- adv_CAN CAN, who had agreed to, joins by the mention: link lnk_CAN (/r/CAN), code CAN15",
        "- cpn_CAN somebody types CAN15, the code of CAN, generation 2",
        "- cnv_3 and buys: 1.00 TRY net, 2026-11-26",
        "- ref_2 qualified: brought by CAN",
        "- cpn_CAN somebody types CAN15, the code of CAN, generation 2",
        "- cnv_4 and buys: 0.70 TRY net, 2026-11-26; 0.80 TRY went back",
        "- ref_3 invited: brought by CAN",
        "- adv_ECE ECE now has 1,200 points available",
        "- adv_CAN CAN now has 1,200 points available",
        "In all men_1 brought 2 customers in 2 generations, 10.50 TRY net."
        " The ledger's sums are 0.00 TRY, 0 points.",
    ]


def test_a_chain_that_ends_at_once() -> None:
    only = Chain(
        SAID,
        [joined("ECE", 0, came("ref_3", "invited", order("cnv_4", 70, refunded=80)))],
        WORTH,
        SUMS,
        None,
    )
    assert (only.depth, only.customers, only.net) == (0, 0, [])
    assert shown(None)[0].startswith("Nobody spoke of the brand from an account of their own")


@pytest.mark.parametrize(
    ("reward", "said"),
    [
        ({"status": "pending"}, "1,200 points for the advocate: pending (until 2026-11-26)"),
        ({"status": "available"}, "1,200 points for the advocate: available (since 2026-11-26)"),
        ({"status": "on_hold"}, "1,200 points for the advocate: on hold"),
        ({"status": "reversed", "reason": "refunded"}, "1,200 points for the advocate: taken back: refunded"),
        (
            {"status": "redeemed", "amount": None, "kind": "voucher", "side": "friend", "pool_id": "vpl_1"},
            "a voucher of 50.00 TRY for the friend: redeemed (available since 2026-11-26)",
        ),
        (
            {"status": "available", "amount": lira(1_272), "kind": "credit", "due_at": None},
            "12.72 TRY of credit for the advocate: available",
        ),
    ],
)
def test_a_reward_in_words(reward: dict[str, Any], said: str) -> None:
    chain = Chain(
        SAID,
        [joined("ECE", 0, came("ref_1", "rewarded", order("cnv_1", 900), **reward))],
        WORTH,
        SUMS,
        None,
    )
    assert f"- rwd_1 {said}" in shown(chain)


def test_its_terms_are_good_ones() -> None:
    assert faults(msgspec.convert(bringing.terms("vpl_1"), AdvocacyTerms)) == []


def tree(as_of: datetime | None) -> ReferralTree:
    top = made(TreeNode, id="adv_ECE")
    totals = TreeTotals(3, 2, [1, 2], Customers(1, 1), [NetBrought(lira(950), lira(100))])
    return ReferralTree("prg_1", as_of, [], [top], totals)


def test_its_tree_now_or_soon() -> None:
    assert shown(msgspec.structs.replace(CHAIN, tree=tree(NOW)))[-2:] == [
        "GET /v1/advocates/adv_ECE/tree, as of 11:00: 3 people below, by generation 1, 2;",
        "- of them customers: 1 direct, 1 beyond; 9.50 TRY net direct, 1.00 TRY beyond",
    ]
    soon = shown(msgspec.structs.replace(CHAIN, tree=tree(None)))
    assert soon[-1] == "GET /v1/advocates/adv_ECE/tree has the tree's sums within a minute."
