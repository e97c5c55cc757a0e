"""Who pays what by group, as stacked bars drawn at build time; the assistance table beside it holds the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from .cases import line_case, told
from .svg import LINE, WIDTH, Drawing, figure_said

if TYPE_CHECKING:
    from .place_page import PlacePage

COLOURS = ("c-3", "c-4", "c-5", "c-2", "c-6")


def who_pays(place: PlacePage) -> Markup:
    """One drawing for each tier: every line of the assistance table as a bar of public money and one's own."""
    return Markup("\n\n").join(chart(place, tier) for tier in place.tiers)


def chart(place: PlacePage, tier: int | None) -> Markup:
    """The drawing of one tier."""
    policy, moment = place.policy, place.window_day()
    rows: list[tuple[str, dict, tuple[str, ...]]] = [(place.t("没有资助身份的人", "No assisted identity"), told(moment, tier=tier, gap_years=0), ())]
    rows += [(str(place.line_name(line).striptags()), line_case(policy, line, moment, tier), line.fund) for line in place.lines]
    prices = [place.figures.value(policy, case, "standard").value or 0 for _, case, _ in rows]
    scale = WIDTH / max(prices) if max(prices) else 0
    name = place.tier_name(tier)
    title = place.t(f"{name}各类人员的钱由谁出", f"Who pays for each group{', ' + name if name else ''}")
    drawing = Drawing(f"who-pays-{tier or 1}", title, place.t("每条横条是一类人一年的缴费标准，分成资助和自己交的部分；数字见上面的表。", "Each bar is the price for one group, divided into assistance and what the person pays; the figures are in the table above."))
    funds = list(dict.fromkeys(fund for _, _, names in rows for fund in names[:1]))
    legend(place, drawing, funds)
    for label, case, names in rows:
        draw_row(place, drawing, label, case, COLOURS[funds.index(names[0]) % len(COLOURS)] if names else COLOURS[0], scale)
    return drawing.render(Markup("{}{} {}").format(
        title, place.t("。带*的有另一种理解，见上面的表。", ". Figures with * have another reading; see the table above."), place.site.data_link(place.lang, place.path, "assistance")))


def legend(place: PlacePage, drawing: Drawing, funds: list[str]) -> None:
    """What the colours mean."""
    names = {entry["id"]: entry["name"][place.lang] for entry in place.site.policies.vocabulary.data["funds"]}
    entries = [("c-1", place.t("自己交", "paid by the person"))] + [(COLOURS[index % len(COLOURS)], place.t("资助：", "assistance: ") + names[fund]) for index, fund in enumerate(funds)]
    drawing.legend([*entries, ("unknown", place.t("通知没有写", "not stated"))])


def draw_row(place: PlacePage, drawing: Drawing, label: str, case: dict, colour: str, scale: float) -> None:
    """A group's bar with its label above and both amounts."""
    policy = place.policy
    subsidy, pays, price = (place.figures.value(policy, case, name).value for name in ("subsidy", "pays", "standard"))
    drawing.y += 12
    drawing.lines(label)
    drawing.y += LINE
    names = ("subsidy",) if subsidy is None and pays is None else ("subsidy", "pays")  # not stated once is enough
    drawing.text(0, Markup(" · ").join(figure_said(place.figures, policy, case, name) for name in names), kind="c-quiet")
    drawing.y += 5
    if subsidy is None or pays is None or price is None:
        drawing.bar(0, (price or 0) * scale or WIDTH, 11, "unknown")
    else:
        taken = min(subsidy, price) * scale  # type: ignore[operator,type-var]
        if taken:
            drawing.bar(0, taken - (1 if pays else 0), 11, colour)
        if pays:
            drawing.bar(taken, pays * scale, 11, "c-1")  # type: ignore[operator]
    drawing.y += 19
