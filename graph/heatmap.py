"""The overlap of a list as a picture: one SVG, text for those who can't see it, no script and no font."""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

CELL, GAP, CHARACTER, LINE = 44, 2, 7, 18
# From paper to ink: one hue, so that it reads the same without colours.
PALE, DARK = (247, 251, 255), (8, 48, 107)
UNKNOWN = "#e0e0e0"
# Figures in the cells of a longer list would be too small to read; they stay in each cell's title.
READABLE = 25
LABEL = 24


def heatmap(labels: Sequence[str], shares: NDArray[np.float64], title: str, description: str) -> str:
    """A matrix of shares in [0, 1] as SVG; NaN is drawn grey.

    labels: of rows and columns. shares: float64[m, m], row by column. title, description: read out in place
    of the picture. Raises ValueError where the sizes differ.

    >>> picture = heatmap(["a", "<b>"], np.array([[1.0, 0.25], [0.5, 1.0]]), "Overlap", "Shared followers")
    >>> picture.count("<rect"), "<title>a, &lt;b&gt;: 25%</title>" in picture
    (4, True)
    """
    size = len(labels)
    if shares.shape != (size, size):
        raise ValueError(f"{size} labels of a matrix of {shares.shape}")
    left = max((min(len(label), LABEL) for label in labels), default=0) * CHARACTER + 12
    top, side = left + 2 * LINE, size * (CELL + GAP)
    cells = [_cell(labels, shares, row, column, left, top) for row in range(size) for column in range(size)]
    return "\n".join(
        [
            *_head(left + side + 12, top + side + 12, title, description),
            *cells,
            *_names(labels, left, top),
            "</svg>",
        ]
    )


def _head(width: int, height: int, title: str, description: str) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="title description" font-family="sans-serif"'
        ' font-size="12">',
        f'<title id="title">{_text(title)}</title>',
        f'<desc id="description">{_text(description)}</desc>',
        f'<text x="8" y="{LINE}" font-size="14" font-weight="bold">{_text(title)}</text>',
    ]


def _cell(
    labels: Sequence[str], shares: NDArray[np.float64], row: int, column: int, left: int, top: int
) -> str:
    share = float(shares[row, column])
    x, y = left + column * (CELL + GAP), top + row * (CELL + GAP)
    said = "unknown" if np.isnan(share) else f"{share:.0%}"
    figure = ""
    if len(labels) <= READABLE and not np.isnan(share):
        ink = "#ffffff" if share > 0.5 else "#000000"
        place = f'x="{x + CELL // 2}" y="{y + CELL // 2 + 4}"'
        figure = f'<text {place} text-anchor="middle" fill="{ink}">{said}</text>'
    name = f"{_text(labels[row])}, {_text(labels[column])}: {said}"
    square = f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill="{_colour(share)}"/>'
    return f"<g><title>{name}</title>{square}{figure}</g>"


def _names(labels: Sequence[str], left: int, top: int) -> list[str]:
    names = []
    for place, label in enumerate(labels):
        middle = place * (CELL + GAP) + CELL // 2
        said = _text(label if len(label) <= LABEL else label[: LABEL - 1] + "…")
        x, y = left + middle + 4, top - 6
        names.append(f'<text x="{left - 6}" y="{top + middle + 4}" text-anchor="end">{said}</text>')
        names.append(f'<text x="{x}" y="{y}" transform="rotate(-90 {x} {y})">{said}</text>')
    return names


def _colour(share: float) -> str:
    if np.isnan(share):
        return UNKNOWN
    part = min(max(share, 0.0), 1.0)
    mixed = (round(pale + (dark - pale) * part) for pale, dark in zip(PALE, DARK, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _text(text: str) -> str:
    """Escaped, and without the control characters that XML has no way to write."""
    return escape("".join(letter for letter in text if letter.isprintable()))
