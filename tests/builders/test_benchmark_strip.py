"""Where a firm is drawn against a published share: the leading q or the other 1 - q, and no closer than is known."""

import pytest

from reports.builders.charts import Strip, benchmark_strip
from reports.builders.charts.palette import SIGNAL
from tests.builders.svg_reading import SVG, parse, words_in

WIDTH = 400.0


def drawn(**values):
    row = Strip(**{"title": "t", "share": 0.2, "published": "20%", "reached": True} | values)
    return benchmark_strip([row], key="k", title="t", language="en", width=WIDTH)


def firm_bars(svg):
    """Left and right end of each bar in the firm's colour, in ranks; the key's own bar is left out."""
    bars = [box.attrib for box in parse(svg).iter(f"{SVG}rect") if box.attrib["fill"] == SIGNAL.light]
    spans = [(float(bar["x"]) / WIDTH, float(bar["width"]) / WIDTH) for bar in bars[:-1]]
    return [(round(left, 2), round(left + width, 2)) for left, width in spans]


def diamonds(svg):
    return sum(shape.attrib["fill"] == SIGNAL.light for shape in parse(svg).iter(f"{SVG}polygon")) - 1


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ({"reached": True}, [(0.8, 1.0)]),
        ({"reached": False}, [(0.0, 0.8)]),
        ({"reached": True, "low": 0.9, "high": 0.95}, [(0.9, 0.95)]),
        ({"reached": None, "reason": "Not applicable."}, []),
    ],
)
def test_the_whole_interval_is_marked(values, ends):
    assert firm_bars(drawn(**values)) == ends


@pytest.mark.parametrize(
    ("op", "reached", "solid"),
    [("<", True, (0.98, 1.0)), ("<", False, (0.0, 0.8)), (">", True, (0.8, 1.0)), (">", False, (0.0, 0.62))],
)
def test_beside_a_bound_the_edge_of_the_interval_fades(op, reached, solid):
    first, *stripes = firm_bars(drawn(op=op, reached=reached))
    assert (first, len(stripes)) == (solid, 6)


@pytest.mark.parametrize(("op", "count"), [("=", 1), ("<", 0), (">", 0)])
def test_only_an_exact_share_gives_a_mid_rank(op, count):
    assert diamonds(drawn(op=op)) == count


def test_an_empty_row_says_why():
    assert "Not applicable." in words_in(drawn(reached=None, reason="Not applicable."))


def test_both_sides_of_the_cut_are_named_with_their_share():
    words = words_in(drawn(share=0.4541, published="45.41%"))
    assert "the other 54.59%" in words
    assert "leading 45.41%" in words
