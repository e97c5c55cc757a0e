"""Two rule sets side by side: every figure of both, the difference, and the words of both notices."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import NamedTuple

from markupsafe import Markup

from calc import Policy

from .cases import BIRTHS, Line, birth_days, births, condition_text, first_tier, line_case, newborn, rule_sets, tier_name, tiers, told, variants, window_day
from .figures import Figure, Figures, text_of, unit_of
from .site import MONTHS, Page, Site, yuan
from .tables import fit

GAPS = (0, 1, 2, 3, 4, 5)
QUOTED = 3  # how many clauses of one figure are quoted in full; the rest are linked


class Couple(NamedTuple):
    """Two policies to compare; years: two years of one place."""

    one: Policy
    two: Policy
    years: bool
    names: tuple[str, str]


class Difference(NamedTuple):
    """One line: what is compared, and the figure's name and case on either side (no case: the side does not have it)."""

    label: object
    name: str
    one: dict | None
    two: dict | None


def couples(site: Site) -> list[Couple]:
    """Two years of every place that has them, then every two distinct rule sets."""
    found = []
    for one, two in combinations(site.all_policies, 2):
        if one.place == two.place:
            found.append(Couple(one, two, True, (one.id, two.id)))
    for one, two in combinations(rule_sets(site), 2):
        if one.policy.place != two.policy.place:
            found.append(Couple(one.policy, two.policy, False, (one.id, two.id)))
    return found


def path_of(couple: Couple) -> str:
    """The path of a couple's page."""
    if couple.years:
        return f"compare/{couple.one.place}-{couple.one.year}-{couple.two.year}/"
    return f"compare/{couple.names[0]}-and-{couple.names[1]}/"


def side_name(site: Site, policy: Policy, base: str, lang: str) -> str:
    """One side in words: the place and year; for areas that share rules, the region's name."""
    return f"{site.place_name(site.policies.policy(base), lang, True)} {policy.year}"


def title(site: Site, couple: Couple, lang: str) -> str:
    """A couple in words."""
    if couple.years:
        name = site.place_name(couple.one, lang, True)
        return f"{name}：{couple.one.year}与{couple.two.year}" if lang == "zh" else f"{name}: {couple.one.year} and {couple.two.year}"
    one, two = (side_name(site, policy, base, lang) for policy, base in zip((couple.one, couple.two), couple.names, strict=True))
    return f"{one} 与 {two}" if lang == "zh" else f"{one} and {two}"


def page(site: Site, couple: Couple, lang: str) -> Page:
    """The page of a couple: sections of differences, those that differ marked, with both clauses quoted."""
    path = path_of(couple) + "index.md"
    view = Pair(site, couple, lang, path)
    sections = [(identifier, heading, view.table(identifier, heading, rows)) for identifier, heading, rows in view.sections() if rows]
    names = [side_name(site, policy, base, lang) for policy, base in zip((couple.one, couple.two), couple.names, strict=True)]
    if couple.years:
        names = [f"{site.place_name(couple.one, lang, True)} {policy.year}" for policy in (couple.one, couple.two)]
    return site.render("compare_pair.md", lang, path, title=title(site, couple, lang), couple=couple, names=names, sections=sections, changes=view.changes, years=couple.years)


def takes(fact: dict, value: object) -> bool:
    """Whether a fact of one place can have a value."""
    if fact["type"] == "choice":
        return any(choice["id"] == value for choice in fact["values"])
    return isinstance(value, bool) == (fact["type"] == "boolean")


class Pair:
    """One page's work: builds the lines and the table of each section and collects what differs."""

    def __init__(self, site: Site, couple: Couple, lang: str, path: str) -> None:
        self.site, self.couple, self.lang, self.path, self.zh = site, couple, lang, path, lang == "zh"
        self.sides = (couple.one, couple.two)
        self.figures = Figures(site, lang, path)
        self.changes: dict[str, list[Markup]] = {}  # by the heading of their section
        if couple.years:
            self.names = [str(policy.year) for policy in self.sides]
        else:
            self.names = [side_name(site, policy, base, lang) for policy, base in zip(self.sides, couple.names, strict=True)]

    def t(self, zh: str, en: str) -> str:
        """The text in the page's language."""
        return zh if self.zh else en

    def pair(self, make: object) -> tuple[dict, dict]:
        """The same question asked of both sides."""
        return make(self.couple.one), make(self.couple.two)  # type: ignore[operator]

    def tier_pairs(self) -> list[tuple[int | None, int | None, str]]:
        """Tiers set against each other in their order; a side without tiers stands against every tier of the other."""
        one, two = tiers(self.couple.one), tiers(self.couple.two)
        found = []
        for place in range(max(len(one), len(two))):
            pair = (one[min(place, len(one) - 1)], two[min(place, len(two) - 1)])
            words = {tier_name(policy, tier, self.lang) for policy, tier in zip(self.sides, pair, strict=True)} - {""}
            found.append((*pair, self.t("（{}）", " ({})").format("/".join(sorted(words))) if words else ""))
        return found

    def sections(self) -> list[tuple[str, str, list[Difference]]]:
        """What is compared, by section."""
        t = self.t
        base = self.pair(lambda policy: told(window_day(self.site, policy), tier=first_tier(policy), gap_years=0))
        prices = []
        for one, two, suffix in self.tier_pairs():
            for person in ("resident", "university_student"):
                cases = [told(window_day(self.site, policy, person), person, tier, gap_years=0) for policy, tier in zip(self.sides, (one, two), strict=True)]
                prices.append(Difference(self.site.policies.vocabulary.persons[person]["name"][self.lang] + suffix, "standard", *cases))
        seconds = {premium.id: premium.data["name"][self.lang] for policy in self.sides for premium in policy.premiums[1:]}
        for name, words in seconds.items():
            cases = [case if any(premium.id == name for premium in policy.premiums) else None for policy, case in zip(self.sides, base, strict=True)]
            prices.append(Difference(words, f"{name}_standard", *cases))
        # A sum says something only where both sides ask for the same premiums.
        if seconds and len({tuple(premium.id for premium in policy.premiums) for policy in self.sides}) == 1:
            prices.append(Difference(t("一共", "In all"), "total_pays", *base))
        time = [Difference(t("集中缴费期第一天", "First day of the window"), "period_first", *base), Difference(t("集中缴费期最后一天", "Last day of the window"), "period_last", *base),
                Difference(t("按时缴费，从哪天起报销", "Paid in time, covered from"), "coverage_start", *base), Difference(t("报销到哪天", "Covered until"), "coverage_end", *base)]
        late = []
        for month in (1, 2, 3, 4, 6, 7, 9, 10, 12):
            cases = self.pair(lambda policy, month=month: told(date(policy.year, month, 15), tier=first_tier(policy), gap_years=0))
            for name, words in (("status", t("能不能交", "possible?")), ("standard", t("缴费标准", "price")), ("coverage_start", t("从哪天起报销", "covered from"))):
                late.append(Difference(t(f"{month}月15日缴费，{words}", f"paid on 15 {MONTHS[month - 1]}: {words}"), name, *cases))
        gaps = [Difference(t(f"断{gap}年，集中期内缴费", f"{gap} missed year{'s' if gap > 1 else ''}, paid in the window") if gap else t("没有断保", "no missed year"), "wait",
                           *self.pair(lambda policy, gap=gap: told(window_day(self.site, policy), tier=first_tier(policy), gap_years=gap))) for gap in GAPS]
        born = []
        for after in sorted({after for policy in self.sides for after in birth_days(policy)}):
            cases = self.pair(lambda policy, after=after: newborn(policy, births(policy)[1], after))
            for name, words in (("total_pays", t("一共交", "pays in all")), ("coverage_start", t("从哪天起报销", "covered from")), ("wait", t("等待期", "wait"))):
                born.append(Difference(t(f"{BIRTHS[1][1]}月{BIRTHS[1][2]}日出生，第{after}天缴费，{words}", f"born {BIRTHS[1][2]} {MONTHS[BIRTHS[1][1] - 1]}, paid on day {after}: {words}"), name, *cases))
        return [("price", t("价钱", "Price"), prices), ("assistance", t("资助和自己交", "Assistance and what one pays"), self.groups()), ("periods", t("什么时候交、从哪天起报销", "When to pay, from when covered"), time),
                ("late", t("来晚了", "Coming late"), late), ("missed-years", t("断过保", "Missed years"), gaps), ("newborns", t("新生儿", "Newborns"), born)]

    def groups(self) -> list[Difference]:
        """Assistance and what is left to pay for every group that either notice names."""
        found = []
        named = [group for group in self.site.policies.vocabulary.groups if any(group in policy.data.get("group_names", {}) for policy in self.sides)]
        for group in named:
            for one, two, suffix in self.tier_pairs():
                for facts, condition in self.variants(group):
                    cases = [line_case(policy, Line((group,), self.shared(policy, facts), None, (), ()), window_day(self.site, policy), tier)
                             if group in policy.data.get("group_names", {}) else None for policy, tier in zip(self.sides, (one, two), strict=True)]
                    words = Markup('<a href="{}">{}</a>{}{}').format(self.site.relative(self.path, f"glossary/#group-{group}"), self.site.policies.vocabulary.groups[group]["name"][self.lang],
                                                                    suffix, self.t("，", ", ") + condition_text(next(policy for policy in self.sides if condition["fact"] in policy.facts), condition, self.lang) if condition else "")
                    found.append(Difference(words + self.t("：资助", ": assistance"), "subsidy", *cases))
                    found.append(Difference(words + self.t("：自己交", ": pays"), "pays", *cases))
                    second = {premium.id: premium.data["name"][self.lang] for policy in self.sides for premium in policy.premiums[1:]}
                    for name, premium in second.items():
                        owned = [case if any(entry.id == name for entry in policy.premiums) else None for policy, case in zip(self.sides, cases, strict=True)]
                        found.append(Difference(words + self.t(f"：{premium}", f": {premium}"), f"{name}_pays", *owned))
        return found

    def shared(self, policy: Policy, facts: dict) -> tuple[tuple[str, object], ...]:
        """Those of some facts that can be told to a policy: what one place alone asks for means nothing to another."""
        common = self.site.policies.vocabulary.facts
        return tuple((fact, value) for fact, value in facts.items() if fact in common or any(fact == own["id"] and takes(own, value) for own in policy.data.get("facts", [])))

    def variants(self, group: str) -> list[tuple[dict, dict | None]]:
        """The ranges of a fact by which a group's assistance differs on either side."""
        for policy in self.sides:
            if group in policy.data.get("group_names", {}):
                found = variants(self.site, policy, told(window_day(self.site, policy), tier=first_tier(policy), groups=[group], gap_years=0))
                if len(found) > 1:
                    return found
        return [({}, None)]

    def table(self, identifier: str, heading: str, rows: list[Difference]) -> Markup:
        """A section's table; lines that differ come with the words of both notices."""
        head = ["", self.names[0], self.names[1], self.t("差别", "Difference")]
        parts = []
        for row in rows:
            sides = [self.figures.value(policy, case, row.name) if case is not None else None for policy, case in zip(self.sides, (row.one, row.two), strict=True)]
            words, differs = self.difference(row.name, sides)
            cells = [self.cell(policy, case, found, row.name, label, differs) for policy, case, found, label in zip(self.sides, (row.one, row.two), sides, self.names, strict=True)]
            if differs and None not in sides:
                label = row.label.striptags() if isinstance(row.label, Markup) else row.label
                self.changes.setdefault(heading, []).append(Markup('<a href="#{}">{}</a>{}{}').format(identifier, label, self.t("：", ": "), self.from_to(row.name, sides, words)))
            parts.append(Markup('<tr{}><th scope="row">{}</th>{}<td data-label="{}"><div>{}</div></td></tr>').format(
                Markup(' class="changed"') if differs else "", row.label, Markup("").join(cells), head[3], words))
        header = Markup("").join(Markup('<th scope="col">{}</th>').format(text or heading) for text in head)
        return fit(Markup('<table class="cards pair" id="{}-table"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table>').format(
            identifier, heading, header, Markup("\n").join(parts)), len(head), self.zh)

    def from_to(self, name: str, sides: list[Figure | None], words: Markup | str) -> Markup | str:
        """A difference by itself: of an amount both sides and by how much."""
        one, two = sides
        if unit_of(name) != "fen" or one is None or two is None or one.value is None or two.value is None:
            return words
        return Markup(self.t("{} → {}（{}）", "{} → {} ({})")).format(*(text_of(name, found.value, found.state, self.lang) for found in (one, two)), words)

    def difference(self, name: str, sides: list[Figure | None]) -> tuple[Markup | str, bool]:
        """The difference in words and whether there is one: amounts by how much, days from when to when, unknown ones as such."""
        one, two = sides
        if one is None and two is None:
            return "—", False
        if one is None or two is None:
            return self.t("只有一边有", "one side only"), True
        if one.value is None and two.value is None and one.at_least == two.at_least:
            return self.t("都没有写", "neither states it"), False
        if one.value is None or two.value is None:
            return Markup("{} → {}").format(*(text_of(name, found.value, found.state, self.lang, found.at_least) for found in (one, two))), True
        if self.same(name, one, two):
            return self.t("一样", "the same"), False
        if unit_of(name) == "fen":
            change = two.value - one.value  # type: ignore[operator]
            sign = "+" if change > 0 else "−"
            return Markup('<span class="difference">{}{}</span>').format(sign, yuan(abs(change), self.lang)), True
        return Markup("{} → {}").format(*(text_of(name, found.value, found.state, self.lang) for found in (one, two))), True

    def same(self, name: str, one: Figure, two: Figure) -> bool:
        """Whether two figures agree; dates of two insured years agree when they fall on the same day of the year."""
        if unit_of(name) == "date":
            shift = [value.year - policy.year for value, policy in zip((one.value, two.value), self.sides, strict=True)]  # type: ignore[attr-defined]
            return shift[0] == shift[1] and (one.value.month, one.value.day) == (two.value.month, two.value.day)  # type: ignore[attr-defined]
        return one.value == two.value

    def cell(self, policy: Policy, case: dict | None, found: Figure | None, name: str, label: str, differs: bool) -> Markup:
        """One side of a line: the figure and, where the sides differ, the words it rests on."""
        if case is None or found is None:
            return Markup('<td data-label="{}"><div><span class="not-named">{}</span></div></td>').format(label, self.t("没有提到", "not named"))
        span = self.figures.span(policy, case, name, sources=not differs)
        quotes = Markup("").join(self.quote(reference) for reference in found.clauses[:QUOTED]) if differs else Markup("")
        more = self.site.cite(found.clauses[QUOTED:], self.lang, self.path) if differs else ""
        return Markup('<td data-label="{}"><div>{}{}{}</div></td>').format(label, span, quotes, more)

    def quote(self, reference: str) -> Markup:
        """A clause in its own words, translated on English pages, with its source."""
        clause = self.site.policies.clause(reference)
        translated = "" if self.zh else Markup('<span class="quote-en">{}</span> ').format(clause["en"])
        return Markup('<blockquote class="quoted">{}<q lang="zh-Hans">{}</q> {}</blockquote>').format(translated, self.site.quote(clause), self.site.cite([reference], self.lang, self.path))


__all__ = ["Couple", "couples", "page", "path_of", "title"]
