"""The two pages that visitors of a link can see: a button before a shop's app, and "not here any more".

Pure; no script, no asset from anywhere, one style under a hash, so that the policy can forbid all else.
"""

import base64
import hashlib
from html import escape

from msgspec import Struct

_STYLE = (
    "body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;"
    "font:16px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#f7f7f9}"
    "main{max-width:26rem;padding:2rem;text-align:center}"
    "h1{font-size:1.25rem;margin:0 0 .5rem;overflow-wrap:anywhere}"
    "p{margin:0 0 1.5rem;color:#55555e;overflow-wrap:anywhere}"
    "a{display:inline-block;padding:.9rem 2.2rem;border-radius:.75rem;background:#1b1b1f;color:#fff;"
    "text-decoration:none;font-weight:600}a:focus-visible{outline:3px solid #7aa7ff;outline-offset:3px}"
    "@media(prefers-color-scheme:dark){body{background:#141417;color:#f2f2f4}p{color:#b3b3bd}"
    "a{background:#f2f2f4;color:#141417}}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The Content-Security-Policy that both pages are sent with."""


class Words(Struct, frozen=True):
    """What the pages say in one language."""

    language: str
    ready: str
    leads_to: str
    go: str
    gone: str
    gone_why: str
    unknown: str
    unknown_why: str


_WORDS = {
    "tr": Words(
        "tr",
        "Bağlantınız hazır",
        "Devam ettiğinizde şuraya gidersiniz: {host}",
        "Devam et",
        "Bu bağlantı artık kullanılmıyor",
        "Süresi dolmuş ya da kaldırılmış olabilir.",
        "Böyle bir bağlantı yok",
        "Adresi bir kez daha kontrol edin.",
    ),
    "en": Words(
        "en",
        "Your link is ready",
        "Continuing takes you to {host}",
        "Continue",
        "This link is no longer in use",
        "It may have expired or been withdrawn.",
        "There is no such link",
        "Please check the address once more.",
    ),
}


def interstitial(location: str, host: str, title: str | None, language: str | None) -> str:
    """A page with a button to `location`: universal links of shop apps open from a tap only."""
    words = _words(language)
    return _page(
        words,
        title or words.ready,
        words.leads_to.format(host=host),
        f'<a href="{escape(location)}" rel="noreferrer nofollow">{words.go}</a>',
    )


def gone(language: str | None) -> str:
    """What is shown instead of a link that was retired, has expired or is over its cap."""
    words = _words(language)
    return _page(words, words.gone, words.gone_why, "")


def unknown(language: str | None) -> str:
    """What is shown where a code leads nowhere."""
    words = _words(language)
    return _page(words, words.unknown, words.unknown_why, "")


def _words(language: str | None) -> Words:
    return _WORDS["tr" if (language or "").lower().startswith("tr") else "en"]


def _page(words: Words, title: str, text: str, button: str) -> str:
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{button}</main></body></html>"
    )
