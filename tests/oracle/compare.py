"""Ask the engine and the table reader the same case and name every figure in which they differ."""

from datetime import date

from calc import Case
from calc.case import plain_name
from calc.engine import evaluate
from tests.calc.compiled import policies
from tests.oracle import reader
from tests.oracle.space import AREAS
from tests.oracle.tables import KEYS

MONEY = frozenset(key for key in KEYS if key.endswith(("standard", "subsidy", "pays")))
DATES = frozenset({"birth_date", "apply_date", "registration_date", "money_arrives", "recognised_on"})
NOT_FACTS = frozenset({"pay_date", "person", "categories", "tier", "addons"})

# Where the table reader knows a figure whatever the missing fact, but the engine asks for the fact before it names the figure:
# safe, because nothing false is asserted. Anything else that the engine declines is a difference.
ASKED_TIER = frozenset({"subsidy", "pays", "total_pays"})
ASKED_AGE = frozenset({"coverage_start", "coverage_end", "waiting_days", "waiting_months"})


def may_ask(policy, told, key):
    """Whether the engine may decline a figure for want of the tier (both give the same) or of the age (the cover is the same)."""
    if policy.tiers:
        return told.get("tier") is None and key in ASKED_TIER
    return key in ASKED_AGE and told.get("age") is None and "subsistence-margin" in (told.get("categories") or ())


def case_of(told, policy):
    """The engine's case for the plain facts told; built directly, because parsing costs more than assessing."""
    groups = told.get("categories")
    facts = {}
    for name, value in told.items():
        if name not in NOT_FACTS and value is not None:
            facts[name] = date.fromisoformat(value) if name in DATES else value
    return Case(
        told["person"],
        date.fromisoformat(told["pay_date"]),
        None if groups is None else frozenset(groups),
        told.get("tier"),
        tuple(policy.add_on_names[plain_name(name)] for name in told.get("addons") or ()),
        facts,
        tuple(groups or ()),
    )


def plain(figures):
    """The engine's figures as the table reader gives them: yuan, ISO dates, counts; None where nothing is asserted."""
    values = {}
    for key in KEYS:
        value = figures[key][0] if key in figures else None
        if value is not None:
            if key in MONEY:
                value /= 100
            elif isinstance(value, date):
                value = value.isoformat()
        values[key] = value
    return values


class Comparison:
    """Compares the engine with the table reader under one policy, counting, and keeping what differs."""

    def __init__(self, policy_id, region=None):
        name = policy_id if region is None else policies().find(region, 2025).id
        self.policy, self.region = policies().policy(name), region
        self.figures = reader(policy_id).figures
        self.count, self.declined = 0, 0
        self.differences = []

    def expected(self, told):
        """The table reader's figures."""
        return self.figures(told) if self.region is None else self.figures(self.region, told)

    def check(self, told):
        """One comparison."""
        self.count += 1
        figures = evaluate(self.policy, case_of(told, self.policy)).figures
        got, expected = plain(figures), self.expected(told)
        if got == expected:
            return
        wrong = {}
        for key in KEYS:
            if got[key] != expected[key]:
                if got[key] is None and figures[key][1] == "not_told" and may_ask(self.policy, told, key):
                    self.declined += 1
                else:
                    wrong[key] = {"notice": expected[key], "engine": got[key]}
        if wrong:
            self.differences.append((told, wrong))

    def check_all(self, cases):
        """Every case of a part of the space."""
        for told in cases:
            self.check(told)
        return self

    def report(self, most=10):
        """What differs, for a person to judge from the notice."""
        lines = [f"{self.policy.id}: {len(self.differences)} of {self.count} cases differ"]
        for told, wrong in self.differences[:most]:
            facts = {name: value for name, value in told.items() if value is not None}
            lines.append(f"  {facts}: {wrong}")
        return "\n".join(lines)


def place_years():
    """The eighteen places and years: (policy of the worked cases, area of the annex or None)."""
    return [
        *(("xinjiang-2025", area) for area in AREAS),
        *((name, None) for name in ("urumqi-2024", "yunyang-2025", "tunliu-2025", "horqin-left-rear-2025")),
    ]
