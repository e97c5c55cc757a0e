"""Yunyang 2025, read as a table: two tiers, a student price, four periods, two rules on waits."""

from tests.oracle.tables import (
    answer, days_later, first_of_next_month, group_ids, highest, minus, recognised_later, unless_grouped, within_90_days,
    wrong_year,
)

STUDENTS_FIRST = "2024-09-01"
ISSUED_BY = "2024-09-30"  # Y1: the day of issue is not stated; a task due on this day shows it was out by then
WINDOW_LAST, NEXT_MONTH_LAST, FEE_LAST, FULL_COST_LAST = "2024-12-31", "2025-02-28", "2025-06-30", "2025-09-30"
YEAR_BEGINS, YEAR_ENDS = "2025-01-01", "2025-12-31"

RESIDENT = {1: 400, 2: 775}
STUDENT = {1: 380, 2: 755}

FULL = 10_000  # more than any price: the cap makes it the price
ASSISTANCE = {
    "extreme-hardship": {1: 400, 2: 400},
    "orphan": {1: 400, 2: 400},
    "de-facto-orphan": {1: 400, 2: 400},
    "subsistence-allowance": {1: 360, 2: 400},
    "subsistence-margin": {1: 280, 2: 400},
    "martyr-survivors": {1: None, 2: FULL},
    "duty-death-survivors": {1: None, 2: FULL},
    "deceased-soldier-survivors": {1: None, 2: FULL},
    "rural-demobilised": {1: None, 2: FULL},
    "rural-key-entitled": {1: 400, 2: 400},
    "disabled-soldier": {1: None, 2: None},
    "severe-disability": {1: 280, 2: 400},
    "ordinary-disability": {1: 200, 2: 200},
    "special-support": {1: 400, 2: 400},
    "operation-complications": {1: 400, 2: 400},
    "reward-support": {1: 320, 2: 320},
    "marginal": {1: 280, 2: 400},
    "unstable-exit": {1: 280, 2: 400},
    "sudden-hardship": {1: 280, 2: 400},
    "relapsed": {1: 280, 2: 400},
    "stable-exit": {1: 15, 2: 15},
    "veteran": {1: 0, 2: 0},
    "relapse-prone": {1: None, 2: None},
}
ABSENT = ("veteran", "relapse-prone")
NAMED = tuple(group for group in ASSISTANCE if group not in ABSENT)
NO_ASSISTANCE = {1: 0, 2: 0}
UNKNOWN = {1: None, 2: None}

NAMES = {
    "特困人员": "extreme-hardship", "城乡孤儿": "orphan", "孤儿": "orphan", "事实无人抚养儿童": "de-facto-orphan",
    "城乡低保对象": "subsistence-allowance", "低保边缘户": "subsistence-margin",
    "烈士遗属": "martyr-survivors", "因公牺牲军人遗属": "duty-death-survivors",
    "病故军人遗属": "deceased-soldier-survivors", "在乡老复员军人": "rural-demobilised",
    "在乡重点优抚对象": "rural-key-entitled", "1―6级残疾军人": "disabled-soldier",
    "城乡重度（1―2级）残疾人员": "severe-disability", "普通残疾人（三、四级）": "ordinary-disability",
    "享受重庆市计划生育特别扶助政策的对象及子女": "special-support",
    "纳入我县计划生育手术并发症管理的对象": "operation-complications",
    "享受重庆市农村部分计划生育家庭奖励扶助政策的对象": "reward-support",
    "边缘易致贫户": "marginal", "脱贫不稳定户": "unstable-exit", "突发严重困难户": "sudden-hardship",
    "返贫致贫人口": "relapsed", "稳定脱贫人口": "stable-exit", "退役军人": "veteran",
}


def amounts(case):
    """The assistance rows of a case's groups, with the conditions of Y15."""
    groups = group_ids(case, NAMES)
    rows = []
    for group in groups:
        if recognised_later(case):
            rows.append(UNKNOWN)
        elif group == "special-support" and case.get("local_hukou") is False:
            rows.append(NO_ASSISTANCE)
        elif group == "rural-key-entitled" and "disabled-soldier" in groups:
            rows.append(UNKNOWN)
        else:
            rows.append(ASSISTANCE[group])
    return rows


def money(case, prices):
    """Price, assistance and rest at the tier chosen; Y16: with no tier chosen, only what both tiers agree on."""
    rows = amounts(case)
    tier = case.get("tier")
    if tier is not None:
        price = prices[tier]
        subsidy = highest([row[tier] for row in rows], price)
        rest = minus(price, subsidy)
        return {"standard": price, "subsidy": subsidy, "pays": rest, "total_pays": rest}
    one, two = (highest([row[tier] for row in rows], prices[tier]) for tier in (1, 2))
    rest = minus(prices[1], one), minus(prices[2], two)
    pays = rest[0] if rest[0] == rest[1] else None
    return {"subsidy": one if one == two else None, "pays": pays, "total_pays": pays}


def figures(case):
    """The newborn sentence first, then the period of the day of payment, then the wait for missed years."""
    day = case["pay_date"]
    person = case["person"]
    silent = answer("not_specified", subsidy=unless_grouped(group_ids(case, NAMES)))
    if wrong_year(case, 2025) or day > YEAR_ENDS:
        return silent
    student = person in ("university_student", "university_freshman")
    prices = STUDENT if student else RESIDENT
    if student and day < STUDENTS_FIRST:
        return answer("before_window", **money(case, prices))
    if not student and day < ISSUED_BY:
        return answer("not_specified", **money(case, prices))

    if person == "newborn" and within_90_days(case, day):
        # Y8: no wait and the individual part, but no first day of cover.
        return answer("open", **money(case, prices), coverage_end=YEAR_ENDS, waiting_days=0, waiting_months=0)

    gap = case.get("gap_years")
    months = 3 + gap if gap else None
    if day <= WINDOW_LAST:
        start = days_later(day, 1) if person == "university_freshman" else YEAR_BEGINS
        status, days = "open", None
    elif day <= NEXT_MONTH_LAST:
        status, start, days = "late", first_of_next_month(day), None
    elif day <= FULL_COST_LAST:
        status = "late" if day <= FEE_LAST else "full_cost"
        start, days, months = days_later(day, 91), 90, months or 3
    else:
        return silent
    if gap:
        start = None  # Y4: the wait is for exactly this person, and its calendar dates are not stated
    if days is None and (gap == 0 or (gap is None and status == "late")):
        days = months = 0  # in January and February the first of the next month is the default, which leaves no wait
    known = money(case, prices) if status != "full_cost" else {"subsidy": unless_grouped(group_ids(case, NAMES))}
    return answer(status, **known, coverage_start=start, coverage_end=YEAR_ENDS, waiting_days=days, waiting_months=months)
