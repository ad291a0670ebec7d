"""The page behind a mail's link: whether a notice comes, and a button that changes it. Pure.

No script, no asset from anywhere, one style under a hash, so that the policy can forbid all else.
"""

import base64
import hashlib
from html import escape

from service.programs.notices.stopping import Standing
from service.programs.notices.wording import NAMES

_STYLE = (
    "body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;"
    "font:16px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#f7f7f9}"
    "main{max-width:28rem;padding:2rem;text-align:center}h1{font-size:1.25rem;margin:0 0 .5rem}"
    "p{margin:0 0 1.5rem;color:#55555e}"
    "button{font:inherit;padding:.9rem 2.2rem;border:0;border-radius:.75rem;background:#1b1b1f;color:#fff;"
    "font-weight:600;cursor:pointer}button:focus-visible{outline:3px solid #7aa7ff;outline-offset:3px}"
    "@media(prefers-color-scheme:dark){body{background:#141417;color:#f2f2f4}p{color:#b3b3bd}"
    "button{background:#f2f2f4;color:#141417}}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
_WORDS = {
    "tr": {
        "on": "Bu bildirim size gönderiliyor",
        "off": "Bu bildirim artık gönderilmeyecek",
        "of": "Bildirim: {name}.",
        "stop": "Gönderilmesin",
        "resume": "Yeniden gönderilsin",
    },
    "en": {
        "on": "You get this notice by mail",
        "off": "You won't get this notice any more",
        "of": "The notice: {name}.",
        "stop": "Stop it",
        "resume": "Send it again",
    },
}


def page(standing: Standing) -> str:
    """The page as HTML; its form posts to the address that it came from."""
    language = "en" if standing.language == "en" else "tr"
    words = _WORDS[language]
    title = words["on" if standing.wanted else "off"]
    name = NAMES[standing.place.notice][language]
    wanted, button = ("no", words["stop"]) if standing.wanted else ("yes", words["resume"])
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(title)}</h1><p>{escape(words['of'].format(name=name))}</p>"
        f'<form method="post"><input type="hidden" name="wanted" value="{wanted}">'
        f"<button>{escape(button)}</button></form></main></body></html>"
    )
