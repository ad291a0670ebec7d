"""Text out of HTML, whatever it is worth: linear in its length, and it never raises. Pure."""

import html
import re

# What a text may be cut to before it is read: a mention keeps 50,000 characters.
MOST_MARKUP = 400_000
_TAGS = frozenset(
    (
        *("a", "abbr", "address", "article", "aside", "audio", "b", "blockquote", "body", "br"),
        *("button", "caption", "center", "cite", "code"),
        *("col", "dd", "del", "details", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption"),
        *("figure", "font", "footer", "form", "frame"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "iframe", "img"),
        *("input", "ins", "kbd", "label", "li", "link", "main", "mark"),
        *("meta", "nav", "noscript", "object", "ol", "option", "p", "param", "picture", "pre", "q"),
        *("s", "samp", "script", "section", "select"),
        *("small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg"),
        *("table", "tbody", "td", "textarea", "tfoot"),
        *("th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr"),
    )
)
_BREAKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt"),
        *("figcaption", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option"),
        *("p", "pre", "section", "table", "td", "th", "title", "tr", "ul"),
    )
)
_UNSEEN = frozenset(("head", "noscript", "object", "script", "style", "svg", "textarea"))
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,12})(?=[\s/>])")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\s]*")


def plain(text: str) -> str:
    """The text that a reader of the HTML sees; what only looks like a tag stays.

    >>> plain("<p>Kahve &amp; <b>çay</b><br>a &lt; b</p><script>x()</script> I <3 it")
    'Kahve & çay\\na < b\\nI <3 it'
    """
    text = text[:MOST_MARKUP]
    if "<" in text:
        text = _without_tags(text)
    return tidy(html.unescape(text))


def tidy(text: str) -> str:
    """White space as one space, lines as lines.

    >>> tidy("  a \\t b \\n\\n c ")
    'a b\\nc'
    """
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def _without_tags(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0:
        kept.append(text[at:start])
        at, put = _after(text, start)
        kept.append(put)
    kept.append(text[at:])
    return "".join(kept)


def _after(text: str, start: int) -> tuple[int, str]:
    """Where what begins at `<` ends, and what stands for it."""
    if text.startswith("<!--", start):
        return _behind(text, "-->", start), " "
    if text.startswith("<![CDATA[", start):
        end = text.find("]]>", start)
        return (len(text), text[start + 9 :]) if end < 0 else (end + 3, text[start + 9 : end])
    found = _NAME.match(text, start)
    name = found[1].lower() if found else ""
    if name not in _TAGS:
        return start + 1, "<"
    end = _behind(text, ">", start)
    if name in _UNSEEN and text[start + 1] != "/" and text[end - 2 : end] != "/>":
        end = _behind(text, ">", _closing(text, name, end))
    return end, "\n" if name in _BREAKS else ""


def _closing(text: str, name: str, at: int) -> int:
    found = re.compile(f"</{name}(?=[\\s>])", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)


def _behind(text: str, mark: str, at: int) -> int:
    end = text.find(mark, at)
    return len(text) if end < 0 else end + len(mark)
