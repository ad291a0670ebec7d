"""The brand of the payouts' tests."""

from tests.service.ledger.payouts.conftest import brand

__all__ = ["brand"]
