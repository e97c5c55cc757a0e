"""The tables for others: what each is called, its columns, and how its rows are written as safe CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from calc.money import yuan_text
from calc.roster_text import safe_cell
from calc.texts import Words
from scripts.render.figures import STATUS
from scripts.render.site import LANGS, Site

from . import registers, rows
from .fields import CASE, CLAUSES, DATED, LIST, PAGE, PAY_DATE, PAYS, POLICY, PRICE, QUESTIONS, TIER, TOTAL, Field, field, figure


class Table(NamedTuple):
    """One table: its name, titles, what it holds, its key, its columns, and what gives its rows."""

    name: str
    title: dict[str, str]
    about: dict[str, str]
    key: tuple[str, ...]
    fields: list[Field]
    rows: Callable[[Site], Iterator[dict]]


def both(zh: str, en: str) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": zh, "en": en}


def pair(name: str, zh: str, en: str, required: bool = True) -> list[Field]:
    """A text's two columns, one a language."""
    return [field(f"{name}_zh", "text", f"{zh}（中文）", f"{en} (Chinese)", required=required), field(f"{name}_en", "text", f"{zh}（英文）", f"{en} (English)", required=required)]


TABLES = [
    Table("assistance", both("价钱和资助", "Prices and assistance"), both(
        "每个地方、年度、人员类别、资助身份、档和险种：标准、资助、自己交。按集中缴费期内缴费、没有断保计算。身份为空的行是没有资助身份的人。",
        "For every place, year, kind of person, group, tier and premium: price, assistance and what is left to pay, for payment inside the window without missed years. Rows without a group are people without assistance."),
        ("policy", "person", "group", "condition", "tier", "premium"), [
            *POLICY, field("person", "person", "人员类别", "Kind of person", required=True), field("group", "group", "资助身份", "Group", ("身份编号，见 groups.csv；空：没有资助身份", "identifier, see groups.csv; empty: no group")),
            field("condition", "text", "身份的条件", "Condition", ("同一身份按年龄、等级等分开时的条件", "where age, grade or the like divides a group")), TIER,
            field("premium", "premium", "险种", "Premium", ("basic 居民医保；其余是另收的保险", "basic: the basic insurance; others are collected with it"), True), PAY_DATE, *PRICE,
            *figure("assistance_yuan", "yuan", "资助（元）", "Assistance (yuan)"), *PAYS,
            field("pays_at_least_yuan", "yuan", "至少自己交（元）", "To pay at least (yuan)", ("金额不知道、但有一部分确定时", "where the amount is unknown but a part of it is certain")), *TOTAL,
            field("paid_back_yuan", "yuan", "以后退还（元）", "Given back later (yuan)", ("先交足，以后再退；不退时为空", "paid first and given back later; empty where nothing is")), field("paid_back_state", "state", "以后退还：依据程度", "Given back later: how known"),
            field("funds", "funds", "谁出资", "Paid by", ("没有资助时为空", "empty where there is no assistance")), field("funds_state", "state", "谁出资：依据程度", "Paid by: how known"),
            field("identified_by", "bodies", "谁认定", "Identified by"), field("identified_by_state", "state", "谁认定：依据程度", "Identified by: how known"), CLAUSES, QUESTIONS, CASE], rows.assistance),
    Table("periods", both("缴费时间", "Payment periods"), both(
        "哪几天缴费按同样的规则：时段、价钱、从哪天起报销、等待期。按没有断保计算。身份为空的行是没有资助身份的人。",
        "Runs of days of payment under the same rules: period, price, covered from when, wait; without missed years. Rows without groups are people without assistance."),
        ("policy", "groups", "tier", "first_day", "last_day"), [
            *POLICY, field("groups", "groups", "资助身份", "Groups", ("时间不同的身份；空：没有资助身份", "groups with days of their own; empty: no group")),
            field("conditions", "list", "身份的条件", "Conditions", ("同一身份按年龄、等级等分开时，这一行说的是哪些人", "where age, grade or the like divides a group: of whom the row speaks")), TIER,
            field("first_day", "date", "第一天", "First day", ("空：更早也一样", "empty: the same holds before")), field("last_day", "date", "最后一天", "Last day", ("空：以后也一样", "empty: the same holds after")),
            field("open_start", "boolean", "更早也一样", "Open start", required=True), field("open_end", "boolean", "以后也一样", "Open end", required=True),
            field("days_of_month", "text", "每月办理日", "Days of the month", ("每月只在这几天办理", "open only on these days of each month")),
            field("period", "text", "时段编号", "Period"), *pair("period", "时段", "Period"), *PRICE, *PAYS, *DATED,
            field("coverage_start_if_paid_last_day", "date", "最后一天缴费，从哪天起报销", "Covered from if paid on the last day"), CLAUSES, QUESTIONS, CASE,
            field("case_last_day", "json", "最后一天缴费的情况", "Case paid on the last day")], rows.periods),
    Table("newborns", both("新生儿", "Newborns"), both(
        "新生儿按出生日和缴费日举例：自己交多少、从哪天起报销、等不等。", "Newborns by day of birth and of payment: what is paid, covered from when, wait."),
        ("policy", "tier", "birth_date", "pay_date"), [
            *POLICY, TIER, field("birth_date", "date", "出生日期", "Born on", required=True), PAY_DATE, field("days_after_birth", "integer", "出生后第几天", "Days after birth", required=True),
            *PRICE, *PAYS, *TOTAL, *DATED, CLAUSES, QUESTIONS, CASE], rows.newborns),
    Table("waits", both("断保和等待期", "Missed years and waits"), both(
        "断保 0 至 5 年的普通居民，在集中缴费期内或以后缴费：等待期、从哪天起报销。", "Residents with none to five missed years who pay inside the window or later: the wait, and covered from when."),
        ("policy", "pay_date", "gap_years"), [*POLICY, PAY_DATE, field("gap_years", "integer", "断保年数", "Missed years", required=True), *DATED, CLAUSES, QUESTIONS, CASE], rows.waits),
    Table("deadlines", both("居民的期限", "Residents’ deadlines"), both("居民要记住的最后一天；部门的任务不在内。", "The last days that concern residents; offices’ targets are not among them."),
        (), [*POLICY, field("date", "date", "日期", "Date", required=True), *pair("for", "对谁", "For whom"), *pair("text", "内容", "What"), *pair("note", "说明", "Note", False),
             field("inferred", "boolean", "有推断", "Inferred", required=True), CLAUSES], registers.deadlines),
    Table("notices", both("通知", "Notices"), both("数据所依据的通知。", "The notices the data rest on."), ("notice",), [
        field("notice", "text", "通知编号", "Notice", required=True), *pair("title", "标题", "Title"), *figure("number", "text", "文号", "Number"),
        field("issuers_zh", "list", "发文单位（中文）", "Issuers (Chinese)", required=True), field("issuers_en", "list", "发文单位（英文）", "Issuers (English)", required=True),
        *figure("issued", "date", "印发日期", "Date of issue"), field("places", "list", "适用地方", "Places", required=True), field("years", "list", "适用年度", "Years", required=True),
        field("clauses", "integer", "收录的条款数", "Clauses quoted", required=True), field("text_length", "integer", "原文字数", "Length of the text", ("不计空白", "white space not counted"), True),
        field("text_sha256", "text", "原文 SHA-256", "SHA-256 of the text", ("去掉空白后的全文", "of the whole text without white space"), True), PAGE], registers.notices),
    Table("clauses", both("条款", "Clauses"), both("逐字摘录的条款和译文。", "The clauses, quoted word for word, with translation."), ("clause",), [
        field("clause", "text", "条款编号", "Clause", ("通知/条款", "notice/clause"), True), field("notice", "text", "通知编号", "Notice", required=True), field("label", "text", "原文序号", "Label", required=True), field("label_en", "text", "序号（英文）", "Label in English", required=True),
        field("role", "role", "作用", "Role", ("compute 参与计算；display 供查阅；admin 部门工作", "compute: used in the calculation; display: for information; admin: for offices"), True),
        field("quote", "text", "原文", "Quote", required=True), field("translation", "text", "英文译文", "Translation", required=True), *pair("plain", "大白话", "Plain words", False),
        field("policies", "list", "用到它的政策", "Policies resting on it"), PAGE], registers.clauses),
    Table("questions", both("没有写清的地方", "Open questions"), both("通知没有写清或互相矛盾的地方，每种理解一行。", "Where notices are unclear or contradict themselves; one row for each reading."), ("question", "reading"), [
        field("question", "text", "疑问编号", "Question", required=True), *pair("topic", "疑问", "Topic"), field("severity", "severity", "影响", "Severity", required=True), field("reading", "text", "理解编号", "Reading", required=True),
        *pair("reading", "理解", "Reading"), field("taken", "boolean", "本站采用", "Taken", required=True), *pair("why", "为什么", "Why"), *pair("tell", "提醒", "Advice"),
        field("evidence", "list", "有关原文", "Evidence"), field("policies", "list", "有关的政策", "Policies"), PAGE], registers.questions),
    Table("groups", both("人群名称", "Groups"), both("资助身份和各通知的叫法。", "The groups and what each notice calls them."), (), [
        field("group", "text", "身份编号", "Group", required=True), *pair("name", "名称", "Name"), *pair("plain", "大白话", "Plain words", False), field("aliases", "list", "别名", "Aliases"),
        field("rules", "text", "政策编号", "Rules", ("用这个叫法的政策；空：没有通知提到", "the policy that uses these names; empty: no notice names the group")), field("names_in_notice", "list", "通知的叫法", "Names in the notice"), PAGE], registers.groups),
    Table("places", both("地方和年度", "Places and years"), both("收录的地方和年度，以及各按谁的规则。", "The places and years of the data, and whose rules each follows."), ("policy",), [
        *POLICY, field("code", "text", "行政区划代码", "Code (GB/T 2260)", required=True), field("level", "level", "级别", "Level", required=True), *pair("name", "名称", "Name"), *pair("within", "属于", "Within", False),
        field("rules", "text", "按谁的规则", "Rules", required=True), field("overview", "boolean", "只是总览", "Overview only", ("总览没有自己的参保人，不在别的表里", "an overview has nobody of its own insured and is not in the other tables"), True),
        field("notices", "list", "通知", "Notices", required=True), PAGE], registers.places),
]

WORDS = {
    "role": {"compute": ("参与计算", "used in the calculation"), "display": ("供查阅", "for information"), "admin": ("部门工作", "for offices")},
    "severity": {"high": ("影响大", "high"), "medium": ("影响中等", "medium"), "low": ("影响小", "low")},
    "level": {"province": ("省级", "province"), "prefecture": ("地级", "prefecture"), "county": ("县级", "county")},
    "status": STATUS,
}


class Writer:
    """Writes values: as they are for programs (lang None), or in the words of a language for people."""

    def __init__(self, site: Site, lang: str | None) -> None:
        self.site, self.lang = site, lang
        vocabulary = site.policies.vocabulary
        self.names = {part: {entry["id"]: entry["name"] for entry in vocabulary.data[part]} for part in ("persons", "groups", "places", "funds", "bodies")}

    def cell(self, column: Field, row: dict) -> str:
        """A value as text; what is not there is empty, never 0."""
        value = row[column.name]
        if value is None:
            return ""
        if self.lang and column.kind in ("place", "person", "group", "groups", "tier", "premium", "funds", "bodies", "state", "boolean", *WORDS):
            return self.words(column, value, row)
        if isinstance(value, bool):
            return "true" if value else "false"
        if column.kind == "yuan":
            return yuan_text(value)
        if isinstance(value, date):
            return value.isoformat()
        return LIST.join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)

    def words(self, column: Field, value: object, row: dict) -> str:
        """A code in the language's words."""
        lang = str(self.lang)
        if column.kind in WORDS:
            return WORDS[column.kind][str(value)][LANGS.index(lang)]
        if column.kind == "state":
            return Words(lang).part(f"state.{value}")
        if column.kind == "boolean":
            return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
        if column.kind in ("tier", "premium"):
            data = self.site.policies.policy(row["policy"]).data
            return next(entry["name"][lang] for entry in data[f"{column.kind}s"] if entry["id"] == value)
        if column.kind in ("group", "groups"):
            policy = self.site.policies.policy(row["policy"])
            return LIST.join(self.site.group_name(policy, group, lang) for group in ([value] if column.kind == "group" else value))  # type: ignore[union-attr]
        if column.kind in ("funds", "bodies"):
            return LIST.join(self.names[column.kind][name][lang] for name in value)  # type: ignore[union-attr]
        return self.names[f"{column.kind}s"][str(value)][lang]


def csv_text(table: Table, found: Iterable[dict], writer: Writer) -> str:
    """A table as CSV: a byte order mark so that spreadsheets read UTF-8, CRLF, and no cell that one would run as a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([header(column, writer.lang) for column in table.fields])
    for row in found:
        lines.writerow([safe_cell(writer.cell(column, row)) for column in table.fields])
    return out.getvalue()


def header(column: Field, lang: str | None) -> str:
    """A column's head: its name for programs, its title for people."""
    return column.name if lang is None else column.zh if lang == "zh" else column.en
