"""The words of rosters: names that columns go by, ways of writing values, and the labels of what comes out, in both languages."""

from __future__ import annotations

# Further names of columns beside the identifiers and labels of the vocabulary. Names are compared without white space, brackets' width and case.
HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "参保人", "参保人姓名", "人员姓名", "name", "full name"),
    "policy": ("政策", "政策编号", "policy"),
    "place": ("地区", "地方", "统筹区", "统筹地区", "参保地", "参保地区", "所在地", "县", "县区", "区县", "旗县", "place", "area", "county", "region", "pooling area"),
    "year": ("年度", "年份", "参保年度", "缴费年度", "医保年度", "year", "insured year"),
    "person": ("人员类别", "人员类型", "参保人员类别", "人群类别", "人群", "人员", "参保人类别", "person", "kind of person", "person type", "type of person"),
    "groups": ("类别", "身份", "人员身份", "身份类别", "资助类别", "资助对象", "资助对象类别", "资助身份", "救助类别", "救助对象", "救助身份", "困难类别", "困难身份", "特殊身份", "对象类别",
               "categories", "category", "group", "groups", "assisted group", "assisted groups"),
    "tier": ("档次", "档", "缴费档次", "参保档次", "缴费档", "tier", "level"),
    "pay_date": ("缴费日期", "缴费时间", "缴费日", "交费日期", "交费时间", "交费日", "pay date", "pay_date", "payment date", "date of payment", "paid on"),
    "addons": ("自愿保险", "自愿参加的保险", "附加保险", "其他保险", "addons", "add-ons", "add_ons", "add on", "voluntary insurance", "voluntary insurances", "optional insurance"),
    "birth_date": ("生日", "出生年月日", "出生时间", "出生日", "birth date", "birthday", "born", "dob"),
    "age": ("年龄", "周岁", "岁数"),
    "gap_years": ("断保年限", "断缴年数", "断缴年限", "断保几年", "断保", "missed years", "gap years", "years missed"),
    "consecutive_years": ("连续参保年限", "连续缴费年数", "连续缴费年限", "consecutive years", "years in a row"),
    "zero_claims_previous_year": ("上年零报销", "零报销", "上年未报销", "zero claims", "no claims last year"),
    "local_hukou": ("本地户籍", "本县户籍", "本县户口", "本地户口", "local hukou", "local registration"),
    "in_monitoring": ("纳入监测", "已纳入监测", "是否纳入监测", "in monitoring"),
    "disability_grade": ("残疾级别", "残疾证等级", "disability grade", "grade of disability"),
    "extension_filed": ("延期备案", "已备案延期", "extension filed"),
    "paid_ordinary_way": ("已按普通居民缴费", "已普通缴费", "paid the ordinary way"),
    "apply_date": ("申请日期", "申请缴费日期", "application date", "date of application"),
    "registration_date": ("登记日期", "参保登记日期", "registration date"),
    "money_arrives": ("到账日期", "缴费到账日期", "arrival date", "date received"),
    "recognised_on": ("认定日期", "身份认定日期", "recognition date", "recognised on"),
    "for_year": ("所问年度", "asked year"),
    "repair_years": ("修复年数", "修复年限", "已修复年数", "repaired years", "repair years"),
    "repaid_now": ("补缴断保年数", "补缴年数", "missed years paid now"),
}

COLUMN_LABELS: dict[str, dict[str, str]] = {
    "name": {"zh": "姓名", "en": "Name"},
    "policy": {"zh": "政策编号", "en": "Policy"},
    "place": {"zh": "地区", "en": "Place"},
    "year": {"zh": "年度", "en": "Year"},
    "person": {"zh": "人员类别", "en": "Kind of person"},
    "groups": {"zh": "身份", "en": "Groups"},
    "tier": {"zh": "档次", "en": "Tier"},
    "pay_date": {"zh": "缴费日期", "en": "Payment date"},
    "addons": {"zh": "自愿保险", "en": "Voluntary insurances"},
}

PERSONS: dict[str, tuple[str, ...]] = {
    "resident": ("居民", "城乡居民", "一般居民", "普通人员", "普通人", "成年居民", "中小学生", "小学生", "中学生", "ordinary resident", "adult", "pupil"),
    "university_student": ("大学生", "在校大学生", "大学在校生", "高校学生", "在校研究生", "研究生", "university student", "college student", "student at a university"),
    "university_freshman": ("大学新生", "新入学大学生", "大一新生", "freshman", "university freshman", "first-year university student"),
    "newborn": ("新生儿", "新生婴儿", "newborn", "newborn baby", "newborn child"),
}

NO_GROUP = ("无", "没有", "否", "不属于", "不是", "普通", "普通居民", "一般居民", "普通人员", "普通群众", "普通参保人员", "非资助对象", "无资助身份", "none", "no", "no group", "ordinary resident", "resident")
NOTHING_SAID = ("-", "--", "/", "\\", "?", "？", "n/a", "na", "null", "不清楚", "不知道", "不详", "未知", "不明", "not told", "unknown", "not sure")
YES = ("是", "有", "对", "已", "√", "✓", "✔", "yes", "y", "true", "t")
NO = ("否", "无", "没有", "不是", "未", "×", "✗", "✘", "no", "n", "false", "f")
NO_GAP = ("无", "没有", "未断保", "没有断保", "连续参保", "none", "no")
NUMERALS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
# “二级残疾”, “残疾2级”, “肢体残疾人（三级）”, “grade 2 disability”: what may stand beside the grade in the name of a group.
GRADED_GROUP = "disabled"
GRADE_WORDS = ("残疾", "级"), ("disab", "grade")
GRADE_BESIDE = ("残疾人员", "残疾人", "残疾证", "残疾", "持证", "肢体", "视力", "听力", "言语", "智力", "精神", "多重", "重度", "中度", "轻度", "人员", "等级", "级", "(", ")", ":", "：",
                "disability", "disabled", "person", "grade")
COUNT_UNITS = ("周岁", "岁", "年度", "年", "级", "档", "个", "years old", "years", "year", "grade")

# Rows that are no people. A word for a total may have a number behind it; a word of a note is one at the beginning of a cell,
# the strict ones only before a colon, or alone in a row that tells nothing of a person. Compared without white space and in small letters.
TOTAL_WORDS = ("合计", "总计", "小计", "共计", "累计", "grandtotal", "subtotal", "sub-total", "totals", "total")
TOTAL_MARKS = "0123456789.,:()"
TOTAL_UNITS = ("", "人", "元", "户", "份", "名", "个", "人数", "人次", "户数", "金额", "大写", "people", "persons", "rows", "yuan")
NOTE_WORDS = (("填表说明", False), ("填报说明", False), ("填表须知", False), ("以下空白", False), ("(以下空白", False), ("以下无正文", False), ("制表人", True), ("制表", True), ("填表人", True), ("填报人", True), ("填表", True), ("审核人", True),
              ("审核", True), ("复核人", True), ("复核", True), ("负责人", True), ("单位负责人", True), ("主要负责人", True), ("分管领导", True), ("经办人", True), ("填报单位", True), ("填表单位", True), ("制表单位", True), ("单位(盖章)", True),
              ("填报日期", True), ("填表日期", True), ("制表日期", True), ("联系人", True), ("联系电话", True), ("说明", True), ("备注", True), ("注", True), ("preparedby", False), ("checkedby", False), ("approvedby", False), ("signature", True), ("notes", True), ("note", True))
NO_PERSON = {
    "total": {"zh": "像是合计行，不是人员", "en": "looks like a row of totals, not a person"},
    "note": {"zh": "像是说明或签名，不是人员", "en": "looks like a note or a signature, not a person"},
    "header": {"zh": "又写了一遍列名", "en": "repeats the names of the columns"},
    "nothing": {"zh": "认得的列里没有填人的情况", "en": "holds nothing about a person in any recognised column"},
}
# The column in which a saved result keeps cells that had no column; a row with something in it stays one that cannot be computed.
BEYOND = {"zh": "没有列名的格", "en": "Cells without a column"}

# What used to be one name and is now several groups with different assistance: the reader has to say which.
OLD_NAMES = ("建档立卡", "建档立卡户", "建档立卡人口", "建档立卡人员", "建档立卡贫困户", "建档立卡贫困人口", "建档立卡贫困人员", "精准扶贫户", "精准扶贫对象", "建卡贫困户", "贫困户", "贫困人口")
OLD_NAME_SAID = {
    "zh": "“{name}”是以前的叫法，现在分成几种，资助不一样。请按认定的写明是哪一种，例如：脱贫人口、稳定脱贫人口、脱贫不稳定户、边缘易致贫户、突发严重困难户；已经没有资助身份的写“无”。",
    "en": "“{name}” is a former name for what are now several groups with different assistance. Write which one is recognised, such as people lifted out of poverty, people stably out of poverty, or one of the monitored households; “none” where there is no status any more.",
}

RESULT_LABELS: dict[str, dict[str, str]] = {
    "status": {"zh": "缴费状态", "en": "Status"},
    "standard": {"zh": "个人缴费标准（元）", "en": "Contribution before assistance (yuan)"},
    "subsidy": {"zh": "资助（元）", "en": "Assistance (yuan)"},
    "pays": {"zh": "居民医保应缴（元）", "en": "Basic insurance to pay (yuan)"},
    "premium_pays": {"zh": "{name}应缴（元）", "en": "{name} to pay (yuan)"},
    "addons_pays": {"zh": "自愿保险（元）", "en": "Voluntary insurances (yuan)"},
    "total_pays": {"zh": "合计应缴（元）", "en": "Total to pay (yuan)"},
    "coverage_start": {"zh": "待遇开始", "en": "Covered from"},
    "start_known": {"zh": "待遇开始的依据", "en": "How the first day is known"},
    "coverage_end": {"zh": "待遇结束", "en": "Covered until"},
    "waiting": {"zh": "等待期", "en": "Waiting period"},
    "certainty": {"zh": "合计的依据", "en": "How the total is known"},
    "explanation": {"zh": "说明", "en": "Explanation"},
    "warnings": {"zh": "提醒", "en": "Warnings"},
    "clauses": {"zh": "通知依据", "en": "Clauses"},
    "errors": {"zh": "这一行的错误", "en": "Errors in this row"},
}

TEXTS: dict[str, dict[str, str]] = {
    "at_least": {"zh": "至少{yuan}", "en": "at least {yuan}"},
    "not_told": {"zh": "还缺情况", "en": "more facts needed"},
    "about": {"zh": "大约{day}", "en": "about {day}"},
    "estimate": {"zh": "大约，按等待期推算", "en": "about: an estimate from the waiting period"},
    "estimate_and": {"zh": "{estimate}；{state}", "en": "{estimate}; {state}"},
    "no_wait": {"zh": "无", "en": "none"},
    "days": {"zh": "{n}天", "en": "{n} days"},
    "months": {"zh": "{n}个月", "en": "{n} months"},
    "not_told_groups": {"zh": "没有填身份，按没有资助身份算。", "en": "No group told: counted as belonging to none."},
    "not_told_person": {"zh": "没有填人员类别，按普通居民算。", "en": "No kind of person told: counted as a resident."},
    "assumed_fact": {"zh": "没有填{label}：{values}。", "en": "{label} not told: {values}."},
    "if_fact": {"zh": "若为{value}，{changes}", "en": "if {value}, {changes}"},
    "needs": {"zh": "还要知道{labels}，结果才完整。", "en": "Needed for a complete answer: {labels}."},
    "reading": {"zh": "通知有不同理解（{topic}）：另一种是{changes}。", "en": "The notice can be read otherwise ({topic}): then {changes}."},
    "change": {"zh": "{label}{value}", "en": "{label}: {value}"},
    "yuan": {"zh": "{yuan}元", "en": "{yuan} yuan"},
    "silent": {"zh": "通知没有写：{topic}。", "en": "The notice does not say: {topic}."},
    "serial": {"zh": "{label}“{value}”是表格软件的日期序号，读作{day}，请核对。", "en": "{label} “{value}” is a spreadsheet's day number and was read as {day}; please check."},
    "graded": {"zh": "身份“{value}”读作残疾人、残疾等级{grade}级。", "en": "The group “{value}” was read as a disabled person with disability grade {grade}."},
    "skipped": {"zh": "没有算：{reason}。", "en": "Not computed: {reason}."},
    "graded_group": {"zh": "残疾人（{grade}级）", "en": "Disabled people (grade {grade})"},
    "no_group_row": {"zh": "没有资助身份", "en": "no assisted group"},
    "group_not_told_row": {"zh": "没有填身份", "en": "group not told"},
    "several_funds": {"zh": "{funds}（由哪一方出，通知没有写明）", "en": "{funds} (the notice does not say which)"},
    "yes": {"zh": "是", "en": "yes"},
    "no": {"zh": "否", "en": "no"},
}
