"""Urumqi 2024, read as a table: 380 and long-term care 40, next-month cover after the window, full cost after 30 June."""

from tests.oracle.tables import (
    answer, first_of_next_month, group_ids, highest, minus, recognised_later, unless_assisted, unless_grouped,
    within_90_days, wrong_year,
)

FIRST, LAST, LAST_IF_FILED = "2023-09-01", "2023-12-31", "2024-01-31"
LAST_AT_THE_FEE = "2024-06-30"
YEAR_BEGINS, DECEMBER, YEAR_ENDS = "2024-01-01", "2024-12-01", "2024-12-31"
FEE, CARE_FEE = 380, 40

# Basic insurance and long-term care; None: a near-synonym or collective name that the notice leaves open.
ASSISTANCE = {
    "extreme-hardship": (380, 40), "orphan": (380, 40),
    "subsistence-allowance": (304, 32),
    "relapse-prone": (304, 32), "unstable-exit": (304, 32), "marginal": (304, 32), "sudden-hardship": (304, 32),
    "stable-exit": (190, 20),
    "subsistence-margin": (0, 0), "disabled": (0, 0), "severe-disability": (0, 0), "ordinary-disability": (0, 0),
    "poor-student": (0, 0), "pension-insured": (0, 0), "entitled": (0, 0),
    "relapsed": (None, None), "de-facto-orphan": (None, None),
}
ONLY_IF_MONITORED = ("relapse-prone", "unstable-exit", "marginal", "sudden-hardship")
NAMED = ("extreme-hardship", "orphan", "subsistence-allowance", "relapse-prone", "unstable-exit", "marginal",
         "sudden-hardship", "stable-exit", "subsistence-margin", "disabled", "poor-student", "pension-insured")
ABSENT = tuple(group for group in ASSISTANCE if group not in NAMED)

NAMES = {
    "特困人员（含孤儿）": "extreme-hardship", "特困人员": "extreme-hardship", "孤儿": "orphan",
    "低保对象": "subsistence-allowance", "农村易返贫致贫人口": "relapse-prone",
    "脱贫不稳定户": "unstable-exit", "边缘易致贫户": "marginal", "突发严重困难户": "sudden-hardship",
    "稳定脱贫人口": "stable-exit", "城乡低保边缘户": "subsistence-margin", "低保边缘户": "subsistence-margin",
    "残疾人": "disabled", "家庭经济困难学生": "poor-student", "优抚对象": "entitled",
    "返贫致贫人口": "relapsed", "事实无人抚养儿童": "de-facto-orphan",
}


def amounts(case):
    """The pairs of assistance of a case's groups; U11: a monitored group only if in monitoring."""
    if recognised_later(case):
        return [(None, None) for _ in group_ids(case, NAMES)]
    unmonitored = case.get("in_monitoring") is False
    return [
        (0, 0) if unmonitored and group in ONLY_IF_MONITORED else ASSISTANCE[group]
        for group in group_ids(case, NAMES)
    ]


def figures(case):
    """One period after another, as sections one to three of the notice tell them."""
    day = case["pay_date"]
    applied = case.get("apply_date") or day
    pairs = amounts(case)
    if wrong_year(case, 2024) or day > YEAR_ENDS:
        nothing = unless_grouped([pair[0] for pair in pairs])
        return answer("not_specified", subsidy=nothing, ltci_subsidy=nothing)

    newborn = case["person"] == "newborn"
    early_newborn = newborn and within_90_days(case, case.get("registration_date") or day)
    assisted = any(pair[0] for pair in pairs)

    # U9: who is born in the insured year is still a newborn for the price.
    protected = assisted or (newborn and case["birth_date"] >= YEAR_BEGINS)
    in_window = day <= LAST or (day <= LAST_IF_FILED and case.get("extension_filed") is True)
    if day < FIRST:
        status, fee = "before_window", FEE
    elif in_window or early_newborn:
        status, fee = "open", FEE
    elif applied <= LAST_AT_THE_FEE or protected:
        status, fee = "late", FEE
    else:
        status, fee = "full_cost", None

    start, end, wait = YEAR_BEGINS, YEAR_ENDS, None
    if day < FIRST:
        start = end = None
    elif early_newborn:
        start, wait = max(case["birth_date"], YEAR_BEGINS), 0
    elif not in_window:
        # U5: the month after December is no longer in the year.
        start, end = (None, None) if day >= DECEMBER else (first_of_next_month(day), YEAR_ENDS)

    if fee is None:
        subsidy = unless_assisted([pair[0] for pair in pairs])
    else:
        subsidy = highest([pair[0] for pair in pairs], fee)
    care = highest([pair[1] for pair in pairs], CARE_FEE)
    pays, care_pays = minus(fee, subsidy), minus(CARE_FEE, care)
    total = None if pays is None or care_pays is None else pays + care_pays
    return answer(
        status, standard=fee, subsidy=subsidy, pays=pays,
        ltci_standard=CARE_FEE, ltci_subsidy=care, ltci_pays=care_pays, total_pays=total,
        coverage_start=start, coverage_end=end, waiting_days=wait, waiting_months=wait,
    )
