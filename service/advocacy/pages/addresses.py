"""Addresses of pages, and of what is shared. Pure."""

from urllib.parse import quote

JOIN, CONFIRM = "/join/", "/join/confirm/"


def path(token: str, slug: str | None) -> str:
    """The path of a page.

    >>> path("k2b4c5d6f7g8", "kahve-dostlari"), token_of("kahve-dostlari-k2b4c5d6f7g8")
    ('/join/kahve-dostlari-k2b4c5d6f7g8', 'k2b4c5d6f7g8')
    """
    return JOIN + (token if slug is None else f"{slug}-{token}")


def token_of(name: str) -> str:
    """What a page is found by: words before it are for people, and may change."""
    return name.rpartition("-")[2]


def invitation(public: str, token: str, slug: str | None, advocate: str) -> str:
    """The page's address for friends of an advocate."""
    return f"{public}{path(token, slug)}?ref={advocate}"


def whatsapp(text: str) -> str:
    """Opens WhatsApp with a message, for whomever the advocate chooses.

    >>> whatsapp("Kahve & çay")
    'https://wa.me/?text=Kahve%20%26%20%C3%A7ay'
    """
    return "https://wa.me/?text=" + quote(text, safe="")


def mailto(subject: str, text: str) -> str:
    """Opens the advocate's own mail program.

    >>> mailto("A b", "c")
    'mailto:?subject=A%20b&body=c'
    """
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(text, safe='')}"
