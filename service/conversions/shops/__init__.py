"""What shops, payment systems and networks send, read into reports. Pure: no clock, no database."""

from service.conversions.shops.reading import read
from service.conversions.shops.stripe import learned, promotions

__all__ = ["learned", "promotions", "read"]
