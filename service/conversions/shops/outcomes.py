"""What an event's name and a status of a network say that has happened."""

from typing import Literal

from msgspec import Struct

from service.conversions.reports import ConversionKind
from service.conversions.shops.evidence import squeezed

Effect = Literal["order", "cancel", "refund"]


class Outcome(Struct, frozen=True):
    """`ignored`: why there is nothing in it; else `kind` and `effect`. `paid`: None where nothing says."""

    kind: ConversionKind = "sale"
    effect: Effect = "order"
    paid: bool | None = None
    ignored: str | None = None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SPELT: dict[ConversionKind, str] = {
    "sale": "purchase sale order deposit rebill upsell checkout orderplaced conversion transaction"
    " salecreated",
    "lead": "lead generatelead submitform form qualifylead contact quote leadcreated",
    "signup": "signup register registration completeregistration join trial",
    "booking": "booking reservation appointment schedule randevu rezervasyon",
    "custom": "custom",
}
_KINDS = {name: kind for kind, names in _SPELT.items() for name in names.split()}
_REFUNDED = _words("refund refunded chargeback orderrefunded partialrefund iade")
_CANCELLED = _words(
    "rejected reject declined cancelled canceled cancel trash invalid fraud void voided reversed iptal"
    " deleted"
)
_WAITING = _words("pending hold onhold waiting unapproved new")
_PAID = _words("approved confirmed paid completed complete success")
# Steps on the way, which analytics send through the same hole.
_STEPS = _words(
    "pageview viewitem viewitemlist addtocart removefromcart viewcart begincheckout addpaymentinfo"
    " addshippinginfo addtowishlist selectitem selectpromotion viewpromotion search scroll click sessionstart"
    " firstvisit userengagement login share formstart filedownload install impression"
)


def outcome(event: str, status: str, *, has_amount: bool) -> Outcome:
    """Reads both; the status wins where it takes something back.

    >>> outcome("purchase", "", has_amount=True).kind, outcome("", "lead", has_amount=False).kind
    ('sale', 'lead')
    >>> outcome("sale", "rejected", has_amount=True).effect
    'cancel'
    >>> outcome("add_to_cart", "", has_amount=True).ignored
    'kind'
    """
    name, state = squeezed(event), squeezed(status)
    if name in _STEPS:
        return Outcome(ignored="kind")
    kind = _KINDS.get(name) or _KINDS.get(state) or ("sale" if has_amount or not name else "custom")
    if name in _REFUNDED or state in _REFUNDED:
        return Outcome(kind, "refund")
    if name in _CANCELLED or state in _CANCELLED:
        return Outcome(kind, "cancel")
    return Outcome(kind, paid=False if state in _WAITING else True if state in _PAID else None)
