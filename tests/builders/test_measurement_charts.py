"""What the charts of measured values draw and say, beyond the rules that every chart keeps."""

import re

import pytest

from reports.builders.charts import (
    Marks,
    Plotted,
    control_chart,
    control_description,
    histogram,
    histogram_description,
    probability_description,
    probability_plot,
)
from reports.builders.charts.axes import Span, tick_texts, ticks
from reports.builders.charts.control import MOST_POINTS
from tests.builders.svg_reading import SVG, parse, words_in

FLAT = {"centre": [1.0] * 3, "lower": [0.5] * 3, "upper": [1.5] * 3}
HOW = {"key": "k", "title": "t", "language": "en"}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (73.98, 74.02, ["73.98", "73.99", "74.00", "74.01", "74.02"]),
        (-0.3, 0.2, ["-0.3", "-0.2", "-0.1", "0.0", "0.1", "0.2"]),
        (0, 5e9, ["0.0e+00", "1.0e+09", "2.0e+09", "3.0e+09", "4.0e+09", "5.0e+09"]),
    ],
)
def test_ticks_are_round_and_tell_neighbours_apart(low, high, expected):
    assert tick_texts(ticks(Span(low, high), 5)) == expected


def test_an_empty_bin_has_no_bar():
    svg = histogram([1, 1, 1, 9, 9, 9], Marks(), **HOW)
    bars = [box for box in parse(svg).iter(f"{SVG}rect") if box.attrib["class"] == "chart-fill-accent-mid"]
    assert len(bars) == 2 + len(["the sample in the key"])


def test_limits_and_target_are_named_above_the_bars():
    words = words_in(histogram([1.0, 2.0, 3.0], Marks(0.5, 3.5, 2.0), **HOW))
    assert all(text in words for text in ("LSL 0.5", "USL 3.5", "Target 2"))


def test_values_beyond_the_limits_are_counted_in_words():
    assert "Beyond the limits: 2." in histogram_description([1, 2, 3, 4], Marks(1.5, 3.5), "en")


def test_a_value_on_the_limit_lies_within():
    assert "Beyond the limits: 0." in histogram_description([1, 2], Marks(1, 2), "en")


def test_a_signal_has_a_shape_of_its_own_and_the_name_of_its_rule():
    plain, flagged = (
        control_chart(Plotted((1, 2, 3), (1.0, 1.2, 2.0), **FLAT, signals=signals), **HOW)
        for signals in ({}, {3: ("WE1",)})
    )
    assert ["<polygon" in svg for svg in (plain, flagged)] == [False, True]
    assert "WE1" in words_in(flagged)


def test_the_three_lines_carry_their_values():
    words = words_in(control_chart(Plotted((1, 2, 3), (1.0, 1.2, 0.9), **FLAT), **HOW))
    assert all(text in words for text in ("UCL 1.5", "CL 1", "LCL 0.5"))


def test_signals_are_told_by_point_and_rule():
    said = control_description(Plotted((1, 2, 3), (1.0, 1.2, 2.0), **FLAT, signals={3: ("WE1", "WE2")}), "en")
    assert "point 3 (WE1, WE2)" in said


def test_varying_limits_are_drawn_as_steps():
    plotted = Plotted((1, 2), (1.0, 1.1), [1.0, 1.0], [0.5, 0.6], [1.5, 1.4])
    assert control_chart(plotted, **HOW).count("<polyline") == 3


def test_the_extremes_of_many_points_stay_in_the_picture():
    points = [1.0 + (step % 7) / 100 for step in range(5000)]
    points[1234] = 9.0
    count = len(points)
    plotted = Plotted(range(1, count + 1), points, [1.0] * count, [0.9] * count, [1.1] * count)
    path = re.search(r'<polyline points="([^"]+)"', control_chart(plotted, **HOW))[1].split()
    heights = [float(pair.split(",")[1]) for pair in path]
    assert len(path) <= 2 * MOST_POINTS
    assert min(heights) < sorted(heights)[1] - 50


@pytest.mark.parametrize(("values", "far"), [([1.0, 2.0, 3.0], "0.18"), ([1, 1, 1, 1, 9], "0.93")])
def test_the_distance_from_the_normal_line_is_told(values, far):
    assert f"{far} standard deviations" in probability_description(values, "en")


def test_the_normal_line_stays_inside_the_picture():
    svg = probability_plot([1, 1, 1, 1, 1, 9], **HOW)
    assert all(float(one.attrib["x1"]) >= 0 for one in parse(svg).iter(f"{SVG}line"))
