"""The same person in every place and year of the data, side by side."""

from __future__ import annotations

from .assessment import least_certain, marks
from .case import Case
from .dates import parse, plus_months
from .errors import CaseError
from .explain.view import View
from .readings import assess, at_each_tier
from .years import year_by_year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .assessment import Assessment, Step
    from .policy import Policy, PolicySet


ORDINARY = "resident"  # the kind of person that a case is of when none is told, whose price is the general one


def elsewhere(policies: PolicySet, told: dict, source: str | None = None) -> list[dict]:
    """The figures of a case under every policy, in the order of the data.

    told: a case as plain data; its groups are understood by the names of the policy `source` (else by the vocabulary). With a
    source, every date moves by the years between the two insured years, so that the same season is compared; `moved` has what
    was moved. What a place does not have (tier, voluntary insurance) is left out and listed in `dropped`; a group that no row of
    a place names is listed in `unknown_groups`. `rules` is the policy whose rules a place has, so that areas under the same rules
    can stand together; where the answer hangs on the tier, `tiers` has the answer at each. `sums` are the price and the assistance
    of all premiums and voluntary insurances together, which leave the total to pay; `premiums` names them where there are
    several, and `lacking` those that the source, or another year of the place, has and these amounts do not. `by_figure` has the
    clauses of each figure, `otherwise` the answer under each other reading. `assumed`: the facts taken for granted.
    `general_price`: no rule of the price speaks of this kind of person, so that it is the one of everybody.
    """
    return [row for row, _ in _compared(policies, told, source)]


def side_by_side(policies: PolicySet, told: dict, source: str | None, lang: str) -> dict:
    """The rows of `elsewhere` with the words they need in one language, each once: the clauses quoted, the open questions, and what changed from year to year."""
    found = _compared(policies, told, source)
    rows = [row for row, _ in found]
    results = [result for _, result in found if result is not None]
    if not results:
        return {"rows": rows, "clauses": {}, "questions": {}, "years": []}
    view = View(policies, results[0], lang)
    answers = [answer for row in rows if "error" not in row for answer in (row, *row["tiers"])]
    clauses = dict.fromkeys(ref for answer in answers for refs in answer["by_figure"].values() for ref in refs)
    questions = dict.fromkeys([other["question"] for answer in answers for other in answer["otherwise"]] + [entry["question"] for row in rows for entry in row.get("lacking", ()) if entry["question"]])
    place = policies.policy(source).place if source else None
    own = [result for row, result in found if result is not None and row["place"] == place]
    return {"rows": rows, "clauses": {ref: view.citation(ref) for ref in clauses}, "questions": {name: view.question(name) for name in questions}, "years": year_by_year(policies, own, lang)}


def _compared(policies: PolicySet, told: dict, source: str | None) -> list[tuple[dict, Assessment | None]]:
    """Each row with the assessment it was read off; none where the place cannot answer the case."""
    home = policies.policy(source) if source else None
    groups = _groups(policies, home, told)
    if home is not None:
        Case.parse(told, home)  # what is wrong at home is wrong everywhere, and is said once
    found: list[tuple[dict, Assessment | None]] = []
    for identifier in policies.ids():
        policy = policies.policy(identifier)
        case, moved, dropped = _moved(policies, policy, {**told, "categories": groups}, policy.year - home.year if home is not None else 0)
        entry: dict = {"policy": identifier, "place": policy.place, "year": policy.year, "pay_date": case.get("pay_date"), "moved": moved, "dropped": dropped,
                       "rules": policy.data.get("follows", {}).get("policy", identifier)}
        try:
            result = assess(policy, Case.parse(case, policy))
        except CaseError as error:
            found.append(({**entry, "error": error.to_json()}, None))
            continue
        incentives = {rule.id for rule in policy.incentives}
        entry |= {
            **_answer(result), "case": result.case.to_json(), "tiers": [{"tier": tier, **_answer(answer)} for tier, answer in at_each_tier(policy, result)],  # type: ignore[attr-defined]
            "unknown_groups": [group for group in groups or [] if group not in named_groups(policy)],
            "premiums": [{"id": premium.id, "name": premium.data["name"]} for premium in policy.premiums] if len(policy.premiums) > 1 else [],
            "lacking": _lacking(policies, policy, home),
            "assumed": [fact for fact, how in result.assumed.items() if how.partition(":")[2] not in incentives],
            "general_price": result.case.person != ORDINARY and not _priced(policy, result.case.person),  # type: ignore[attr-defined]
        }
        found.append((entry, result))
    return found


COMPARED = ("status", "total_pays", "coverage_start", "waiting_days", "waiting_months")


def _answer(result: Assessment) -> dict:
    """The figures of one assessment, the clauses of those that are compared, and the figures under each other reading that changes one of those."""
    steps, floor = result.figure_steps, result.tree.at_least
    figures = {name: _plain(step) for name, step in steps.items()}
    otherwise = []
    for alternative in result.alternatives:
        other = alternative.result
        if len(alternative.readings) == 1 and (other.tree.at_least != floor or any(name in COMPARED or name.endswith(("standard", "subsidy")) for name in alternative.figures)):
            others = other.figure_steps
            otherwise.append({"question": next(iter(alternative.readings)), "figures": {name: _plain(others[name]) for name in COMPARED}, "at_least": other.tree.at_least, "sums": _sums(others)})
    found = {"figures": figures, "at_least": floor, "sums": _sums(steps)}
    return {**found, "by_figure": _clauses(result, steps), "otherwise": otherwise}


def _plain(step: Step) -> dict:
    """A figure as plain data, with what its value does not show."""
    return {"value": step.value.isoformat() if hasattr(step.value, "isoformat") else step.value, "state": step.state, **marks(step)}


def _clauses(result: Assessment, steps: dict[str, Step]) -> dict[str, list[str]]:
    """The clauses of each figure that is compared, each once; the total rests on those of everything it is made of."""
    rests = {
        "total_pays": [result.tree, *(step for step in result.tree.children if step.kind in ("premium", "add_ons"))],
        **{part: _parts(steps, part) for part in ("standard", "subsidy")},
        "coverage_start": [steps["coverage_start"]],
        "waiting": [step for child in result.tree.children if child.kind == "waiting" for step in (child, *child.children)],
    }
    return {name: list(dict.fromkeys(ref for step in found for ref in step.clauses)) for name, found in rests.items()}


def _parts(steps: dict[str, Step], part: str) -> list[Step]:
    """The steps of the price ("standard") or the assistance ("subsidy") of all premiums; the voluntary insurances are part of the price."""
    return [step for name, step in steps.items() if name == part or name.endswith(f"_{part}") or (part == "standard" and name == "addons_pays")]


def _sums(figure_steps: dict[str, Step]) -> dict[str, dict]:
    """Price and assistance of all premiums together, each with the worst state of its parts."""
    found = {}
    for part in ("standard", "subsidy"):
        steps = _parts(figure_steps, part)
        known = all(step.value is not None for step in steps)
        states = [step.state for step in steps if known or step.value is None]
        found[part] = {"value": sum(step.value for step in steps) if known else None, "state": least_certain(states)}  # type: ignore[misc]
    return found


def _lacking(policies: PolicySet, policy: Policy, home: Policy | None) -> list[dict]:
    """The premiums that home, or another year of the place, has and this policy does not; with the open question whether it is charged here.

    That is a question of this policy which is asked on account of a sentence that sets the price there.
    """
    found, own = {}, {premium.id for premium in policy.premiums}
    for other in (*([home] if home is not None else []), *policies.other_years(policy)):
        for premium in other.premiums:
            if premium.id not in own and premium.id not in found:
                priced = {clause for rule in premium.contribution for clause in rule.clauses}
                asked = [name for name in policy.data.get("questions", ()) if not priced.isdisjoint(policies.questions[name].get("evidence", ()))] if other.place == policy.place else []
                found[premium.id] = {"name": premium.data["name"], "policy": other.id, "question": asked[0] if asked else None}
    return list(found.values())


def _priced(policy: Policy, person: str) -> bool:
    """Whether a rule of the price speaks of a kind of person, whatever else it asks for."""
    return any(_speaks_of(rule.data.get("when"), person) for premium in policy.premiums for rule in (*premium.contribution, *premium.payable))


def _speaks_of(when: object, person: str) -> bool:
    if isinstance(when, dict):
        named = when.get("person", ())
        return person == named or person in named or any(_speaks_of(inner, person) for name, inner in when.items() if name != "person")
    return isinstance(when, list) and any(_speaks_of(inner, person) for inner in when)


def named_groups(policy: Policy) -> set[str]:
    """The groups that some row of assistance, or the notice's own names, speak of."""
    return set(policy.data.get("group_names", {})).union(*(row.groups for premium in policy.premiums for row in premium.assistance_rows))


def _groups(policies: PolicySet, home: Policy | None, told: dict) -> list[str] | None:
    names = told.get("categories")
    if names is None:
        return None
    if not isinstance(names, (list, tuple)):
        names = [names]
    known = [home] if home is not None else [policies.policy(identifier) for identifier in policies.ids()]
    return list(dict.fromkeys(_group(known, name) for name in names))


def _group(known: list[Policy], name: object) -> str:
    for policy in known[:-1]:
        try:
            return policy.group_id(name)
        except CaseError:
            continue
    return known[-1].group_id(name)


def _moved(policies: PolicySet, policy: Policy, told: dict, years: int) -> tuple[dict, dict, list[str]]:
    """The case as it is told to a policy, what was moved by the years between, and what was left out."""
    case, moved, dropped = {name: value for name, value in told.items() if value is not None}, {}, []
    if years:
        for name, value in case.items():
            if isinstance(value, str) and (name == "pay_date" or policies.facts.get(name, {}).get("type") == "date"):
                try:
                    moved[name] = plus_months(parse(value), 12 * years).isoformat()
                except ValueError:
                    continue  # not a date: reading the case says so
        if isinstance(case.get("for_year"), int):
            moved["for_year"] = case["for_year"] + years
        case |= moved
    for name in [name for name in case if name in policies.facts and name not in policy.facts]:  # asked for in its own place only
        dropped.append(name)
        moved.pop(name, None)
        del case[name]
    if "tier" in case and case["tier"] not in policy.tiers:
        dropped.append("tier")
        del case["tier"]
    if "addons" in case:
        kept = [name for name in case["addons"] if name in policy.add_ons]
        if len(kept) < len(case["addons"]):
            dropped.append("addons")
        case["addons"] = kept
    return case, moved, dropped
