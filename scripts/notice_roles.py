"""What a sentence of a notice is probably for: to compute with, to show, for the offices' own business, or for nobody's case."""

from __future__ import annotations

import re

from .data.figures import chinese
from .notice_tables import Row

# Words by which a sentence without a figure decides what someone pays, gets or waits for.
_DECIDES = re.compile("就高|全额|减半|不享受|最高标准|重复享受|多重|多项|等待期|免缴|不予资助|不再资助|次年|次月|次日|叠加|累计|断保|连续参保|重新计算|清零|失效|同等财政补助|差额|保留|不缴|不收费")
_SINCE = re.compile(r"\d{4}年度?(?:起|以后|之后|前|以前|底)")
# Words of what residents want to know though nothing is calculated from it: who may enrol, how, where, whether money comes back.
_TELLS = re.compile(
    "资助|覆盖范围|参保范围|参保对象|长期护理|未成年|大学生|户籍|户口|居住证|居留|参保地|身份认定地|在校|就读|新生儿|监护人|退费|退款|退还|不予退|不退|追回|不得|重复参保|重复缴费|家庭共济|个人账户|代扣|代缴|代收"
    "|可通过|可以?(?:到|在|由|凭|持|按|申请|自愿|自主|选择|参加|直接)|(?:线上|线下|凭有效|持有效)|渠道|公众号|小程序|APP|云闪付|支付宝|窗口|电话|热线|咨询"
    "|(?:参照|按照?)[^，。；]{0,24}(?:执行|办理)|不受|除外|以[^，。；]{1,30}(?:为准|确定|计算)|是指|逾期|时限|超过|变更|暂停|停止|不再|不影响"
)
# The offices' own business: targets, campaigns, and what one of them has to do.
_TASK = re.compile("参保率|力争|确保|动员|宣传|压实|督查|督促|调度|通报|考核|台账|参保任务|目标任务|任务数|高度重视|统筹协调|信息共享|数据共享|牵头|应保尽保|应参尽参")
_OFFICE = re.compile("(?:^|[；，])(?:各(?!类)[^，。；]{1,30}|[^，。；]{0,40}(?:部门|单位|机关|局|中心|税务|残联|人民政府|岗）))(?:要|应当?|负责|务必|必须|须|需|做好|落实|加强|积极|会同)")
_MONEY = re.compile(r"\d\s*元|给予|缴费标准|定额|全额")
# Ways to pay and to ask: residents look for them among the offices' duties too.
_WAYS = re.compile("缴费方式|渠道|公众号|小程序|APP|云闪付|支付宝|窗口|网点|缴费处|家庭共济|个人账户|电话|热线")
# What a part is about, by its heading.
_WHO = re.compile("范围|对象|人员|参保登记")
_HOW = re.compile("方式|渠道|程序|流程|办理|退费|缴费方法|咨询")
_OFFICES = re.compile("要求|组织|职责|责任|保障措施|目标|宣传|任务|部门联动|部门协|推进|领导|监督|站位")
_TARGETS = re.compile("任务|目标|人数")
_FIGURES = {"yuan", "percent", "days", "months", "years", "age", "grade", "tier"}


def judged(sentence: str, groups: list[str], heading: str = "") -> tuple[str, bool]:
    """The probable role of a sentence, and whether it is probably needed: it holds a figure, a date or a group, or a word that residents look for."""
    figures = chinese(sentence)
    named = any(name in sentence for name in groups)
    day = any(date[2] for date in figures.dates) or any(isinstance(atom, tuple) for atom in figures.atoms)
    figure = day or any(kind in _FIGURES for kind, _ in figures.typed)
    if (_TASK.search(sentence) or not _WAYS.search(sentence) and (_OFFICE.search(sentence) or _OFFICES.search(heading))) and not _MONEY.search(sentence):
        return "admin", named or day or any(kind in _FIGURES - {"grade"} for kind, _ in figures.typed)
    if figure or _DECIDES.search(sentence) or _SINCE.search(sentence) or (named and "资助" in sentence):
        return "compute", True
    return "display", named or any(words.search(text) for words, text in ((_TELLS, sentence), (_WAYS, sentence), (_WHO, heading), (_HOW, heading)))


def judged_row(row: Row, heading: str) -> str:
    """The probable role of a row of a table: figures are computed with, unless they are the offices' targets; title and headings are shown."""
    if _TARGETS.search(heading):
        return "admin"
    return "compute" if row.kind == "row" and (row.valued or re.search(r"\d", row.quote)) else "display"
