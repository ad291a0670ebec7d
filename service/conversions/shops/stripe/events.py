"""An event of Stripe's, and what its objects have in common."""

from service.conversions.reports import Buyer
from service.conversions.shops import amounts
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.evidence import coupons_in
from service.conversions.shops.shapes import Json, dig, first, items, mapping, moment, text, texts


class Event:
    """An event's object, with what its envelope says."""

    def __init__(self, delivery: Delivery, envelope: dict[str, Json]) -> None:
        self.delivery = delivery
        self.told = mapping(dig(envelope, "data", "object"))
        self.type = (text(envelope.get("type")) or delivery.topic or "").strip().lower()
        self.created = moment(envelope.get("created"))
        live = envelope.get("livemode", self.told.get("livemode"))
        self.test = live is False
        self.currency = amounts.currency_of("currency", self.told.get("currency"))

    def amount(self, name: str, value: Json) -> int | None:
        """An amount in our minor units. Raises Unreadable."""
        return (
            None if value is None else amounts.stripe(name, value, self.delivery.currency_or(self.currency))
        )

    def part(self, value: Json) -> int | None:
        """A part of the amount; None where it is none."""
        is_part = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= amounts.MOST
        return amounts.stripe("part", value, self.currency) if self.currency and is_part else None


def id_of(value: Json) -> str | None:
    """An id, also of an object that was expanded in its place."""
    return text(value) or text(dig(value, "id"))


def coupons_of(event: Event, metadata: dict[str, Json]) -> tuple[str, ...]:
    """Codes as people type them where they are known, else the ids."""
    aliases = event.delivery.aliases
    found: list[Json] = []
    for each in items(event.told.get("discounts")):
        promotion = each.get("promotion_code")
        coupon = id_of(each.get("coupon")) or id_of(dig(each, "source", "coupon"))
        known = first(dig(promotion, "code"), id_of(promotion), coupon)
        found.append(aliases.get(known or "", known))
    return texts([*found, *coupons_in(metadata.items())])


def buyer_of(known: str | None, *emails: Json) -> Buyer | None:
    """The customer, by the id and the first address that is told."""
    email = first(*emails)
    return Buyer(known, email) if known or email else None
