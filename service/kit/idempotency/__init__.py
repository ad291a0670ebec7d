"""`Idempotency-Key`: a repeated request has one effect and one answer."""

from service.kit.idempotency.middleware import idempotency
from service.kit.idempotency.store import forget

__all__ = ["forget", "idempotency"]
