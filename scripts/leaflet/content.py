"""What a leaflet says: price, last day, who pays less, newborns, how to pay, warnings and the notice; every figure is an assessment's."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from calc import Policy
from calc.money import NOT_STATED, NOT_TOLD
from scripts.render.cases import birth_days, births, first_tier, followers, newborn, told, window_day
from scripts.render.figures import Figure
from scripts.render.place_money import PlacePage
from scripts.render.place_time import warnings
from scripts.render.registers import checked
from scripts.render.site import Site, day
from scripts.render.timeline import Run, classes

from .figures import PlainFigures
from .rows import Table

WARNINGS = 3
STUDENT, NEWBORN = "university_student", "newborn"


class Big(NamedTuple):
    """One large figure with its label and its text for measuring."""

    label: str
    value: Markup
    text: str


class Leaflet:
    """The content of one place, year and language."""

    def __init__(self, site: Site, policy: Policy, lang: str) -> None:
        self.site, self.policy, self.lang, self.zh = site, policy, lang, lang == "zh"
        self.path = f"{site.place_path(policy)}leaflet/"
        self.figures = PlainFigures(site, lang, self.path + "index.md")
        self.place = PlacePage(site, policy, self.figures)
        self.table = Table(self.place, followers(site, policy))

    def t(self, zh: str, en: str) -> str:
        """The text in the leaflet's language."""
        return zh if self.zh else en

    # -- words ---------------------------------------------------------------------------------------------

    @property
    def heading(self) -> tuple[str, str]:
        """The place with the year, and the insurance; between the two a long heading breaks."""
        name = self.site.place_name(self.policy, self.lang)
        return (f"{name}{self.policy.year}年度", "居民医保") if self.zh else (f"{name}: ", f"medical insurance {self.policy.year}")

    @property
    def title(self) -> str:
        """The heading as one text."""
        return "".join(self.heading)

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

    def listed(self, section: str) -> list[dict]:
        """The entries of a section that have a sentence for the leaflet."""
        return [entry for entry in self.policy.data.get(section, []) if "leaflet" in entry]

    # -- how much ------------------------------------------------------------------------------------------

    def prices(self) -> list[Big]:
        """What somebody without assistance pays in all, for each tier."""
        shown = []
        for tier in self.place.tiers:
            case = self.place.base(tier)
            label = self.place.tier_name(tier) or self.t("每人一年", "Per year")
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

    def when(self) -> list[Markup]:
        """What else there is to know of time: days of the month, cover, other last days, what holds after the last day."""
        run, after = self.window()
        found = []
        if run.days:
            found.append(self.sentence(self.t(f"每月只有{run.days[0]}日—{run.days[1]}日能交。", f"Payment only on days {run.days[0]} to {run.days[1]} of each month.")))
        found.append(self.covered())
        found += [self.sentence(Markup("<strong>{}</strong>").format(self.t(f"到{moment}：", f"Until {moment}: ")), text, self.t("。", ".")) for moment, text in self.deadlines()]
        return [*found, *self.afterwards(after)]

    def window(self) -> tuple[Run, Run | None]:
        """The run of days in which the ordinary case pays, and the first run after that period."""
        runs, moment = classes(self.site, self.policy)[0][1], self.place.window_day()
        run = next(run for run in runs if run.first <= moment <= run.last)
        return run, self.following(run, runs)

    @staticmethod
    def following(run: Run, runs: list[Run]) -> Run | None:
        """The first run after a period; single days without payment are passed over while one can still pay later."""
        later = [other for other in runs if other.first > run.last and other.period != run.period]
        return next((other for other in later if other.status != "closed"), later[0] if later else None) if any(other.status in ("open", "late", "full_cost") for other in later) else next(iter(later), None)

    def covered(self) -> Markup:
        """From when to when somebody is covered who pays in time and missed no year."""
        case = self.place.base()
        start, end = self.found(case, "coverage_start"), self.found(case, "coverage_end")
        if start.value is None and end.value is None:
            if NOT_TOLD in (start.state, end.state):
                return Markup(self.t("按时交，从哪天起报销要看情况。", "Paid in time: the first day of cover depends on the case."))
            return Markup(self.t("从哪天起报销，通知没有写。", "The first day of cover is not stated."))
        if start.value is None or end.value is None:
            return self.sentence(self.t("按时交：", "Paid in time: "), Markup(self.t("；", "; ")).join(self.figures.said(self.policy, case, name) for name in ("coverage_start", "coverage_end")), self.t("。", "."))
        return self.sentence(self.t("按时交：从", "Paid in time: covered "), self.span(case, "coverage_start"), self.t("起报销，到", " to "), self.span(case, "coverage_end"), self.t("。", "."))

    def deadlines(self) -> list[tuple[str, str]]:
        """The other last days for residents that the leaflet has room for: day, and what it means."""
        shown = self.found(self.place.base(), "period_last").value
        return [(day(entry["date"], self.lang), entry["leaflet"][self.lang]) for entry in self.listed("deadlines") if entry["date"] != str(shown)]

    def afterwards(self, after: Run | None) -> list[Markup]:
        """Where the notice does not say whether, or at which price, one can pay after the last day: that it does not, and the wait where it gives one."""
        if after is None:
            return []
        case = told(after.first, tier=first_tier(self.policy), gap_years=0)
        if after.status == "closed":
            return [self.sentence(Markup("<strong>{}</strong>").format(self.t(f"过了{self.last_day().text}：", f"After {self.last_day().text}: ")), self.t("不再办理。", "no more payment."))]
        if after.status == "not_specified":
            open_point = self.t("还能不能交，通知没有写", "whether one can pay is not stated")
        elif self.found(case, "total_pays").state == NOT_STATED:
            open_point = self.t("交多少，通知没有写", "the price is not stated")
        else:
            return []
        wait = self.found(case, "wait").value
        longer = self.sentence(self.t("，要等", "; wait: "), self.span(case, "wait")) if wait and any(wait) else ""
        return [self.sentence(Markup("<strong>{}</strong>").format(self.t(f"过了{self.last_day().text}：", f"After {self.last_day().text}: ")), open_point, longer, self.t("。", "."))]

    # -- newborns, and how to pay --------------------------------------------------------------------------

    def steps(self) -> list[tuple[str, str]]:
        """Label and sentence: newborns where the notice has a rule for them, then how to pay."""
        texts: dict[bool, list[str]] = {True: [], False: []}
        for entry in self.listed("steps"):
            texts[NEWBORN in str(entry.get("when", {}).get("person", ""))].append(entry["leaflet"][self.lang])
        labels = {True: self.t("新生儿：", "Newborns: "), False: self.t("怎么交：", "How to pay: ")}
        return [(labels[kind], self.t("", " ").join(found)) for kind, found in texts.items() if found]

    # -- warnings and sources ------------------------------------------------------------------------------

    def warnings(self) -> list[str]:
        """Three warnings in the order of the data: those with a sentence for the leaflet, then what people meet, in its own words."""
        chosen = self.listed("warnings")[:WARNINGS]
        chosen += [entry for entry in (self.met() if len(chosen) < WARNINGS else []) if entry not in chosen]
        return [entry.get("leaflet", entry["text"])[self.lang] for entry in chosen[:WARNINGS]]

    def met(self) -> list[dict]:
        """The warnings as people meet them: two for those who pay inside the window, then the first for other situations, then whatever is left."""
        held = warnings(self.place)
        # What hangs on single days says little to somebody who reads the sheet on any day.
        first = [entry for entry in held["first"] if "paid" not in entry.get("when", {})]
        rest = [entry for entry in held["rest"] if entry["id"] in self.met_otherwise()]
        chosen = first[: WARNINGS - 1] + rest[:1]
        return chosen + [entry for entry in (*first, *rest) if entry not in chosen]

    def met_otherwise(self) -> set[str]:
        """The warnings that somebody meets who pays on other days, missed years, or enrols a newborn."""
        policy, tier = self.policy, first_tier(self.policy)
        days = [day for run in classes(self.site, policy)[0][1] for day in (run.first, run.last)]
        cases = [told(day, tier=tier, gap_years=0) for day in days] + [told(window_day(self.site, policy), tier=tier, gap_years=2)]
        cases += [newborn(policy, birth, after) for birth in births(policy) for after in birth_days(policy)]
        return {str(step.value) for case in cases for step in self.site.assess(policy, **case).tree.walk() if step.kind == "warning"}

    @property
    def notices(self) -> list[dict]:
        """The notices that the policy rests on."""
        return [self.site.policies.notices[name] for name in self.policy.data["notices"]]

    def sources(self) -> list[str]:
        """Each notice with its number and its date of issue."""
        found = []
        for notice in self.notices:
            number = f" {notice['number']}" if notice.get("number") else self.t("（文号通知没有写）", " (number not stated)")
            issued = self.t(f"{day(notice['issued'], self.lang)}印发", f"issued {day(notice['issued'], self.lang)}") if notice["issued"][:1].isdigit() else self.t("印发日期没有写", "date of issue not stated")
            title = self.t(f"《{notice['title']['zh']}》", f"“{notice['title']['en']}”")
            found.append(self.t(f"依据：{title}{number}，{issued}。", f"Source: {title}{number}, {issued}."))
        return found

    @property
    def fine_print(self) -> str:
        """When the clauses were last compared with the notice, for whom the figures are, and what prevails."""
        days = [notice.get("checked") for notice in self.notices]
        compared = checked({"checked": min(days)} if all(days) else {}, self.lang)  # type: ignore[type-var]
        return self.t(f"最近核对：{compared}。按集中缴费期内缴费、没有断保计算。本纸不是政府文件，以通知原文和当地医保部门的答复为准。",
                      f"Last checked: {compared}. Paid in time, no year missed. Not official: the notice and the local office prevail.")

    def place_words(self, address: str) -> str:
        """Where all rules are: the page's address, or what to look for on a site whose address is not known."""
        if address:
            return self.t(f"全部规则和计算器：{address}", f"All rules and the calculator: {address}")
        name = self.site.place_name(self.policy, self.lang)
        return self.t(f"全部规则和计算器：在“参保明白纸”网站查“{name}{self.policy.year}年度”。", f"All rules and the calculator: on the Canbao site under “{name} {self.policy.year}”.")

    def address(self, site_url: str) -> str:
        """The address of the place's page."""
        return f"{site_url}{'' if self.zh else 'en/'}{self.site.place_path(self.policy)}"


__all__ = ["Big", "Leaflet"]
