"""Stripe's events."""

from service.conversions.shops.stripe.reading import learned, read

__all__ = ["learned", "read"]
