"""Addresses with macros in braces: a closed set, filled in for each event. Pure.

`{{` and `}}` are braces that are meant. Values are percent-encoded; what isn't known of an event leaves
nothing. Macros stand behind the host: where a postback goes is fixed when it is saved.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote

MACROS = {
    "event": "conversion.created and the like",
    "event_id": "evt_...: the same in every attempt, and for every postback that is told of the event",
    "occurred_at": "when it happened (RFC 3339, UTC)",
    "status": "of the order, the commission or the payout, then",
    "conversion_id": "cnv_...",
    "transaction_id": "the same",
    "kind": "sale, lead, signup, booking, custom; of a commission its kind",
    "amount": "your part of the order, or the payout's amount, in major units: 129.90",
    "amount_minor": "the same in minor units: 12990",
    "net": "your part of what a percentage is taken of, in major units",
    "refunded": "your part of what went back, in major units",
    "currency": "of these amounts, ISO 4217",
    "commission_id": "com_...",
    "commission": "what you earn by it, refunds taken off, in major units",
    "payout": "the same",
    "commission_minor": "the same in minor units",
    "commission_currency": "of the commission",
    "commission_status": "pending, on_hold, payable, paid, reversed or rejected",
    "payout_id": "pay_...",
    "click_id": "clk_...: the click that it is credited by",
    "link_id": "lnk_...",
    "link_code": "the link's code",
    "campaign": "the link's campaign, cmp_...",
    "coupon": "your coupon's code",
    "sub1": "the first sub id",
    "sub2": "the second",
    "sub3": "the third",
    "sub4": "the fourth",
    "sub5": "the fifth",
}
_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_HEAD = re.compile(r"(?i)^https?://[^/?#{}\s\\]+(?=[/?]|$)")
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_BRACES = {"{{": "%7B", "}}": "%7D"}


def faults(template: str) -> list[str]:
    """What is wrong with an address.

    >>> faults("https://a.example/p?c={click_id}&x={{y}}")
    []
    >>> faults("https://a.example/?c={clickid}&d={")
    ['{clickid} is no macro', 'has a brace that is no macro; a brace that is meant is doubled']
    >>> faults("https://{sub1}.example/")
    ['has no host, or a macro in it']
    """
    found = []
    if not _HEAD.match(template):
        found.append("has no host, or a macro in it")
    if "#" in template:
        found.append("has a fragment, which is never sent")
    tokens = list(_TOKEN.finditer(template))
    unknown = [one[1] for one in tokens if one[1] is not None and one[1] not in MACROS]
    found += [f"{{{name[:40]}}} is no macro" for name in dict.fromkeys(unknown)]
    if any(one[0] in "{}" for one in tokens):
        found.append("has a brace that is no macro; a brace that is meant is doubled")
    return found


def expand(template: str, values: Mapping[str, str]) -> str:
    """The address for an event: ASCII, whatever the values are.

    >>> expand("https://a.example/{sub1}?e={event}&b={{}}", {"sub1": "ş/&=", "event": ""})
    'https://a.example/%C5%9F%2F%26%3D?e=&b=%7B%7D'
    """
    pieces, at = [], 0
    for token in _TOKEN.finditer(template):
        pieces.append(quote(template[at : token.start()], safe=_SAFE))
        filled = quote(values.get(token[1], ""), safe="") if token[1] is not None else ""
        pieces.append(_BRACES.get(token[0], filled))
        at = token.end()
    return "".join((*pieces, quote(template[at:], safe=_SAFE)))
