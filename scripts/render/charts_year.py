"""The insured year on one axis: on which days one can pay, at which price, and from when to when one is then covered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from .place_time import run_case
from .site import day
from .svg import LINE, UNITS, Axis, Drawing, figure_said, figure_text, width
from .timeline import Run, classes, period_name, shown, start_words, unknown_start

if TYPE_CHECKING:
    from .cases import Line
    from .place_page import PlacePage

COLOURS = {"open": "c-3", "late": "c-5", "full_cost": "c-2", "not_specified": "unknown"}


def year_chart(place: PlacePage) -> Markup:
    """The periods of people without assistance, then those that other groups have besides; the tables below hold the same."""
    title = place.t(f"{place.policy.year}年度：哪天可以缴费，交了从哪天起报销", f"Insured year {place.policy.year}: days of payment and the coverage they give")
    drawing = Drawing("year", title, place.t("粗条是可以缴费的日子，细条是在其中第一天缴费的人报销的日子；数字见下面的表。", "Thick bars are days of payment, thin bars the days covered for someone who pays on the first of them; the figures are in the tables below."))
    axis = Axis(place.policy.year)
    drawing.legend([("c-3", place.t("集中缴费期", "window")), ("c-5", place.t("补缴", "late")), ("c-2", place.t("全额缴费", "full cost")), ("unknown", place.t("没有写", "not stated")), ("c-1", place.t("报销的日子", "covered"))])
    top, at = drawing.y, len(drawing.parts)
    drawing.y += 14
    drawn: set[tuple] = set()
    ordinary = classes(place.site, place.policy)[0][1]
    for members, known in classes(place.site, place.policy):
        for run in shown(known):
            key = (run.first, run.last, run.period, run.status)
            # The same run of another set of groups has nothing new to show.
            if run.status in ("before_window", "closed", "None") or key in drawn or run.open_start:
                continue
            drawn.add(key)
            draw_run(place, drawing, axis, run, unknown_start(known), members[0] if members and known is not ordinary else None)
    axis.draw(drawing, top, at, place.zh)
    return drawing.render(Markup("{}{} {}").format(
        title, place.t("。带*的有另一种理解，见下面的表。", ". Figures with * have another reading; see the tables below."), place.site.data_link(place.lang, place.path, "periods")))


def draw_run(place: PlacePage, drawing: Drawing, axis: Axis, run: Run, doubtful: list[Run], line: Line | None) -> None:
    """One run: its days and name, its price, the bar of its days, and the coverage of who pays on the first of them; hatched before a start that is not stated."""
    case = run_case(place, run, line)
    drawing.y += 12
    who = place.t("（{}等）", " ({} …)").format(place.site.group_name(place.policy, line.groups[0], place.lang, bool(line.condition))) if line else ""
    drawing.lines(f"{days(place, run)}{period_name(place.policy, run, place.lang)}{who}")
    names = ("status",) if run.status == "not_specified" else ("standard", "coverage_start")
    parts = [figure_text(place.figures, place.policy, case, name) if name == "status" else figure_said(place.figures, place.policy, case, name) for name in names]
    together = Markup(place.t("，", ", ")).join(parts)
    for text in [together] if width(str(together.striptags())) <= UNITS else parts:
        drawing.y += LINE
        drawing.text(0, text, kind="c-quiet")
    drawing.y += 5
    start = axis.x(run.first)
    if not run.first_stated:
        before = axis.x(next((earlier.first for earlier in doubtful if not earlier.open_start), axis.low))
        drawing.bar(before, start - before, 10, "unknown")
    drawing.bar(start, axis.x(run.last if not run.open_end else axis.high) - start, 10, COLOURS[run.status])
    drawing.y += 12
    first, end = (place.figures.value(place.policy, case, name).value for name in ("coverage_start", "coverage_end"))
    if isinstance(first, date) and isinstance(end, date):
        drawing.bar(axis.x(first), axis.x(end) - axis.x(first), 4, "c-1")
    drawing.y += 10


def days(place: PlacePage, run: Run) -> str:
    """The days of a run before its name; nothing where the name alone says that they go on."""
    if run.open_end:
        return ""
    first = short(place, run.first)
    if not run.first_stated:
        first = place.t("{}（日期没有写）", "{} (no date stated)").format(start_words(place.policy, run, place.lang) or place.t("开始那天", "its first day"))
    if not run.last_stated:
        return place.t(f"{first}起 ", f"from {first} ")
    return f"{first} " if run.first == run.last else f"{first}{place.t('—', ' to ')}{short(place, run.last)} "


def short(place: PlacePage, moment: date) -> str:
    """A date without its year when it lies in the insured year."""
    if place.zh:
        text = f"{moment.month}月{moment.day}日"
        return text if moment.year == place.policy.year else f"{moment.year}年{text}"
    text = day(moment, "en")
    return text.rsplit(" ", 1)[0] if moment.year == place.policy.year else text
