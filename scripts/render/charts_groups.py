"""What each group pays in each place: a small bar in every cell, drawn at build time; the table below holds the same figures with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from calc import Policy

from .cases import told, variants, window_day
from .svg import LINE, WIDTH, Drawing, figure_text

if TYPE_CHECKING:
    from .compare import Comparison

GAP = 8  # between columns
MOST = 4  # columns beside each other, so that an amount and its number keep their size on a phone


def groups_chart(view: Comparison) -> Markup:
    """A row for each group that several notices name and a column for each place and tier: how much of the basic price is left to pay."""
    title = view.t("各地各类人员自己交多少", "What each group pays, place by place")
    drawing = Drawing("groups-chart", title, view.t("每格的横条是当地的缴费标准：深色是自己交的，浅色是资助的；数字和依据见下面的表。", "Each bar is the price of the place: the dark part is paid by the person, the light part is assistance; the table below has the figures and sources."))
    legend(view, drawing)
    beside = len(view.columns) if len(view.columns) <= MOST else -(-len(view.columns) // -(-len(view.columns) // MOST))  # evenly on as many lines as are needed
    prices = [view.figures.value(found.policy, told(window_day(view.site, found.policy), tier=tier, gap_years=0), "standard").value or 0 for found, tier in view.columns]
    scale = column_width(beside) / max(prices) if max(prices) else 0
    row(view, drawing, view.t("没有资助身份的人", "No assisted identity"), None, beside, scale)
    for group in view.groups():
        if sum(group in found.policy.data.get("group_names", {}) for found in view.sets) > 1:
            row(view, drawing, view.site.policies.vocabulary.groups[group]["name"][view.lang], group, beside, scale)
    return drawing.render(Markup("{}{} {}").format(
        title, view.t("（居民医保，集中缴费期内）。只画至少两处通知提到的人员；带*的有另一种理解。", " (basic insurance, paid in the window). Only groups that at least two notices name; figures with * have another reading."),
        view.site.data_link(view.lang, view.path, "assistance")))


def column_width(beside: int) -> float:
    """How wide a column is when so many stand beside each other."""
    return (WIDTH - GAP * (beside - 1)) / beside


def legend(view: Comparison, drawing: Drawing) -> None:
    """What the parts of a bar mean, and which number is which place."""
    drawing.legend([("c-1", view.t("自己交", "paid by the person")), ("c-pale", view.t("资助", "assistance")), ("unknown", view.t("通知没有写", "not stated"))])
    for number, column in enumerate(view.columns, 1):
        drawing.y += LINE
        drawing.lines(f"{number}  {view.head(*column)}")
    drawing.y += 8


def row(view: Comparison, drawing: Drawing, label: str, group: str | None, beside: int, scale: float) -> None:
    """One group: its name, then a cell for each column, on as many lines as they need."""
    width = column_width(beside)
    drawing.line(0, drawing.y, WIDTH, drawing.y)
    drawing.y += LINE
    drawing.lines(label)
    top = low = drawing.y + LINE + 1
    for number, (found, tier) in enumerate(view.columns):
        x = number % beside * (width + GAP)
        if number and not x:
            top = low + LINE
        low = max(low, cell(view, drawing, found.policy, tier, group, number, (x, top, width), scale))
    drawing.y = low + 7


def cell(view: Comparison, drawing: Drawing, policy: Policy, tier: int | None, group: str | None, number: int, place: tuple[float, float, float], scale: float) -> float:
    """One place's bar for a group, one for each range of a fact that decides (an age); returns the height reached."""
    x, y, width = place
    if group is not None and group not in policy.data.get("group_names", {}):
        drawing.text(x, f"{number + 1}  —", kind="c-quiet", y=y)
        return y + 6
    moment, groups = window_day(view.site, policy), [group] if group else None
    for facts, _ in variants(view.site, policy, told(moment, tier=tier, groups=groups, gap_years=0)) if group else [({}, None)]:
        case = told(moment, tier=tier, groups=groups, gap_years=0, **facts)
        pays, price = (view.figures.value(policy, case, name).value for name in ("pays", "standard"))
        drawing.text(x, number + 1, kind="c-quiet", y=y)
        drawing.text(x + 11, figure_text(view.figures, policy, case, "pays"), y=y)
        if pays is None or price is None:
            drawing.bar(x, (price or 0) * scale or width, 7, "unknown", y=y + 4)  # type: ignore[operator]
        else:
            if pays:
                drawing.bar(x, pays * scale, 7, "c-1", y=y + 4)  # type: ignore[operator]
            if price > pays:  # type: ignore[operator]
                drawing.bar(x + pays * scale, (price - pays) * scale, 7, "c-pale", y=y + 4)  # type: ignore[operator]
        y += 27
    return y - 27 + 14
