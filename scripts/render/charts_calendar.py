"""All places' days of payment on one calendar, measured against each place's own insured year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from calc import Policy

from .cases import first_tier, told
from .charts_year import COLOURS
from .svg import Axis, Drawing, figure_text
from .timeline import Run, classes, shown, unknown_start

if TYPE_CHECKING:
    from .compare import Comparison


def calendar_chart(view: Comparison) -> Markup:
    """One row for each rule set, and one for each set of groups with other days; status by colour."""
    title = view.t("各地哪天可以缴费（按参保年度对齐）", "Days of payment by place, aligned by insured year")
    drawing = Drawing("calendar-chart", title, view.t("每条横条是一年里可以缴费的日子；逐月的数字见下面的表。", "Each bar shows the days on which one can pay; the tables below have the figures by month."))
    drawing.legend([("c-3", view.t("集中缴费期", "window")), ("c-5", view.t("补缴", "late")), ("c-2", view.t("全额缴费", "full cost")), ("unknown", view.t("没有写", "not stated"))])
    top, at = drawing.y, len(drawing.parts)
    drawing.y += 14
    for found in view.sets:
        policy, drawn = found.policy, []
        for place, (members, known) in enumerate(classes(view.site, policy)):
            days = [run[:4] for run in known]
            if days in drawn:
                continue  # other groups with the same days
            drawn.append(days)
            label = view.name(found) if place == 0 else view.t("　其中：", "    of whom: ") + view.site.group_name(policy, members[0].groups[0], view.lang) + view.t("等", " …")
            draw_row(view, drawing, policy, label, known, place == 0)
    axis = Axis(view.sets[0].policy.year)
    axis.draw(drawing, top, at, view.zh, named=False)
    return drawing.render(Markup("{} {}").format(title, view.site.data_link(view.lang, view.path, "periods")))


def draw_row(view: Comparison, drawing: Drawing, policy: Policy, label: str, known: list[Run], with_price: bool) -> None:
    """One row: the label, the price in the window, and a bar for each run."""
    axis = Axis(policy.year)
    drawing.y += 12
    price: Markup | str = ""
    opened = next((run for run in known if run.status == "open"), None)
    if with_price and opened:
        price = Markup(" {}").format(figure_text(view.figures, policy, told(opened.first, tier=first_tier(policy), gap_years=0), "standard"))
    drawing.lines(label, price)
    drawing.y += 5
    for run in shown(known):
        if run.status in COLOURS and not run.open_start:
            start = axis.x(run.first if run.first_stated else next((earlier.first for earlier in unknown_start(known) if not earlier.open_start), axis.low))
            if not run.first_stated:
                drawing.bar(start, axis.x(run.first) - start, 9 if with_price else 5, "unknown")
                start = axis.x(run.first)
            drawing.bar(start, axis.x(date(policy.year + 1, 1, 1) if run.open_end else run.last) - start, 9 if with_price else 5, COLOURS[run.status])
    drawing.y += 17 if with_price else 13
