"""Shopify's webhooks."""

from service.conversions.shops.shopify.reading import read

__all__ = ["read"]
