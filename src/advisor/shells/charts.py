"""Charts as files: what was sent on each day, and in the seven days up to it, with average and limit.

Drawn by matplotlib, which is loaded for this alone and may be missing. The same history gives the same SVG to
the byte. Colours keep apart for people who see them differently, and nothing is told by colour alone.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from advisor.model.coming_week import ComingWeek, DailyCounts
from advisor.report.coming_week import dated
from advisor.shells.placing import replace_files

ENDINGS = (".svg", ".png")
MOST_DAYS = 91
"""Days that are drawn at most, the last ones."""
_FEW_DAYS = 14
"""So many days at most are named below their own bars."""
_SIZE = (9.0, 5.4)
_DOTS = 160
"""Dots to the inch of a PNG."""
_CALM, _FULL, _LINE, _WARN, _INK, _FAINT = "#7fb3d5", "#1f618d", "#0b3c5d", "#b5481c", "#2b2b2b", "#d9dee2"
_SETTINGS = {
    "svg.hashsalt": "etiquette-advisor",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 10,
    "text.color": _INK,
    "axes.edgecolor": _FAINT,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A file that a chart is to be written to."""

    path: Path

    @classmethod
    def at(cls, place: str) -> Chart:
        """The chart at `place`, once its ending is known and matplotlib is there.

        Raises:
            click.UsageError: where one of the two is not so.
        """
        path = Path(place)
        if path.suffix.lower() not in ENDINGS:
            raise click.UsageError(
                f"--chart writes {' and '.join(ENDINGS)}, and {place!r} has another ending."
            )
        try:
            import_module("matplotlib")
        except ImportError:
            raise click.UsageError(
                "--chart needs matplotlib, which is not installed: pip install 'etiquette-advisor[charts]'"
            ) from None
        return cls(path)

    def write(self, counts: DailyCounts | None, plan: ComingWeek | None) -> None:
        """Draw the days and put the picture in its place, wholly or not at all.

        Raises:
            click.UsageError: where no days are known that could be drawn.
            InputError: where the file cannot be written.
        """
        if counts is None or plan is None:
            raise click.UsageError(
                "--chart has no days to draw: tell a week or more as `recent_days`, `dates` or `times`."
            )
        picture = drawn(counts, plan, self.path.suffix.lower().removeprefix("."))
        replace_files({self.path: picture})
        click.echo(f"{self.path} is written.", err=True)


def drawn(counts: DailyCounts, plan: ComingWeek, kind: str) -> bytes:
    """The picture as a file of `kind`, `svg` or `png`."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it talks of its font cache
    matplotlib, figures = import_module("matplotlib"), import_module("matplotlib.figure")
    title, told = _said(counts, plan)
    into = io.BytesIO()
    with matplotlib.rc_context(_SETTINGS):
        figure = figures.Figure(figsize=_SIZE, facecolor="white", layout="constrained")
        _draw(figure, counts, plan)
        if kind == "svg":
            figure.savefig(into, format="svg", metadata={"Date": None, "Creator": None})
        else:
            about = {"Title": title, "Description": told, "Software": None}
            figure.savefig(into, format="png", dpi=_DOTS, metadata=about)
    return _with_words(into.getvalue(), title, told) if kind == "svg" else into.getvalue()


def _draw(figure: Any, counts: DailyCounts, plan: ComingWeek) -> None:
    sent, weekly = counts.sent[-MOST_DAYS:], counts.weekly[-MOST_DAYS:]
    days = [counts.until - timedelta(days=age) for age in range(len(sent) - 1, -1, -1)]
    places = range(len(days))
    figure.get_layout_engine().set(w_pad=0.18, h_pad=0.14)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1, 1))
    colours = [_FULL if count > plan.average else _CALM for count in sent]
    hatches = ["///" if count > plan.average else "" for count in sent]
    above.bar(places, sent, width=0.78, color=colours, hatch=hatches, edgecolor="white", linewidth=0)
    _level(above, plan.average, f"average of {plan.average} a day", _LINE)
    _titles(above, "Requests on each day", "hatched: above the average" if any(hatches) else "")
    over: list[tuple[int, int]] = []
    known = [(place, count) for place, count in zip(places, weekly, strict=True) if count is not None]
    if known:
        xs, ys = zip(*known, strict=True)
        below.fill_between(xs, ys, color=_CALM, alpha=0.35, linewidth=0)
        below.plot(xs, ys, color=_FULL, linewidth=2, marker="o", markersize=3.2 if len(xs) <= 35 else 0)  # noqa: PLR2004
        over = [(place, count) for place, count in known if count > plan.limit]
        spot = {"xytext": (8, 0), "textcoords": "offset points", "va": "center", "annotation_clip": False}
        below.annotate(f"{ys[-1]}", (xs[-1], ys[-1]), fontweight="bold", **spot)
        if over:
            below.plot(*zip(*over, strict=True), color=_WARN, linestyle="", marker="X", markersize=7)
    _level(below, plan.limit, f"limit of {plan.limit} in seven days", _WARN)
    _titles(below, "Requests in the seven days up to each day", "crosses: over the limit" if over else "")
    _scales(above, below, days, max(sent), max((count for _, count in known), default=0), plan)


def _titles(axes: Any, title: str, key: str) -> None:
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold", pad=9)
    axes.set_title(key, loc="right", fontsize=9, pad=9)


def _level(axes: Any, height: int, label: str, colour: str) -> None:
    axes.axhline(height, color=colour, linewidth=1.4, linestyle=(0, (5, 3)), zorder=5)
    axes.annotate(
        label,
        (0, height),
        xycoords=("axes fraction", "data"),
        xytext=(4, 4),
        textcoords="offset points",
        color=colour,
        fontsize=9,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5},
        zorder=4,
    )


def _scales(above: Any, below: Any, days: list[date], most: int, fullest: int, plan: ComingWeek) -> None:
    mondays = [place for place, day in enumerate(days) if day.weekday() == 0]
    # Of a few days each is named, of more the Mondays; the last one named is the newest that there is.
    named = range(len(days)) if len(days) <= _FEW_DAYS else mondays
    step = -(-len(named) // 7)
    shown = named[::-1][:: max(step, 1)][::-1]
    below.set_xticks(shown, [dated(days[place]) for place in shown])
    below.set_xlim(-0.7, len(days) - 0.3)
    above.set_ylim(0, max(most, plan.average) * 1.18 or 1)
    below.set_ylim(0, max(fullest, plan.limit) * 1.15 or 1)
    for axes in (above, below):
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.grid(axis="y", color=_FAINT, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        axes.locator_params(axis="y", nbins=5, integer=True)


def _said(counts: DailyCounts, plan: ComingWeek) -> tuple[str, str]:
    """The picture in words: its title, and what it shows."""
    sent, weekly = counts.sent[-MOST_DAYS:], [each for each in counts.weekly[-MOST_DAYS:] if each is not None]
    first = counts.until - timedelta(days=len(sent) - 1)
    title = f"Connection requests from {first.isoformat()} to {counts.until.isoformat()}"
    told = (
        f"{sum(sent)} requests in {len(sent)} days, at most {max(sent)} on one day; the average to keep to "
        f"is {plan.average} a day."
    )
    if weekly:
        told += (
            f" The fullest seven days hold {max(weekly)}, the last seven {weekly[-1]}; the limit is "
            f"{plan.limit}."
        )
    return title, told


def _with_words(svg: bytes, title: str, told: str) -> bytes:
    """`svg` with a title and a description for whoever cannot see it."""
    text = svg.decode()
    end = text.index(">", text.index("<svg")) + 1
    words = f"\n <title>{escape(title)}</title>\n <desc>{escape(told)}</desc>"
    return f'{text[: end - 1]} role="img">{words}{text[end:]}'.encode()
