"""What stands in a caption: hashtags and mentions, in every way of writing them."""

import re
import unicodedata

# A letter with a mark that no single character holds stays one word: `#i̇şbirliği` is not `#i`.
_WORD = r"[\w\u0300-\u036f]"
_HASHTAG = re.compile(rf"[#＃]({_WORD}{{1,139}})")
_MENTION = re.compile(rf"(?<![\w.])@({_WORD}[\w.\u0300-\u036f]{{0,99}})")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]")
MOST = 100


def hashtags(caption: str | None) -> list[str]:
    """Hashtags without #, each once, in order.

    >>> hashtags("Yeni sezon #Moda #moda #İşBirliği")
    ['Moda', 'moda', 'İşBirliği']
    """
    return _found(_HASHTAG, caption)


def mentions(caption: str | None) -> list[str]:
    """Handles that are named, without @, each once, in order.

    >>> mentions("@elci.tr ile, teşekkürler @elci.tr. bize@yaz.com")
    ['elci.tr']
    """
    return list(dict.fromkeys(handle.rstrip(".") for handle in _found(_MENTION, caption)))


def _found(pattern: re.Pattern[str], caption: str | None) -> list[str]:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", caption or ""))
    return list(dict.fromkeys(pattern.findall(text)))[:MOST]
