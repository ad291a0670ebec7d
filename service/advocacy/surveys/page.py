"""The pages behind a survey's link. Pure.

No script, no asset from anywhere, one style under a hash, so that the policy can forbid all else. The token
is the secret: nothing else has to prove where a form comes from.
"""

import base64
import hashlib
from html import escape

from service.accounts.labels.registry import Language
from service.advocacy.surveys import wording
from service.advocacy.surveys.schemas import LONGEST_COMMENT, PageState

_STYLE = (
    ":root{color-scheme:light dark}*{box-sizing:border-box}"
    "body{margin:0;min-height:100vh;display:flex;justify-content:center;"
    "font:16px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#f7f7f9}"
    "main{width:100%;max-width:38rem;padding:2rem 1rem}h1{font-size:1.3rem;line-height:1.3;margin:0 0 1rem;"
    "overflow-wrap:anywhere}p{margin:0 0 1rem;color:#55555e}fieldset{border:0;margin:0 0 1rem;padding:0;"
    "display:grid;grid-template-columns:repeat(auto-fit,minmax(2.75rem,1fr));gap:.35rem}"
    "legend{padding:0}fieldset label{position:relative;display:block}"
    "input[type=radio]{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer}"
    "fieldset span{display:block;text-align:center;padding:.65rem 0;border:1px solid #85858f;"
    "border-radius:.5rem;background:#fff}input:checked+span{background:#1b1b1f;color:#fff;border-color:#1b1b1f}"
    "input:focus-visible+span,button:focus-visible,textarea:focus-visible,a:focus-visible"
    "{outline:3px solid #3f7fe0;outline-offset:2px}"
    ".ends{display:flex;justify-content:space-between;gap:1rem;font-size:.875rem}"
    "textarea{display:block;width:100%;min-height:6rem;font:inherit;color:inherit;background:#fff;padding:.6rem;"
    "border:1px solid #85858f;border-radius:.5rem;margin:.35rem 0 1rem}"
    "button{font:inherit;padding:.8rem 2rem;border:0;border-radius:.75rem;background:#1b1b1f;color:#fff;"
    "font-weight:600;cursor:pointer}.fault{color:#9c2019;font-weight:600}.small{font-size:.875rem}a{color:inherit}"
    "nav{text-align:right;font-size:.875rem;margin:0 0 1rem}"
    "@media(prefers-color-scheme:dark){body{background:#141417;color:#f2f2f4}p{color:#b3b3bd}"
    "fieldset span,textarea{background:#1f1f24}input:checked+span,button{background:#f2f2f4;color:#141417}"
    ".fault{color:#f5a9a3}}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
_OTHER: dict[Language, tuple[Language, str]] = {"tr": ("en", "English"), "en": ("tr", "Türkçe")}


def ask(
    brand: str,
    own: str | None,
    language: Language,
    stop: str | None,
    *,
    score: int | None = None,
    comment: str = "",
    fault: bool = False,
) -> str:
    """The question, with what was filled in so far. `stop`: where somebody says that they want no mails."""
    title = escape(wording.question(brand, own, language))
    wrong = f'<p class="fault" role="alert">{_text("choose", language)}</p>' if fault else ""
    leave = "" if stop is None else f' <a href="{escape(stop)}">{_text("no_more", language)}</a>'
    return _page(
        language,
        wording.question(brand, own, language),
        f'<form method="post"><h1 id="question">{title}</h1>{wrong}'
        f'<fieldset aria-labelledby="question">{_scores(score)}</fieldset>'
        f'<p class="ends"><span>{_text("least", language)}</span><span>{_text("most", language)}</span></p>'
        f'<label for="comment">{_text("comment", language)}</label>'
        f'<textarea id="comment" name="comment" maxlength="{LONGEST_COMMENT}">{escape(comment)}</textarea>'
        f'<p class="small">{_text("notice", language, brand=brand)}{leave}</p>'
        f"<button>{_text('send', language)}</button></form>",
    )


def told(state: PageState, language: Language) -> str:
    """A page that asks nothing any more."""
    title, text = wording.STATES[state][language]
    return _said(language, title, text)


def stopping(brand: str, language: Language) -> str:
    """Asks whether somebody really wants no more mails."""
    title = wording.said("stop_title", language, brand=brand)
    form = f'<form method="post"><button>{_text("stop", language)}</button></form>'
    return _said(language, title, wording.said("stop_text", language), form)


def stopped(language: Language, *, known: bool) -> str:
    """Says that nobody writes any more; `known`: there was an address at all."""
    title = wording.said("stopped", language)
    return _said(language, title, wording.said("stopped_text" if known else "no_address", language))


def failed(status: int, language: Language) -> str:
    """What went wrong."""
    name = f"failed_{status}" if f"failed_{status}" in wording.TEXTS else "failed"
    return _said(language, wording.said(name, language), wording.said(f"{name}_text", language))


def _scores(chosen: int | None) -> str:
    return "".join(
        f'<label><input type="radio" name="score" value="{n}" required{" checked" if n == chosen else ""}>'
        f"<span>{n}</span></label>"
        for n in range(11)
    )


def _said(language: Language, title: str, text: str, more: str = "") -> str:
    return _page(language, title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>{more}")


def _text(name: str, language: Language, /, **values: str) -> str:
    return escape(wording.said(name, language, **values))


def _page(language: Language, title: str, body: str) -> str:
    other, name = _OTHER[language]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>"
        f'<nav><a href="?lang={other}" lang="{other}" hreflang="{other}">{name}</a></nav>{body}'
        "</main></body></html>"
    )
