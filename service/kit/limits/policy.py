"""A limit, and where somebody stands against it."""

import math

import msgspec

from service.kit.problems import TooManyRequests


class Policy(msgspec.Struct, frozen=True):
    """At most `quota` requests at once, refilled evenly over `window_s` seconds."""

    name: str
    quota: int
    window_s: int

    @property
    def step_s(self) -> float:
        """How long one request takes to be forgiven."""
        return self.window_s / self.quota

    @property
    def header(self) -> str:
        """`RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers)."""
        return f'"{self.name}";q={self.quota};w={self.window_s}'


class Standing(msgspec.Struct, frozen=True):
    """Where a subject stands after a request: `debt_s` is the time until its bucket is empty."""

    policy: Policy
    debt_s: float
    allowed: bool

    @property
    def remaining(self) -> int:
        return max(0, math.floor((self.policy.window_s - self.debt_s) / self.policy.step_s + 1e-6))

    @property
    def retry_after(self) -> int:
        """Whole seconds until the next request has a place."""
        return max(1, math.ceil(self.debt_s + self.policy.step_s - self.policy.window_s))

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": self.policy.header,
            "RateLimit": f'"{self.policy.name}";r={self.remaining};t={max(0, math.ceil(self.debt_s))}',
        }

    def refusal(self) -> TooManyRequests:
        """The problem of a refused request."""
        return TooManyRequests(
            f"the limit {self.policy.name!r} is {self.policy.quota} in {self.policy.window_s} s",
            headers={**self.headers, "Retry-After": str(self.retry_after)},
            **{"violated-policies": [self.policy.name]},
        )
