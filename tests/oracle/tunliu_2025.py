"""Tunliu 2025, read as a table: one fee, days 1 to 25, a free year of birth, two optional commercial insurances."""

from tests.oracle.tables import answer, group_ids, highest, minus, recognised_later, unless_grouped, wrong_year

FIRST, LAST, NEWBORNS_LAST = "2024-09-01", "2025-02-25", "2025-03-31"
FEE = 400

MEDICAL_ASSISTANCE = {
    "extreme-hardship": 400, "orphan": 400, "de-facto-orphan": 400, "welfare-home-child": 400,
    "subsistence-allowance": 320, "relapsed": 360,
    "unstable-exit": 280, "marginal": 280, "sudden-hardship": 280,
    "relapse-prone": None,  # another notice's collective name: which of the rows is meant is open
}
DISABILITY_FUND = {"severe-disability": 320}
NONE = {"stable-exit": 0, "veteran": 0, "entitled": 0, "psychiatric": 0, "one-child-family": 0, "subsistence-margin": 0,
        "ordinary-disability": 0}
NAMED = (
    *(group for group in MEDICAL_ASSISTANCE if group != "relapse-prone"), *DISABILITY_FUND, "stable-exit", "veteran", "entitled", "psychiatric",
    "one-child-family",
)
ABSENT = (*(group for group in NONE if group not in NAMED), "relapse-prone")

ADDONS = {"意外伤害保险": 30, "晋康保基础版": 88, "晋康保尊享版": 128}
VERSIONS = ("晋康保基础版", "晋康保尊享版")

NAMES = {
    "特困人员（含孤儿、事实无抚养儿童、儿童福利机构收留抚养儿童）": "extreme-hardship", "特困人员": "extreme-hardship",
    "孤儿": "orphan", "事实无抚养儿童": "de-facto-orphan", "事实无人抚养儿童": "de-facto-orphan",
    "儿童福利机构收留抚养儿童": "welfare-home-child", "低保人员": "subsistence-allowance",
    "返贫致贫人员": "relapsed", "脱贫不稳定人员": "unstable-exit", "边缘易致贫人员": "marginal",
    "突发严重困难人口": "sudden-hardship", "稳定脱贫人员": "stable-exit", "1、2级重度残疾人": "severe-disability",
    "二级及以上重度残疾人": "severe-disability", "退役军人": "veteran", "优抚对象": "entitled",
    "重度精神病人": "psychiatric", "独生子女、双女户家庭": "one-child-family",
}


def assistance(case):
    """T6: none after the ordinary way; T8: the disability fund only for those outside medical assistance."""
    if case.get("paid_ordinary_way") is True:
        return 0
    groups = group_ids(case, NAMES)
    if groups and recognised_later(case):
        return None
    medical = [MEDICAL_ASSISTANCE[group] for group in groups if group in MEDICAL_ASSISTANCE]
    if medical:
        return highest(medical, FEE)
    return highest([DISABILITY_FUND[group] if group in DISABILITY_FUND else NONE[group] for group in groups], FEE)


def addons(case):
    """T9: the chosen parts added up; the two versions of one insurance exclude each other, and both count nothing."""
    chosen = case.get("addons") or ()
    both = "晋康保基础版" in chosen and "晋康保尊享版" in chosen
    return sum(0 if both and name in VERSIONS else ADDONS[name] for name in chosen)


def figures(case):
    """The year of birth first, then the window with its days, then the grace for the newborns of 2024."""
    day = case["pay_date"]
    newborn = case["person"] == "newborn"
    # T6 holds whatever the day: who has paid the ordinary way has no assistance.
    silent_subsidy = 0 if case.get("paid_ordinary_way") is True else unless_grouped(group_ids(case, NAMES))
    year = str(case.get("for_year") or 2025)
    if newborn and case["birth_date"][:4] == year == day[:4]:
        # T4: the sentence speaks of the year of birth, whichever it is.
        extra = addons(case)
        return answer("open", standard=0, subsidy=0, pays=0, addons_pays=extra, total_pays=extra)
    subsidy = assistance(case)
    if wrong_year(case, 2025):
        return answer("not_specified", subsidy=silent_subsidy, addons_pays=addons(case))
    if day < FIRST:
        status = "before_window"
    elif day <= LAST:
        status = "closed" if int(day[8:]) > 25 else "open"
    elif newborn and case["birth_date"][:4] == "2024" and day <= NEWBORNS_LAST:
        status = "open"
    else:
        return answer("not_specified", subsidy=silent_subsidy, addons_pays=addons(case))
    pays, extra = minus(FEE, subsidy), addons(case)
    return answer(status, standard=FEE, subsidy=subsidy, pays=pays, addons_pays=extra, total_pays=None if pays is None else pays + extra)
