"""Pages to join on, and of one's own link. Pure.

No script, no asset from anywhere, one style under a hash, so that the policy can forbid all else.
"""

import base64
import hashlib
import re
from html import escape

from service.advocacy.pages import addresses, wording
from service.advocacy.pages.form import Filled
from service.advocacy.pages.schemas import Ended, PublicJoinPage, Sharing
from service.programs.preferences.schemas import Language

_STYLE = (
    ":root{color-scheme:light dark}*{box-sizing:border-box}"
    "body{margin:0;min-height:100vh;display:flex;justify-content:center;"
    "font:16px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#f7f7f9}"
    "main{width:100%;max-width:38rem;padding:2rem 1rem}"
    "h1{font-size:1.4rem;line-height:1.3;margin:0 0 .75rem;overflow-wrap:anywhere}"
    "h2{font-size:1.05rem;margin:1.75rem 0 .35rem}"
    "p{margin:0 0 1rem;overflow-wrap:anywhere}.soft{color:#55555e}.small{font-size:.875rem}"
    "label{display:block;font-weight:600;margin:0 0 .25rem}label span{font-weight:400;color:#55555e}"
    ".field{margin:0 0 1.1rem}.field p{margin:0 0 .25rem}"
    "input[type=text],input[type=email]{display:block;width:100%;font:inherit;color:inherit;background:#fff;"
    "padding:.6rem;border:1px solid #85858f;border-radius:.5rem}"
    ".tick{display:flex;gap:.6rem;align-items:flex-start}.tick label{font-weight:400;margin:0}"
    ".tick input{width:1.25rem;height:1.25rem;margin:.15rem 0 0;flex:none}"
    "[aria-invalid=true]{border-color:#9c2019!important;border-width:2px!important}"
    ".away{position:absolute;left:-99rem}.fault{color:#9c2019;font-weight:600}"
    ".note{border-left:4px solid #9c2019;padding-left:.75rem}"
    "button,.button{font:inherit;display:inline-block;padding:.8rem 1.6rem;border:0;border-radius:.75rem;"
    "background:#1b1b1f;color:#fff;font-weight:600;cursor:pointer;text-decoration:none;"
    "margin:0 .5rem .5rem 0}"
    ":focus-visible{outline:3px solid #3f7fe0;outline-offset:2px}a{color:inherit}"
    "nav{text-align:right;font-size:.875rem;margin:0 0 1rem}"
    "svg{display:block;max-width:100%;height:auto;border-radius:.5rem}"
    "@media(prefers-color-scheme:dark){body{background:#141417;color:#f2f2f4}"
    ".soft,label span{color:#b3b3bd}input[type=text],input[type=email]{background:#1f1f24}"
    "button,.button{background:#f2f2f4;color:#141417}.fault{color:#f5a9a3}.note{border-color:#f5a9a3}"
    "[aria-invalid=true]{border-color:#f5a9a3!important}}"
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
_AUTOCOMPLETE = {"name": "name", "email": "email"}
_BLANK = re.compile(r"\n\s*\n")
EMPTY = Filled({})


def joining(
    page: PublicJoinPage, proof: str, ref: str | None, filled: Filled = EMPTY, *, stale: bool = False
) -> str:
    """The page with its form, as it was filled in so far."""
    language = page.language
    parts = [f"<h1>{escape(page.headline)}</h1>", _paragraphs(page.intro)]
    if ref:
        parts.append(f"<p><strong>{_text('invited', language)}</strong></p>")
    if page.customers_only:
        parts.append(f'<p class="soft">{_text("only_customers", language)}</p>')
    if page.terms:
        parts.append(f"<h2>{_text('terms', language)}</h2>{_paragraphs(page.terms)}")
    if stale or filled.faults:
        told = _text("stale" if stale else "faults", language)
        parts.append(f'<p class="fault note" role="alert">{told}</p>')
    parts.append(_form(page, proof, filled, language))
    return _page(language, page.headline, "".join(parts), ref)


def _form(page: PublicJoinPage, proof: str, filled: Filled, language: Language) -> str:
    boxes = _box("consent", page.consent.version, page.consent.text, filled, language, required=True)
    if page.marketing is not None:
        boxes += _box("marketing", page.marketing.version, page.marketing.text, filled, language)
    return (
        f'<form method="post" novalidate><input type="hidden" name="shown" value="{escape(proof)}">'
        + _input("name", filled, language, most=200, required=True)
        + _input("email", filled, language, most=254, required=True, hint="email_hint")
        + _input("board_name", filled, language, most=200, hint="board_hint")
        + f'<div class="away" aria-hidden="true"><label for="fax">{_text("fax", language)}</label>'
        '<input type="text" id="fax" name="fax" tabindex="-1" autocomplete="off"></div>'
        + f"<h2>{_text('notice', language)}</h2>{_paragraphs(page.notice)}"
        + boxes
        + f"<button>{_text('join', language)}</button></form>"
    )


def _input(
    name: str, filled: Filled, language: Language, *, most: int, required: bool = False, hint: str = ""
) -> str:
    kind = "email" if name == "email" else "text"
    told, refers = _told(name, filled, language, hint)
    more = " required" if required else ""
    more += f' autocomplete="{_AUTOCOMPLETE.get(name, "off")}"'
    hinted = f'<p class="small soft" id="{name}-hint">{_text(hint, language)}</p>' if hint else ""
    must = _text("required" if required else "optional", language)
    return (
        f'<div class="field"><label for="{name}">{_text(name, language)} <span>({must})</span></label>'
        f"{hinted}"
        f'<input type="{kind}" id="{name}" name="{name}" maxlength="{most}" '
        f'value="{escape(filled.values.get(name, ""))}"{more}{refers}>{told}</div>'
    )


def _box(
    name: str, version: str, text: str, filled: Filled, language: Language, *, required: bool = False
) -> str:
    """A box that nobody has ticked beforehand; who ticked it finds it ticked again, of the same text."""
    told, refers = _told(name, filled, language, "")
    checked = " checked" if filled.values.get(name) == version else ""
    must = _text("required" if required else "optional", language)
    return (
        f'<div class="field"><div class="tick"><input type="checkbox" id="{name}" name="{name}" '
        f'value="{escape(version)}"{checked}{" required" if required else ""}{refers}>'
        f'<label for="{name}">{_lines(text)} <span>({must})</span></label></div>{told}</div>'
    )


def _told(name: str, filled: Filled, language: Language, hint: str) -> tuple[str, str]:
    """What stands below a field, and what it refers to."""
    is_wrong = name in filled.faults
    ids = [f"{name}-hint"] * bool(hint) + [f"{name}-fault"] * is_wrong
    refers = f' aria-describedby="{" ".join(ids)}"' if ids else ""
    refers += ' aria-invalid="true"' if is_wrong else ""
    if not is_wrong:
        return "", refers
    return f'<p class="fault" id="{name}-fault">{_text(f"fault_{name}", language)}</p>', refers


def sent(language: Language) -> str:
    """Says that a mail is under way, whoever the address belongs to."""
    text = wording.said("sent_text", language, days=str(wording.DAYS))
    return _said(language, wording.said("sent", language), text)


def confirming(brand: str, program: str, language: Language) -> str:
    """Asks for the confirmation: mailboxes open links by themselves, and none presses a button."""
    form = f'<form method="post"><button>{_text("confirm_button", language)}</button></form>'
    text = wording.said("confirm_text", language, brand=brand, program=program)
    return _said(language, wording.said("confirm", language), text, form)


def ended(how: Ended, brand: str, language: Language) -> str:
    """Why somebody has not joined, or what it takes."""
    title, text = (each[language == "en"].format(brand=brand) for each in wording.ENDS[how])
    more = _log_in(language) if how == "partner" else ""
    return _said(language, title, text, more)


def own(sharing: Sharing, brand: str, message: str | None, qr: str | None, language: Language) -> str:
    """What an advocate shares, and how. `qr`: a drawing of the link."""
    title = wording.said("yours", language, name=sharing.name)
    parts = [f"<h1>{escape(title)}</h1><p>{_text('yours_text', language)}</p>"]
    for name, value in (("link", sharing.link), ("code", sharing.code), ("page", sharing.page)):
        if value is not None:
            parts.append(_shown(f"your_{name}", value, language))
    if message is not None:
        subject = wording.said("share_subject", language, brand=brand)
        parts.append(
            f'<p><a class="button" rel="noreferrer" href="{escape(addresses.whatsapp(message))}">'
            f"{_text('whatsapp', language)}</a>"
            f'<a class="button" href="{escape(addresses.mailto(subject, message))}">'
            f"{_text('mail', language)}</a></p>"
        )
    if qr is not None:
        parts.append(f"<h2>{_text('qr', language)}</h2>{qr}")
    parts.append(_log_in(language))
    return _page(language, title, "".join(parts))


def _shown(name: str, value: str, language: Language) -> str:
    return (
        f'<div class="field"><label for="{name}">{_text(name, language)}</label>'
        f'<p class="small soft" id="{name}-hint">{_text("copy_hint", language)}</p>'
        f'<input type="text" id="{name}" readonly value="{escape(value)}" '
        f'aria-describedby="{name}-hint"></div>'
    )


def _log_in(language: Language) -> str:
    return f'<p><a href="/p/login?lang={language}">{_text("log_in", language)}</a></p>'


def failed(status: int, language: Language) -> str:
    """What went wrong."""
    name = f"failed_{status}" if f"failed_{status}" in wording.TEXTS else "failed"
    return _said(language, wording.said(name, language), wording.said(f"{name}_text", language))


def _said(language: Language, title: str, text: str, more: str = "") -> str:
    return _page(language, title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>{more}")


def _text(name: str, language: Language, /, **values: str) -> str:
    return escape(wording.said(name, language, **values))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_lines(part)}</p>" for part in _BLANK.split(text.strip()))


def _lines(text: str) -> str:
    return escape(text.strip()).replace("\n", "<br>")


def _page(language: Language, title: str, body: str, ref: str | None = None) -> str:
    other, name = _OTHER[language]
    asked = f"?lang={other}" + (f"&ref={ref}" if ref else "")
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>"
        f'<nav><a href="{escape(asked)}" lang="{other}" hreflang="{other}">{name}</a></nav>{body}'
        "</main></body></html>"
    )
