"""By what a mention is known again. Pure."""

import re
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

from service.kit.text import fold_tr
from service.mentions.reports import MentionReport

# Parameters that say how somebody came, not what is there.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|ttclid|twclid|yclid|igsh|igshid|mc_[ce]id|ref|ref_src|ref_url|si|s|feature"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAME_HOST = re.compile(r"^(?:www|m|mobile|amp)\.")
_ALIASES = {"twitter.com": "x.com", "old.reddit.com": "reddit.com", "new.reddit.com": "reddit.com"}


def mention_key(report: MentionReport) -> str:
    """The source's own id, else the address, else who said what and when.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> told = MentionReport(source="x", platform="x", text="hi", published_at=at, native_id="7")
    >>> mention_key(told)
    'id:x 7'
    """
    if report.native_id:
        return _bounded(f"id:{report.source} {report.native_id}")
    if report.url and (address := normal_url(report.url)):
        return _bounded(f"url:{address}")
    author = report.author_id or report.author_handle or report.author_name or ""
    said = (report.source, fold_tr(author), report.published_at.isoformat(), fold_tr(report.text))
    return f"text:{_digest(chr(0).join(said))}"


def normal_url(url: str) -> str | None:
    """An address without what varies: scheme, `www.`, tracking, order of parameters, fragment, last slash.

    None where the text is no address.

    >>> normal_url("HTTPS://www.Example.com:443/a/?utm_source=x&b=2&a=1#top")
    'example.com/a?a=1&b=2'
    >>> normal_url("https://twitter.com/elci/status/1?s=20") == normal_url("http://x.com/elci/status/1/")
    True
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    host = _SAME_HOST.sub("", host)
    host = _ALIASES.get(host, host)
    shown = host if port in (None, _DEFAULT_PORTS.get(parts.scheme.lower())) else f"{host}:{port}"
    kept = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(pair[0]))
    return shown + parts.path.rstrip("/") + (f"?{urlencode(kept)}" if kept else "")


def site(url: str | None) -> str | None:
    """The host that a mention stands on.

    >>> site("https://www.reddit.com/r/Turkey/comments/1")
    'reddit.com'
    """
    address = normal_url(url) if url else None
    return re.split(r"[/?:]", address, maxsplit=1)[0][:253] or None if address else None


def _tracks(name: str) -> bool:
    return _TRACKING.fullmatch(name.lower()) is not None


def _bounded(key: str) -> str:
    # A row of a btree holds 2,700 bytes.
    return key if len(key.encode()) <= 1_000 else f"{key[:200]}~{_digest(key)}"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
