"""QR codes of links. Pure."""

import io
from typing import Literal

import segno
from msgspec import Struct

Level = Literal["L", "M", "Q", "H"]
MARGIN = 4


class Looks(Struct, frozen=True):
    """`size`: the edge in pixels, border and all; `border`: in modules; colours as six hex digits."""

    size: int = 512
    border: int = MARGIN
    dark: str = "000000"
    light: str = "ffffff"
    level: Level = "M"


def is_readable(looks: Looks) -> bool:
    """Whether readers tell the colours apart: WCAG's contrast of 3 at least, the modules being the darker.

    >>> [is_readable(each) for each in (Looks(), Looks(dark="eeeeee"), Looks(dark="ffffff", light="000000"))]
    [True, False, False]
    """
    dark, light = _luminance(looks.dark), _luminance(looks.light)
    return (light + 0.05) / (dark + 0.05) >= 3


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def svg(text: str, looks: Looks) -> bytes:
    """A drawing of exactly `size` pixels."""
    made = segno.make(text, error=looks.level, micro=False)
    out = io.BytesIO()
    width = made.symbol_size(border=looks.border)[0]
    made.save(
        out,
        kind="svg",
        scale=looks.size / width,
        border=looks.border,
        dark="#" + looks.dark,
        light="#" + looks.light,
        xmldecl=False,
    )
    return out.getvalue()


def png(text: str, looks: Looks) -> bytes:
    """A picture of at most `size` pixels: modules are whole pixels, so that no edge is blurred."""
    made = segno.make(text, error=looks.level, micro=False)
    out = io.BytesIO()
    width = made.symbol_size(border=looks.border)[0]
    scale = max(1, looks.size // width)
    made.save(
        out,
        kind="png",
        scale=scale,
        border=looks.border,
        dark="#" + looks.dark,
        light="#" + looks.light,
    )
    return out.getvalue()
