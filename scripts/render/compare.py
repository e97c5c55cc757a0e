"""Comparisons: places × groups, periods, newborns, waits, extras; groups that exist in one place only; any two side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from calc import Policy
from calc.dates import plus_days

from . import pairs
from .anchors import covered_from
from .cases import BIRTHS, RuleSet, birth_days, births, condition_text, first_tier, newborn, rule_sets, tier_name, tiers, told, variants, window_day
from .charts_calendar import calendar_chart
from .charts_groups import groups_chart
from .figures import Figures
from .site import MONTHS, Page, Site
from .tables import Ask, Table

GAPS = (0, 1, 2, 3, 4, 5)


class Comparison:
    """What the comparison pages share: the rule sets, their columns (one for each tier), and the figures of a page."""

    def __init__(self, site: Site, lang: str, path: str) -> None:
        self.site, self.lang, self.path, self.zh = site, lang, path, lang == "zh"
        self.figures = Figures(site, lang, path)
        self.sets = rule_sets(site)
        self.columns = [(found, tier) for found in self.sets for tier in tiers(found.policy)]

    def t(self, zh: str, en: str) -> str:
        """The text in the page's language."""
        return zh if self.zh else en

    def name(self, found: RuleSet) -> str:
        """A rule set in words: the place and year, or the region with the number of its areas."""
        if len(found.policies) == 1:
            return f"{self.site.place_name(found.policy, self.lang, True)} {found.policy.year}"
        base = self.site.policies.policy(found.id)
        region = self.site.place_name(base, self.lang, True)
        return self.t(f"{region}{len(found.policies)}个统筹区 {base.year}", f"{region}, {len(found.policies)} areas, {base.year}")

    def head(self, found: RuleSet, tier: int | None) -> str:
        """A column's head: the rule set, with the tier where there are tiers."""
        name = tier_name(found.policy, tier, self.lang)
        return f"{self.name(found)} {name}".strip()

    def link(self, found: RuleSet) -> Markup:
        """A rule set linked to its page, that of the region where several areas share it."""
        policy = found.policy if len(found.policies) == 1 else self.site.policies.policy(found.id)
        return Markup('<a href="{}">{}</a>').format(self.site.relative(self.path, self.site.place_path(policy)), self.name(found))

    def table(self, identifier: str, caption: str, first: str, per_tier: bool = True) -> Table:
        """An empty table with a column for each rule set (and tier)."""
        heads = [self.head(*column) for column in self.columns] if per_tier else [self.name(found) for found in self.sets]
        return Table(self.figures, identifier, caption, [first, *heads], sources=False)

    def not_named(self) -> Markup:
        """What a cell says of a group that a notice does not name."""
        return Markup('<span class="not-named">{}</span>').format(self.t("没有提到", "not named"))

    def group_name(self, group: str) -> Markup:
        """A group linked to the glossary."""
        return Markup('<a href="{}">{}</a>').format(self.site.relative(self.path, f"glossary/#group-{group}"), self.site.policies.vocabulary.groups[group]["name"][self.lang])

    def groups(self) -> list[str]:
        """Every group that some notice names, in the order of the vocabulary."""
        named = {group for found in self.sets for group in found.policy.data.get("group_names", {})}
        return [group for group in self.site.policies.vocabulary.groups if group in named]


def pages(site: Site, lang: str) -> Iterator[Page]:
    """The index, one page for each subject, and one for each pair."""
    subjects = [(name, title) for name, title, _ in SUBJECTS]
    couples = pairs.couples(site)
    path = "compare/index.md"
    view = Comparison(site, lang, path)
    listed = [(pairs.path_of(couple), pairs.title(site, couple, lang)) for couple in couples]
    yield site.render("compare.md", lang, path, view=view, glance=glance(view), subjects=subjects, couples=listed)
    for name, title, make in SUBJECTS:
        path = f"compare/{name}/index.md"
        view = Comparison(site, lang, path)
        intro, blocks = make(view)
        yield site.render("compare_subject.md", lang, path, view=view, title=title[0 if view.zh else 1], intro=intro, blocks=blocks)
    for couple in couples:
        yield pairs.page(site, couple, lang)


def nav(site: Site, lang: str) -> list:
    """The comparisons in the navigation."""
    zh = lang == "zh"
    entries = [["总览" if zh else "Overview", "compare/index.md"]] + [[title[0 if zh else 1], f"compare/{name}/index.md"] for name, title, _ in SUBJECTS]
    entries.append(["两地、两年对照" if zh else "Side by side", [[pairs.title(site, couple, lang), f"{pairs.path_of(couple)}index.md"] for couple in pairs.couples(site)]])
    return [["比较" if zh else "Compare", entries]]


def glance(view: Comparison) -> Table:
    """Each rule set in one line: price, last day, coverage, what happens late, who pays least."""
    head = [view.t("地方和年度", "Place and year"), view.t("普通居民交", "Ordinary resident pays"), view.t("集中缴费到", "Window until"), view.t("从哪天起报销", "Covered from"),
            view.t("错过以后", "After that"), view.t("新生儿30天内交", "Newborn within 30 days pays")]
    table = Table(view.figures, "glance", view.t("各地一览：没有资助身份、没有断保、按时缴费的人", "At a glance: no assistance, no missed years, paid in time"), head, sources=False)
    for found in view.sets:
        policy = found.policy
        case = told(window_day(view.site, policy), tier=first_tier(policy), gap_years=0)
        prices = Markup("<br>").join(
            Markup("{} {}").format(tier_name(policy, tier, view.lang), view.figures.span(policy, told(window_day(view.site, policy), tier=tier, gap_years=0), "total_pays", sources=True)) for tier in tiers(policy))
        last = view.figures.value(policy, case, "period_last").value
        after = told(plus_days(last, 20), tier=first_tier(policy), gap_years=0)
        late = view.figures.span(policy, after, "status", sources=True)
        born = newborn(policy, births(policy)[1], birth_days(policy)[0])
        table.row(view.link(found), prices, Ask(policy, case, "period_last", True), covered_from(view.figures, policy, case, sources=True), late, Ask(policy, born, "total_pays", True))
    return table


def by_group(view: Comparison, name: str, identifier: str, caption: str) -> Table:
    """Groups × places and tiers for one figure, each cell with its source."""
    table = view.table(identifier, caption, view.t("谁", "Who"))
    table.row(view.t("没有资助身份的人", "No assisted identity"), *[
        Ask(found.policy, told(window_day(view.site, found.policy), tier=tier, gap_years=0), name, True) for found, tier in view.columns])
    for group in view.groups():
        table.row(view.group_name(group), *[group_cell(view, found.policy, tier, group, name) for found, tier in view.columns], anchor=f"{identifier}-{group}")
    return table


def group_cell(view: Comparison, policy: Policy, tier: int | None, group: str, name: str) -> object:
    """A group's figure in one place; one for each range of a fact that decides (age, grade)."""
    if group not in policy.data.get("group_names", {}):
        return view.not_named()
    moment = window_day(view.site, policy)
    found = variants(view.site, policy, told(moment, tier=tier, groups=[group], gap_years=0))
    if len(found) == 1:
        return Ask(policy, told(moment, tier=tier, groups=[group], gap_years=0, **found[0][0]), name, True)
    return Markup("<br>").join(
        Markup("<small>{}</small> {}").format(condition_text(policy, condition, view.lang), view.figures.span(policy, told(moment, tier=tier, groups=[group], gap_years=0, **facts), name, sources=True))
        for facts, condition in found)


def groups_page(view: Comparison) -> tuple[str, list]:
    """Assistance, what one pays and the public share, by group and place."""
    intro = view.t("按集中缴费期内缴费、没有断保的普通居民算。“没有提到”（手机上不列出来）是说那份通知里没有这类人，不等于没有资助。", "For residents who pay inside the window without missed years. “Not named” (left out on a phone) means that the notice does not mention the group, not that it gets nothing.")
    return intro, [
        block("chart", view.t("一张图看各地", "All places in one chart"), groups_chart(view)),
        block("pays", view.t("自己交多少", "What one pays"), by_group(view, "total_pays", "pays-table", view.t("各地各类人员一共自己交多少（含一起收的长期护理保险）", "What each group pays in all (with long-term care insurance where it is collected together)")),
              jump=[(f"pays-table-{group}", view.site.policies.vocabulary.groups[group]["name"][view.lang]) for group in view.groups()]),
        block("assistance", view.t("资助多少", "Assistance"), by_group(view, "subsidy", "assistance-table", view.t("各地各类人员得到的资助（居民医保部分）", "Assistance for each group (basic insurance)")), fold=True),
        block("share", view.t("资助占几成", "Assistance as a share of the contribution"), by_group(view, "share", "share-table", view.t("资助占居民医保个人缴费标准的百分比（不含财政给每个人的补助）", "Assistance as a percentage of the individual contribution (the general subsidy for everyone not included)")), fold=True),
    ]


def block(identifier: str, title: str, content: object, text: str = "", fold: bool = False, jump: list[tuple[str, str]] | None = None) -> dict:
    """A section of a subject's page: folded until opened where asked, with a list of links into it where it is long."""
    return {"id": identifier, "title": title, "content": content, "text": text, "fold": fold, "jump": jump or []}


def months(policy: Policy) -> list[tuple[bool, date]]:
    """The 15th of the months from the September before the insured year to its December; True in the year before."""
    return [(True, date(policy.year - 1, month, 15)) for month in range(9, 13)] + [(False, date(policy.year, month, 15)) for month in range(1, 13)]


def month_label(view: Comparison, before: bool, month: int) -> str:
    """A month relative to the insured year."""
    return view.t(f"{'上年' if before else '当年'}{month}月15日", f"15 {MONTHS[month - 1]} of the {'year before' if before else 'insured year'}")


def by_month(view: Comparison, name: str, identifier: str, caption: str, per_tier: bool) -> Table:
    """Days of payment × places for one figure of an ordinary resident."""
    table = view.table(identifier, caption, view.t("缴费日", "Paid on"), per_tier)
    columns = view.columns if per_tier else [(found, first_tier(found.policy)) for found in view.sets]
    for place, (before, moment) in enumerate(months(view.sets[0].policy)):
        cells = [Ask(found.policy, told(months(found.policy)[place][1], tier=tier, gap_years=0), name, True) for found, tier in columns]
        table.row(month_label(view, before, moment.month), *cells)
    return table


def periods_page(view: Comparison) -> tuple[object, list]:
    """The windows on one calendar, then status, price, coverage and wait by day of payment."""
    intro = view.t("没有资助身份、没有断保的普通居民，各月15日缴费。", "Ordinary residents without assistance or missed years, paying on the 15th of each month.")
    return intro, [
        block("calendar", view.t("一张日历看各地", "All places on one calendar"), calendar_chart(view)),
        block("status", view.t("那天能不能交", "Whether one can pay"), by_month(view, "status", "status-table", view.t("各地各月15日能不能交", "Whether payment is possible"), False)),
        block("price", view.t("那天交多少", "Price on that day"), by_month(view, "standard", "price-table", view.t("各地各月15日的缴费标准", "Price by day of payment"), True)),
        block("coverage", view.t("那天交，从哪天起报销", "Covered from"), by_month(view, "coverage_start", "coverage-table", view.t("缴费以后从哪天起报销", "First covered day by day of payment"), False)),
        block("wait", view.t("那天交，等多久", "Wait"), by_month(view, "wait", "wait-table", view.t("缴费以后的等待期", "Wait by day of payment"), False)),
    ]


def newborns_page(view: Comparison) -> tuple[str, list]:
    """Newborns by day of birth and of payment: what is paid, from when covered, the wait."""
    intro = view.t("用两个出生日举例：一个在参保年度的前一年，一个在当年。", "Two days of birth as examples: one in the year before the insured year, one in it.")
    return intro, [block(identifier, title, newborn_table(view, name, f"{identifier}-table", title)) for identifier, title, name in (
        ("pays", view.t("新生儿一共交多少", "What is paid for a newborn in all"), "total_pays"),
        ("coverage", view.t("新生儿从哪天起报销", "Newborns: covered from"), "coverage_start"),
        ("wait", view.t("新生儿要不要等", "Newborns: wait"), "wait"),
        ("status", view.t("那天能不能办", "Newborns: whether one can enrol"), "status"))]


def newborn_table(view: Comparison, name: str, identifier: str, caption: str) -> Table:
    """One figure for newborns: births and days of payment × places."""
    table = view.table(identifier, caption, view.t("出生日和缴费日", "Born and paid"), per_tier=name == "total_pays")
    columns = view.columns if name == "total_pays" else [(found, first_tier(found.policy)) for found in view.sets]
    days = sorted({after for found, _ in columns for after in birth_days(found.policy)})
    for place, (shift, month, number) in enumerate(BIRTHS):
        for after in days:
            cells = [Ask(found.policy, newborn(found.policy, births(found.policy)[place], after, tier), name, True) for found, tier in columns]
            table.row(view.t(f"{'上年' if shift else '当年'}{month}月{number}日出生，第{after}天缴费", f"born {number} {MONTHS[month - 1]} of the {'year before' if shift else 'insured year'}, paid on day {after}"), *cells)
    return table


def waits_page(view: Comparison) -> tuple[str, list]:
    """Missed years: the wait and the first covered day, paid in the window and late."""
    intro = view.t("断保以后重新参保的普通居民。两种理解都列出。", "Ordinary residents who enrol again after missed years; both readings are shown.")
    found = []
    for identifier, title, late in (("in-window", view.t("在集中缴费期内缴费", "Paid inside the window"), False), ("late", view.t("集中期以后缴费（当年4月15日）", "Paid late (15 April of the insured year)"), True)):
        for name, words in (("wait", view.t("等多久", "wait")), ("coverage_start", view.t("从哪天起报销", "covered from"))):
            key = f"{identifier}-{name.replace('_', '-')}"
            table = view.table(f"{key}-table", f"{title}{view.t('，', ': ')}{words}", view.t("断了几年", "Years missed"), per_tier=False)
            for gap in GAPS:
                cells = []
                for one in view.sets:
                    moment = date(one.policy.year, 4, 15) if late else window_day(view.site, one.policy)
                    cells.append(Ask(one.policy, told(moment, tier=first_tier(one.policy), gap_years=gap), name, True))
                table.row(view.t("没有断" if gap == 0 else f"{gap}年", "none" if gap == 0 else str(gap)), *cells)
            found.append(block(key, f"{title}{view.t('：', ': ')}{words}", table))
    return intro, found


def extras_page(view: Comparison) -> tuple[str, list]:
    """Further compulsory premiums, voluntary insurances and incentives, by place."""
    figures, blocks = view.figures, []
    head = [view.t("地方", "Place"), view.t("叫什么", "Name"), view.t("标准", "Price"), view.t("没有资助的人交", "Paid without assistance")]
    second = Table(figures, "second-table", view.t("和居民医保一起收的保险", "Premiums collected with the basic insurance"), head)
    bought = Table(figures, "add-on-table", view.t("自愿买的保险", "Voluntary insurance"), [view.t("地方", "Place"), view.t("叫什么", "Name"), view.t("价钱", "Price")])
    rewards = Table(figures, "incentive-table", view.t("连续参保、零报销的奖励", "Rewards for staying enrolled and for no claims"), [view.t("地方", "Place"), view.t("内容", "What the notice says")])
    for found in view.sets:
        case = told(window_day(view.site, found.policy), tier=first_tier(found.policy), gap_years=0)
        for premium in found.policy.premiums[1:]:
            second.row(view.link(found), premium.data["name"][view.lang], Ask(found.policy, case, f"{premium.id}_standard"), Ask(found.policy, case, f"{premium.id}_pays"))
        for entry in found.policy.data.get("add_ons", []):
            bought.row(view.link(found), entry["name"][view.lang], Ask(found.policy, {**case, "addons": [entry["id"]]}, "addons_pays"))
        for entry in found.policy.data.get("incentives", []):
            rewards.row(view.link(found), entry["text"][view.lang], extra=tuple(entry["clauses"]))
    for identifier, title, table in (("second", view.t("长期护理保险等", "Long-term care insurance and the like"), second), ("add-ons", view.t("自愿保险", "Voluntary insurance"), bought),
                                     ("incentives", view.t("奖励", "Rewards"), rewards)):
        if table:
            blocks.append(block(identifier, title, table))
    return view.t("只列通知里写了的；没有列出的地方，通知里没有找到。", "Only what the notices state; places not listed say nothing of it."), blocks


def only_page(view: Comparison) -> tuple[str, list]:
    """Groups that the notice of one place alone names, with what they get there."""
    head = [view.t("谁", "Who"), view.t("在哪里", "Where"), view.t("资助", "Assistance"), view.t("自己交", "You pay")]
    table = Table(view.figures, "only-table", view.t("只有一处通知提到的人员", "Groups that one notice alone names"), head)
    for group in view.groups():
        naming = [found for found in view.sets if group in found.policy.data.get("group_names", {})]
        if len(naming) == 1:
            for tier in tiers(naming[0].policy):
                cells = [group_cell(view, naming[0].policy, tier, group, name) for name in ("subsidy", "pays")]
                table.row(view.group_name(group), Markup("{} {}").format(view.link(naming[0]), tier_name(naming[0].policy, tier, view.lang)), *cells)
    intro = view.t("各地叫法不同，这里不把近似的名称当成同一类人。", "Names differ between places; near-synonyms are not treated as one group here.")
    return intro, [block("only", view.t("只在一处出现的人员", "Groups named in one place only"), table)]


SUBJECTS = (
    ("groups", ("各类人员：交多少、资助多少", "By group: what one pays, and assistance"), groups_page),
    ("periods", ("缴费时间：什么时候交、截止到哪天", "When to pay: periods and deadlines"), periods_page),
    ("newborns", ("新生儿：交多少、从哪天起报销", "Newborns: price, coverage, wait"), newborns_page),
    ("waits", ("断保、补缴和等待期", "Missed years, late payment and waits"), waits_page),
    ("extras", ("长护险、自愿保险、奖励", "Long-term care, voluntary insurance, rewards"), extras_page),
    ("only-here", ("只在一处的人员", "Groups in one place only"), only_page),
)

__all__ = ["Comparison", "glance", "nav", "pages"]
