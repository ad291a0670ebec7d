"""The heat map of a list (pure)."""

from typing import Literal

import numpy as np

from graph.heatmap import heatmap
from service.discovery.reach.overlaps.matrices import containment, jaccard
from service.discovery.reach.overlaps.show import Compared

Shown = Literal["containment", "jaccard"]
Language = Literal["tr", "en"]
# A picture of more has cells that nobody can point at.
MOST_DRAWN = 100
_WORDS = {
    ("containment", "en"): (
        "Overlap: {name}",
        "Share of each row's audience that follows the column too",
    ),
    ("jaccard", "en"): ("Overlap: {name}", "People in both audiences, as a share of those in either"),
    ("containment", "tr"): ("Örtüşme: {name}", "Satırdaki kitlenin, sütundakini de takip eden payı"),
    ("jaccard", "tr"): ("Örtüşme: {name}", "İki kitlede de bulunanların, en az birinde bulunanlara oranı"),
}


def picture(found: Compared, name: str, shown: Shown, language: Language) -> str:
    """An SVG with the influencers that have sets; cells that can't be told are grey."""
    title, description = _WORDS[shown, language]
    labels = [each.name for each in found.candidates]
    sizes = np.array(found.sizes, dtype=np.float64)
    if found.shared is None:
        raise ValueError("there are no pairs to draw")
    shares = (containment if shown == "containment" else jaccard)(found.shared.value, sizes)
    return heatmap(labels, shares, title.format(name=name), description)
