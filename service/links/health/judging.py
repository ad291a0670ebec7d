"""What an answer, or the lack of one, says of a destination. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from service.links.catalogue.schemas import Health

# Worst first: a link is as well as the worst of its destinations.
_ORDER: tuple[Health, ...] = ("refused", "dead", "unsure", "ok")


class Finding(Struct, frozen=True):
    """One destination: `reason` is for people, in English, and quotes nothing of an answer."""

    result: Health
    status_code: int | None = None
    reason: str | None = None


def judged(status: int, hops: int, most_hops: int) -> Finding:
    """What a status says.

    >>> judged(200, 0, 5).result, judged(404, 1, 5).result, judged(403, 0, 5).result, judged(302, 5, 5).result
    ('ok', 'dead', 'unsure', 'dead')
    """
    if 200 <= status < 300:
        return Finding("ok", status)
    if status in (404, 410):
        return Finding("dead", status, "nothing is there")
    if 300 <= status < 400:
        if hops >= most_hops:
            return Finding("dead", status, f"more than {most_hops} redirections")
        return Finding("unsure", status, "a redirection that leads nowhere")
    if status in (401, 403, 407, 429, 451):
        return Finding("unsure", status, "it does not answer to robots")
    if status >= 500:
        return Finding("unsure", status, "its server has a fault")
    return Finding("dead" if status < 500 else "unsure", status, "it does not know the address")


def worst(findings: Sequence[Finding]) -> Finding:
    """The finding that stands for a link."""
    return min(findings, key=lambda one: _ORDER.index(one.result))
