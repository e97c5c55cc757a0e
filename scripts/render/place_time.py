"""The parts of a place's page that are about time: when to pay, from when covered, newborns, missed years, late payment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from calc.dates import plus_days

from .cases import BIRTH_DAYS, births, first_tier, late_days, line_case, newborn, told
from .site import day
from .tables import Table
from .timeline import Run, classes, period_name

if TYPE_CHECKING:
    from .place_money import PlacePage

GAPS = (0, 1, 2, 3, 4, 5)


def days_text(place: PlacePage, run: Run) -> Markup:
    """The days of a run in words; a run that begins or ends beyond what the rules name says so."""
    first, last = day(run.first, place.lang), day(run.last, place.lang)
    if run.open_start:
        text = place.t(f"{last}及以前", f"up to {last}")
    elif run.open_end:
        text = place.t(f"{first}及以后", f"from {first} on")
    elif run.first == run.last:
        text = first
    elif not run.last_stated:
        text = place.t(f"{first}起，到哪天为止通知没有写", f"from {first}, last day not stated")
    else:
        text = place.t(f"{first}—{last}", f"{first} to {last}")
    limited = Markup("<br><small>{}</small>").format(place.t(f"每月只在{run.days[0]}—{run.days[1]}日办理", f"only on days {run.days[0]} to {run.days[1]} of each month")) if run.days else ""
    return Markup("{}{}").format(text, limited)


def run_case(place: PlacePage, run: Run, line: object = None, tier: int | None = None, last: bool = False) -> dict:
    """The case of paying on the first (or last) day of a run."""
    moment = run.last if last or run.open_start else run.first
    tier = tier if tier is not None else first_tier(place.policy)
    return told(moment, tier=tier, groups=[line.groups[0]] if line else None, gap_years=0, **dict(line.facts if line else ()))  # type: ignore[attr-defined]


def period_tables(place: PlacePage) -> list[dict]:
    """The payment periods: a table for people without assistance, and one for each set of groups with other days."""
    found = []
    for place_in_list, (members, known) in enumerate(classes(place.site, place.policy)):
        ordinary = place_in_list == 0
        line = None if ordinary else members[0]
        caption = place.t("没有资助身份的人", "People without assistance") if ordinary else Markup(place.t("{}", "{}")).format(Markup(place.t("、", "; ")).join(place.line_name(member) for member in members))
        table = period_table(place, f"periods-{place_in_list + 1}", caption, known, line)
        found.append({"table": table, "members": [] if ordinary else members, "same": members if ordinary else []})
    return found


def period_table(place: PlacePage, identifier: str, caption: object, known: list[Run], line: object) -> Table:
    """Runs of days: which period, price at each tier, what one pays, covered from and until, wait, sources."""
    head = [place.t("哪天缴费", "Paid on"), place.t("时段", "Period")]
    head += [place.head(tier, "标准", "price") for tier in place.tiers] + ([place.t("自己交", "You pay")] if line else [])
    head += [place.t("哪天起报销、到哪天止", "Covered"), place.t("等待期", "Wait")]
    table = Table(place.figures, identifier, caption, head)
    for run in known:
        if run.status == "before_window" and run.open_start:
            continue
        case, end = run_case(place, run, line), run_case(place, run, line, last=True)
        status = Markup("{}<br><small>{}</small>").format(period_name(place.policy, run, place.lang), place.figures.span(place.policy, case, "status"))
        cells: list = [place.ask(run_case(place, run, line, tier), "standard") for tier in place.tiers]
        if line:
            cells.append(place.ask(case, "pays"))
        table.row(days_text(place, run), status, *cells, covered(place, case, end if not run.open_end else case), place.ask(case, "wait"),
                  extra=place.figures.value(place.policy, case, "status").clauses + place.figures.value(place.policy, case, "coverage_start").clauses)
    return table


def covered(place: PlacePage, case: dict, end: dict) -> Markup:
    """From when to when one is covered; where the first day moves with the day of payment, for the first and the last day of a run."""
    one, two = place.figures.value(place.policy, case, "coverage_start"), place.figures.value(place.policy, end, "coverage_start")
    first, until = (place.figures.span(place.policy, case, name) for name in ("coverage_start", "coverage_end"))
    if one.value is None and place.figures.value(place.policy, case, "coverage_end").value is None and not one.others:
        return first
    if one.value == two.value:
        return Markup(place.t("从{}<br>到{}", "from {}<br>until {}")).format(first, until)
    last = place.figures.span(place.policy, end, "coverage_start")
    return Markup(place.t("第一天缴：从{}<br>最后一天缴：从{}<br>到{}", "paid on the first day: from {}<br>paid on the last day: from {}<br>until {}")).format(first, last, until)


def coverage_list(place: PlacePage) -> list[Markup]:
    """Sentences: paid in the window, covered from when to when; and by later periods where the days are known."""
    found = []
    for members, known in classes(place.site, place.policy)[:1]:
        for run in known:
            if run.status in ("before_window", "not_specified", "closed"):
                continue
            case, end = run_case(place, run), run_case(place, run, last=True)
            found.append(Markup(place.t("{}缴费，等待期：{}<br>{} {}", "Paid {}; wait: {}<br>{} {}")).format(
                days_text(place, run), place.figures.span(place.policy, case, "wait"), covered(place, case, end),
                place.figures.sources([place.figures.value(place.policy, case, "coverage_start"), place.figures.value(place.policy, case, "wait")])))
    return found


def newborn_table(place: PlacePage) -> Table:
    """Newborns by day of birth and day of payment: within 90 days, the day after, later."""
    head = [place.t("哪天出生、第几天缴费", "Born on, paid on day"), place.t("时段", "Period")]
    head += [place.head(tier, *place.total_words) for tier in place.tiers]
    head += [place.t("哪天起报销、到哪天止", "Covered"), place.t("等待期", "Wait")]
    table = Table(place.figures, "newborn-table", place.t("新生儿：按出生日和缴费日举例", "Newborns: examples by day of birth and of payment"), head)
    for birth in births(place.policy):
        for after in BIRTH_DAYS:
            case = newborn(place.policy, birth, after)
            paid = plus_days(birth, after)
            title = Markup(place.t("{}出生<br>{}缴费（出生后第{}天）", "born {}<br>paid {} (day {} after birth)")).format(day(birth, place.lang), day(paid, place.lang), after)
            table.row(title, newborn_period(place, case), *[place.ask(newborn(place.policy, birth, after, tier), "total_pays") for tier in place.tiers],
                      covered(place, case, case), place.ask(case, "wait"), extra=place.figures.value(place.policy, case, "coverage_start").clauses, link=place.calculator(case))
    return table


def newborn_period(place: PlacePage, case: dict) -> Markup:
    """The period a newborn's payment falls in, with its status."""
    step = next(step for step in place.site.assess(place.policy, **case).tree.walk() if step.kind == "period")
    name = next((entry["name"][place.lang] for entry in place.policy.data["periods"] if entry["id"] == step.data.get("period")), "")
    status = place.figures.span(place.policy, case, "status")
    return Markup("{}<br><small>{}</small>").format(name, status) if name else status


def late_samples(place: PlacePage) -> list[date]:
    """A day in each of the first periods after the window on which payment is still provided for."""
    known = classes(place.site, place.policy)[0][1]
    return [plus_days(run.first, min(14, (run.last - run.first).days)) for run in known if run.status in ("late", "full_cost")][:2]


def missed_table(place: PlacePage) -> Table:
    """Missed years: the wait and the first covered day after each number of years, paid in the window or late."""
    moments = [place.window_day(), *late_samples(place)]
    head = [place.t("断了几年", "Years missed")]
    for moment in moments:
        head += [place.t(f"{day(moment, place.lang)}缴费，等待期", f"Paid {day(moment, place.lang)}: wait"), place.t(f"{day(moment, place.lang)}缴费，从哪天起报销", f"Paid {day(moment, place.lang)}: covered from")]
    table = Table(place.figures, "missed-table", place.t("断保以后再参保，要等多久", "Enrolling again after missed years: how long one waits"), head)
    for gap in GAPS:
        cells = [place.ask(told(moment, tier=first_tier(place.policy), gap_years=gap), name) for moment in moments for name in ("wait", "coverage_start")]
        title = place.t("没有断" if gap == 0 else f"断{gap}年", "none" if gap == 0 else f"{gap} year{'s' if gap > 1 else ''}")
        table.row(title, *cells, link=place.calculator(told(moments[0], tier=first_tier(place.policy), gap_years=gap)))
    return table


def late_table(place: PlacePage) -> Table:
    """Coming late, month by month: whether one can pay, at which price, covered from when, after which wait."""
    head = [place.t("哪天缴费", "Paid on"), place.t("还能缴吗", "Still possible?")] + [place.head(tier, "标准", "price") for tier in place.tiers]
    head += [place.t("从哪天起报销", "Covered from"), place.t("等待期", "Wait")]
    table = Table(place.figures, "late-table", place.t("错过集中缴费期的普通居民，各月15日缴费举例", "Ordinary residents who missed the window: paying on the 15th of each month"), head)
    for moment in late_days(place.site, place.policy):
        case = told(moment, tier=first_tier(place.policy), gap_years=0)
        prices = [place.ask(told(moment, tier=tier, gap_years=0), "standard") for tier in place.tiers]
        table.row(day(moment, place.lang), place.ask(case, "status"), *prices, place.ask(case, "coverage_start"), place.ask(case, "wait"), link=place.calculator(case))
    return table


def incentives_table(place: PlacePage) -> Table | None:
    """Whether staying enrolled, or a year without claims, is rewarded: by years in a row."""
    if not place.policy.incentives:
        return None
    head = [place.t("情况", "Situation"), place.t("有奖励吗", "Rewarded?"), place.t("通知怎么说", "What the notice says")]
    table = Table(place.figures, "incentive-table", place.t("连续参保和零报销的奖励", "Rewards for staying enrolled and for no claims"), head)
    situations = [({"consecutive_years": years, "zero_claims_previous_year": False}, place.t(f"连续参保{years}年，上一年报销过", f"{years} year{'s' if years > 1 else ''} in a row, claims last year")) for years in (1, 3, 4, 5)]
    situations.append(({"consecutive_years": 1, "zero_claims_previous_year": True}, place.t("上一年没有报销过", "no claims last year")))
    for facts, title in situations:
        case = {**place.base(), **facts}
        step = next(step for step in place.site.assess(place.policy, **case).tree.walk() if step.kind == "incentive")
        text = (step.data.get("text") or {}).get(place.lang, "")
        table.row(title, place.ask(case, "incentive"), text)
    return table


def warnings(place: PlacePage) -> dict[str, list[dict]]:
    """The warnings: first those for people who pay inside the window, then those for other situations."""
    cases = [place.base(tier) for tier in place.tiers] + [line_case(place.policy, line, place.window_day(), tier) for line in place.lines for tier in place.tiers]
    met = {step.value for case in cases for step in place.site.assess(place.policy, **case).tree.walk() if step.kind == "warning"}
    entries = place.policy.data.get("warnings", [])
    return {"first": [entry for entry in entries if entry["id"] in met], "rest": [entry for entry in entries if entry["id"] not in met]}
