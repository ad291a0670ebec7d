from xml.etree import ElementTree

import numpy as np
import pytest
from pyroaring import BitMap

from graph.heatmap import heatmap
from graph.overlap import overlap

SVG = "{http://www.w3.org/2000/svg}"


def test_a_heat_map_says_in_text_what_it_shows():
    found = overlap([BitMap([1, 2, 3, 4]), BitMap([4]), BitMap()])
    drawn = heatmap(["ayşe", 'b"<&>', "c" * 40], found.containment, "Ortak takipçiler", "Satır ∩ sütun")
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    named = {root.get("aria-labelledby", "").split()[place] for place in (0, 1)}
    assert {element.get("id") for element in root if element.get("id")} == named
    assert [element.text for element in root.iter(f"{SVG}title")][:3] == [
        "Ortak takipçiler",
        "ayşe, ayşe: 100%",
        'ayşe, b"<&>: 25%',
    ]
    assert len(list(root.iter(f"{SVG}rect"))) == 9
    assert sum("unknown" in (title.text or "") for title in root.iter(f"{SVG}title")) == 3
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts.count("100%") == 3
    assert "c" * 23 + "…" in texts


def test_darker_is_more():
    shares = np.array([[1.0, 0.5], [0.0, 1.0]])
    fills = [
        rect.get("fill")
        for rect in ElementTree.fromstring(heatmap(["a", "b"], shares, "t", "d")).iter(f"{SVG}rect")
    ]
    light = [int(fill[1:3], 16) for fill in fills]
    assert light[0] == light[3] < light[1] < light[2]


def test_long_lists_keep_figures_in_titles_alone():
    drawn = ElementTree.fromstring(heatmap([str(place) for place in range(26)], np.eye(26), "t", "d"))
    assert not any((text.text or "").endswith("%") for text in drawn.iter(f"{SVG}text"))


def test_control_characters_do_not_break_the_picture():
    drawn = ElementTree.fromstring(heatmap(["a\x00\x1b\ud800"], np.eye(1), "t\x07", "d"))
    assert drawn.find(f"{SVG}title").text == "t"


def test_sizes_must_agree():
    with pytest.raises(ValueError, match="labels"):
        heatmap(["a"], np.eye(2), "t", "d")
    assert ElementTree.fromstring(heatmap([], np.zeros((0, 0)), "t", "d")).get("role") == "img"
