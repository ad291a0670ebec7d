"""A decision as it is stored with its conversion: ids in their outer form, parts as fractions. Pure."""

from typing import Any

from service.conversions.attribution.touches import Decision, Share
from service.kit import ids


def stored(decision: Decision) -> dict[str, Any]:
    """Who is credited with which part, by what, and why."""
    return {
        "shares": [_share(share) for share in decision.shares],
        "why": [{"code": code, "values": values} for code, values in decision.why],
    }


def _share(share: Share) -> dict[str, Any]:
    touch = share.touch
    return {
        "partner_id": ids.show("prt", share.partner_id),
        "program_id": ids.show_or_none("prg", share.program_id),
        "weight": str(share.weight),
        "kind": touch.kind,
        "name": touch.name,
        "link_id": ids.show_or_none("lnk", touch.link_id),
        "coupon_id": ids.show_or_none("cpn", touch.coupon_id),
        "click_id": ids.show_or_none("clk", touch.click_id),
        "at": touch.at.isoformat(),
    }
