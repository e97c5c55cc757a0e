"""The enumerable space of cases: every place-year, and for each the days, kinds of person, tiers, groups and facts to compare on.

`ordinary` is what the test command compares: every day with no group and with each group that the notice names, and every pair of
groups on both sides of each edge and once inside each period. `everything` is the full product, for the long command.
"""

from datetime import date, timedelta
from itertools import combinations

from tests.oracle import reader
from tests.oracle.tables import days_later
from tests.oracle.xinjiang_2025 import ANNEX

BIRTHS = (0, 1, 45, 89, 90, 91, 120)  # days from birth to payment
LATE_BIRTHS = (200, 400)  # another year of birth
GAPS = (None, 0, 2)


class Space:
    """One policy of the worked cases: its days from a week before the first named to a week after the last, and its edges."""

    def __init__(self, policy_id, first, last, edges, tiers=(None,), all_births=("extreme-hardship",), gap_rule=False, ages=()):
        self.policy_id = policy_id
        self.first, self.last = days_later(first, -7), days_later(last, 7)
        self.edges, self.tiers, self.all_births, self.gap_rule, self.ages = edges, tiers, all_births, gap_rule, ages
        self.named, self.absent = reader(policy_id).NAMED, reader(policy_id).ABSENT

    def days(self):
        """Every day of the span."""
        day, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        found = []
        while day <= last:
            found.append(day.isoformat())
            day += timedelta(days=1)
        return found

    def edge_days(self):
        """The day before, of and after each edge, and one day inside each period."""
        marks = sorted({*self.edges, self.first, self.last})
        found = {days_later(edge, step) for edge in self.edges for step in (-1, 0, 1)} | {self.first, self.last}
        for early, late in zip(marks, marks[1:], strict=False):
            span = (date.fromisoformat(late) - date.fromisoformat(early)).days
            found.add(days_later(early, span // 2))
        return sorted(found)

    def chosen_tiers(self):
        """The tiers without the choice left open; where there are none, the one price."""
        return tuple(tier for tier in self.tiers if tier is not None) or (None,)

    def singles(self):
        """No groups told, none, and each single group that the notice names."""
        return [None, (), *((group,) for group in self.named)]

    def pairs(self):
        """Every pair of groups that the notice names."""
        return list(combinations(self.named, 2))


SPACES = {
    "xinjiang-2025": Space("xinjiang-2025", "2024-09-01", "2024-12-31", ("2024-09-01", "2024-11-30", "2024-12-31")),
    "urumqi-2024": Space(
        "urumqi-2024", "2023-09-01", "2024-12-31",
        ("2023-09-01", "2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29", "2024-06-30", "2024-12-01", "2024-12-31"),
        all_births=("extreme-hardship", "subsistence-allowance", "stable-exit", "disabled"),
    ),
    "yunyang-2025": Space(
        "yunyang-2025", "2024-09-01", "2025-12-31",
        ("2024-09-01", "2024-09-30", "2024-12-31", "2025-01-31", "2025-02-28", "2025-06-30", "2025-09-30", "2025-12-31"),
        tiers=(None, 1, 2), all_births=("subsistence-allowance", "martyr-survivors", "stable-exit"), gap_rule=True,
    ),
    "tunliu-2025": Space(
        "tunliu-2025", "2024-09-01", "2025-12-31",
        ("2024-09-01", "2024-09-25", "2024-12-25", "2024-12-31", "2025-02-25", "2025-02-28", "2025-03-25", "2025-03-31", "2025-12-31"),
        all_births=("extreme-hardship", "severe-disability", "stable-exit"),
    ),
    "horqin-left-rear-2025": Space(
        "horqin-left-rear-2025", "2024-09-01", "2025-12-31",
        ("2024-09-01", "2024-12-31", "2025-02-28", "2025-12-31"),
        all_births=("extreme-hardship", "subsistence-margin", "entitled"), gap_rule=True, ages=(0, 17, 18, 40, 59, 60, 61),
    ),
}
AREAS = tuple(ANNEX)
OLDER = ("resident", "university_student", "university_freshman")


def told(day, person="resident", groups=None, tier=None, **facts):
    """One case as plain data."""
    return {"pay_date": day, "person": person, "categories": groups, "tier": tier, **facts}


def newborns(space, days, groups, births=BIRTHS + LATE_BIRTHS, tiers=None):
    """Newborns so many days old on each day, at each tier."""
    for day in days:
        for birth in births:
            born = days_later(day, -birth)
            for tier in tiers or space.tiers:
                for group in groups:
                    yield told(day, "newborn", group, tier, birth_date=born)


def everyday(space, person):
    """Every day, at each tier, with no group and with each single one; students without a tier only around the edges."""
    edges = set(space.edge_days())
    for day in space.days():
        for tier in space.tiers if person == "resident" or day in edges else space.chosen_tiers():
            for group in space.singles():
                yield told(day, person, group, tier)


def paired(space):
    """Every pair of groups around the edges, for residents, students and two ages of newborn."""
    for day in space.edge_days():
        for tier in space.tiers:
            for pair in space.pairs():
                yield told(day, "resident", pair, tier)
                if tier is not None:  # where there are tiers, students have a price of their own
                    yield told(day, "university_student", pair, tier)
    yield from newborns(space, space.edges, space.pairs(), (10, 91))


def with_gaps(space):
    """Missed years on every day for some groups, and for each group around the edges."""
    few = (None, (space.named[0],), (space.named[-1],))
    for days, groups in ((space.days(), few), (space.edge_days(), space.singles() if space.gap_rule else few)):
        for day in days:
            for group in groups:
                for gap in (0, 2) if groups is few else (0, 1, 2, 4, 6):
                    for person in ("resident", "university_freshman"):
                        yield told(day, person, group, space.tiers[-1], gap_years=gap)


def with_ages(space):
    """Ages around each edge that a condition names, alone and with missed years."""
    for day in space.edge_days():
        for age in space.ages:
            for group in [*space.singles(), *space.pairs()]:
                yield told(day, "resident", group, age=age)
            for gap in (0, 2):
                yield told(day, "resident", ("subsistence-margin",), age=age, gap_years=gap)
            for grade in (1, 2, 3, 4):
                for group in ("severe-disability", "disabled-minor"):
                    yield told(day, "resident", (group,), age=age, disability_grade=grade)
    for day in space.days():
        for age in (17, 18, 59, 60):
            yield told(day, "resident", ("subsistence-margin",), age=age)


def events(space):
    """Newborns registered or paid for on another day, and money that arrives later."""
    for birth in (45, 89, 90, 91, 95, 120):
        for day in space.edge_days():
            born = days_later(day, -birth)
            for back in (0, 5, 30):
                if back <= birth:
                    for tier in space.tiers:
                        yield told(day, "newborn", None, tier, birth_date=born, registration_date=days_later(day, -back))
            for forward in (0, 1, 5):
                yield told(day, "newborn", None, space.tiers[-1], birth_date=born, money_arrives=days_later(day, forward))


def of_the_notice(space):
    """The further facts that only one of the notices makes anything of."""
    if space.policy_id == "urumqi-2024":
        for day in space.days():
            for filed in (True, False):
                for person in OLDER[:2]:
                    yield told(day, person, None, extension_filed=filed)
            for back in (1, 5, 30):
                for group in (None, ("subsistence-allowance",), ("disabled",)):
                    yield told(day, "resident", group, apply_date=days_later(day, -back))
    elif space.policy_id == "tunliu-2025":
        chosen = (
            ("意外伤害保险",), ("晋康保基础版",), ("晋康保尊享版",), ("意外伤害保险", "晋康保基础版"),
            ("意外伤害保险", "晋康保尊享版"), ("晋康保基础版", "晋康保尊享版"), ("意外伤害保险", "晋康保基础版", "晋康保尊享版"),
        )
        for day in space.edge_days():
            for group in space.singles():
                for paid in (True, False):
                    yield told(day, "resident", group, paid_ordinary_way=paid)
                for addons in chosen:
                    yield told(day, "resident", group, addons=addons)
    elif space.policy_id == "yunyang-2025":
        for day in space.edge_days():
            for tier in space.tiers:
                for local in (True, False):
                    for group in [("special-support",), *(pair for pair in space.pairs() if "special-support" in pair)]:
                        yield told(day, "resident", group, tier, local_hukou=local)
    elif space.policy_id == "horqin-left-rear-2025":
        for day in space.edge_days():
            for gap in (0, 1, 2, 3, 4, 5, 6):
                for repaired in (0, 1, 2, 4, 6):
                    if repaired <= gap:
                        yield told(day, "resident", None, gap_years=gap, repair_years=repaired)


def monitoring(space):
    """Whether the household is in monitoring, for each group and pair around the edges."""
    for day in space.edge_days():
        for seen in (True, False):
            for group in [*space.singles(), *space.pairs()]:
                yield told(day, "resident", group, space.tiers[-1], in_monitoring=seen)


def absent(space):
    """Groups that the notice does not have, alone and beside each that it names: none, or not stated for a near-synonym."""
    for day in space.edge_days():
        for tier in space.tiers:
            for group in space.absent:
                for groups in ((group,), *((group, named) for named in space.named)):
                    yield told(day, "resident", groups, tier)


def recognised(space):
    """A status gained before, on and after the day of payment."""
    day = space.edges[1]
    for step in (-30, -1, 0, 1, 30):
        for tier in space.tiers:
            for groups in [*space.singles(), *space.pairs()]:
                yield told(day, "resident", groups, tier, recognised_on=days_later(day, step))


def other_years(space):
    """The insured year asked about, told; only the policy's own year has figures here."""
    own = int(space.policy_id[-4:])
    for day in space.edge_days():
        for year in (own - 1, own, own + 1):
            for group in space.singles():
                yield told(day, "resident", group, space.tiers[-1], for_year=year)
            for birth in (0, 10, 91, 200, 400):
                yield told(day, "newborn", None, space.tiers[-1], birth_date=days_later(day, -birth), for_year=year)


PARTS = {
    "resident": lambda space: everyday(space, "resident"),
    "university_student": lambda space: everyday(space, "university_student"),
    "university_freshman": lambda space: everyday(space, "university_freshman"),
    "newborn": lambda space: newborns(
        space, space.days(), [None, *((group,) for group in space.all_births)], tiers=space.chosen_tiers(),
    ),
    "newborn-groups": lambda space: newborns(space, space.edge_days(), space.singles()),
    "pairs": paired,
    "gaps": with_gaps,
    "ages": with_ages,
    "events": events,
    "facts": of_the_notice,
    "monitoring": monitoring,
    "absent": absent,
    "recognised": recognised,
    "years": other_years,
}


def ordinary(policy_id, part):
    """One part of what the test command compares under one policy."""
    yield from PARTS[part](SPACES[policy_id])


def everything(policy_id):
    """The full product: days × kinds of person × tiers × groups and pairs × missed years or days since birth."""
    space = SPACES[policy_id]
    groups = [*space.singles(), *space.pairs()]
    for person in OLDER:
        for day in space.days():
            for tier in space.tiers:
                for group in groups:
                    for gap in GAPS:
                        yield told(day, person, group, tier, gap_years=gap)
    yield from newborns(space, space.days(), groups)
