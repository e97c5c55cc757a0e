"""What is drafted from a notice's text: every sentence, item and row is there, in the document's own numbering; what is probably needed is live."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.data import fingerprints
from scripts.data.yaml_source import load
from scripts.notice_draft import Clause, Identity, clauses, completed, notice_yaml

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ["特困人员", "低保对象", "孤儿", "残疾人", "重度残疾人"]
HEAD = "示范县医疗保障局\n关于做好2030年度居民医保参保缴费工作的通知\n示医保发〔2029〕19号\n各乡镇人民政府：\n"
SIGN = "\n示范县医疗保障局\n2029年9月25日\n"


def drafted(text: str) -> list[tuple[str, ...]]:
    """The identifier, label, role and quote of the clauses between head and signature; those commented out have a # before the role."""
    return [(clause.id, clause.label, ("" if clause.live else "#") + clause.role, clause.quote) for clause in clauses(HEAD + text + SIGN, GROUPS) if not clause.id.startswith("sign")]


def test_an_inserted_section_is_its_own() -> None:
    """四之一、 is neither a part of 四 nor lost."""
    assert drafted("四、资助\n（一）特困人员全额资助。\n四之一、年度中新增人员\n（一）已缴费的，退还差额。\n（二）新认定的低保对象资助60元。\n五、退费\n（一）不予退费。\n") == [
        ("4.1", "四（一）", "compute", "特困人员全额资助。"),
        ("4-1.1", "四之一（一）", "compute", "已缴费的，退还差额。"),
        ("4-1.2", "四之一（二）", "compute", "新认定的低保对象资助60元。"),
        ("5.1", "五（一）", "display", "不予退费。"),
    ]


ROWS = [["序号", "对象", "资助", "个人"], ["1", "特困人员", "400", "0"], ["2", "一、二级残疾人", "200", "200"], ["3", "退捕渔民", "80", "320"], ["合计", "", "680", "520"]]
CELLED = [
    ("1特困人员4000", ("1", "特困人员", "400", "0")), ("2一、二级残疾人200200", ("2", "一、二级残疾人", "200", "200")),
    ("3退捕渔民80320", ("3", "退捕渔民", "80", "320")), ("合计680520", ("合计", "680", "520")),
]


@pytest.mark.parametrize("pasted", [
    "\n".join("\t".join(row) for row in ROWS),
    "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in ROWS) + "\n",
    "\n".join(cell for row in ROWS for cell in row if cell),
    "\n".join(" ".join(filter(None, row)) for row in ROWS),
], ids=["tabs", "cells below tabs", "cells on lines", "blanks"])
def test_every_row_is_a_clause(pasted: str) -> None:
    """However a table was pasted, each row stands alone, also one without a known group, and the sentence behind it is not in the last."""
    found = clauses(f"{HEAD}三、资助\n标准如下：\n{pasted}\n（一）多重身份就高。{SIGN}", GROUPS)
    table = {clause.id: (clause.label, clause.role, clause.quote) for clause in found if clause.table}
    assert table == {
        "3.table.head": ("表一 表头", "display", "序号对象资助个人"),
        "3.table.1": ("表一 第1行", "compute", CELLED[0][0]),
        "3.table.2": ("表一 第2行", "compute", CELLED[1][0]),
        "3.table.3": ("表一 第3行", "compute", CELLED[2][0]),
        "3.table.total": ("表一 合计", "display", CELLED[3][0]),
    }
    assert [(clause.id, clause.quote) for clause in found if not clause.table] == [("3", "标准如下："), ("3.1", "多重身份就高。"), ("sign", "2029年9月25日")]
    assert [clause.cells for clause in found if clause.table] == [("序号", "对象", "资助", "个人"), *(cells for _, cells in CELLED)]


def test_rows_between_bars_keep_their_bars() -> None:
    """The bars are part of the text, so that the quote can be found in it; they keep the numbers apart without a list of cells."""
    found = clauses(f"{HEAD}二、标准\n类别 | 个人缴费 | 财政补助\n成年居民（18周岁及以上） | 780 | 1320\n三级残疾人 | 不资助 | 50%\n年龄按1月1日计算。{SIGN}", GROUPS)
    assert [(clause.id, clause.quote, clause.cells) for clause in found if clause.id != "sign"] == [
        ("2.table.head", "类别|个人缴费|财政补助", ()), ("2.table.1", "成年居民（18周岁及以上）|780|1320", ()), ("2.table.2", "三级残疾人|不资助|50%", ()), ("2", "年龄按1月1日计算。", ()),
    ]


def test_cells_without_running_numbers_and_rows_run_together() -> None:
    """Rows are told apart by the columns of figures, or by the figures behind a name."""
    below = drafted("二、标准\n类别\n缴费\n补助\n成年居民\n520\n740\n少年儿童\n390\n740\n大学生\n360\n740\n（一）年龄按缴费之日计算。\n")
    assert [(row[0], row[3]) for row in below] == [("2.table.head", "类别缴费补助"), ("2.table.1", "成年居民520740"), ("2.table.2", "少年儿童390740"), ("2.table.3", "大学生360740"), ("2.1", "年龄按缴费之日计算。")]
    together = drafted("二、标准\n普通人员670元0元400元\n低保对象670元320元80元\n新生儿免缴。\n")
    assert [(row[0], row[3]) for row in together] == [("2.table.1", "普通人员670元0元400元"), ("2.table.2", "低保对象670元320元80元"), ("2", "新生儿免缴。")]


def test_tables_are_numbered_and_annexes_have_their_own_rows() -> None:
    """表一 and 表二 count through the notice; two tables in one place have two names; a table that is an annex needs none; targets are for the offices."""
    table = "对象\t资助\n{}\t{}元\n"
    found = clauses(f"{HEAD}一、资助\n{table.format('孤儿', 300)}另有：\n{table.format('老人', 30)}二、其他\n{table.format('学生', 20)}附件：1.财政补助\n2.参保任务\n{SIGN}附件1\n财政补助\n统筹区\t补助\n甲市\t670\n附件2\n参保任务数\n乡镇\t人数\n乙镇\t1200\n合计\t1200\n", GROUPS)
    assert [(clause.id, clause.label, clause.role) for clause in found if clause.table] == [
        ("1.table.head", "表一 表头", "display"), ("1.table.1", "表一 第1行", "compute"), ("1.table2.head", "表二 表头", "display"), ("1.table2.1", "表二 第1行", "compute"),
        ("2.table.head", "表三 表头", "display"), ("2.table.1", "表三 第1行", "compute"),
        ("annex.head", "附件 表头", "display"), ("annex.1", "附件 第1行", "compute"),
        ("annex2.head", "附件2 表头", "admin"), ("annex2.1", "附件2 第1行", "admin"), ("annex2.total", "附件2 合计", "admin"),
    ]


@pytest.mark.parametrize("line", ["1.\t特困人员全额资助。", "联系人\t张三", "集中缴费期为 2029 年 9 月 1 日至", "按照人均 180 元的标准（个人缴费的 45%）"])
def test_what_is_no_row(line: str) -> None:
    """A tab behind a number, words without figures and broken lines with blanks around their figures are no tables."""
    assert not [clause for clause in clauses(f"{HEAD}一、资助\n{line}\n后面的文字。{SIGN}", GROUPS) if clause.table]


def test_items_of_a_list_count_as_much_as_its_opening() -> None:
    """All of 1 to 3 are there; those below a sentence that is computed with are computed with, and one that only opens a list is kept for its items."""
    assert drafted("五、特殊情形\n（一）下列人员3个月内参保的，不设等待期：\n1.退役军人（自退役之日起）；\n2.刑满释放人员；\n3.高校毕业生。\n（二）增加以下人员：\n1.结婚迁入的配偶，30日内办理。\n（三）各乡镇要加强宣传。\n") == [
        ("5.1", "五（一）", "compute", "下列人员3个月内参保的，不设等待期："),
        ("5.1.1", "五（一）1", "compute", "退役军人（自退役之日起）；"),
        ("5.1.2", "五（一）2", "compute", "刑满释放人员；"),
        ("5.1.3", "五（一）3", "compute", "高校毕业生。"),
        ("5.2", "五（二）", "display", "增加以下人员："),
        ("5.2.1", "五（二）1", "compute", "结婚迁入的配偶，30日内办理。"),
        ("5.3", "五（三）", "#admin", "各乡镇要加强宣传。"),
    ]


def test_sentences_without_a_figure() -> None:
    """Who may enrol, refunds, years counted anew and ways to pay are live; what nobody looks for is commented out, and nothing is missing."""
    assert drafted("""为做好参保工作，现将有关事项通知如下：
一、参保范围
（一）城乡居民。
（二）不受其他限制的幼儿。
二、激励
断保年限自2029年度起计算。
断保之后再次参保的，连续参保年数重新计算；零报销激励额度保留。
已缴费用不予退还。
有关事项另行研究。
三、工作要求
（一）税务部门负责征收，可通过云闪付缴费。
（二）强化部门联动，形成合力。
（三）确保2029年12月20日前参保率达到95%。
""") == [
        ("0", "开头", "#display", "为做好参保工作，现将有关事项通知如下："),
        ("1.1", "一（一）", "display", "城乡居民。"),
        ("1.2", "一（二）", "display", "不受其他限制的幼儿。"),
        ("2a", "二", "compute", "断保年限自2029年度起计算。"),
        ("2b", "二", "compute", "断保之后再次参保的，连续参保年数重新计算；"),
        ("2c", "二", "compute", "零报销激励额度保留。"),
        ("2d", "二", "display", "已缴费用不予退还。"),
        ("2e", "二", "#display", "有关事项另行研究。"),
        ("3.1", "三（一）", "display", "税务部门负责征收，可通过云闪付缴费。"),
        ("3.2", "三（二）", "#admin", "强化部门联动，形成合力。"),
        ("3.3", "三（三）", "admin", "确保2029年12月20日前参保率达到95%。"),
    ]


def test_numbers_within_a_paragraph_and_subjects() -> None:
    """1. and 2. inside a paragraph are places too, a year may follow the number, and a sentence that only names the subject stays with its rule."""
    assert drafted("四、资助\n（一）新生儿。出生90日内免缴。\n（二）计划生育资助。1.特困人员全额资助；2.2030年4月1日起资助80元。\n（三）低保对象全额资助。孤儿资助60元。\n（四）一、二级残疾人免缴。\n一、二级残疾人另补30元。\n") == [
        ("4.1", "四（一）", "compute", "新生儿。出生90日内免缴。"),
        ("4.2.1", "四（二）1", "compute", "特困人员全额资助；"),
        ("4.2.2", "四（二）2", "compute", "2030年4月1日起资助80元。"),
        ("4.3a", "四（三）", "compute", "低保对象全额资助。"),
        ("4.3b", "四（三）", "compute", "孤儿资助60元。"),
        ("4.4a", "四（四）", "compute", "一、二级残疾人免缴。"),
        ("4.4b", "四（四）", "compute", "一、二级残疾人另补30元。"),
    ]


def test_what_stands_in_brackets_is_not_parted() -> None:
    """A semicolon inside brackets or quotation marks ends no sentence."""
    assert [row[3] for row in drafted("一、标准\n个人缴费400元（中央负担；县级负担42元）。已缴的“不退；不补”。\n")] == ["个人缴费400元（中央负担；县级负担42元）。", "已缴的“不退；不补”。"]


def test_lines_broken_anywhere() -> None:
    """As a PDF breaks them: before a stop, in a heading, behind a preposition; a date above the text ends nothing."""
    assert [row[0::3] for row in drafted("2029年9月20日\n一、2030年度城乡居民基本医疗保险参保缴费\n\n工作\n\n（一）累计不超过40万元的20%\n。\n（二）集中缴费期自\n2029年9月1日\n至12月31日。\n三四、不是编号。\n")] == [
        ("1.1", "累计不超过40万元的20%。"), ("1.2a", "集中缴费期自2029年9月1日至12月31日。"), ("1.2b", "三四、不是编号。"),
    ]
    found = clauses(HEAD + "一、2030年度城乡居民基本医疗保险参保缴费\n\n工作\n\n（一）个人缴费400元。" + SIGN, GROUPS)
    assert found[0].headings == ("一、2030年度城乡居民基本医疗保险参保缴费工作",)


@pytest.mark.parametrize(("head", "title"), [
    ("示范县人民政府办公室\n关于印发《示范县2030年度参保缴费工作方案》的通知\n", "关于印发《示范县2030年度参保缴费工作方案》的通知"),
    ("示范县人民政府办公室关于印发2030年度参保工作方案的通知\n", "关于印发2030年度参保工作方案的通知"),
    ("示范县人民政府办公室\n关于做好2030年度\n参保缴费工作的实施意见\n", "关于做好2030年度参保缴费工作的实施意见"),
])
def test_titles_are_whole(head: str, title: str) -> None:
    """The name of the document that a notice issues is not the end of its title, and no title is drafted as a clause."""
    text = f"{head}示府办发〔2029〕3号\n各乡镇人民政府：\n一、标准\n个人缴费400元。\n示范县人民政府办公室\n2029年9月8日\n"
    assert completed(Identity("x", ["x"], [2030]), text).title_zh == title
    assert [clause.quote for clause in clauses(text, [])] == ["个人缴费400元。", "2029年9月8日"]


def test_issuers_are_those_above_the_date() -> None:
    """Also where an annex follows, and where a body has another name in brackets."""
    text = "关于做好2030年度参保缴费工作的通知\n一、标准\n个人缴费400元。\n示范市医疗保障局    示范市农业农村局(示范市乡村振兴局)\n2029年9月8日\n附件\n" + "\n".join(f"{number}\t乡镇\t{number}00" for number in range(1, 20))
    assert completed(Identity("x", ["x"], [2030]), text).issuers == ["示范市医疗保障局", "示范市农业农村局(示范市乡村振兴局)"]


MARKS = re.compile(r"(?:[一二三四五六七八九十]{1,3}(?:之一)?、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．])*")


def left(text: str, found: list[Clause]) -> str:
    """What of a text is in no clause and no heading, without the marks of the numbering; quotes in the order of the text."""
    plain, at, rest = fingerprints.plain(text), 0, []
    headings: list[str] = []
    for clause in found:
        here = plain.index(clause.quote, at)
        gap = plain[at:here]
        headings += [heading for heading in clause.headings if heading not in headings]
        for heading in clause.headings:
            gap = gap.replace(heading, "")
        rest.append(MARKS.sub("", gap))
        at = here + len(clause.quote)
    return "".join(rest) + plain[at:]


@pytest.mark.parametrize(("text", "head"), [
    ((ROOT / "policy_data" / "template" / "notice.txt").read_text(encoding="utf-8"), "示医保发〔2029〕1号示例市医疗保障局示例市财政局关于做好2030年度城乡居民基本医疗保险参保缴费工作的通知"),
    (f"{HEAD}四之一、资助\n标准如下：\n对象\t资助\n孤儿\t300\n（一）居民。\n1.学生；2.老人。\n有关事宜另行研究。{SIGN}", "示范县医疗保障局关于做好2030年度居民医保参保缴费工作的通知示医保发〔2029〕19号各乡镇人民政府：示范县医疗保障局"),
], ids=["template", "small"])
def test_nothing_is_lost(text: str, head: str) -> None:
    """Between the quotes, in order, stand headings and marks; only the head, the address and the names above the date are drafted nowhere."""
    assert left(text, clauses(text, GROUPS)) == head


def test_what_is_commented_out_can_be_uncommented() -> None:
    """The file loads as it is and with every clause live; headings stand over their clauses, and a row has its cells."""
    text = f"{HEAD}一、资助\n（一）有关事宜另行研究。\n（二）如下：\n1\t孤儿\t400\t0\n二、其他\n个人缴费400元。{SIGN}"
    found = clauses(text, GROUPS)
    written = notice_yaml(completed(Identity("model-2030", ["model"], [2030]), text), text, found)
    body = written[written.index("clauses:") :]
    assert body.startswith('clauses:\n  # 一、资助\n  # - {id: "1.1", label: "一（一）", role: display, quote: "有关事宜另行研究。", en: ""}\n  - id: "1.2"\n')
    assert '    quote: "1孤儿4000"\n    row: ["1", "孤儿", "400", "0"]\n' in body and '\n  # 二、其他\n  - id: "2"\n' in body
    assert [entry["id"] for entry in load("x", written).data["clauses"]] == ["1.2", "1.2.table.1", "2", "sign"]  # type: ignore[index, call-overload]
    uncommented = load("x", written.replace("  # - {", "  - {"))
    assert not uncommented.problems and [entry["id"] for entry in uncommented.data["clauses"]] == ["1.1", "1.2", "1.2.table.1", "2", "sign"]  # type: ignore[index, call-overload]
