"""An order of Shopify's, with all that says how its buyer came."""

from datetime import datetime

from service.conversions.reports import Buyer, Order, Ref
from service.conversions.shops import amounts
from service.conversions.shops.delivery import Delivery, required
from service.conversions.shops.evidence import (
    arrival,
    campaign_of,
    clicks_in,
    country_of,
    coupons_in,
    host_of,
)
from service.conversions.shops.shapes import (
    Json,
    dig,
    first,
    flag,
    items,
    mapping,
    moment,
    text,
    texts,
)
from service.conversions.shops.shopify.goods import amount_of, fees_of, lines_of, money, shipping_of

_PAID = {"paid": True, "partially_refunded": True, "refunded": True}


def currency_of_order(delivery: Delivery, told: dict[str, Json]) -> str:
    """The shop's currency. Raises Unreadable."""
    return delivery.currency_or(
        amounts.currency_of(
            "currency",
            dig(told, "total_price_set", "shop_money", "currency_code"),
            dig(told, "current_total_price_set", "shop_money", "currency_code"),
            told.get("currency"),
        )
    )


def order_of(delivery: Delivery, told: dict[str, Json]) -> Order:
    """The order. Raises Unreadable."""
    code = currency_of_order(delivery, told)
    attributes = [(each.get("name"), each.get("value")) for each in items(told.get("note_attributes"))]
    came = arrival(told.get("landing_site"))
    shipping, shipping_tax = shipping_of(told, code)
    return Order(
        refs=_refs(told),
        amount=amount_of(told, code),
        currency=code,
        tax_included=True,
        tax=amounts.part(money(told, "total_tax"), code),
        shipping=shipping,
        shipping_tax=shipping_tax,
        fees=fees_of(told, code),
        discount=amounts.part(money(told, "total_discounts"), code),
        lines=lines_of(told, code),
        clicks=texts([*clicks_in(attributes), *came.clicks, told.get("landing_site_ref")]),
        coupons=_coupons(told, attributes),
        buyer=_buyer(told),
        country=_country(told),
        referrer=host_of(told.get("referring_site")),
        campaign={**came.campaign, **campaign_of({str(name): value for name, value in attributes})} or None,
        landing=came.landing or None,
        paid=_paid(told),
        test=flag(told.get("test")) is True or flag(delivery.header("x-shopify-test")) is True,
        occurred_at=moment(told.get("processed_at")) or moment(told.get("created_at")),
        delivered_at=_all_delivered(told),
        cancelled_at=moment(told.get("cancelled_at")),
        stated_at=moment(told.get("updated_at")) or moment(delivery.header("x-shopify-triggered-at")),
    )


def _refs(told: dict[str, Json]) -> tuple[Ref, ...]:
    numbers = [(text(told.get("name")) or "").lstrip("#"), told.get("order_number")]
    tokens = [told.get("checkout_token"), told.get("cart_token")]
    return (
        Ref("id", required(told.get("id"), "id")),
        *(Ref("number", each) for each in texts(numbers)),
        *(Ref("token", each) for each in texts(tokens)),
    )


def _coupons(told: dict[str, Json], attributes: list[tuple[Json, Json]]) -> tuple[str, ...]:
    applied = [each.get("code") for each in items(told.get("discount_applications"))]
    return texts(
        [*(each.get("code") for each in items(told.get("discount_codes"))), *applied, *coupons_in(attributes)]
    )


def _buyer(told: dict[str, Json]) -> Buyer | None:
    customer = mapping(told.get("customer"))
    email = first(told.get("email"), told.get("contact_email"), customer.get("email"))
    known = text(customer.get("id"))
    return Buyer(known, email) if known or email else None


def _country(told: dict[str, Json]) -> str | None:
    addresses = (
        told.get("shipping_address"),
        told.get("billing_address"),
        dig(told, "customer", "default_address"),
    )
    return country_of(*(dig(each, "country_code") for each in addresses))


def _paid(told: dict[str, Json]) -> bool | None:
    status = text(told.get("financial_status"))
    return None if status is None else _PAID.get(status.lower(), False)


def _all_delivered(told: dict[str, Json]) -> datetime | None:
    """When the last parcel arrived, once all have."""
    parcels = [each for each in items(told.get("fulfillments")) if text(each.get("status")) != "cancelled"]
    arrived = [
        moment(each.get("updated_at")) for each in parcels if each.get("shipment_status") == "delivered"
    ]
    known = [each for each in arrived if each is not None]
    complete = text(told.get("fulfillment_status")) == "fulfilled" and len(known) == len(parcels)
    return max(known) if known and complete else None
