"""The parts of a place's page that are about money: prices, and who is assisted."""

from __future__ import annotations

from markupsafe import Markup

from calc import Policy

from .anchors import covered_from
from .cases import STUDENTS, Line, first_tier, followers, line_case, lines, told, window_day
from .place_added import barring, given_back, gives_back
from .place_page import PlacePage
from .tables import NOTHING, Ask, Table


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
    last = place.said(place.base(), "period_last", others=False).striptags()
    name = place.site.place_name(place.policy, place.lang)
    return place.t(f"{name}{place.policy.year}年度居民医保：普通居民{prices}，{last}。谁少交、什么时候交、从哪天起报销，都有通知原文。",
                   f"{name}, resident medical insurance {place.policy.year}: ordinary residents {prices}, {last}. Who pays less, when to pay and from when one is covered, with sources.")


def glance(place: PlacePage) -> list[tuple[str, Markup]]:
    """The four figures most asked for: price, last day, first covered day, wait."""
    case = place.base()
    prices = Markup(" / ").join(place.figures.span(place.policy, place.base(tier), "total_pays", others=False) for tier in place.tiers)
    return [(place.t("一人一年", "One person, one year"), prices),
            (place.t("集中缴费到", "Pay in the window until"), place.figures.span(place.policy, case, "period_last")),
            (place.t("按时缴费，从哪天起报销", "Paid in time, covered from"), covered_from(place.figures, place.policy, case)),
            (place.t("报销到哪天", "Covered until"), place.figures.span(place.policy, case, "coverage_end"))]


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
        return NOTHING  # the notice may say it elsewhere; what it does not say is listed as such
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
    head, repaid = [place.t("谁", "Who")], gives_back(place.policy)
    for tier in place.tiers:
        if len(place.tiers) == 1:
            head.append(place.t("标准", "Price"))
        head += [place.head(tier, "资助", "assistance"), place.head(tier, "自己交", "you pay")] + ([place.head(tier, "以后退还", "given back later")] if repaid else [])
    # Where no line names a fund the column would say the same in every row; the page says it once.
    funded, known = any(set(line.fund) - {"not-stated"} for line in own), any(line.identified_by for line in own)
    head += ([place.t("谁出资", "Paid by")] if funded else []) + ([place.t("谁认定", "Identified by")] if known else [])
    moment = place.window_day(person)
    particular, _ = deciding_facts(place, own, person)
    caption = place.t(f"{place.person_name(person)}：谁少交、少交多少", f"{place.person_name(person)}: who pays less, and how much less")
    table = Table(place.figures, f"assistance-{person.replace('_', '-')}", caption, head, narrow=True)
    none = [cell for tier in place.tiers for cell in amounts(place, told(moment, person, tier, gap_years=0))]
    table.row(place.t("没有资助身份的人", "People without any of these identities"), *none, *(["—"] * (funded + known)), link=place.calculator(told(moment, person, first_tier(place.policy))))
    for line in own:
        cells, later = [], list(line.identified_in)
        for tier in place.tiers:
            case = line_case(place.policy, line, moment, tier, person)
            cells += amounts(place, case, particular)
            later += place.figures.value(place.policy, case, "paid_back").clauses if repaid else ()
        case = line_case(place.policy, line, moment, first_tier(place.policy), person)
        case.pop("gap_years")
        table.row(place.line_name(line), *cells, *([fund_names(place, line)] if funded else []), *([body_names(place, line)] if known else []), link=place.calculator(case), groups=line.groups, after=tuple(later))
    return table


def amounts(place: PlacePage, case: dict, facts: frozenset | None = None) -> list:
    """The cells of one case at one tier: the price where there is one tier, assistance, what is paid now, and what is given back later."""
    cells: list = ([place.ask(case, "standard")] if len(place.tiers) == 1 else []) + [place.ask(case, "subsidy", facts=facts), place.ask(case, "pays")]
    return cells + ([given_back(place, case) or NOTHING] if gives_back(place.policy) else [])


def deciding_facts(place: PlacePage, own: list[Line], person: str = "resident") -> tuple[frozenset, frozenset]:
    """The facts not told on which assistance rests: those of some lines, shown in the line, and those of all, said once."""
    found, shut = [], barring(place.policy)  # who cannot join is said once, not as another amount of assistance
    for line in own:
        case = line_case(place.policy, line, place.window_day(person), first_tier(place.policy), person)
        if place.figures.value(place.policy, case, "subsidy").value != 0:
            found.append(frozenset(name for other in place.figures.value(place.policy, case, "subsidy").others for name, _ in other.facts) - shut)
    common = frozenset.intersection(*found) if len(found) > 1 else frozenset()
    return frozenset().union(*found) - common, common


def areas_note(place: PlacePage) -> Markup:
    """On a region's page that shows its areas' assistance: whose it is, and what is stated for places that are none of the areas."""
    if place.shared is place:
        return Markup("")
    areas = followers(place.site, place.policy)
    elsewhere = place.said(line_case(place.policy, place.lines[0], place.window_day(), first_tier(place.policy)), "subsidy", sources=True)
    return Markup(place.t('这是通知列出的{}个统筹区的数，各区都一样，见<a href="#areas">各统筹区</a>。没有列出的地方，{}。',
                          'These are the figures of the {} areas that the notice lists, the same in <a href="#areas">each of them</a>. For places it does not list: {}.')).format(len(areas), elsewhere)


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


def fact_words(place: PlacePage, name: str) -> str:
    """To whom a fact applies, in words: 已按普通方式缴过费的."""
    entry = place.policy.facts[name]
    return entry["said"]["yes"][place.lang] if "said" in entry else place.t(f"“{entry['label']['zh']}”不一样的", f"who differ in this: {entry['label']['en']}")


def silences(place: PlacePage) -> list[str]:
    """What the assistance tables leave out because the notice says it of no group."""
    found = [place.t(f"{fact_words(place, name)}，资助会不一样，见提醒。", f"Assistance differs for those {fact_words(place, name)}; see the warnings.") for name in sorted(deciding_facts(place, place.lines)[1])]
    if not any(set(line.fund) - {"not-stated"} for line in place.lines):
        found.append(place.t("资助的钱由谁出，通知没有写。", "The notice does not say whose money the assistance is."))
    if not any(line.identified_by for line in place.lines) and recognition_not_stated(place):
        found.append(place.t("资助身份由谁认定，通知没有写。", "The notice does not say who recognises the assisted groups."))
    return found


def recognition_not_stated(place: PlacePage) -> bool:
    """Whether the data list, among what the notice does not say, who recognises the assisted groups."""
    return any("谁认定" in entry["text"]["zh"] for entry in place.policy.data.get("not_stated", []))
