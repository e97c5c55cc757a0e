"""What readers call things, and where each is answered: words that lead to a page without standing on it.

A topic is answered at its `places`; at those under `also` it is answered once something else is asked for with it (the price for
a newborn). "*#anchor" is that part of every place's page that has it. Names of places and groups come from the vocabulary.
"""

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """Words of both languages with the addresses they lead to; those of a topic without addresses are found in the texts, each for all."""

    places: tuple[str, ...]
    also: tuple[str, ...]
    zh: tuple[str, ...]
    en: tuple[str, ...]
    kind: str


def topic(places: str, zh: str, en: str, also: str = "", kind: str = "") -> Topic:
    """A topic from lists: addresses parted by spaces ("/" is the first page), Chinese words by spaces, English by commas."""
    addresses = [tuple("" if address == "/" else address for address in text.split()) for text in (places, also)]
    return Topic(addresses[0], addresses[1], tuple(zh.split()), tuple(word.strip() for word in en.split(",")), kind)


TOPICS = [
    # The scheme and its money
    topic("/ about/#what", "居民医保 城乡居民医保 医保 医疗保险 保险 参保 缴费 交费 新农合 农合 合作医疗 新型农村合作医疗 城镇居民医保", "insurance, health insurance, medical insurance, resident medical insurance, rural cooperative insurance, NRCMS", also="*#steps", kind="subject"),
    topic("compare/ compare/groups/ / glossary/#term-contribution *#price", "多少钱 交多少 交多少钱 要交多少 要交多少钱 掏多少 几块钱 价格 价钱 费用 收费 保费 缴费金额 缴费标准 收费标准 便宜 最便宜 哪里便宜", "how much, price, cost, fee, fees, premium, amount, contribution, charge, cheap, cheapest, expensive, yuan", also="compare/newborns/#pays *#students *#assistance"),
    topic("compare/groups/ glossary/#term-assistance *#assistance", "谁少交 少交 谁不用交 不用交 不用交钱 不交钱 免费 免交 免缴 减免 优惠 补贴 补助 补多少 资助 照顾 困难群众", "who pays less, pay less, assistance, assisted, discount, reduction, free, exempt, exemption, waiver, aid, help paying, subsidised, subsidized"),
    topic("glossary/#term-fiscal-subsidy", "国家补多少 国家补贴 政府补贴 财政补贴 国家出多少", "state subsidy, government pays, public money"),
    topic("glossary/#term-combining-rule", "两种身份 几种身份 多种身份 双重身份 叠加 能不能叠加", "two identities, both, combine, add up, stack"),
    topic("compare/extras/ glossary/#term-ltci", "长护险 长期护理 长期护理险 护理险 长期护理保险 失能", "Long-term care insurance, long-term care, nursing care, LTCI, care insurance"),
    topic("compare/extras/ *#add-ons", "意外险 意外伤害保险 自愿保险 加买 补充保险 商业保险 附加险", "accident insurance, accident, voluntary insurance, supplementary, add-on, extra insurance"),
    topic("compare/extras/#incentives *#incentives", "奖励 连续参保 连续参保奖励 激励 零报销 一直交 好处", "reward, rewards, bonus, incentive, continuous enrolment, no claims"),
    topic("glossary/#term-critical-illness-ceiling", "大病保险 大病 大病医保 封顶线", "critical illness, serious illness, catastrophic"),
    # Days
    topic("compare/periods/ *#periods", "什么时候交 啥时候交 何时交 几月交 几月份交 几号交 缴费时间 交费时间 截止 截止日期 截止时间 缴费截止 期限 最后一天 最后期限 最晚 到几号 到什么时候 开始缴费 集中缴费 缴费期", "when, when to pay, deadline, due date, last day, until when, pay by, enrolment period, open enrolment, window, payment period", also="*#deadlines"),
    topic("glossary/#term-coverage compare/periods/#coverage *#coverage", "报销 从哪天起报销 什么时候能报销 什么时候报销 什么时候能报 多久能报 多久能报销 能报销 报销时间 生效 什么时候生效 能用 什么时候能用 管到什么时候", "coverage, covered, covered from, coverage start, when covered, effective date, valid, start date", also="compare/newborns/#coverage"),
    topic("coverage/#not-covered calculator/#limits", "报销比例 报销多少 报多少 能报多少 住院 住院报销 门诊 看病 医院 药费 慢性病 异地就医", "reimbursement, reimbursement rate, how much is reimbursed, hospital, outpatient, inpatient, doctor, medicine, copayment, claim"),
    topic("compare/waits/ glossary/#term-waiting-period", "等待期 待遇等待期 等多久 要等多久 等几个月 要不要等 三个月 固定等待期 变动等待期", "waiting period, wait, how long to wait, waiting, three months", also="compare/newborns/#wait *#missed-years *#late"),
    topic("compare/waits/ glossary/#term-missed-years *#missed-years", "断保 断缴 断交 断档 断过 断了 断了几年 罚款 滞纳金 停保 漏交 没交 没交过 几年没交 中断", "missed years, missed payment, missed payments, gap, lapse, lapsed, interrupted, skipped, penalty, fine, did not pay, never paid"),
    topic("compare/waits/ glossary/#term-late-payment *#late", "补缴 补交 晚了 晚了怎么办 来晚了 晚交 迟交 过期 过了时间 错过 错过时间 忘了交 忘交 忘记交 没赶上 逾期", "late, late payment, pay late, paying late, overdue, after the deadline, missed the deadline, forgot, forgot to pay, late fee, surcharge"),
    # Kinds of person
    topic("compare/newborns/ glossary/#term-newborn *#newborns", "新生儿 宝宝 婴儿 娃 娃儿 娃娃 刚出生 出生 小孩 小孩子 孩子 双胞胎 二胎 二孩 上户 多少天 多少天内办", "newborn, newborns, new-born, baby, babies, infant, twins, born, birth, child"),
    topic("glossary/#term-student *#students", "大学生 大学 学生 在校生 大一 大一新生 研究生 大专 高校 学校", "student, students, university, college, freshman, undergraduate, postgraduate, campus, school"),
    # How and where
    topic("*#steps", "怎么交 怎么缴 怎么交费 怎么缴费 如何缴费 如何交 在哪交 在哪里交 哪里交 在哪缴费 去哪交 去哪里交 怎么办 去哪办 去哪里办 哪里办 怎么办理 办理 流程 手续 缴费方式 缴费渠道 网上交 手机交 登记 怎么登记", "how to pay, where to pay, pay online, payment method, payment methods, how to enrol, how to register, sign up, register, steps, procedure", also="compare/newborns/ *#newborns *#students"),
    topic("*#whom-to-ask", "找谁问 问谁 找谁 电话 打电话 咨询 热线 联系方式 哪个部门 谁认定", "whom to ask, who to ask, contact, phone, phone number, telephone, hotline, office, recognised by"),
    topic("*#scope", "谁可以参保 谁能参保 能不能参保 参保条件 参保范围 参保对象", "who can enrol, who may enrol, can i join, join, eligibility, eligible"),
    topic("*#asked-foreigner", "外国人能参加吗 老外", "can foreigners join"),
    topic("*#asked-residence-permit *#asked-registered-elsewhere", "外地人 外地户口 没有户口 农民工 打工", "registered elsewhere, migrant, migrant worker"),
    topic("*#asked-employee-insurance", "职工医保 职工 上班 单位 企业 灵活就业", "employee insurance, employer, employed, employee, job"),
    # Said in several ways in the texts
    topic("", "外国人 老外 外籍", "foreigner, foreign, expat, expatriate, visa"),
    topic("", "户口 户籍 居住证", "household registration, hukou, residence permit, registered"),
    topic("", "退费 退钱 退款 退还 能不能退 能退吗", "refund, pay back, paid back, get back"),
    topic("", "老人 老年人 爷爷 奶奶", "elderly, old people, senior, grandfather"),
    topic("", "手机 微信 支付宝 小程序", "phone, app, WeChat, Alipay"),
    # This site
    topic("calculator/", "计算器 算一算 计算 测算 算", "calculator, calculate, work out, estimate, compute"),
    topic("calculator/roster/", "名单 花名册 台账 批量 一份名单 村干部", "roster, list of people, batch, bulk, spreadsheet, village cadre"),
    topic("calculator/embedding/", "嵌入 放进网站 接口", "embed, iframe, widget, own website"),
    topic("leaflets/", "打印 明白纸 公告栏 张贴 传单 海报 宣传单 一张纸", "leaflet, print, printable, poster, flyer, handout, pdf, notice board"),
    topic("data/", "数据 下载 导出 引用 表格 开放数据 接口 CSV JSON Excel API", "data, download, export, cite, citation, dataset, open data, spreadsheet, CSV, JSON, Excel, API"),
    topic("data/#calendars", "日历 提醒 订阅", "calendar, ics, reminder, subscribe, feed, atom, rss"),
    topic("data/calc/", "程序 程序包 代码 Python", "package, library, code, Python"),
    topic("about/#privacy", "隐私 个人信息 泄露 安全 Cookie", "privacy, personal data, cookie, cookies, tracking, analytics, security"),
    topic("about/#report", "有错误 错误 写错 纠错 反馈 投诉 举报", "mistake, error, wrong, report, feedback, complaint, correction"),
    topic("about/", "关于 官方 政府网站 谁做的 可靠吗", "about, official, government site, who made this, reliable"),
    topic("notices/", "原文 文件 通知 依据 红头文件 政策 政策文件 文号", "notice, notices, legal basis, law, official document, original text, policy, regulation, source"),
    topic("questions/", "没写清 没有写清 不清楚 疑问 有疑问 矛盾", "open questions, unclear, ambiguous, contradiction, doubt"),
    topic("compare/", "比较 对比 各地 哪里最便宜 对照", "compare, comparison, difference, differences"),
    topic("glossary/", "名词 名词解释 什么意思 解释", "glossary, definition, definitions, terms, meaning"),
    topic("coverage/", "收录 哪些地方 数据范围", "which places, coverage of the data"),
    topic("deploy/", "架设 部署 服务器 搭建", "host, hosting, deploy, server, nginx, self-host"),
]
