"""Who may be named in a delivery: the addresses in it, found without knowing its shape. Pure."""

import re

_MOST = 500
_LOCAL = re.compile(r"[\w.+%'-]{1,64}$")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# How senders write the sign: in JSON for old browsers, in a query, twice encoded.
_SPELLINGS = (("\\u0040", "@"), ("%40", "@"), ("%2540", "@"), ("\\u002b", "+"), ("\\u002B", "+"))


def addresses(body: bytes, query: str = "") -> list[str]:
    """The e-mail addresses in a body and a query, each once, 500 at most.

    >>> addresses(b'{"email": "ayse@shop.example", "note": "m=ali%40x.example"}', "e=a%2540b.example")
    ['ayse@shop.example', 'ali@x.example', 'a@b.example']
    """
    text = f"{body.decode('utf-8', 'replace')}\n{query}"
    for spelt, plain in _SPELLINGS:
        text = text.replace(spelt, plain)
    found: dict[str, None] = {}
    at = text.find("@")
    while at >= 0 and len(found) < _MOST:
        # Both sides are bounded, so that a hostile text is read once.
        local = _LOCAL.search(text[max(0, at - 64) : at])
        domain = _DOMAIN.match(text[at + 1 : at + 320])
        if local and domain:
            found[f"{local.group()}@{domain.group()}"] = None
        at = text.find("@", at + 1)
    return list(found)
