"""The glossary's terms: what the words of enrolment mean, in both languages, with the other words people use for them."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A term: its anchor, and in both languages its name, what it means, and what else it is called."""

    id: str
    name: dict[str, str]
    text: dict[str, str]
    also: dict[str, tuple[str, ...]]


def term(identifier: str, zh: str, en: str, text_zh: str, text_en: str, also_zh: tuple[str, ...] = (), also_en: tuple[str, ...] = ()) -> Term:
    """A term from its parts."""
    return Term(identifier, {"zh": zh, "en": en}, {"zh": text_zh, "en": text_en}, {"zh": also_zh, "en": also_en})


TERMS = [
    term("contribution", "个人缴费标准", "Individual contribution", "一个人自己要交的那部分钱，资助以前的数。", "What one person is to pay, before assistance.", ("个人缴费", "保费", "参保费"), ("price", "premium", "fee")),
    term("assistance", "资助参保", "Assistance", "政府或基金替您交的那部分。", "The part that a public fund pays for you.", ("补贴", "代缴", "减免"), ("aid", "subsidised contribution")),
    term("fiscal-subsidy", "财政补助", "Fiscal subsidy", "财政给每个参保人补的钱，不用您交。", "What the budget adds for every insured person; you do not pay it.", ("政府补助", "国家补的钱"), ("government subsidy", "government share")),
    term("enrolment-window", "集中缴费期", "Enrolment window", "每年集中办理参保缴费的时间，过了最后一天就算来晚了。", "The period of the year in which people enrol and pay; after its last day one comes late.", ("集中参保缴费期", "集中征缴期", "缴费截止日期", "截止时间"), ("enrolment period", "deadline")),
    term("late-payment", "补缴", "Late payment", "集中缴费期过了以后才缴费。有的地方价钱不变，有的要全额缴费，往往还要等一段时间才能报销。", "Paying after the enrolment window. The price may stay or become the full cost, and there is often a wait.", ("逾期缴费", "中途参保", "来晚了"), ("paying late", "after the window")),
    term("waiting-period", "待遇等待期", "Waiting period", "交了费以后还要等一段时间才能报销。", "The time after payment before bills are covered.", ("等待期", "等待时间"), ("wait",)),
    term("coverage", "待遇享受期", "Coverage", "看病可以按规定报销的起止日期。", "The days on which treatment is covered.", ("报销时间", "生效时间"), ("benefit period",)),
    term("missed-years", "断保（断缴）", "Missed years", "以前参过保，后来有的年份没有交。", "Years without payment after having been enrolled.", ("断缴", "断档", "中断参保", "没有连续参保"), ("gap years", "interrupted enrolment")),
    term("newborn", "新生儿参保", "Enrolment of newborns", "孩子出生以后，在通知写的天数内参保，往往从出生那天起报销；晚了可能要等。各地怎么写，见新生儿的比较页。", "A newborn enrolled within the days that the notice allows is often covered from birth; later there may be a wait. See the comparison of newborns for each place.", ("婴儿", "宝宝", "刚出生的孩子"), ("baby", "infant")),
    term("student", "大学生参保", "University students", "在校大学生和大学新生按学校所在地参保，价钱和时间可能与普通居民不同。", "Students and freshmen enrol where they study; price and days may differ from other residents.", ("在校生", "大一新生"), ("freshman", "college")),
    term("tier", "档（一档、二档）", "Tier", "有的地方分一档、二档，交得多的报销也不同。", "Some places offer tiers at different prices.", ("缴费档次",), ("tier 1", "tier 2")),
    term("pooling-area", "统筹区", "Pooling area", "医保基金统一管理使用的一片地方。", "The area within which the insurance fund is pooled."),
    term("ltci", "长期护理保险（长护险）", "Long-term care insurance", "生活不能自理时用来付护理费用的保险，有的地方和医保一起收。", "Insurance for care when one cannot look after oneself; some places collect it together with medical insurance.", ("长护险", "护理险"), ("LTCI",)),
    term("combining-rule", "就高", "Combining rule (the highest)", "有几种资助身份时，按最高的一种资助，不叠加。", "With several identities the highest single assistance counts; they are not added.", ("就高不就低", "不重复资助"), ("several identities",)),
    term("full-cost", "全额缴费", "Full cost", "个人部分和财政补助部分都由自己交。", "Paying both the individual and the fiscal part oneself.", ("全额自费",)),
    term("zero-declaration", "零申报", "Zero declaration", "全额资助的人由基层统一申报，本人不用交钱。", "Fully assisted people are declared at zero by the township; they pay nothing."),
    term("critical-illness-ceiling", "大病保险最高支付限额", "Critical-illness ceiling", "大病保险一年最多报销的数额。", "The most that critical-illness insurance pays in a year.", ("大病封顶线",)),
]

__all__ = ["TERMS", "Term"]
