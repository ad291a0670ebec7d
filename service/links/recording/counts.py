"""What is counted of clicks. `answered - stored - lost` is what waits, or was replayed after a kill."""

from pathlib import Path

from prometheus_client import Counter
from prometheus_client.metrics_core import GaugeMetricFamily

from service.kit.metrics import REQUESTS, STATES
from service.links.recording import segments

ANSWERED = Counter("elci_clicks_answered", "Clicks whose redirect was answered")
STORED = Counter("elci_clicks_stored", "Clicks that this server's processes have put into the database")
SPOOLED = Counter("elci_clicks_spooled", "Clicks written to the spool")
DIRECT = Counter("elci_clicks_direct", "Clicks stored before the answer, because the spool took none")
LOST = Counter("elci_clicks_lost", "Clicks answered and kept nowhere: no disk and no database took them")
REJECTED = Counter("elci_clicks_rejected", "Clicks that the database refuses, set aside in the spool")
FLUSH_ERRORS = Counter("elci_click_flush_errors", "Attempts to store clicks that failed, and are repeated")

_ROUTE = "/r/{code}"


class Tally:
    """Counts of one process since the last `settle`: a counter that processes share costs microseconds."""

    def __init__(self) -> None:
        self.answered = 0
        self.spooled = 0
        self.redirects = 0
        self.statuses: dict[tuple[str, int], int] = {}

    def status(self, method: str, status: int) -> None:
        """A request for a link was answered (`redirects` counts the many that are 302)."""
        key = (method if method in ("GET", "HEAD") else "other", status)
        self.statuses[key] = self.statuses.get(key, 0) + 1

    def settle(self) -> None:
        """Adds what was counted to the metrics."""
        answered, self.answered = self.answered, 0
        spooled, self.spooled = self.spooled, 0
        statuses, self.statuses = self.statuses, {}
        redirects, self.redirects = self.redirects, 0
        ANSWERED.inc(answered)
        SPOOLED.inc(spooled)
        if redirects:
            statuses["GET", 302] = statuses.get(("GET", 302), 0) + redirects
        for (method, status), number in statuses.items():
            REQUESTS.labels(method, _ROUTE, str(status)).inc(number)


def spool_state(home: Path) -> list[GaugeMetricFamily]:
    """The spool as it is: bytes and files of all processes of this home."""
    size, files = segments.size(home / "spool")
    gauges = []
    for name, meaning, value in (
        (
            "elci_click_spool_bytes",
            "Bytes that the spool of clicks takes on the disk",
            size,
        ),
        ("elci_click_spool_files", "Files in the spool of clicks", files),
    ):
        gauge = GaugeMetricFamily(name, meaning)
        gauge.add_metric([], float(value))
        gauges.append(gauge)
    return gauges


STATES.append(spool_state)
