"""What a leaflet says: price, last day, who pays less, warnings and the notice; every figure is an assessment's."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from calc import Policy
from scripts.render.cases import BIRTH_DAYS, Line, births, condition_text, first_tier, followers, line_case, lines, newborn, told, window_day
from scripts.render.figures import Figure, Figures, Other, text_of
from scripts.render.place_money import PlacePage
from scripts.render.place_time import warnings
from scripts.render.site import Site, day
from scripts.render.timeline import classes

WARNINGS = 3
STUDENT = "university_student"


class PlainFigures(Figures):
    """Figures for paper: other readings are said, not linked."""

    def readings(self, name: str, others: list[Other]) -> Markup:
        """The figures under other readings, in words alone."""
        shown = list(dict.fromkeys(text_of(name, other.value, other.state, self.lang) for other in others))
        words = ("、" if self.zh else ", ").join(shown)
        return Markup('<span class="others">{}</span>').format(f"或{words}" if self.zh else f"or {words}")


class Big(NamedTuple):
    """One large figure with its label and its text for measuring."""

    label: str
    value: Markup
    text: str


class Row(NamedTuple):
    """One line of the table: who, and what they pay at each tier (or in each column)."""

    who: str
    cells: list[Markup]


class Leaflet:
    """The content of one place, year and language."""

    def __init__(self, site: Site, policy: Policy, lang: str) -> None:
        self.site, self.policy, self.lang, self.zh = site, policy, lang, lang == "zh"
        self.path = f"{site.place_path(policy)}leaflet/"
        self.figures = PlainFigures(site, lang, self.path + "index.md")
        self.place = PlacePage(site, policy, self.figures)
        self.areas = followers(site, policy)

    def t(self, zh: str, en: str) -> str:
        """The text in the leaflet's language."""
        return zh if self.zh else en

    # -- words ---------------------------------------------------------------------------------------------

    @property
    def kicker(self) -> str:
        """What the sheet is."""
        return self.t("城乡居民基本医疗保险 · 参保明白纸", "Resident basic medical insurance · at a glance")

    @property
    def title(self) -> str:
        """The place and the year."""
        name = self.site.place_name(self.policy, self.lang)
        return self.t(f"{name}{self.policy.year}年度居民医保", f"{name}: insurance for {self.policy.year}")

    @property
    def description(self) -> str:
        """The page's description."""
        return self.t(f"{self.title}：一张A4纸，可以打印张贴。", f"{self.title}, on one A4 page to print and put up.")

    def sentence(self, *parts: object) -> Markup:
        """Parts joined as they stand."""
        return Markup("").join(Markup("{}").format(part) for part in parts)

    def span(self, case: dict, name: str) -> Markup:
        """A figure in running text."""
        return self.figures.span(self.policy, case, name)

    def found(self, case: dict, name: str) -> Figure:
        """A figure as data."""
        return self.figures.value(self.policy, case, name)

    # -- how much ------------------------------------------------------------------------------------------

    def prices(self) -> list[Big]:
        """What somebody without assistance pays in all, for each tier."""
        shown = []
        for tier in self.place.tiers:
            case = self.place.base(tier)
            label = self.place.tier_name(tier) or self.t("每人一年", "Per person and year")
            shown.append(Big(label, self.span(case, "total_pays"), self.figures.text(self.policy, case, "total_pays")))
        return shown

    def price_notes(self) -> list[Markup]:
        """What the price is made of where there are several premiums, and what students pay where it differs."""
        notes = []
        if self.place.second:
            parts = [(premium.data["name"][self.lang], "pays" if premium.id == "basic" else f"{premium.id}_pays") for premium in self.policy.premiums]
            made = [self.sentence(name, self.t("", " "), self.span(self.place.base(), figure)) for name, figure in parts]
            notes.append(Markup(self.t("＋", " + ")).join(made))
        cases = [(tier, self.place.base(tier), self.place.base(tier, STUDENT)) for tier in self.place.tiers]
        if any(self.found(one, "total_pays").value != self.found(two, "total_pays").value for _, one, two in cases):
            each = [self.sentence(self.place.tier_name(tier), self.t("", " "), self.span(two, "total_pays")) for tier, _, two in cases]
            notes.append(self.sentence(self.t("大学生：", "University students: "), Markup(self.t("，", ", ")).join(each)))
        return notes

    # -- until when ----------------------------------------------------------------------------------------

    def last_day(self) -> Big:
        """The last day of the window for somebody without assistance."""
        case = self.place.base()
        return Big(self.t("交到", "Pay by"), self.span(case, "period_last"), self.figures.text(self.policy, case, "period_last"))

    def covered(self) -> Markup:
        """From when to when somebody is covered who pays in time and missed no year."""
        case = self.place.base()
        start, end = self.found(case, "coverage_start"), self.found(case, "coverage_end")
        if start.value is None and end.value is None:
            return Markup(self.t("从哪天起报销、报销到哪天：通知没有写。", "From when and until when one is covered: not stated in the notice."))
        return self.sentence(self.t("按时交：从", "Paid in time: covered from "), self.span(case, "coverage_start"), self.t("起能报销，到", " until "), self.span(case, "coverage_end"), self.t("。", "."))

    def deadlines(self) -> list[tuple[str, str, str]]:
        """The other last days for residents: day, for whom, and what it means."""
        shown = self.found(self.place.base(), "period_last").value
        later = [entry for entry in self.policy.data.get("deadlines", []) if entry["date"] != str(shown)]
        return [(day(entry["date"], self.lang), entry["for"][self.lang], entry["text"][self.lang]) for entry in later]

    # -- who pays less -------------------------------------------------------------------------------------

    def columns(self) -> list[str]:
        """The heads of the table's columns of figures."""
        if self.areas:
            return [self.names(line) for line in lines(self.site, self.areas[0])]
        pay = self.t("自己交", "you pay")
        return [self.place.head(tier, "自己交", pay) if self.place.tier_name(tier) else self.t("自己交", "You pay") for tier in self.place.tiers]

    def names(self, *same: Line) -> str:
        """The groups of lines that differ in their condition alone, as the notice calls them, with the conditions."""
        policy = self.areas[0] if self.areas else self.policy
        words = self.t("、", "; ").join(self.site.group_name(policy, group, self.lang) for group in same[0].groups)
        conditions = [condition_text(self.site, line.condition, self.lang) for line in same if line.condition]
        return words + self.t("（{}）", " ({})").format(self.t("，或", ", or ").join(conditions)) if conditions else words

    def rows(self) -> list[Row]:
        """Groups that pay the same stand in one line; who pays the full price is left out."""
        if self.areas:
            return self.area_rows()
        merged: dict[tuple, tuple[dict[tuple, list[Line]], list[Markup]]] = {}
        moment = window_day(self.site, self.policy)
        for line in self.place.lines:
            cases = [line_case(self.policy, line, moment, tier) for tier in self.place.tiers]
            found = [self.found(case, "total_pays") for case in cases]
            full = [self.found(self.place.base(tier), "total_pays").value for tier in self.place.tiers]
            if [figure.value for figure in found] == full and not any(other.readings for figure in found for other in figure.others):
                continue
            cells = [self.span(case, "total_pays") for case in cases]
            key = tuple((figure.value, figure.state, figure.at_least, tuple((other.value, other.readings) for other in figure.others if other.readings)) for figure in found)
            merged.setdefault(key, ({}, cells))[0].setdefault(line.groups, []).append(line)
        return [Row(self.t("、", "; ").join(self.names(*same) for same in groups.values()), cells) for groups, cells in merged.values()]

    def area_rows(self) -> list[Row]:
        """The areas of a region: what each line of its first area pays in each."""
        own, shown = lines(self.site, self.areas[0]), []
        for area in self.areas:
            moment, tier = window_day(self.site, area), first_tier(area)
            cells = [self.figures.span(area, line_case(area, line, moment, tier), "total_pays") for line in own]
            shown.append(Row(self.site.place_name(area, self.lang, short=True), cells))
        return shown

    @property
    def who_heading(self) -> str:
        """The heading of the table."""
        if self.areas:
            return self.t("各地少交的人，自己交多少", "Who pays less, area by area")
        return self.t("谁少交：有下面身份的人，自己交", "Who pays less, and what they pay")

    # -- warnings and sources ------------------------------------------------------------------------------

    def warnings(self) -> list[str]:
        """Three warnings: two for people who pay inside the window, then the first for other situations, then whatever is left."""
        held = warnings(self.place)
        # What hangs on single days says little to somebody who reads the sheet on any day.
        first = [entry for entry in held["first"] if "paid" not in entry.get("when", {})]
        rest = [entry for entry in held["rest"] if entry["id"] in self.met_otherwise()]
        chosen = first[: WARNINGS - 1] + rest[:1]
        chosen += [entry for entry in (*first, *rest) if entry not in chosen]
        return [entry["text"][self.lang] for entry in chosen[:WARNINGS]]

    def met_otherwise(self) -> set[str]:
        """The warnings that somebody meets who pays on other days, missed years, or enrols a newborn."""
        policy, tier = self.policy, first_tier(self.policy)
        days = [day for run in classes(self.site, policy)[0][1] for day in (run.first, run.last)]
        cases = [told(day, tier=tier, gap_years=0) for day in days] + [told(window_day(self.site, policy), tier=tier, gap_years=2)]
        cases += [newborn(policy, birth, after) for birth in births(policy) for after in BIRTH_DAYS]
        return {str(step.value) for case in cases for step in self.site.assess(policy, **case).tree.walk() if step.kind == "warning"}

    def sources(self) -> list[str]:
        """Each notice with number and date of issue."""
        found = []
        for name in self.policy.data["notices"]:
            notice = self.site.policies.notices[name]
            number = f" {notice['number']}" if notice.get("number") else self.t("（文号通知没有写）", " (number not stated)")
            issued = self.t(f"{day(notice['issued'], self.lang)}印发", f"issued {day(notice['issued'], self.lang)}") if notice["issued"][:1].isdigit() else self.t("印发日期没有写", "date of issue not stated")
            title = self.t(f"《{notice['title']['zh']}》", f"“{notice['title']['en']}”")
            issuers = "、".join(notice["issuers"][:1]) + ("等" if len(notice["issuers"]) > 1 else "") if self.zh else notice["issuers_en"][0] + (" and others" if len(notice["issuers_en"]) > 1 else "")
            found.append(self.t(f"依据：{title}{number}，{issuers}，{issued}。", f"Source: {title}{number}, {issuers}, {issued}."))
        return found

    @property
    def fine_print(self) -> str:
        """The date of the data and what prevails."""
        return self.t(f"数据日期：{day(self.site.date, 'zh')}。表里按集中缴费期内缴费、没有断保计算。这张纸不是政府文件，以通知原文和当地医保部门的答复为准。",
                      f"Data of {day(self.site.date, 'en')}. For payment inside the window without missed years. This sheet is not an official document; the notice itself and the local healthcare security office prevail.")

    def place_words(self) -> str:
        """Where the page is, for a site whose address is not known."""
        prefix = "" if self.zh else "en/"
        return self.t(f"全部规则和计算器：在“参保明白纸”网站打开 {self.site.place_path(self.policy)}", f"All rules and the calculator: on the Canbao site under {prefix}{self.site.place_path(self.policy)}")

    def address(self, site_url: str) -> str:
        """The address of the place's page."""
        return f"{site_url}{'' if self.zh else 'en/'}{self.site.place_path(self.policy)}"


__all__ = ["Big", "Leaflet", "PlainFigures", "Row"]
