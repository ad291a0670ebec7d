"""A partner's day as it goes."""

import datetime as dt

from msgspec import Struct

from service.ledger.books.schemas import Balance
from service.partner.stats.schemas import PartnerFigures


class LastRow(Struct, frozen=True):
    """When something happened last."""

    click_at: dt.datetime | None
    conversion_at: dt.datetime | None


class PartnerLive(Struct):
    """Today in the time zone that was asked for, and the balance now. The two last moments are of the days
    that are shown: null where today nothing happened."""

    tz: str
    date: dt.date
    today: PartnerFigures
    balances: list[Balance]
    last_click_at: dt.datetime | None
    last_conversion_at: dt.datetime | None
