"""The same person in every place and year of the data, side by side."""

from __future__ import annotations

from .assessment import least_certain
from .case import Case
from .dates import parse, plus_months
from .errors import CaseError
from .money import NOT_TOLD
from .readings import assess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .assessment import Assessment
    from .policy import Policy, PolicySet


def elsewhere(policies: PolicySet, told: dict, source: str | None = None) -> list[dict]:
    """The figures of a case under every policy, in the order of the data.

    told: a case as plain data; its groups are understood by the names of the policy `source` (else by the vocabulary). With a
    source, every date moves by the years between the two insured years, so that the same season is compared. What a place
    does not have (tier, voluntary insurance) is left out and listed in `dropped`; a group that no row of a place names is
    listed in `unknown_groups`. `rules` is the policy whose rules a place has, so that areas under the same rules can stand
    together; where the answer hangs on the tier, `tiers` has the figures at each. `sums` are the price and the assistance of all
    premiums and voluntary insurances together, which leave the total to pay; `premiums` names them where there are several.
    """
    home = policies.policy(source) if source else None
    groups = _groups(policies, home, told)
    if home is not None:
        Case.parse(told, home)  # what is wrong at home is wrong everywhere, and is said once
    found = []
    for identifier in policies.ids():
        policy = policies.policy(identifier)
        moved, dropped = _moved(policies, policy, {**told, "categories": groups}, policy.year - home.year if home is not None else 0)
        entry: dict = {"policy": identifier, "place": policy.place, "year": policy.year, "pay_date": moved.get("pay_date"), "dropped": dropped,
                       "rules": policy.data.get("follows", {}).get("policy", identifier)}
        try:
            result = assess(policy, Case.parse(moved, policy))
        except CaseError as error:
            found.append({**entry, "error": error.to_json()})
            continue
        data = result.to_json()
        entry["unknown_groups"] = [group for group in groups or [] if group not in named_groups(policy)]
        entry["at_least"] = result.tree.at_least
        entry["tiers"] = by_tier(policy, result)
        entry["sums"] = _sums(result)
        entry["premiums"] = [premium.data["name"] for premium in policy.premiums] if len(policy.premiums) > 1 else []
        entry["readings"] = sum(1 for alternative in result.alternatives if len(alternative.readings) == 1)
        found.append({**entry, "figures": data["figures"], "case": data["case"]})
    return found


def by_tier(policy: Policy, result: Assessment) -> list[dict]:
    """The figures at each tier where none was told and the total hangs on it; none otherwise."""
    if result.case.tier is not None or result.tree.state != NOT_TOLD:  # type: ignore[attr-defined]
        return []
    answers = [(tier, assess(policy, result.case.with_fact("tier", tier), brief=True)) for tier in policy.tiers]  # type: ignore[attr-defined]
    return [{"tier": tier, "figures": answer.to_json()["figures"], "sums": _sums(answer), "at_least": answer.tree.at_least} for tier, answer in answers]


def _sums(result: Assessment) -> dict[str, dict]:
    """Price and assistance of all premiums together, each with the worst state of its parts; the voluntary insurances are part of the price."""
    found = {}
    for part in ("standard", "subsidy"):
        steps = [step for name, step in result.figure_steps.items() if name == part or name.endswith(f"_{part}") or (part == "standard" and name == "addons_pays")]
        known = all(step.value is not None for step in steps)
        states = [step.state for step in steps if known or step.value is None]
        found[part] = {"value": sum(step.value for step in steps) if known else None, "state": least_certain(states)}  # type: ignore[misc]
    return found


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


def _moved(policies: PolicySet, policy: Policy, told: dict, years: int) -> tuple[dict, list[str]]:
    moved, dropped = {name: value for name, value in told.items() if value is not None}, []
    if years:
        for name, value in moved.items():
            if isinstance(value, str) and (name == "pay_date" or policies.facts.get(name, {}).get("type") == "date"):
                try:
                    moved[name] = plus_months(parse(value), 12 * years).isoformat()
                except ValueError:
                    continue  # not a date: reading the case says so
        if isinstance(moved.get("for_year"), int):
            moved["for_year"] += years
    for name in [name for name in moved if name in policies.facts and name not in policy.facts]:  # asked for in its own place only
        dropped.append(name)
        del moved[name]
    if "tier" in moved and moved["tier"] not in policy.tiers:
        dropped.append("tier")
        del moved["tier"]
    if "addons" in moved:
        kept = [name for name in moved["addons"] if name in policy.add_ons]
        if len(kept) < len(moved["addons"]):
            dropped.append("addons")
        moved["addons"] = kept
    return moved, dropped
