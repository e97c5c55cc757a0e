"""The parts of a place's page that are about money: prices, assistance, second premium, add-ons, students."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations

from markupsafe import Markup

from calc import CaseError, Policy

from .cases import STUDENTS, Line, condition_text, first_tier, line_case, lines, tier_name, tiers, told, window_day
from .figures import Figures
from .site import Site
from .tables import Ask, Table


class PlacePage:
    """What the parts of one place's page share: the policy, the figures, the language, and the standard cases."""

    def __init__(self, site: Site, policy: Policy, figures: Figures) -> None:
        self.site, self.policy, self.figures = site, policy, figures
        self.lang, self.path, self.zh = figures.lang, figures.path, figures.zh
        self.tiers = tiers(policy)

    def t(self, zh: str, en: str) -> str:
        """The text in the page's language."""
        return zh if self.zh else en

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the assistance table for ordinary residents."""
        return lines(self.site, self.policy)

    def window_day(self, person: str = "resident"):  # noqa: ANN201
        """An ordinary day of the window for a kind of person."""
        return window_day(self.site, self.policy, person)

    def base(self, tier: int | None = None, person: str = "resident", **facts: object) -> dict:
        """The case of somebody without any assistance who pays inside the window and never missed a year."""
        return told(self.window_day(person), person, tier if tier is not None else first_tier(self.policy), gap_years=0, **facts)

    def tier_name(self, tier: int | None) -> str:
        """A tier's name in the page's language, nothing where there are no tiers."""
        return tier_name(self.policy, tier, self.lang)

    def person_name(self, person: str) -> str:
        """A kind of person in the page's language."""
        return self.site.policies.vocabulary.persons[person]["name"][self.lang]

    def span(self, case: dict, name: str, sources: bool = True, others: bool = True) -> Markup:
        """A figure in running text with its sources."""
        return self.figures.span(self.policy, case, name, sources, others)

    def ask(self, case: dict, name: str, facts: frozenset | None = None, others: bool = True) -> Ask:
        """A figure for a table's cell."""
        return Ask(self.policy, case, name, facts=facts, others=others)

    def groups(self, names: tuple[str, ...] | list[str]) -> Markup:
        """Groups by name, each linked to the glossary."""
        links = [Markup('<a href="{}">{}</a>').format(self.site.relative(self.path, f"glossary/#group-{name}"), self.site.group_name(self.policy, name, self.lang)) for name in names]
        return Markup("、" if self.zh else "; ").join(links)

    def line_name(self, line: Line) -> Markup:
        """A line of the assistance table in words: its groups and the condition on them."""
        name = self.groups(line.groups)
        return name + Markup(self.t("（{}）", " ({})")).format(condition_text(self.site, line.condition, self.lang)) if line.condition else name

    def calculator(self, case: dict, text: str = "", policy: Policy | None = None) -> Markup:
        """A link to the calculator with the case filled in."""
        target = self.site.relative(self.path, self.site.calculator_link(policy or self.policy, case))
        return Markup('<a class="calc no-print" href="{}">{}</a>').format(target, text or self.t("算一算", "calculate"))

    def head(self, tier: int | None, zh: str, en: str) -> str:
        """A column's head, with the tier where there are tiers."""
        name = self.tier_name(tier)
        return self.t(f"{name}{zh}", f"{name}: {en}" if name else en[0].upper() + en[1:])

    @property
    def total_words(self) -> tuple[str, str]:
        """How a column of what one pays in all is called: with a second premium it says that both are in it."""
        return ("一共交", "in all") if self.second else ("自己交", "you pay")

    @property
    def second(self) -> list:
        """The premiums beside the basic one."""
        return self.policy.premiums[1:]


def lead(place: PlacePage) -> Markup:
    """The first sentence: what an ordinary resident pays, at each tier, all premiums together."""
    parts = []
    for tier in place.tiers:
        parts.append(Markup(place.tier_name(tier)) + Markup(place.t("", " ")) * bool(place.tier_name(tier)) + place.span(place.base(tier), "pays"))
    text = Markup(place.t("，", ", ")).join(parts)
    for premium in place.second:
        name = premium.data["name"][place.lang]
        text += Markup(place.t("，再加{}", ", plus {} ")).format(name) + place.span(place.base(), f"{premium.id}_pays")
    if place.second:
        text += Markup(place.t("，一共", ", in all ")) + place.span(place.base(), "total_pays", sources=False)
    return Markup(place.t("普通居民一个人一年交：{}。", "An ordinary resident pays for one year: {}.")).format(text)


def description(place: PlacePage) -> str:
    """The page's description for search engines, with the price and the last day."""
    prices = place.t("，", ", ").join(place.tier_name(tier) + place.t("", " ") * bool(place.tier_name(tier)) + place.figures.text(place.policy, place.base(tier), "pays") for tier in place.tiers)
    last = place.figures.text(place.policy, place.base(), "period_last")
    name = place.site.place_name(place.policy, place.lang)
    return place.t(f"{name}{place.policy.year}年度居民医保：普通居民{prices}，集中缴费到{last}。谁少交、什么时候交、从哪天起报销，都有通知原文。",
                   f"{name}, resident medical insurance {place.policy.year}: ordinary residents {prices}, window until {last}. Who pays less, when to pay and from when one is covered, with sources.")


def glance(place: PlacePage) -> list[tuple[str, Markup]]:
    """The four figures most asked for: price, last day, first covered day, wait."""
    case = place.base()
    prices = Markup(" / ").join(place.figures.span(place.policy, place.base(tier), "total_pays", others=False) for tier in place.tiers)
    return [(place.t("一人一年", "One person, one year"), prices)] + [
        (label, place.figures.span(place.policy, case, name)) for label, name in (
            (place.t("集中缴费到", "Pay in the window until"), "period_last"),
            (place.t("按时缴费，从哪天起报销", "Paid in time, covered from"), "coverage_start"),
            (place.t("报销到哪天", "Covered until"), "coverage_end"))]


def price_table(place: PlacePage) -> Table:
    """Prices by kind of person and tier, with every premium."""
    head = [place.t("谁", "Who")]
    for tier in place.tiers:
        head.append(place.head(tier, "个人缴费标准", "price"))
    for premium in place.second:
        head += [premium.data["name"][place.lang]]
    if place.second:
        head.append(place.t("合计", "Total"))
    table = Table(place.figures, "price-table", place.t("没有资助时一个人一年的缴费标准", "What one person pays for the year without any assistance"), head)
    for person in ("resident", *STUDENTS):
        cells = [place.ask(place.base(tier, person), "standard") for tier in place.tiers]
        cells += [place.ask(place.base(None, person), f"{premium.id}_standard") for premium in place.second]
        if place.second:
            cells.append(place.ask(place.base(None, person), "total_pays"))
        table.row(place.person_name(person), *cells)
    return table


def fund_names(place: PlacePage, line: Line) -> object:
    """The funds that pay a line's assistance, in words."""
    names = {entry["id"]: entry["name"][place.lang] for entry in place.site.policies.vocabulary.data["funds"]}
    if not line.fund:
        return "—"  # no assistance, hence no fund
    return Markup(place.t("、", "; ")).join(Markup('<span class="not-stated">{}</span>').format(place.t("通知没有写", "not stated")) if fund == "not-stated" else names[fund] for fund in line.fund)


def body_names(place: PlacePage, line: Line) -> object:
    """The bodies that identify a line's people, in words."""
    names = {entry["id"]: entry["name"][place.lang] for entry in place.site.policies.vocabulary.data["bodies"]}
    if not line.identified_by:
        return Markup('<span class="not-stated">{}</span>').format(place.t("通知没有写", "not stated"))
    return place.t("、", "; ").join(names[body] for body in line.identified_by)


def assistance_tables(place: PlacePage) -> list[Table]:
    """The assistance table for ordinary residents, and one for students where their figures differ."""
    found = [assistance_table(place, "resident", place.lines)]
    for person in STUDENTS[:1]:
        own = lines(place.site, place.policy, person)
        base = [place.site.assess(place.policy, **line_case(place.policy, line, place.window_day(), tier)).value("pays") for line in place.lines for tier in place.tiers]
        theirs = [place.site.assess(place.policy, **line_case(place.policy, line, place.window_day(person), tier, person)).value("pays") for line in own for tier in place.tiers]
        if base != theirs:
            found.append(assistance_table(place, person, own))
    return found


def assistance_table(place: PlacePage, person: str, own: list[Line]) -> Table:
    """Groups × tiers: price, assistance and what is left to pay; by whose fund, identified by whom, on which clauses."""
    head = [place.t("谁", "Who")]
    for tier in place.tiers:
        if len(place.tiers) == 1:
            head.append(place.t("标准", "Price"))
        head += [place.head(tier, "资助", "assistance"), place.head(tier, "自己交", "you pay")]
    # Where no line names a fund the column would say the same in every row; the page says it once.
    funded, known = any(set(line.fund) - {"not-stated"} for line in own), any(line.identified_by for line in own)
    head += ([place.t("谁出资", "Paid by")] if funded else []) + ([place.t("谁认定", "Identified by")] if known else [])
    moment = place.window_day(person)
    particular, _ = deciding_facts(place, own, person)
    caption = place.t(f"{place.person_name(person)}：谁少交、少交多少", f"{place.person_name(person)}: who pays less, and how much less")
    table = Table(place.figures, f"assistance-{person.replace('_', '-')}", caption, head, narrow=True)
    none = [place.ask(told(moment, person, tier, gap_years=0), name) for tier in place.tiers for name in ((["standard"] if len(place.tiers) == 1 else []) + ["subsidy", "pays"])]
    table.row(place.t("没有资助身份的人", "People without any of these identities"), *none, *(["—"] * (funded + known)), link=place.calculator(told(moment, person, first_tier(place.policy))))
    for line in own:
        cells = []
        for tier in place.tiers:
            case = line_case(place.policy, line, moment, tier, person)
            cells += ([place.ask(case, "standard")] if len(place.tiers) == 1 else []) + [place.ask(case, "subsidy", facts=particular), place.ask(case, "pays")]
        case = line_case(place.policy, line, moment, first_tier(place.policy), person)
        case.pop("gap_years")
        table.row(place.line_name(line), *cells, *([fund_names(place, line)] if funded else []), *([body_names(place, line)] if known else []), link=place.calculator(case), groups=line.groups)
    return table


def deciding_facts(place: PlacePage, own: list[Line], person: str = "resident") -> tuple[frozenset, frozenset]:
    """The facts not told on which assistance rests: those of some lines, shown in the line, and those of all, said once."""
    found = []
    for line in own:
        case = line_case(place.policy, line, place.window_day(person), first_tier(place.policy), person)
        if place.figures.value(place.policy, case, "subsidy").value != 0:
            found.append(frozenset(name for other in place.figures.value(place.policy, case, "subsidy").others for name, _ in other.facts))
    common = frozenset.intersection(*found) if len(found) > 1 else frozenset()
    return frozenset().union(*found) - common, common


def areas_table(place: PlacePage, areas: list[Policy]) -> Markup:
    """Areas × groups: what each group pays in each area, from the area's own rules."""
    own = lines(place.site, areas[0])
    head = [place.t("统筹区", "Area"), place.t("标准", "Price")] + [place.t("、", "; ").join(place.site.group_name(areas[0], group, place.lang) for group in line.groups) for line in own]
    table = Table(place.figures, "areas", place.t("各统筹区：不同的人自己交多少", "Each area: what different people pay"), head)
    for area in areas:
        name = Markup('<a href="{}">{}</a>').format(place.site.relative(place.path, place.site.place_path(area)), place.site.place_name(area, place.lang))
        moment = window_day(place.site, area)
        cells = [Ask(area, told(moment, gap_years=0), "standard")] + [Ask(area, line_case(area, line, moment, None), "pays") for line in own]
        table.row(name, *cells)
    return Markup(table)


def student_table(place: PlacePage) -> Table:
    """Students: price at each tier, when to pay, from when to when covered."""
    head = [place.t("谁", "Who")] + [place.head(tier, *place.total_words) for tier in place.tiers]
    head += [place.t("集中缴费到", "Window until"), place.t("从哪天起报销", "Covered from"), place.t("报销到哪天", "Covered until")]
    caption = place.t("大学生在集中缴费期内缴费", "University students who pay inside the window")
    table = Table(place.figures, "student-table", caption, head)
    for person in STUDENTS:
        case = place.base(None, person)
        cells = [place.ask(place.base(tier, person), "total_pays") for tier in place.tiers]
        table.row(place.person_name(person), *cells, place.ask(case, "period_last"), place.ask(case, "coverage_start"), place.ask(case, "coverage_end"), link=place.calculator(case))
    return table


def second_premium(place: PlacePage) -> list[Table]:
    """For each further compulsory premium: price, assistance and what is left, and the total with the basic premium."""
    found = []
    for premium in place.second:
        head = [place.t("谁", "Who"), place.t("标准", "Price"), place.t("资助", "Assistance"), place.t("自己交", "You pay"), place.t("和居民医保合计", "With the basic premium"), place.t("谁出资", "Paid by")]
        table = Table(place.figures, f"premium-{premium.id}", premium.data["name"][place.lang], head)
        names = [f"{premium.id}_{part}" for part in ("standard", "subsidy", "pays")] + ["total_pays"]
        table.row(place.t("没有资助身份的人", "People without any of these identities"), *[place.ask(place.base(), name) for name in names], "—")
        for line in place.lines:
            case = line_case(place.policy, line, place.window_day(), first_tier(place.policy))
            table.row(place.line_name(line), *[place.ask(case, name) for name in names], premium_funds(place, premium.id, case), groups=line.groups)
        found.append(table)
    return found


def premium_funds(place: PlacePage, premium: str, case: dict) -> str:
    """The funds that assist with one premium in a case, in words."""
    names = {entry["id"]: entry["name"][place.lang] for entry in place.site.policies.vocabulary.data["funds"]}
    step = next(step for step in place.site.assess(place.policy, **case).tree.children if step.kind == "premium" and step.data["id"] == premium)
    found = [part.data["fund"] for part in step.walk() if part.kind == "assistance_row" and part.data.get("fund") and part.value != 0]
    return place.t("、", "; ").join(names[fund] for fund in dict.fromkeys(found)) or "—"


def add_ons_table(place: PlacePage) -> Table | None:
    """Voluntary insurances and their combinations: what they cost, and the total with the basic premium."""
    entries = place.policy.data.get("add_ons", [])
    if not entries:
        return None
    head = [place.t("选哪些", "Chosen"), place.t("自愿保险", "Voluntary insurance"), place.t("和居民医保合计", "With the basic premium")]
    table = Table(place.figures, "add-on-table", place.t("自愿保险的价钱（不选就不交）", "Prices of voluntary insurance (nothing unless chosen)"), head)
    for size in range(1, len(entries) + 1):
        for chosen in combinations(entries, size):
            names = [entry["id"] for entry in chosen]
            case = {**place.base(), "addons": names}
            try:
                step = next(step for step in place.site.assess(place.policy, **case).tree.children if step.kind == "add_ons")
            except CaseError:
                continue
            if step.data.get("refused"):
                continue
            table.row(place.t("＋", " + ").join(entry["name"][place.lang] for entry in chosen), place.ask(case, "addons_pays"), place.ask(case, "total_pays"), link=place.calculator(case))
    return table


def identified_table(place: PlacePage) -> Table | None:
    """Whom to ask about an identity: the authority that recognises each group."""
    bodies = {entry["id"]: entry for entry in place.site.policies.vocabulary.data["bodies"]}
    found: dict[str, list[str]] = {}
    clauses: dict[str, list[str]] = {}
    for row in place.policy.premiums[0].assistance_rows:
        for body in row.data.get("identified_by", []):
            named = [group for group in place.policy.data.get("group_names", {}) if group in row.groups]
            found.setdefault(body, []).extend(group for group in named if group not in found.get(body, []))
            clauses.setdefault(body, []).extend(row.clauses or [clause for rule in row.amounts for clause in rule.clauses])
    table = Table(place.figures, "bodies", place.t("资助身份由谁认定", "Who recognises each identity"), [place.t("部门", "Authority"), place.t("认定哪些人", "Recognises")])
    for body, groups in found.items():
        if groups:
            table.row(bodies[body]["name"][place.lang], place.groups(groups), extra=tuple(clauses[body]))
    return table if table else None


def silences(place: PlacePage) -> list[str]:
    """What the assistance tables leave out because the notice says it of no group."""
    labels = place.policy.facts
    found = [place.t(f"如果“{labels[name]['label']['zh']}”，资助会不一样，见提醒。", f"Assistance differs for anyone to whom this applies: {labels[name]['label']['en']}; see the warnings.") for name in sorted(deciding_facts(place, place.lines)[1])]
    if not any(set(line.fund) - {"not-stated"} for line in place.lines):
        found.append(place.t("资助的钱由谁出，通知没有写。", "The notice does not say whose money the assistance is."))
    if not any(line.identified_by for line in place.lines):
        found.append(place.t("资助身份由谁认定，通知没有写。", "The notice does not say who recognises the assisted groups."))
    return found
