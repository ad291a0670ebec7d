"""Emoji and emoticons as a few kinds of feeling: a face that no training text held counts as its kind.

Which feeling an emoji stands for follows the Unicode names; kinds are coarse on purpose.
"""

import re

_EMOJI = {
    "love": "❤🧡💛💚💙💜🖤🤍🤎💓💗💖💕💞💘💝💟❣♥😍🥰😘😻😚😗😙🫶💋",
    "smile": "😀😃😄😁🙂😊😇☺🤗😸😺🤩🥳😎😌😋🤤😏😉🙃😛😜😝🤪🌞🤠",
    "laugh": "😂🤣😹😆😅",
    "praise": "👍👏🙌👌💪🔥🎉🎊✨⭐🌟💯🏆🥇🙏✅🌹💐🌸🤝🤘🤙✌👑🚀🎁🤞💎",
    "anger": "😠😡🤬👿😤💢🖕👎😾☠💀💩🤮🤢🤡🚫❌👺👹",
    "sad": "😢😭😞😔😟😕🙁☹😣😖😫😩😥😓😿💔🥺😪😰😨😱😮😧😦😵🥲🤦🤷",
    "doubt": "😐😑😒🙄🤔😶😬🤨🧐🤥😳🥴",
}
_KIND_OF = {char: kind for kind, chars in _EMOJI.items() for char in chars}
_TYPED = (
    # The kind of a typed face, by eyes, nose and mouth; a letter for a mouth needs the end of a word.
    ("love", r"<3+"),
    ("anger", r"</3+"),
    ("smile", r"[:;=8xX][-o^']?[)\]}*>]+|[:;=xX][-^']?[DPp](?![a-zA-Z0-9])|\^[_.-]?\^|\([:;=]|:'\)"),
    (
        "sad",
        r"[:;=][-o^']?[(\[{<|]+|[:;=]'[-]?\(+|[:;=]-?/(?!/)|[:;=][-']?S(?![a-zA-Z0-9])"
        r"|\)[:;=]|:'\(|D:|[-~>][_.][-~<]",
    ),
)
_FACES = re.compile(
    "|".join([rf"(?P<{kind}{at}>(?<![\w:/])(?:{face}))" for at, (kind, face) in enumerate(_TYPED)])
    + "|(?P<emoji>["
    + "".join(_KIND_OF)
    + "])|(?P<other>[\U0001f300-\U0001faff\u2600-\u27bf])"
)


def take_faces(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text with a space for each face, and the faces as (kind, face), in order.

    >>> take_faces("süper :) 😡")
    ('süper    ', [('smile', ':)'), ('anger', '😡')])
    """
    found: list[tuple[str, str]] = []

    def note(match: re.Match[str]) -> str:
        face, group = match.group(), match.lastgroup or ""
        kind = _KIND_OF.get(face, "other") if group in ("emoji", "other") else group.rstrip("0123456789")
        found.append((kind, face))
        return " "

    return _FACES.sub(note, text), found
