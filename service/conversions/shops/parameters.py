"""What the parameters of a postback mean: the names that networks use, and those that an integration sets.

Names are compared without case and punctuation: `click-id`, `ClickId` and `click_id` are one.
"""

import re
from collections.abc import Iterator, Mapping

from service.conversions.shops.evidence import squeezed
from service.conversions.shops.shapes import Json, text

# In the order of preference: what is specific before what other things are called as well.
_SPELT = {
    "click": "elciclickid elci clickid irclickid subid cid dubid dubclickid clkid click clickref affclickid"
    " afclickid gclid",
    "order": "orderid ordernumber txid tid externalid invoiceid saleid oid orderref order transactionid",
    "amount": "amount payout revenue value saleamount ordertotal orderamount conversionvalue total sum tutar",
    "currency": "currency currencycode curr cur parabirimi",
    "coupon": "coupon couponcode orderpromocode promocode discountcode vouchercode voucher promo kupon"
    " kuponkodu",
    "event": "event et eventname eventtypecode eventtypeid eventid goal conversionaction name",
    "status": "status conversionstatus",
    "customer": "customerid customerexternalid customerkey userid",
    "email": "customeremail email useremail",
    "new_customer": "customerstatus isnew newcustomer",
    "country": "country countrycode customercountry geo",
    "occurred": "eventdate occurredat conversiondatetime orderdate timestamp datetime date time createdat",
    "tax": "tax taxamount ordertax",
    "shipping": "shipping shippingamount ordershipping",
    "discount": "discount orderdiscount discountamount",
    "referrer": "referrer referer",
    "test": "test istest",
    "amount_unit": "",
}
_NAMES = {meaning: tuple(names.split()) for meaning, names in _SPELT.items()}
# What people call our fields when they set an alias.
_OURS = {
    **{name: name for name in _NAMES},
    "clickid": "click",
    "orderid": "order",
    "externalid": "order",
    "value": "amount",
    "code": "coupon",
    "kind": "event",
    "customerid": "customer",
    "customerexternalid": "customer",
    "customeremail": "email",
    "newcustomer": "new_customer",
    "isnew": "new_customer",
    "occurredat": "occurred",
    "amountunit": "amount_unit",
}
_NOTHING = frozenset(["", "null", "undefined", "none", "nan", "(not set)", "(none)", "n/a"])
# Macros of trackers: {clickid}, {{clickid}}, ${clickid}; whole values also [clickid], %clickid%, <clickid>,
# __CLICKID__, #clickid#.
_BRACED = re.compile(r"\{[^{}]{0,80}\}")
_WHOLE = re.compile(
    r"\[{1,2}[A-Za-z][\w.:-]{0,60}\]{1,2}|%[A-Za-z]\w{0,60}%|<[A-Za-z][\w-]{0,60}>"
    r"|__[A-Za-z0-9][A-Za-z0-9_]{0,60}__|#[A-Za-z]\w{0,60}#"
)
_EVERFLOW_EXTRAS = ("adv1", "adv2", "adv3", "adv4", "adv5")
_CODE = re.compile(r"[\w-]{3,40}")


def is_unresolved(value: str) -> bool:
    """Whether a tracker left a macro as it was.

    >>> [is_unresolved(each) for each in ("{clickid}", "a{sub1}", "__CLICK__", "%id%", "CLICK_ID", "50%off")]
    [True, True, True, True, False, False]
    """
    return _BRACED.search(value) is not None or _WHOLE.fullmatch(value.strip()) is not None


class Parameters:
    """The parameters of one postback by their meaning, aliases first."""

    def __init__(self, told: Mapping[str, Json], aliases: Mapping[str, str]) -> None:
        self._told = {squeezed(name): value for name, value in reversed(list(told.items())) if squeezed(name)}
        self._aliases = dict(_aliases(aliases))
        self._events = {
            name.partition(".")[2].lower(): value
            for name, value in aliases.items()
            if name.startswith("event.")
        }
        self.is_everflow = "nid" in self._told and "transactionid" in self._told

    def get(self, meaning: str) -> Json:
        """The value of a meaning, None where it isn't told. A number stays one."""
        return next((value for value in self._values(meaning) if not _is_nothing(value)), None)

    def text(self, meaning: str) -> str | None:
        """The value as text."""
        return text(self.get(meaning))

    def numbered(self, name: str) -> dict[int, Json]:
        """The values of a name that is numbered: ItemSku1, ItemSku2."""
        start = squeezed(name)
        found = {each[len(start) :]: value for each, value in self._told.items() if each.startswith(start)}
        return {int(at): value for at, value in sorted(found.items()) if at.isdigit() and len(at) <= 3}

    def in_minor_units(self) -> bool:
        """Whether the amount is an integer of the smallest unit, as an alias says, or in Dub's events."""
        is_dub = squeezed(self._told.get("event")) == "salecreated" and "dataclickid" in self._told
        return self.text("amount_unit") == "minor" or is_dub

    def extras(self) -> list[str]:
        """Everflow's free fields of the advertiser, where they look like a code."""
        values = [text(self._told.get(name)) for name in _EVERFLOW_EXTRAS] if self.is_everflow else []
        return [value for value in values if value and _CODE.fullmatch(value)]

    def renamed_event(self, name: str) -> str:
        """What an integration says that an event of the sender is."""
        return self._events.get(name.lower(), name)

    def _values(self, meaning: str) -> Iterator[Json]:
        alias = self._aliases.get(meaning)
        if alias is not None:
            yield alias[1:] if alias.startswith("=") else self._told.get(squeezed(alias))
            if not alias.startswith("="):
                return
        for name in self._names(meaning):
            yield self._told.get(name)

    def _names(self, meaning: str) -> tuple[str, ...]:
        names = _NAMES[meaning]
        if self.is_everflow:
            # Its transaction is the click; the order has a name of its own.
            return (
                ("transactionid",) if meaning == "click" else tuple(n for n in names if n != "transactionid")
            )
        taken = {squeezed(name) for name in self._aliases.values()}
        return tuple(name for name in names if name not in taken)


def _is_nothing(value: Json) -> bool:
    return value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING)


def _aliases(aliases: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Ours -> theirs; also where it was written the other way round."""
    for one, other in aliases.items():
        if squeezed(one) in _OURS:
            yield _OURS[squeezed(one)], other
        elif squeezed(other) in _OURS and not other.startswith("="):
            yield _OURS[squeezed(other)], one
