"""The columns of the tables: name, type, titles and descriptions in both languages, and how a value is written."""

from __future__ import annotations

from typing import NamedTuple

# The types of Frictionless Table Schema that the tables use. A list is several values joined by "; " in one cell.
LIST = "; "


class Field(NamedTuple):
    """One column. kind says what the values are: it decides the type in the descriptor and the words in the zh and en variants."""

    name: str
    kind: str
    zh: str
    en: str
    note_zh: str = ""
    note_en: str = ""
    required: bool = False

    @property
    def type(self) -> str:
        """The type in the descriptor."""
        return {"yuan": "number", "integer": "integer", "year": "integer", "tier": "integer", "date": "date", "boolean": "boolean"}.get(self.kind, "string")

    def constraints(self) -> dict:
        """What every value of the column fulfils."""
        found: dict = {"required": True} if self.required else {}
        if self.kind == "state":
            found["enum"] = list(STATES)
        elif self.kind == "status":
            found["enum"] = list(STATUSES)
        elif self.kind in ("yuan", "integer"):
            found["minimum"] = 0
        return found


STATES = ("known", "assumed", "conflicting", "not_stated", "not_told")
STATUSES = ("before_window", "open", "late", "full_cost", "closed", "not_specified", "not_eligible")
STATE_NOTE = ("known 通知写明；assumed 推断或按推定；conflicting 通知有两种说法（给出的是本站采用的一种）；not_stated 通知没有写；not_told 还缺情况",
              "known: the notice says so; assumed: inferred; conflicting: the notice says two things and this is the reading taken; not_stated: the notice does not say; not_told: a fact is missing")


def field(name: str, kind: str, zh: str, en: str, note: tuple[str, str] = ("", ""), required: bool = False) -> Field:
    """A column."""
    return Field(name, kind, zh, en, *note, required)


def figure(name: str, kind: str, zh: str, en: str, note: tuple[str, str] = ("", "")) -> list[Field]:
    """A figure's two columns: the value, empty where it is not known, and how it is known."""
    return [field(name, kind, zh, en, note), field(f"{name.removesuffix('_yuan')}_state", "state", f"{zh.removesuffix('（元）')}的依据程度", f"{en.removesuffix(' (yuan)')}: how known", STATE_NOTE, True)]


POLICY = [
    field("policy", "text", "政策编号", "Policy", ("地方-年度；和 <政策编号>.json、日历文件同名", "place-year; also the name of <policy>.json and of the calendars"), True),
    field("place", "place", "地方", "Place", ("地方编号，见 places.csv", "identifier of the place, see places.csv"), True),
    field("year", "year", "年度", "Insured year", required=True),
]
TIER = field("tier", "tier", "档", "Tier", ("不分档的地方为空", "empty where the place has no tiers"))
PAY_DATE = field("pay_date", "date", "缴费日期", "Paid on", ("这一行按哪天缴费计算", "the day of payment for which the row was worked out"), True)
CLAUSES = field("clauses", "list", "依据", "Clauses", ("条款编号，见 clauses.csv；多个用“; ”隔开", "clauses, see clauses.csv; several are joined by “; ”"))
QUESTIONS = field("questions", "list", "有关的疑问", "Open questions", ("疑问编号，见 questions.csv", "identifiers of open questions, see questions.csv"))
CASE = field("case", "json", "所算的情况", "Case", ("JSON；python -m calc assess 用它可以重算这一行", "JSON; python -m calc assess works the row out again from it"), True)
PRICE = figure("price_yuan", "yuan", "缴费标准（元）", "Price (yuan)", ("资助以前的价钱", "before any assistance"))
PAYS = figure("pays_yuan", "yuan", "自己交（元）", "To pay (yuan)", ("减掉资助以后", "after assistance"))
TOTAL = figure("total_pays_yuan", "yuan", "一共自己交（元）", "To pay in all (yuan)", ("各种保险合计", "all premiums together"))
DATED = [
    *figure("status", "status", "这一天能不能缴费", "What the day of payment is"),
    *figure("coverage_start", "date", "从哪天起报销", "Covered from"),
    *figure("coverage_end", "date", "报销到哪天", "Covered until"),
    *figure("waiting_days", "integer", "等待期（天）", "Wait in days", ("通知按天写的等待期；0 是不用等", "where the notice counts in days; 0 is no wait")),
    *figure("waiting_months", "integer", "等待期（月）", "Wait in months", ("通知按月写的等待期；0 是不用等", "where the notice counts in months; 0 is no wait")),
]
PAGE = field("page", "text", "网页", "Page", ("相对于中文站根目录；英文页在前面加 en/", "relative to the root of the site; the English page has en/ before it"), True)
