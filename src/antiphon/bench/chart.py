"""A picture of the measurements: one line per workload, one dot per machine, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Final
from xml.sax.saxutils import escape

from antiphon.bench.measure import Measurement, Name

_COLOURS: Final[dict[Name, str]] = {
    "model": "#b07aa1",
    "pure": "#f28e2b",
    "compiled": "#2a7f3f",
    "asyncio": "#4e79a7",
    "asyncio-trace": "#9db7d5",
}
_LEFT: Final = 150
_WIDTH: Final = 560
_ROW: Final = 22
_TOP: Final = 56


def chart(measured: Sequence[Measurement]) -> str:
    """Steps per second, on a logarithmic scale."""
    names = list(dict.fromkeys(one.workload for one in measured))
    paces = [one.steps_per_second for one in measured]
    low, high = floor(log10(min(paces))), ceil(log10(max(paces)))
    high = max(high, low + 1)
    bottom = _TOP + _ROW * len(names)

    def x(pace: float) -> float:
        return _LEFT + _WIDTH * (log10(pace) - low) / (high - low)

    def y(name: str) -> float:
        return _TOP + _ROW * (names.index(name) + 0.5)

    parts = [_text(_LEFT, 16, "start", "steps per second (asyncio: puts and gets)"), *_legend()]
    for power in range(low, high + 1):
        at = x(10.0**power)
        parts.append(
            f'<line x1="{at:.1f}" y1="{_TOP}" x2="{at:.1f}" y2="{bottom}" stroke="#d8d8d8"/>'
        )
        parts.append(_text(at, bottom + 16, "middle", _short(power)))
    parts += [_text(_LEFT - 8, y(name) + 4, "end", name) for name in names]
    parts += [
        f'<circle cx="{x(one.steps_per_second):.1f}" cy="{y(one.workload):.1f}" r="5"'
        f' fill="{_COLOURS[one.engine]}"/>'
        for one in measured
    ]
    width, height = _LEFT + _WIDTH + 40, bottom + 28
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' font-family="sans-serif" font-size="12">'
    )
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, ground, *parts, "</svg>"]) + "\n"


def _legend() -> list[str]:
    parts: list[str] = []
    for number, (name, colour) in enumerate(_COLOURS.items()):
        at = _LEFT + 110 * number
        parts.append(f'<circle cx="{at + 5}" cy="36" r="5" fill="{colour}"/>')
        parts.append(_text(at + 15, 40, "start", name))
    return parts


def _text(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _short(power: int) -> str:
    """A power of ten as people write it."""
    size = 10**power if power >= 0 else 10.0**power
    for unit, name in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if size >= unit:
            return f"{size // unit:.0f} {name}"
    return f"{size:g}"
