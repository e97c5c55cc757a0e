"""Horqin Left Rear Banner 2025, read as a table: 400, full or 180 less, a longer time for the assisted, waits for gaps."""

from tests.oracle.tables import answer, group_ids, highest, minus, recognised_later, unless_grouped, within_90_days, wrong_year

FIRST, LAST, SPECIAL_LAST = "2024-09-01", "2025-02-28", "2025-12-31"
YEAR_BEGINS, YEAR_ENDS = "2025-01-01", "2025-12-31"
FEE = 400
NO_WAIT = {"waiting_days": 0, "waiting_months": 0}

ASSISTANCE = {
    "extreme-hardship": 400, "orphan": 400, "de-facto-orphan": 400,
    "subsistence-allowance": 180, "relapsed": 180, "entitled": 180,
    "severe-disability": 180, "disabled-minor": 180, "subsistence-margin": 180,
    "unstable-exit": 180, "marginal": 180, "sudden-hardship": 180,
    "stable-exit": 0, "veteran": 0,
}
ABSENT = ("stable-exit", "veteran")
ONLY_IF_MONITORED = ("unstable-exit", "marginal", "sudden-hardship")
NAMED = tuple(group for group in ASSISTANCE if group not in ABSENT)

NAMES = {
    "特困人员": "extreme-hardship", "孤儿（含事实无抚养儿童）": "orphan", "孤儿": "orphan", "事实无抚养儿童": "de-facto-orphan",
    "低保对象": "subsistence-allowance", "返贫致贫人口": "relapsed", "优抚对象": "entitled",
    "伤残程度1-2级的成年人": "severe-disability", "持证未成年残疾人": "disabled-minor",
    "低保边缘家庭60周岁以上老年人和未成年人": "subsistence-margin", "低保边缘家庭": "subsistence-margin",
    "脱贫不稳定户": "unstable-exit", "边缘易致贫户": "marginal", "突发严重困难户": "sudden-hardship",
    "因病突发严重困难户": "sudden-hardship", "稳定脱贫人口": "stable-exit", "退役军人": "veteran",
}


def amount(group, case):
    """H7: 60 itself counts as old, 18 as adult; an adult with a certificate needs grade 1 or 2."""
    age, grade = case.get("age"), case.get("disability_grade")
    if case["person"] == "newborn" and age is None:
        age = 0
    if group == "subsistence-margin":
        if age is None:
            return None
        return 180 if age >= 60 or age < 18 else 0
    if group == "severe-disability" and grade is not None and grade > 2:
        if age is None:
            return None
        return 180 if age < 18 else 0
    if group == "disabled-minor" and age is not None and age >= 18:
        return 180 if grade is not None and grade <= 2 else 0
    if group in ONLY_IF_MONITORED and case.get("in_monitoring") is False:
        return 0
    return ASSISTANCE[group]


def wait_in_months(case):
    """G3, H5: three and one for each missed year; repair takes them off, but not below six after four or more years."""
    gap, repaired = case.get("gap_years") or 0, case.get("repair_years") or 0
    months = 3 + max(gap - repaired, 0)
    return max(months, 6) if gap >= 4 else months


def figures(case):
    """The assisted and the newborns have their own time and no wait; the others the window, the gap rule and the late rule."""
    day = case["pay_date"]
    subsidies = [amount(group, case) for group in group_ids(case, NAMES)]
    if wrong_year(case, 2025) or day > YEAR_ENDS:
        return answer("not_specified", subsidy=unless_grouped(subsidies))
    subsidy = highest(subsidies, FEE)
    special = any(subsidies)
    undecided = subsidy is None and not special
    if subsidies and recognised_later(case):
        subsidy = None
    pays = minus(FEE, subsidy)
    money = {"standard": FEE, "subsidy": subsidy, "pays": pays, "total_pays": pays}
    if day < FIRST:
        return answer("before_window", **money)

    if case["person"] == "newborn":
        last_step = max(day, case.get("registration_date") or day)
        early = within_90_days(case, last_step)
        effective = case["birth_date"] if early else case.get("money_arrives") or day
        status = "open" if early or special or day <= LAST else "late"
        if effective > YEAR_ENDS:  # the money arrives when the year of this fee is over
            return answer(status, **money, **NO_WAIT)
        return answer(status, **money, coverage_start=max(effective, YEAR_BEGINS), coverage_end=YEAR_ENDS, **NO_WAIT)

    if special:
        return answer("open", **money, coverage_start=YEAR_BEGINS, coverage_end=YEAR_ENDS, **NO_WAIT)
    gap = case.get("gap_years")
    if day <= LAST:
        if gap is None:
            wait = {}
        elif gap == 0:
            wait = NO_WAIT
        else:
            wait = {} if undecided else {"waiting_months": wait_in_months(case)}
        return answer("open", **money, coverage_start=None if gap else YEAR_BEGINS, coverage_end=YEAR_ENDS, **wait)
    # H3: the wait implies that one may come late, but neither price nor last day nor first day of cover is stated.
    return answer(None if undecided else "late", subsidy=subsidy, coverage_end=YEAR_ENDS, waiting_months=None if undecided else wait_in_months(case))
