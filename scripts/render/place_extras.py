"""The parts of a place's page beside the basic premium: students, further premiums, voluntary insurance, whom to ask."""

from __future__ import annotations

from itertools import combinations

from calc import CaseError
from calc.assistance import funds as funds_of

from .anchors import covered_from
from .cases import STUDENTS, bodies_of, first_tier, line_case
from .place_page import PlacePage
from .tables import Table


def student_table(place: PlacePage) -> Table:
    """Students: price at each tier, when to pay, from when to when covered."""
    head = [place.t("谁", "Who")] + [place.head(tier, *place.total_words) for tier in place.tiers]
    head += [place.t("集中缴费到", "Window until"), place.t("从哪天起报销", "Covered from"), place.t("报销到哪天", "Covered until")]
    caption = place.t("大学生在集中缴费期内缴费", "University students who pay inside the window")
    table = Table(place.figures, "student-table", caption, head)
    for person in STUDENTS:
        case = place.base(None, person)
        cells = [place.ask(place.base(tier, person), "total_pays") for tier in place.tiers]
        table.row(place.person_name(person), *cells, place.ask(case, "period_last"), covered_from(place.figures, place.policy, case), place.ask(case, "coverage_end"),
                  link=place.calculator(case), after=place.figures.value(place.policy, case, "coverage_start").clauses)
    return table


def second_premium(place: PlacePage) -> list[Table]:
    """For each further compulsory premium: price, assistance and what is left, and the total with the basic premium."""
    found = []
    for premium in place.second:
        head = [place.t("谁", "Who"), place.t("标准", "Price"), place.t("资助", "Assistance"), place.t("自己交", "You pay"), place.t("和居民医保合计", "With the basic premium"), place.t("谁出资", "Paid by")]
        table = Table(place.figures, f"premium-{premium.id}", premium.data["name"][place.lang], head)
        names = [f"{premium.id}_{part}" for part in ("standard", "subsidy", "pays")] + ["total_pays"]
        table.row(place.t("没有资助身份的人", "People without any of these identities"), *[place.ask(place.base(), name) for name in names], "—")
        for line in place.lines:
            case = line_case(place.policy, line, place.window_day(), first_tier(place.policy))
            table.row(place.line_name(line), *[place.ask(case, name) for name in names], premium_funds(place, premium.id, case), groups=line.groups)
        found.append(table)
    return found


def premium_funds(place: PlacePage, premium: str, case: dict) -> str:
    """The funds that assist with one premium in a case, in words."""
    names = {entry["id"]: entry["name"][place.lang] for entry in place.site.policies.vocabulary.data["funds"]}
    step = next(step for step in place.site.assess(place.policy, **case).tree.children if step.kind == "premium" and step.data["id"] == premium)
    found = funds_of([part for part in step.walk() if part.kind == "assistance_row" and part.value != 0])
    return place.t("、", "; ").join(names[fund] for fund in found) or "—"


def add_ons_table(place: PlacePage) -> Table | None:
    """Voluntary insurances and their combinations: what they cost, and the total with the basic premium."""
    entries = place.policy.data.get("add_ons", [])
    if not entries:
        return None
    head = [place.t("选哪些", "Chosen"), place.t("自愿保险", "Voluntary insurance"), place.t("和居民医保合计", "With the basic premium")]
    table = Table(place.figures, "add-on-table", place.t("自愿保险的价钱（不选就不交）", "Prices of voluntary insurance (nothing unless chosen)"), head)
    for size in range(1, len(entries) + 1):
        for chosen in combinations(entries, size):
            names = [entry["id"] for entry in chosen]
            case = {**place.base(), "addons": names}
            try:
                step = next(step for step in place.site.assess(place.policy, **case).tree.children if step.kind == "add_ons")
            except CaseError:
                continue
            if step.data.get("refused"):
                continue
            table.row(place.t("＋", " + ").join(entry["name"][place.lang] for entry in chosen), place.ask(case, "addons_pays"), place.ask(case, "total_pays"), link=place.calculator(case))
    return table


def identified_table(place: PlacePage) -> Table | None:
    """Whom to ask about an identity: the authority that recognises each group."""
    bodies = {entry["id"]: entry for entry in place.site.policies.vocabulary.data["bodies"]}
    found: dict[str, list[str]] = {}
    clauses: dict[str, list[str]] = {}
    for row in place.policy.premiums[0].assistance_rows:
        bodies_named, said_in = bodies_of(row)
        for body in bodies_named:
            named = [group for group in place.policy.data.get("group_names", {}) if group in row.groups]
            found.setdefault(body, []).extend(group for group in named if group not in found.get(body, []))
            clauses.setdefault(body, []).extend(said_in)
    table = Table(place.figures, "bodies", place.t("资助身份由谁认定", "Who recognises each identity"), [place.t("部门", "Authority"), place.t("认定哪些人", "Recognises")])
    for body, groups in found.items():
        if groups:
            table.row(bodies[body]["name"][place.lang], place.groups(groups), extra=tuple(clauses[body]))
    return table if table else None
