"""What the processes count. Labels are route templates, kinds and states: never ids, addresses or text."""

from collections.abc import Callable
from pathlib import Path

from prometheus_client import Counter, Histogram
from prometheus_client.metrics_core import GaugeMetricFamily

REQUESTS = Counter("elci_requests", "Requests answered", ["method", "route", "status"])
LATENCY = Histogram(
    "elci_request_seconds",
    "Time to the last byte of an answer",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
JOBS_ENDED = Counter("elci_jobs_ended", "Jobs that ended, by how", ["kind", "status"])
MESSAGES_SENT = Counter("elci_messages", "Attempts to deliver a message, by outcome", ["topic", "outcome"])
LIMITED = Counter("elci_rate_limited", "Requests answered 429, by policy", ["policy"])
LIMITER_FAILURES = Counter("elci_rate_limiter_failures", "Requests let through without a count")

# What domains show of a home as it is at the moment (in a thread).
STATES: list[Callable[[Path], list[GaugeMetricFamily]]] = []
