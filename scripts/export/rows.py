"""The rows about money and time: each figure is an assessment's, beside how it is known, its clauses and the case it was made for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calc import Assessment, Policy, Step
from calc.assistance import funds as funds_of
from calc.dates import plus_days
from scripts.render.cases import Line, birth_days, births, first_tier, followers, identified_by, newborn, tier_name, tiers, told, variants, window_day
from scripts.render.place_time import GAPS
from scripts.render.site import Site, case_text
from scripts.render.timeline import classes, period_name

NOT_STATED_FUND = "not-stated"  # as the data write a fund that the notice does not name


def insured(site: Site) -> list[Policy]:
    """The policies somebody is insured under: an overview that areas follow has no insured people of its own."""
    return [policy for policy in site.all_policies if not followers(site, policy)]


def identity(site: Site, policy: Policy) -> dict:
    """The columns that say which place and year a row belongs to."""
    return {"policy": policy.id, "place": policy.place, "year": policy.year}


def known(found: Assessment, name: str, column: str) -> dict:
    """A figure in two columns: its value (nothing where it is not known) and how it is known."""
    value, state = found.figures[name]
    return {column: value, f"{column.removesuffix('_yuan')}_state": state}


def clauses_of(steps: list[Step | None]) -> list[str]:
    """The clauses of several steps, each once."""
    return list(dict.fromkeys(clause for step in steps if step for clause in step.clauses))


def questions_of(steps: list[Step | None]) -> list[str]:
    """The open questions of several steps and all below them, each once."""
    return list(dict.fromkeys(name for step in steps if step for part in step.walk() for name in part.questions))


# -- assistance --------------------------------------------------------------------------------------------


def persons(site: Site) -> list[str]:
    """The kinds of person about whom nothing further must be told."""
    return [name for name, entry in site.policies.vocabulary.persons.items() if not entry.get("requires")]


def assistance(site: Site, policies: list[Policy] | None = None) -> Iterator[dict]:
    """Who pays what inside the window without missed years: kinds of person × groups (and none) × tiers × premiums."""
    for policy in insured(site) if policies is None else policies:
        for person in persons(site):
            moment = window_day(site, policy, person)
            for tier in tiers(policy):
                yield from premiums(site, policy, told(moment, person, tier, gap_years=0), None, None)
            for group in policy.data.get("group_names", {}):
                asked = told(moment, person, first_tier(policy), [group], gap_years=0)
                for facts, condition in variants(site, policy, asked):
                    for tier in tiers(policy):
                        yield from premiums(site, policy, told(moment, person, tier, [group], gap_years=0, **facts), group, condition)


def premiums(site: Site, policy: Policy, case: dict, group: str | None, condition: dict | None) -> Iterator[dict]:
    """One row for each premium of a case."""
    found = site.assess(policy, **case)
    for premium in policy.premiums:
        step = next(step for step in found.tree.children if step.kind == "premium" and step.data["id"] == premium.id)
        prefix = "" if premium.id == "basic" else f"{premium.id}_"
        subsidy = found.figures[f"{prefix}subsidy"]
        yield {
            **identity(site, policy), "person": case["person"], "group": group, "condition": range_text(condition), "tier": case.get("tier"), "premium": premium.id,
            "pay_date": case["pay_date"], **known(found, f"{prefix}standard", "price_yuan"), **known(found, f"{prefix}subsidy", "assistance_yuan"),
            **known(found, f"{prefix}pays", "pays_yuan"), "pays_at_least_yuan": step.at_least if step.value is None and step.at_least else None,
            **known(found, "total_pays", "total_pays_yuan"), **given_back(found, prefix), **paid_by(step, subsidy), **recognised_by(policy, step, group),
            "clauses": clauses_of([step]), "questions": questions_of([step]), "case": case_text(case),
        }


def given_back(found: Assessment, prefix: str) -> dict:
    """What is given back after the whole was paid, in two columns; both are empty where nothing is."""
    value, state = found.figures.get(f"{prefix}paid_back", (None, None))
    return {"paid_back_yuan": value, "paid_back_state": state}


def range_text(condition: dict | None) -> str | None:
    """A range of a fact as fact<=high, fact>=low or low<=fact<=high; nothing where the group is not divided."""
    if condition is None:
        return None
    name, low, high = condition["fact"], *(bound(condition[edge]) for edge in ("from", "to"))
    if condition["from"] == condition["to"] and not condition["open_below"] and not condition["open_above"] or isinstance(condition["from"], bool):
        return f"{name}={low}"
    if condition["open_below"]:
        return f"{name}<={high}"
    return f"{name}>={low}" if condition["open_above"] else f"{low}<={name}<={high}"


def bound(value: object) -> str:
    """An edge of a range as text."""
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


def paid_by(step: Step, subsidy: tuple) -> dict:
    """The funds that pay the assistance; none where there is no assistance to pay."""
    rows = [part for part in step.walk() if part.kind == "assistance_row" and part.value != 0]
    named = funds_of(rows)
    funds = [fund for fund in named if fund != NOT_STATED_FUND]
    if not named:
        return {"funds": None, "funds_state": "not_stated" if subsidy[0] is None else None}
    return {"funds": funds or None, "funds_state": "known" if funds else "not_stated"}


def recognised_by(policy: Policy, step: Step, group: str | None) -> dict:
    """The bodies that recognise the group; the question does not arise without a group."""
    rows = [part.data["row"] for part in step.walk() if part.kind == "assistance_row" and part.data.get("row")]
    bodies = list(dict.fromkeys(body for row in rows for body in identified_by(policy, row)[0]))
    state = None if group is None else "known" if bodies else "not_stated"
    return {"identified_by": bodies or None, "identified_by_state": state}


# -- time --------------------------------------------------------------------------------------------------


def dated(found: Assessment) -> dict:
    """The columns about time that every answer has."""
    return {**known(found, "status", "status"), **known(found, "coverage_start", "coverage_start"), **known(found, "coverage_end", "coverage_end"),
            **known(found, "waiting_days", "waiting_days"), **known(found, "waiting_months", "waiting_months")}


def time_steps(found: Assessment) -> list[Step | None]:
    """The steps that the columns about time were read off."""
    steps = found.figure_steps
    return [steps.get(name) for name in ("status", "coverage_start", "waiting_days")]


def periods(site: Site, policies: list[Policy] | None = None) -> Iterator[dict]:
    """Runs of days of payment on which the same rules hold, for people of no group and for each set of groups with other days."""
    for policy in insured(site) if policies is None else policies:
        for place, (members, runs) in enumerate(classes(site, policy)):
            line: Line | None = members[0] if place else None
            groups = list(dict.fromkeys(group for member in members for group in member.groups)) if place else None
            conditions = [f"{group}: {range_text(member.condition)}" for member in members for group in member.groups if member.condition] if place else []
            for run in runs:
                for tier in tiers(policy):
                    first, last = (told(day, tier=tier, groups=[line.groups[0]] if line else None, gap_years=0, **dict(line.facts if line else ())) for day in (run.first, run.last))
                    case = last if run.open_start else first
                    found, end = site.assess(policy, **case), site.assess(policy, **last)
                    yield {
                        **identity(site, policy), "groups": groups, "conditions": conditions or None, "tier": tier, "first_day": None if run.open_start else run.first, "last_day": None if run.open_end else run.last,
                        "open_start": run.open_start, "open_end": run.open_end, "days_of_month": "-".join(map(str, run.days)) if run.days else None,
                        "period": run.period, "period_zh": period_name(policy, run, "zh"), "period_en": period_name(policy, run, "en"),
                        **known(found, "standard", "price_yuan"), **known(found, "pays", "pays_yuan"), **dated(found),
                        "coverage_start_if_paid_last_day": None if run.open_end else end.figures["coverage_start"][0],
                        "clauses": clauses_of([*time_steps(found), found.figure_steps["pays"]]), "questions": questions_of(time_steps(found)),
                        "case": case_text(case), "case_last_day": None if run.open_end else case_text(last),
                    }


def newborns(site: Site, policies: list[Policy] | None = None) -> Iterator[dict]:
    """Newborns by day of birth and of payment: within 90 days, the day after, later."""
    for policy in insured(site) if policies is None else policies:
        for birth in births(policy):
            for after in birth_days(policy):
                for tier in tiers(policy):
                    case = newborn(policy, birth, after, tier)
                    found = site.assess(policy, **case)
                    yield {
                        **identity(site, policy), "tier": tier, "birth_date": birth, "pay_date": plus_days(birth, after), "days_after_birth": after,
                        **known(found, "standard", "price_yuan"), **known(found, "pays", "pays_yuan"), **known(found, "total_pays", "total_pays_yuan"), **dated(found),
                        "clauses": clauses_of([*time_steps(found), found.figure_steps["pays"]]), "questions": questions_of(time_steps(found)), "case": case_text(case),
                    }


def wait_days(site: Site, policy: Policy) -> list[date]:
    """A day inside the window, then a day in each of the first later periods on which payment is still provided for."""
    runs = classes(site, policy)[0][1]
    late = [plus_days(run.first, min(14, (run.last - run.first).days)) for run in runs if run.status in ("late", "full_cost")]
    return [window_day(site, policy), *late[:2]]


def waits(site: Site, policies: list[Policy] | None = None) -> Iterator[dict]:
    """The wait after none to five missed years, paid in the window or late."""
    for policy in insured(site) if policies is None else policies:
        for moment in wait_days(site, policy):
            for gap in GAPS:
                case = told(moment, tier=first_tier(policy), gap_years=gap)
                found = site.assess(policy, **case)
                yield {**identity(site, policy), "pay_date": moment, "gap_years": gap, **dated(found),
                       "clauses": clauses_of(time_steps(found)), "questions": questions_of(time_steps(found)), "case": case_text(case)}


__all__ = ["assistance", "identity", "insured", "newborns", "periods", "tier_name", "waits"]
