"""Which conversions are looked at before they are paid, and what was decided of them."""

from service.conversions.reviews.flagging import Order, flags

__all__ = ["Order", "flags"]
