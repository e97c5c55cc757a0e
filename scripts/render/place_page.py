"""What the parts of one place's page share: the policy, the figures, the language, the standard cases, and groups in words."""

from __future__ import annotations

from functools import cached_property

from markupsafe import Markup

from calc import Policy

from .cases import Line, condition_text, first_tier, followers, line_case, lines, tier_name, tiers, told, window_day
from .figures import Figure, Figures
from .site import Site
from .tables import Ask


class PlacePage:
    """One place and year on its page: its policy and figures, the standard cases, and its groups in words."""

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

    def said(self, case: dict, name: str, sources: bool = False, others: bool = True) -> Markup:
        """A figure with the words it needs inside a sentence."""
        return self.figures.said(self.policy, case, name, sources, others)

    def unclear(self, case: dict, names: tuple[str, ...]) -> Markup:
        """The open questions by which these figures would be others, linked by their topic."""
        found = [question for name in names for other in self.figures.value(self.policy, case, name).others for question, _ in other.readings]
        return Markup(" <small>{}{}</small>").format(self.t("没有写清的：", "Unclear: "), self.figures.questions(found)) if found else Markup("")

    def groups(self, names: tuple[str, ...] | list[str], divided: bool = False) -> Markup:
        """Groups by name, each linked to the glossary; `divided`: by a name that says nothing of which part of the group is assisted."""
        links = [Markup('<a href="{}">{}</a>').format(self.site.relative(self.path, f"glossary/#group-{name}"), self.site.group_name(self.policy, name, self.lang, divided)) for name in names]
        return Markup("、" if self.zh else "; ").join(links)

    def line_name(self, *same: Line) -> Markup:
        """Lines of the same groups in words, with the conditions that tell them apart: 低保边缘家庭17周岁及以下或60周岁及以上的人."""
        conditions = [line.condition for line in same if line.condition]
        if {True, False} <= {line["from"] for line in conditions if isinstance(line["from"], bool)}:
            conditions = []  # whether or not: everybody of the groups
        name = self.groups(same[0].groups, bool(conditions))
        if not conditions:
            return name
        words = self.t("或", " or ").join(condition_text(self.policy, condition, self.lang) for condition in conditions)
        # A number with its unit reads on from the name (低保边缘家庭60周岁及以上的人), other conditions stand in brackets.
        reads_on = self.zh and self.policy.facts[conditions[0]["fact"]].get("counted", {}).get("zh", "").startswith("{}")
        return name + Markup("{}的人" if reads_on else self.t("（{}）", " ({})")).format(words)

    def names(self, found: list[Line]) -> Markup:
        """Several lines in words, those of the same groups together."""
        together: dict[tuple[str, ...], list[Line]] = {}
        for line in found:
            together.setdefault(line.groups, []).append(line)
        return Markup(self.t("、", "; ")).join(self.line_name(*same) for same in together.values())

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

    @cached_property
    def shared(self) -> PlacePage:
        """The page whose assistance is shown: for a region that leaves it to its areas, theirs, as all of them follow the same rules."""
        areas = followers(self.site, self.policy)
        return AreasPage(self, areas) if areas and any(self.silent(line) for line in self.lines) else self

    def silent(self, line: Line) -> bool:
        """Whether nothing is stated of a line's assistance."""
        return self.figures.value(self.policy, line_case(self.policy, line, self.window_day(), first_tier(self.policy)), "subsidy").value is None


class AreasPage(PlacePage):
    """The figures that the areas of a region have in common, told on the region's page: each rests on the rows of all areas."""

    def __init__(self, region: PlacePage, areas: list[Policy]) -> None:
        super().__init__(region.site, areas[0], AreasFigures(region.site, region.lang, region.path, areas))

    def calculator(self, case: dict, text: str = "", policy: Policy | None = None) -> Markup:
        """No link: the calculator asks for an area, and none may be chosen for the reader."""
        return Markup("")


class AreasFigures(Figures):
    """Figures of the first of several areas that follow the same rules, with the clauses of all of them."""

    def __init__(self, site: Site, lang: str, path: str, areas: list[Policy]) -> None:
        super().__init__(site, lang, path)
        self.rows = [area.data["follows"]["clauses"] for area in areas]

    def value(self, policy: Policy, case: dict, name: str) -> Figure:
        """A figure as data: what holds for all areas first, then the row of each."""
        found = super().value(policy, case, name)
        general = [clause for clause in found.clauses if clause not in self.rows[0]]
        return found._replace(clauses=(*general, *(clause for row in self.rows for clause in row)) if len(general) < len(found.clauses) else found.clauses)


__all__ = ["AreasPage", "PlacePage"]
