"""Xinjiang 2025, read as a table: one fee, one window, four assisted columns, no dates of coverage."""

from tests.oracle.tables import answer, group_ids, highest, minus, recognised_later, unless_grouped, wrong_year

FIRST, LAST = "2024-09-01", "2024-12-31"
FEE = 400

# The annex, row by row: full assistance, subsistence allowance, at risk of poverty, stably out of poverty.
ANNEX = {
    "乌鲁木齐市": (400, 300, 300, 40),
    "伊犁州": (400, 300, 300, 40),
    "塔城地区": (400, 300, 300, 40),
    "阿勒泰地区": (400, 300, 300, 40),
    "克拉玛依市": (400, 300, 300, 40),
    "博州": (400, 300, 300, 40),
    "昌吉州": (400, 300, 300, 40),
    "哈密市": (400, 300, 300, 40),
    "吐鲁番市": (400, 300, 300, 40),
    "巴州": (400, 300, 300, 40),
    "阿克苏地区": (400, 300, 300, 40),
    "克州": (400, 300, 300, 40),
    "喀什地区": (400, 300, 300, 40),
    "和田地区": (400, 300, 300, 40),
}

# Which column of the annex; 0 = no assistance in this notice; None = a near-synonym the notice leaves open (G8).
COLUMN = {
    "extreme-hardship": 1, "orphan": 1,
    "subsistence-allowance": 2,
    "relapse-prone": 3, "unstable-exit": 3, "marginal": 3, "sudden-hardship": 3,
    "stable-exit": 4,
    "subsistence-margin": 0, "severe-disability": 0, "ordinary-disability": 0, "disabled": 0, "entitled": 0,
    "relapsed": None, "de-facto-orphan": None,
}
NAMED = ("extreme-hardship", "orphan", "subsistence-allowance", "relapse-prone",
         "unstable-exit", "marginal", "sudden-hardship", "stable-exit")
ABSENT = tuple(group for group in COLUMN if group not in NAMED)

NAMES = {
    "特困人员（含孤儿）": "extreme-hardship", "特困人员": "extreme-hardship", "孤儿": "orphan",
    "低保对象": "subsistence-allowance", "农村易返贫致贫人口": "relapse-prone",
    "脱贫不稳定户": "unstable-exit", "边缘易致贫户": "marginal", "突发严重困难户": "sudden-hardship",
    "稳定脱贫人口": "stable-exit", "低保边缘户": "subsistence-margin", "重度残疾人": "severe-disability",
    "残疾人": "disabled", "优抚对象": "entitled",
    "返贫致贫人口": "relapsed", "事实无人抚养儿童": "de-facto-orphan",
}


def amount(row, group):
    """The assistance printed in the annex for a group in a row, in yuan."""
    column = COLUMN[group]
    if not column:
        return column
    return None if row is None else row[column - 1]


def figures(region, case):
    """G6, G7, X5: inside the window the fee and the annex; outside it, and on coverage and waits, nothing."""
    day = case["pay_date"]
    row = ANNEX.get(region)
    later = recognised_later(case)
    subsidies = [None if later else amount(row, group) for group in group_ids(case, NAMES)]
    if wrong_year(case, 2025) or day > LAST:
        return answer("not_specified", subsidy=unless_grouped(subsidies))
    subsidy = highest(subsidies, FEE)
    pays = minus(FEE, subsidy)
    return answer("before_window" if day < FIRST else "open", standard=FEE, subsidy=subsidy, pays=pays, total_pays=pays)
