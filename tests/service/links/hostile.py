"""Requests that try to lead a link's visitors elsewhere: query strings as they stand in a request line.

Used against the pure decision, and against the redirect over HTTP.
"""

TARGETS = (
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https:/\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "@evil.example",
    "user:pw@evil.example",
    ".evil.example",
    "\r\nLocation: https://evil.example",
    "\nSet-Cookie: a=b",
    "\r\n\r\n<script>alert(1)</script>",
    "\u2028https://evil.example",
    "\u560a\u560dLocation: https://evil.example",
    "\x00https://evil.example",
    "\t//evil.example",
    "%0d%0aLocation:%20https://evil.example",
    "http://[::1]/",
    "https://evil.example#",
    "https://evil.example?",
    "#@evil.example",
    "?@evil.example",
    ";@evil.example",
    "{partner}{click_id}",
    '"><script>alert(1)</script>',
)
NAMES = (
    *("url", "u", "to", "next", "redirect", "redirect_uri", "return", "dest", "destination", "continue"),
    *("elci", "via", "utm_source", "utm_\r\nx", "fbclid", "gclid", "ttclid", "sub1", "sub5", "Location"),
)


def pairs() -> list[tuple[str, str]]:
    """Every name with some targets, and every target under the names that pass through."""
    passing = ("utm_source", "fbclid", "sub1", "url")
    crossed = [(name, TARGETS[at % len(TARGETS)]) for at, name in enumerate(NAMES)]
    return [*crossed, *((name, target) for target in TARGETS for name in passing)]
