"""Rate limits that all processes share: `take` for a named one, `rate_limit` around all of /v1."""

from service.kit.limits.address import client_address
from service.kit.limits.middleware import rate_limit
from service.kit.limits.policy import Policy, Standing
from service.kit.limits.taking import check, take

__all__ = ["Policy", "Standing", "check", "client_address", "rate_limit", "take"]
