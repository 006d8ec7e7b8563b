"""The picture."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from antiphon.bench.chart import chart
from antiphon.bench.measure import Measurement

SVG = "{http://www.w3.org/2000/svg}"


def test_dots() -> None:
    """One dot for each measurement, the faster the further right, beside its workload's name."""
    measured = [
        Measurement("slow", "model", 20_000, 1.0, 0.0),
        Measurement("slow", "compiled", 40_000_000, 1.0, 0.0),
        Measurement("<fast>", "pure", 100, 1.0, 0.0),
    ]
    root = ET.fromstring(chart(measured))
    dots = [
        (float(dot.attrib["cx"]), dot.attrib["cy"])
        for dot in root.iter(f"{SVG}circle")
        if dot.attrib["cy"] != "36"
    ]
    assert len(dots) == 3
    assert dots[2][0] < dots[0][0] < dots[1][0]
    assert dots[0][1] == dots[1][1] != dots[2][1]
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert "<fast>" in texts
    assert {"100", "1 k", "1 M", "100 M"} <= set(texts)


def test_one_pace() -> None:
    """A single measurement is drawn too."""
    assert "<circle" in chart([Measurement("x", "pure", 1000, 1.0, 0.0)])
