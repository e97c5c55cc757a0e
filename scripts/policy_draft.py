"""The policy of a new place as a draft: each section with what belongs in it, the clauses that seem to bear on it, and the forms most often needed.

The text is in policy_skeleton.yaml. There “##” explains and “# ” is a form: without its “# ” it is a rule, whose clause x.x does not exist.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from string import Template

from .data.sources import SourceSet
from .notice_draft import Clause, quoted

SKELETON = Path(__file__).with_name("policy_skeleton.yaml")
# Which clauses a section lists: those with such words in the sentence, or in a heading above it.
SECTIONS = {
    "follows": (r"未作规定|按[^，。；]{0,12}通知[^，。；]{0,6}执行|[省市]级?通知", ""),
    "tiers": (r"[一二三两]档|档次", ""),
    "age_on": (r"年龄[^，。；]{0,8}(?:计算|为准|基准|按)|周岁[^，。；]{0,6}(?:计算|为准)|日前?[年未]满\d+周岁", ""),
    "facts": (r"户籍|户口|居住证|退役|释放|毕业|迁入|失业|停保|断缴|中断缴费|终止职工|就业|学制|外出务工", ""),
    "periods": (r"缴费期|征缴期|参保期|补缴|延缴|延长|缴费时间|逾期|截止|停止|暂停|不再办理|不超过\d+个?[日月]|日(?:以后|以前|前)?[^，。；]{0,12}(?:缴费|缴纳|参保)|[日月天]内[^，。；]{0,16}(?:参保|缴费|缴纳|办理|登记)", ""),
    "contribution": (r"(?:缴费|个人缴[费纳])(?:标准)?(?:[为：]|减为)?[^，。；]{0,8}\d+元|每人每年|元/人|免缴|不缴|不再缴纳|按[^，。；]{2,12}标准(?:全额|全年)?缴|标准的(?:\d+%|三分之一)|按\d+元[^，。；]{0,4}缴|户籍居民相同", "筹资标准|缴费标准"),
    "payable": (r"之和|全额缴|合计标准|减半|折算|剩余月|三分之一|标准的\d+%", ""),
    "surcharges": (r"(?:断保|修复|补缴)[^，。；]{0,12}(?:年度|年限|费用)|每(?:多)?缴纳\d+年|共\d+元|同时(?:应当)?(?:补缴|缴纳)", ""),
    "fiscal_subsidy": (r"财政补[助贴]", "筹资标准"),
    "assistance": (r"资助|(?<!财政)补助|补贴|代缴|话费|全额承担", "资助|补助"),
    "combining": (r"就高|重复资助|重复享受|叠加|多重|多个|多项|最低的类别|[资补]助总额", ""),
    "ltci": (r"长期护理", "长期护理"),
    "waiting": (r"等待期|断保|未连续|修复", ""),
    "coverage": (r"享受[^，。；]{0,8}(?:待遇|期)|待遇[^，。；]{0,10}[享起至止]|生效", ""),
    "incentives": (r"最高支付限额|封顶线|激励|零报销|连续参保年数", ""),
    "add_ons": (r"自愿[^，。；]{0,6}(?:投保|购买)|意外[^，。；]{0,4}保险|商业[^，。；]{0,4}保险|惠民保", ""),
    "scope": (r"覆盖范围|参保范围|参保对象", "参保[^，。；]{0,4}(?:范围|对象)"),
    "steps": (r"可通过|渠道|公众号|小程序|APP|窗口|便民服务|代办|代扣|代收|家庭共济|个人账户|电话|热线|参保登记|变更|申领", "(?:缴费|参保)[^，。；]{0,4}(?:方式|渠道|程序|登记)"),
    "refunds": (r"退费|退还|退款|不予退|不退|追回", "退费"),
}


def policy_yaml(sources: SourceSet, place: str, year: int, notice: str, clause: str, found: list[Clause]) -> str:
    """The file of a policy, as a draft that loads: nothing filled in, each section led by its clauses and forms."""
    live = [entry for entry in found if entry.live and entry.id != "sign"]
    lists = {name: [entry for entry in live if entry.role != "admin" and belongs(entry, *words)] for name, words in SECTIONS.items()}
    lists["facts"] = [entry for entry in lists["facts"] if entry not in lists["scope"]]  # who can enrol is not asked
    lists["agency_targets"] = [entry for entry in live if entry.role == "admin"]
    listed = {entry.id for entries in lists.values() for entry in entries}
    lists["elsewhere"] = [entry for entry in live if entry.id not in listed]
    skeleton = SKELETON.read_text(encoding="utf-8")
    values = {name: ("\n" + re.search(rf"(?m)^( *## )\${name}$", skeleton).group(1)).join(listing(entries)) for name, entries in lists.items()}  # type: ignore[union-attr]
    return Template(skeleton).substitute(values, place=place, year=year, before=year - 1, notice=notice, clause=quoted(clause), groups="\n".join(group_names(sources, live)))


def belongs(clause: Clause, words: str, heading: str) -> bool:
    """Whether a section's words stand in a clause, or those of its heading above it."""
    return re.search(words, clause.quote) is not None or bool(heading) and re.search(heading, " ".join(clause.headings)) is not None


def listing(clauses: list[Clause]) -> list[str]:
    """A line for each clause, its identifier and how it begins; the rows of a table are one line."""
    lines = []
    for table, entries in groupby(clauses, key=lambda clause: clause.table):
        several = list(entries)
        if table and len(several) > 1:
            lines.append(f"  {several[0].id} … {several[-1].id}  {several[0].label} … {several[-1].label}")
        else:
            lines += [f"  {clause.id}  {clause.quote if len(clause.quote) <= 60 else clause.quote[:59] + '…'}" for clause in several]
    return lines or ["  （没有找到 none found）"]


def group_names(sources: SourceSet, clauses: list[Clause]) -> list[str]:
    """The names of groups that the clauses use, by group, commented out; of names inside one another the longest counts."""
    known = {name: group for group, entry in sources.entries("groups").items() for name in (entry["name"]["zh"], *entry.get("names", []))}
    pattern = re.compile("|".join(re.escape(name) for name in sorted(known, key=len, reverse=True)))
    used: dict[str, dict[str, None]] = {}
    for clause in clauses:
        for name in pattern.findall(clause.quote):
            used.setdefault(known[name], {})[name] = None
    found = used or {"extreme-hardship": {"特困人员": None}}
    return ["# group_names:", *(f"#   {group}: [{', '.join(map(quoted, found[group]))}]" for group in dict.fromkeys(known.values()) if group in found)]
