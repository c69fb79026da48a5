"""Small charts as SVG: dots and lines over time, in the colours of the page that holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

WIDTH, HEIGHT = 760, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 12, 40
COLOURS = 8
"""The page has `--c0` ... `--c7`."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Series:
    """`label`: as the legend names it; empty: not named there. `steps`: values stay until they
    change; else dots."""

    label: str
    colour: int
    points: Sequence[Point]
    steps: bool = False


def chart(series: Sequence[Series], *, title: str, x: str, y: str) -> str:
    """`title` is what a screen reader says. `x`, `y`: what the axes show."""
    points = [point for each in series for point in each.points]
    if not points:
        return f"<p>{escape(title)}: nothing to show.</p>"
    most_x, most_y = max(px for px, _ in points), max(max(py for _, py in points), 0.1)
    least_y = min(0.0, min(py for _, py in points))
    plane = _Plane(1.02 * most_x or 1.0, least_y, 1.05 * most_y)
    body = [*plane.grid(x, y), *(plane.drawn(each) for each in series)]
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title, quote=True)}">'
        f"{''.join(body)}</svg>{_legend(series)}"
    )


@dataclass(frozen=True, slots=True)
class _Plane:
    most_x: float
    least_y: float
    most_y: float

    def at(self, point: Point) -> Point:
        across, up = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
        x = LEFT + across * point[0] / self.most_x
        y = TOP + up * (self.most_y - point[1]) / (self.most_y - self.least_y)
        return round(x, 1), round(y, 1)

    def grid(self, x: str, y: str) -> list[str]:
        lines = []
        for value in _ticks(self.least_y, self.most_y):
            _, at = self.at((0, value))
            lines.append(f'<path class="grid" d="M{LEFT} {at}H{WIDTH - RIGHT}"/>')
            lines.append(f'<text x="{LEFT - 6}" y="{at + 4}" text-anchor="end">{value:g}</text>')
        for value in _ticks(0, self.most_x):
            at, _ = self.at((value, 0))
            bottom = HEIGHT - BOTTOM + 16
            lines.append(f'<text x="{at}" y="{bottom}" text-anchor="middle">{value:g}</text>')
        middle = (LEFT + WIDTH - RIGHT) / 2
        lines.append(
            f'<text x="{middle}" y="{HEIGHT - 6}" text-anchor="middle">{escape(x)}</text>'
            f'<text transform="translate(12 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">'
            f"{escape(y)}</text>"
        )
        return lines

    def drawn(self, series: Series) -> str:
        if series.steps:
            return self._steps(series)
        dots = []
        for point in series.points:
            x, y = self.at(point)
            label = escape(f"{series.label}: {point[1]:.2f} at {point[0]:.1f}")
            dots.append(f'<circle cx="{x}" cy="{y}" r="2.6"><title>{label}</title></circle>')
        return f'<g fill="var(--c{series.colour % COLOURS})">{"".join(dots)}</g>'

    def _steps(self, series: Series) -> str:
        x, y = self.at(series.points[0]) if series.points else (0, 0)
        way = f"M{x} {y}" + "".join("H{} V{} ".format(*self.at(p)) for p in series.points[1:])
        colour = series.colour % COLOURS
        return f'<path fill="none" stroke="var(--c{colour})" stroke-width="1.8" d="{way}"/>'


def _ticks(least: float, most: float, wanted: int = 6) -> list[float]:
    """Round values from least to most."""
    rough = (most - least) / wanted
    size = 10.0 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    first = floor(least / step)
    values = [round(step * number, 10) for number in range(first, first + 3 * wanted)]
    return [value for value in values if least <= value <= most]


def _legend(series: Sequence[Series]) -> str:
    named = {each.label: each.colour % COLOURS for each in series if each.label}
    items = "".join(
        f'<li><span style="background:var(--c{colour})"></span>{escape(label)}</li>'
        for label, colour in named.items()
    )
    return f'<ul class="legend">{items}</ul>'
