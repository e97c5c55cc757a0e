"""The table of a leaflet: who pays less and what is left to pay; those who pay the same stand together, the least first."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from calc import Policy
from scripts.render.cases import Line, condition_text, line_case, lines
from scripts.render.figures import Figure, hanging
from scripts.render.place_money import PlacePage


class Row(NamedTuple):
    """One line of the table: who, and what they pay at each tier (or, where areas differ, each group in turn); one cell for all tiers where nothing is known."""

    who: str
    cells: list[Markup]


class Table:
    """The table of one policy; a region whose areas all pay the same has the table of any of them."""

    def __init__(self, place: PlacePage, areas: list[Policy]) -> None:
        self.areas = [PlacePage(place.site, area, place.figures) for area in areas]
        self.alike = len({self.area_key(area) for area in self.areas}) < 2
        self.place = self.areas[0] if self.areas else place
        self.zh, self.lang = place.zh, place.lang

    @property
    def by_area(self) -> bool:
        """Whether the rows are areas and the columns groups."""
        return not self.alike

    def t(self, zh: str, en: str) -> str:
        """The text in the table's language."""
        return zh if self.zh else en

    def columns(self) -> list[str]:
        """The heads of the columns of figures."""
        if self.by_area:
            return [self.names(line) for line in self.place.lines]
        return [self.place.tier_name(tier) or self.t("自己交", "You pay") for tier in self.place.tiers]

    @property
    def who(self) -> str:
        """The head of the column of people, or of areas."""
        if self.by_area:
            return self.t("统筹区", "Area")
        return self.t("谁少交", "Who pays less") if len(self.place.tiers) == 1 else self.t("谁少交（按档次，自己交多少）", "Who pays less, by tier")

    def same_everywhere(self) -> str:
        """For a region whose areas pay the same: that they do, and which they are."""
        if not self.areas or self.by_area:
            return ""
        names = [self.place.site.place_name(area.policy, self.lang, short=True) for area in self.areas]
        return self.t(f"{len(names)}个统筹区都一样：{'、'.join(names)}。", f"The same in all {len(names)} areas: {', '.join(names)}.")

    # -- rows ----------------------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """The rows, the least to pay first; what is not known comes last."""
        return self.area_rows() if self.by_area else self.group_rows()

    def group_rows(self) -> list[Row]:
        """Groups that pay the same stand in one row; who pays the full price is left out."""
        place = self.place
        merged: dict[tuple, tuple[dict[tuple, list[Line]], list[dict]]] = {}
        full = [self.found(place, place.base(tier)).value for tier in place.tiers]
        for line in place.lines:
            cases = self.cases(place, line)
            found = [self.found(place, case) for case in cases]
            if [figure.value for figure in found] == full and not any(other.readings for figure in found for other in figure.others):
                continue
            merged.setdefault(tuple(figure_key(figure) for figure in found), ({}, cases))[0].setdefault(line.groups, []).append(line)
        ordered = sorted(merged.items(), key=lambda item: [(value is None, value or 0) for value, *_ in item[0]])
        rows = []
        for key, (groups, cases) in ordered:
            # What is known at no tier is said once, across the tiers.
            shown = cases if any(value is not None for value, *_ in key) else cases[:1]
            rows.append(Row(self.t("、", "; ").join(self.names(*same) for same in groups.values()), [place.span(case, "total_pays", sources=False) for case in shown]))
        return rows

    def area_rows(self) -> list[Row]:
        """Areas whose groups all pay the same stand in one row; the columns are the groups of the first area."""
        merged: dict[tuple, list[PlacePage]] = {}
        for area in self.areas:
            merged.setdefault(self.area_key(area), []).append(area)
        rows = []
        for same in merged.values():
            names = [area.site.place_name(area.policy, self.lang, short=True) for area in same]
            cells = [same[0].span(self.cases(same[0], line)[0], "total_pays", sources=False) for line in self.place.lines]
            rows.append(Row(self.t("、", ", ").join(names), cells))
        return rows

    def area_key(self, area: PlacePage) -> tuple:
        """What every group of the first area pays in an area, at every tier."""
        own = lines(area.site, self.areas[0].policy)
        return tuple(figure_key(self.found(area, case)) for line in own for case in self.cases(area, line))

    @staticmethod
    def cases(place: PlacePage, line: Line) -> list[dict]:
        """The cases of a line, one a tier."""
        return [line_case(place.policy, line, place.window_day(), tier) for tier in place.tiers]

    @staticmethod
    def found(place: PlacePage, case: dict) -> Figure:
        """What somebody pays in all."""
        return place.figures.value(place.policy, case, "total_pays")

    # -- names ---------------------------------------------------------------------------------------------

    def names(self, *same: Line) -> str:
        """The groups of lines that differ in their condition alone, with the conditions."""
        words = self.t("、", "; ").join(self.name(group) for group in same[0].groups)
        conditions = [condition_text(self.place.policy, line.condition, self.lang) for line in same if line.condition]
        return words + self.t("（{}）", " ({})").format(self.t("，或", ", or ").join(conditions)) if conditions else words

    def name(self, group: str) -> str:
        """A group's name: of the names that the notice uses the shortest; in English the vocabulary's, the shorter one where there is one."""
        own = self.place.policy.data.get("group_names", {}).get(group)
        if self.zh and own:
            return min(own, key=len)
        return self.place.site.policies.vocabulary.groups[group].get("short_en") or self.place.site.group_name(self.place.policy, group, self.lang)


def figure_key(figure: Figure) -> tuple:
    """What must be equal for two figures to stand in one row: the value, how it is known, what it hangs on, and its other readings."""
    return (figure.value, figure.state, figure.at_least, hanging(figure), tuple((other.value, other.readings) for other in figure.others if other.readings))


__all__ = ["Row", "Table"]
