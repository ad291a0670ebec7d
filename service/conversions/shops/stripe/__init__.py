"""Stripe's events."""

from service.conversions.shops.stripe.reading import learned, promotions, read

__all__ = ["learned", "promotions", "read"]
