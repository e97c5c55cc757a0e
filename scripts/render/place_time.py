"""The parts of a place's page that are about time: when to pay, from when covered, newborns, missed years, late payment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from calc.dates import plus_days

from .anchors import anchor, moves
from .cases import first_tier, late_days, line_case, told
from .site import day
from .tables import Table
from .timeline import Run, classes, period_name, shown, start_words
from .words import EMPTY

if TYPE_CHECKING:
    from .place_page import PlacePage

GAPS = (0, 1, 2, 3, 4, 5)


def days_words(place: PlacePage, run: Run) -> tuple[str, list[str]]:
    """The days of a run in words, and what is to be said of them besides: what is not stated, and days of the month."""
    first, last = day(run.first, place.lang), day(run.last, place.lang)
    notes = []
    if run.open_start:
        text = place.t(f"{last}及以前", f"up to {last}")
    elif run.open_end:
        text = place.t(f"{first}及以后", f"from {first} on")
    elif not run.first_stated:
        called = start_words(place.policy, run, place.lang)
        text = place.t(f"{called}（日期没有写）—{last}", f"{called} (no date stated) to {last}") if called else place.t(f"到{last}为止", f"up to {last}")
        notes += [] if called else [place.t("从哪天开始，通知没有写", "first day not stated")]
    elif not run.last_stated:
        text = place.t(f"{first}起", f"from {first}")
        notes.append(place.t("到哪天为止，通知没有写", "last day not stated"))
    else:
        text = first if run.first == run.last else place.t(f"{first}—{last}", f"{first} to {last}")
    if run.days:
        notes.append(place.t(f"每月只在{run.days[0]}—{run.days[1]}日办理", f"only on days {run.days[0]} to {run.days[1]} of each month"))
    return text, notes


def days_text(place: PlacePage, run: Run) -> Markup:
    """The days of a run for a cell."""
    text, notes = days_words(place, run)
    return Markup("{}{}").format(text, Markup("").join(Markup("<br><small>{}</small>").format(note) for note in notes))


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
        caption = place.t("没有资助身份的人", "People without assistance") if ordinary else place.names(members)
        table = period_table(place, f"periods-{place_in_list + 1}", caption, known, line)
        found.append({"table": table, "members": [] if ordinary else members, "same": members if ordinary else []})
    return found


def period_table(place: PlacePage, identifier: str, caption: object, known: list[Run], line: object) -> Table:
    """Runs of days: which period, price at each tier, what one pays in all, covered from and until, wait, sources."""
    head = [place.t("哪天缴费", "Paid on"), place.t("时段", "Period")]
    head += [place.head(tier, "标准", "price") for tier in place.tiers] + ([place.head(tier, *place.total_words) for tier in place.tiers] if line else [])
    head += [place.t("哪天起报销、到哪天止", "Covered"), place.t("等待期", "Wait")]
    table = Table(place.figures, identifier, caption, head)
    for run in shown(known):
        case, end = run_case(place, run, line), run_case(place, run, line, last=True)
        status = Markup("{}<br><small>{}</small>").format(period_name(place.policy, run, place.lang), place.figures.span(place.policy, case, "status"))
        cells: list = [place.ask(run_case(place, run, line, tier), "standard") for tier in place.tiers]
        if line:
            cells += [place.ask(run_case(place, run, line, tier), "total_pays") for tier in place.tiers]
        table.row(days_text(place, run), status, *cells, covered(place, case, end if not run.open_end else case), place.ask(case, "wait"),
                  extra=place.figures.value(place.policy, case, "status").clauses + place.figures.value(place.policy, case, "coverage_start").clauses)
    return table


def edge(place: PlacePage, case: dict, name: str) -> Markup:
    """The first or last covered day for a cell: 从2025年1月1日; 从哪天起，通知没有写."""
    unknown = place.figures.value(place.policy, case, name).value is None
    if name == "coverage_start":
        lead = place.t("从哪天起，", "from when: ") if unknown else place.t("从", "from ")
    else:
        lead = place.t("到哪天止，", "until when: ") if unknown else place.t("到", "until ")
    return Markup("{}{}").format(lead, place.figures.span(place.policy, case, name))


def covered(place: PlacePage, case: dict, end: dict) -> Markup:
    """From when to when one is covered; where the first day moves with the day of payment, for the first and the last day of a run."""
    one, two = place.figures.value(place.policy, case, "coverage_start"), place.figures.value(place.policy, end, "coverage_start")
    if one.value is None and place.figures.value(place.policy, case, "coverage_end").value is None and (not one.others or one.state == EMPTY):
        return place.figures.span(place.policy, case, "coverage_start", others=one.state != EMPTY)
    until = edge(place, case, "coverage_end")
    if one.value == two.value:
        return Markup("{}<br>{}").format(edge(place, case, "coverage_start"), until)
    return Markup(place.t("第一天交的，{}<br>最后一天交的，{}<br>{}", "paid on the first day: {}<br>paid on the last day: {}<br>{}")).format(
        edge(place, case, "coverage_start"), edge(place, end, "coverage_start"), until)


def coverage_list(place: PlacePage) -> list[Markup]:
    """Sentences: paid in the window, the wait and covered from when to when; and by later periods where the days are known."""
    known = [run for run in shown(classes(place.site, place.policy)[0][1]) if run.status not in ("before_window", "not_specified", "closed")]
    found = [figure for run in known for name in ("coverage_start", "coverage_end", "wait") for figure in [place.figures.value(place.policy, run_case(place, run), name)]]
    if all(figure.value is None and not figure.others for figure in found):
        silent = place.figures.span(place.policy, run_case(place, known[0]), "coverage_start") if known else place.t("通知没有写", "not stated")
        return [Markup(place.t("交了钱从哪天起报销、报销到哪天、要不要等，{}。 {}", "From when and until when one is covered after paying, and whether there is a wait: {}. {}")).format(silent, place.figures.sources(found))]
    return [coverage_sentence(place, run) for run in known]


def coverage_sentence(place: PlacePage, run: Run) -> Markup:
    """One run of days as a sentence."""
    case, end = run_case(place, run), run_case(place, run, last=True)
    text, notes = days_words(place, run)
    paid = place.t(f"{text}缴费", f"Paid {text}") + (place.t("（{}）", " ({})").format(place.t("；", "; ").join(notes)) if notes else "")
    moving, doubts = moves(place.policy, [case, end]), Markup("")
    first, last = (place.said(edge, "coverage_start", others=not moving) for edge in (case, end))
    if moving:
        doubts = place.unclear(case, ("coverage_start",))  # the table of the periods has their figures
        rule = anchor(place.policy, [case, end])
        lead = place.t(f"从{rule.zh}起报销：", f"covered from {rule.en}: ") if rule else ""
        first = Markup(place.t("{}第一天交的{}，最后一天交的{}", "{}paid on the first day, {}; paid on the last day, {}")).format(lead, first, last)
    parts = [place.said(case, "wait"), first]
    if place.figures.value(place.policy, case, "coverage_end").value or place.figures.value(place.policy, case, "coverage_start").value:
        parts.append(place.said(case, "coverage_end"))
    names = ("coverage_start", "wait")
    return Markup(place.t("{}：{}。{} {}", "{}: {}.{} {}")).format(paid, Markup(place.t("；", "; ")).join(parts), doubts, place.figures.sources([place.figures.value(place.policy, case, name) for name in names]))


def late_samples(place: PlacePage) -> list[date]:
    """A day in each of the first periods after the window on which payment is still provided for."""
    firsts: dict[str | None, Run] = {}
    for run in classes(place.site, place.policy)[0][1]:
        if run.status in ("late", "full_cost"):
            firsts.setdefault(run.period, run)
    return [plus_days(run.first, min(14, (run.last - run.first).days)) for run in firsts.values()][:2]


def shut_after(place: PlacePage) -> Run | None:
    """The days after the window on which nobody can pay any more, where the rules say so; nothing where they leave it open or one can still pay."""
    known = classes(place.site, place.policy)[0][1]
    later = [run for run in known if run.first > place.window_day() and run.status not in ("open", "not_eligible")]
    return later[-1] if later and all(run.status == "closed" for run in later) else None


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
    head = [place.t("哪天缴费", "Paid on"), place.t("还能交吗", "Still possible?")] + [place.head(tier, "标准", "price") for tier in place.tiers]
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
    before = place.policy.year - 1
    situations = [({"consecutive_years": years, "zero_claims_previous_year": False}, place.t(f"连续参保{years}年，{before}年报销过", f"{years} year{'s' if years > 1 else ''} in a row, claims in {before}")) for years in (1, 3, 4, 5)]
    situations.append(({"consecutive_years": 1, "zero_claims_previous_year": True}, place.t(f"{before}年没有报销过", f"no claims in {before}")))
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
