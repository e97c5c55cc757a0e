"""The insured year on one axis: on which days one can pay, at which price, and from when to when one is then covered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from .place_time import run_case
from .site import day
from .svg import Axis, Drawing, figure_text, shorten
from .timeline import Run, classes, period_name

if TYPE_CHECKING:
    from .place_money import PlacePage

COLOURS = {"open": "c-3", "late": "c-5", "full_cost": "c-2", "not_specified": "unknown"}


def year_chart(place: PlacePage) -> Markup:
    """The periods of people without assistance, then those that other groups have besides; the tables below hold the same."""
    title = place.t(f"{place.policy.year}年度：哪天可以缴费，缴了从哪天起报销", f"Insured year {place.policy.year}: days of payment and the coverage they give")
    drawing = Drawing("year", title, place.t("粗条是可以缴费的日子，细条是在其中第一天缴费的人报销的日子；数字见下面的表。", "Thick bars are days of payment, thin bars the days covered for someone who pays on the first of them; the figures are in the tables below."))
    axis = Axis(place.policy.year)
    legend(place, drawing)
    top = drawing.y
    drawing.y += 14
    drawn: set[tuple] = set()
    for members, known in classes(place.site, place.policy):
        for run in known:
            key = (run.first, run.last, run.period, run.status)
            # The same run of another set of groups has nothing new to show.
            if run.status in ("before_window", "closed", "None") or key in drawn or run.open_start:
                continue
            drawn.add(key)
            draw_run(place, drawing, axis, run, members[0] if members and known is not classes(place.site, place.policy)[0][1] else None)
    axis.draw(drawing, top, drawing.y, place.zh)
    return drawing.render(Markup("{}{} {}").format(
        title, place.t("。带*的有另一种理解，见下面的表。", ". Figures with * have another reading; see the tables below."), place.site.data_link(place.lang, place.path, "periods")))


def legend(place: PlacePage, drawing: Drawing) -> None:
    """What the bars mean."""
    entries = [("c-3", place.t("集中缴费期", "window")), ("c-5", place.t("补缴", "late")), ("c-2", place.t("全额缴费", "full cost")), ("unknown", place.t("没有写", "not stated")), ("c-1", place.t("报销的日子", "covered"))]
    x = 0.0
    for kind, text in entries:
        drawing.bar(x, 11, 10, kind)
        drawing.text(x + 14, text, 10, y=drawing.y + 9)
        x += 22 + (10 * len(text) if place.zh else 5.6 * len(text))
    drawing.y += 18


def draw_run(place: PlacePage, drawing: Drawing, axis: Axis, run: Run, line: object) -> None:
    """One run: its days and name, its price, the bar of its days, and the coverage of who pays on the first of them."""
    case = run_case(place, run, line)
    drawing.y += 11
    last = place.t("—", " to ") + short(place, run.last)
    who = place.t("（", " (") + shorten(str(place.line_name(line).striptags()), 16) + place.t("等）", " …)") if line else ""  # type: ignore[arg-type]
    days = "" if run.open_end else f"{short(place, run.first)}{last} "
    drawing.text(0, shorten(f"{days}{period_name(place.policy, run, place.lang)}{who}", 56), 11)
    drawing.y += 12
    drawing.text(0, Markup("{}{}{}{}").format(place.t("标准", "price "), figure_text(place.figures, place.policy, case, "standard"), place.t("，报销从", ", covered from "), figure_text(place.figures, place.policy, case, "coverage_start")), 10, kind="c-quiet")
    drawing.y += 4
    start = axis.x(run.first)
    drawing.bar(start, axis.x(run.last if not run.open_end else axis.high) - start, 10, COLOURS[run.status])
    drawing.y += 12
    first, end = (place.figures.value(place.policy, case, name).value for name in ("coverage_start", "coverage_end"))
    if isinstance(first, date) and isinstance(end, date):
        drawing.bar(axis.x(first), axis.x(end) - axis.x(first), 4, "c-1")
    drawing.y += 10


def short(place: PlacePage, moment: date) -> str:
    """A date without its year when it lies in the insured year."""
    if place.zh:
        text = f"{moment.month}月{moment.day}日"
        return text if moment.year == place.policy.year else f"{moment.year}年{text}"
    text = day(moment, "en")
    return text.rsplit(" ", 1)[0] if moment.year == place.policy.year else text
