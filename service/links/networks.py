"""How marketplaces' partner programs are told who sent a visitor: one parameter each.

`recalled` parameters are written down from links seen in public and are not confirmed by the network's own
documentation: compare with a link that the network's panel makes before relying on one. Where no parameter
for a click of ours is known, there is none.
"""

from typing import Literal

from msgspec import Struct

Network = Literal["trendyol", "hepsiburada", "amazon", "n11"]


class Tracking(Struct, frozen=True):
    """`id_name` carries the tracking id, `click_name` our click id in the network's reports, if it has one;
    `hosts` are the destinations it works on (with all names below them)."""

    id_name: str
    click_name: str | None
    hosts: tuple[str, ...]
    as_of: str
    recalled: bool


NETWORKS: dict[Network, Tracking] = {
    "trendyol": Tracking("adjust_t", "utm_subaff", ("trendyol.com", "ty.gl"), "2026-11-25", recalled=True),
    "hepsiburada": Tracking("wt_af", None, ("hepsiburada.com",), "2026-11-25", recalled=True),
    "amazon": Tracking(
        "tag",
        "ascsubtag",
        ("amazon.com.tr", "amazon.com", "amazon.de", "amazon.co.uk", "amzn.to", "amzn.eu"),
        "2026-11-25",
        recalled=False,
    ),
    "n11": Tracking("ref", None, ("n11.com",), "2026-11-25", recalled=True),
}


def parameters(network: str | None, tracking_id: str | None, click_id: str) -> list[tuple[str, str]]:
    """What is appended for a network.

    >>> parameters("amazon", "elci-21", "clk_1")
    [('tag', 'elci-21'), ('ascsubtag', 'clk_1')]
    >>> parameters(None, None, "clk_1")
    []
    """
    found = NETWORKS.get(network)  # type: ignore[call-overload]
    if found is None:
        return []
    pairs = [(found.id_name, tracking_id), (found.click_name, click_id)]
    return [(name, value) for name, value in pairs if name and value]


def fits(network: Network, host: str) -> bool:
    """Whether a destination's host belongs to a network.

    >>> fits("n11", "www.n11.com"), fits("n11", "evil-n11.com")
    (True, False)
    """
    return any(host == each or host.endswith("." + each) for each in NETWORKS[network].hosts)
