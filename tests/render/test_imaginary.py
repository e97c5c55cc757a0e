"""Pages of the imaginary places: shapes of rules that the five notices do not have are shown as well."""

from __future__ import annotations

import copy
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from markupsafe import Markup

from calc import PolicySet
from scripts.data.resolve import compile_all
from scripts.data.sources import SourceSet
from scripts.export import rows
from scripts.leaflet.content import Leaflet
from scripts.render import place_added, place_brief, place_events, place_money, place_newborn, place_time, places
from scripts.render.calculator import catalogue
from scripts.render.cases import birth_days, births, line_case, lines, newborn, told
from scripts.render.figures import Figures, figure
from scripts.render.place_page import PlacePage
from scripts.render.site import Site

TEMPLATE = Path(__file__).resolve().parents[2] / "policy_data" / "template"
CITY, DISTRICT = "sample-city-2030", "sample-district-2030"


@cache
def compiled() -> dict:
    """The imaginary places, compiled once."""
    return compile_all(SourceSet.read(TEMPLATE))


def site_of(change: object = None, name: str = CITY) -> Site:
    """The imaginary site, with one of its policies changed."""
    data = copy.deepcopy(compiled())
    if change is not None:
        change(data["policies"][name])  # type: ignore[operator]
    return Site(PolicySet(data), data)


@pytest.fixture(scope="module")
def site() -> Site:
    """The imaginary site as it is."""
    return site_of()


def of(site: Site, name: str = CITY, lang: str = "zh") -> PlacePage:
    """One place's page in a language."""
    policy = site.policies.policy(name)
    return PlacePage(site, policy, Figures(site, lang, site.place_path(policy) + "index.md"))


def plain(html: object) -> str:
    """The text of HTML as a reader sees it."""
    return re.sub(r"\s+", " ", Markup(html).striptags())


def section(site: Site, anchor: str, name: str = CITY, lang: str = "zh") -> str:
    """One section of a place's page as text."""
    text = places.page(site, site.policies.policy(name), lang).text
    return plain(re.split(r"\n#+ ", text.split(f"{{#{anchor}}}", 1)[1])[0])


def row(table: object, begins: str) -> str:
    """The first row of a table whose header begins so, as HTML."""
    return next(found for found in re.findall(r"<tr.*?</tr>", str(Markup(table)), re.DOTALL) if plain(found).startswith(begins))


def test_every_fund_of_an_assistance_in_parts_is_named(site: Site) -> None:
    """An assistance that two funds pay together names both, on the page and in the table to download."""
    found = row(place_money.assistance_tables(of(site))[0], "重度残疾人")
    names = {entry["id"]: entry["name"]["zh"] for entry in site.policies.vocabulary.data["funds"]}
    assert names["medical-assistance"] in plain(found) and names["disability-employment"] in plain(found)
    exported = [entry for entry in rows.assistance(site, [site.policies.policy(CITY)]) if entry["group"] == "severe-disability" and entry["premium"] == "basic"]
    assert all(entry["funds"][:2] == ["medical-assistance", "disability-employment"] for entry in exported)


def test_a_fact_has_the_label_of_its_own_place() -> None:
    """Two places may ask for a fact of the same name: each page has its own place's words."""
    def change(policy: dict) -> None:
        entry = copy.deepcopy(next(entry for entry in policy["facts"] if entry["id"] == "residence"))
        entry["label"] = {"zh": "别处的说法", "en": "words of another place"}
        policy["facts"] = [entry if old["id"] == "residence" else old for old in policy["facts"]]

    site = site_of(change, DISTRICT)
    assert site.policies.facts["residence"]["label"]["zh"] == "别处的说法"
    table = plain(place_money.assistance_tables(of(site))[0])
    assert "户籍情况" in table and "别处的说法" not in table
    assert "别处的说法" in plain(place_money.assistance_tables(of(site, DISTRICT))[0])


def test_newborns_are_shown_by_the_days_of_their_own_period(site: Site) -> None:
    """A notice that counts 60 days (the day of birth is day 1) is shown on the last of them and on the next."""
    place = of(site)
    policy, days = place.policy, birth_days(place.policy)
    periods = [site.assess(policy, **newborn(policy, births(policy)[1], after)).tree.data["period"] for after in days]
    assert days[1] == 59 and periods[:2] == ["newborn", "newborn"] and periods[2] != "newborn"
    assert "出生后第59天" in plain(place_newborn.newborn_table(place)) and "90" not in plain(Markup(" ").join(place_newborn.newborn_rule(place)))
    assert {entry["days_after_birth"] for entry in rows.newborns(site, [policy])} == set(days)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_given_back_is_shown_beside_what_is_paid_now(site: Site, lang: str) -> None:
    """Paid first, a third given back: the table and the short answer say so with its own clause, and what is paid now stays whole."""
    place = of(site, lang=lang)
    policy, line = place.policy, next(line for line in lines(site, place.policy) if "relapsed" in line.groups)
    case = line_case(policy, line, place.window_day(), 1) | {"age": 40}
    found = site.assess(policy, **case).figures
    assert found["pays"][0] == found["standard"][0] == 40000 and found["paid_back"][0] == 13333
    table = row(place_money.assistance_tables(place)[0], plain(place.line_name(line)))
    note = next(entry.data["note"][lang] for entry in policy.premiums[0].repaid)
    assert "133.33" in table and note in plain(table) and 'data-figure="paid_back"' in table and site.clause_path("sample-2030/5.13") in table
    shares = [share for share in place_brief.who_less(place) if plain(place.line_name(line)) in plain(share.people)]
    assert shares and "133.33" in plain(shares[0].people) and "420" in plain(shares[0].amount)
    assert not [cell for cell in re.findall(r"<tr.*?</tr>", str(Markup(place_money.assistance_tables(place)[0])), re.DOTALL) if 'data-groups="subsistence-allowance"' in cell and 'data-figure="paid_back"' in cell]
    exported = [entry for entry in rows.assistance(site, [policy]) if entry["group"] == "relapsed" and entry["premium"] == "basic"]
    assert exported and all("paid_back_state" in entry for entry in exported)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_added_to_the_price_is_said(site: Site, lang: str) -> None:
    """Missed years paid for cost so much each: the figure of the answer's own step, with its clause."""
    found = place_added.surcharges(of(site, lang=lang))
    assert len(found) == 1 and plain(found[0]).startswith({"zh": "这次补缴几个断保年度：每1个另交400元", "en": "missed years paid for now: 400 yuan more for each"}[lang])
    assert site.clause_path("sample-2030/2.14") in found[0] and 'data-figure="surcharge_1"' in found[0]
    assert plain(found[0]) in section(site, "price", lang=lang)


def test_an_extra_charge_yet_to_be_announced_is_no_amount() -> None:
    """An addition that is to be announced is said with its note, without a figure."""
    def change(policy: dict) -> None:
        rule = policy["premiums"][0]["surcharges"][0]
        for name in ("yuan", "times"):
            del rule[name]
        rule |= {"to_be_announced": True, "note": {"zh": "怎么补另行通知。", "en": "How is to be announced."}}

    text = plain(place_added.surcharges(of(site_of(change)))[0])
    assert "通知没有写" in text and "怎么补另行通知" in text and "元" not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_cannot_join_is_said_among_who_may(site: Site, lang: str) -> None:
    """A period in which one cannot join stands under who may enrol with its note and clause, and not among the days of payment."""
    entry = next(entry for entry in site.policies.policy(CITY).data["periods"] if entry["status"] == "not_eligible")
    assert entry["note"][lang] in section(site, "scope", lang=lang)
    assert entry["name"][lang] not in section(site, "periods", lang=lang)
    assert site.clause_path("sample-2030/3.13") in place_added.barred(of(site, lang=lang))[0]


def test_a_figure_that_is_the_same_whatever_is_told_is_that_figure(site: Site) -> None:
    """Assistance in full leaves nothing to pay at any age: the page says nothing to pay, not that it depends."""
    def change(policy: dict) -> None:
        policy["premiums"] = policy["premiums"][:1]
        policy["premiums"][0]["assistance"]["combining"].pop("at_most")

    whole = site_of(change)
    place = of(whole)
    case = told(place.window_day(), tier=1, groups=["orphan"], gap_years=0)
    assert whole.assess(place.policy, **case).value("pays") is None
    found = figure(whole, place.policy, case, "pays")
    assert found.value == 0 and not found.options and place.figures.text(place.policy, case, "pays") == "0元"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_facts_that_decide_together_show_from_least_to_most(lang: str) -> None:
    """Where years with a permit matter only to those who are not registered, the least and the most are shown with the names of both facts."""
    def change(policy: dict) -> None:
        minor = next(rule for rule in policy["premiums"][0]["contribution"] if rule["id"] == "minor-tier-1")
        lead = {**minor, "id": "registered", "when": {"facts": {"residence": "registered"}, "tier": 1}, "if_not_told": "ask", "yuan": 250}
        policy["premiums"][0]["contribution"].insert(0, lead)

    site = site_of(change)
    place = of(site, lang=lang)
    case = place.base(1)
    found = figure(site, place.policy, case, "standard")
    assert found.value is None and not found.options
    assert found.spread and (found.spread.least, found.spread.most) == (25000, 45000)
    text = plain(place.span(case, "standard", sources=False))
    assert {"zh": "250元至450元", "en": "250 yuan to 450 yuan"}[lang] in text
    assert all(place.policy.facts[name]["label"][lang] in text for name in ("residence", "permit_years"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_period_of_the_policy_is_on_the_page(site: Site, lang: str) -> None:
    """Periods that hang on an event or a fact (discharge, an extension on file, an earlier application) stand with their names, prices, cover and wait."""
    place = of(site, lang=lang)
    text = places.page(site, place.policy, lang).text
    for entry in place.policy.data["periods"]:
        if entry["status"] in ("before_window", "not_specified"):
            continue
        assert entry["name"][lang] in text or entry.get("note", {}).get(lang, "-") in text, entry["id"]
    table = str(Markup(place_events.events_table(place)))
    for name in ("discharged", "left-employment", "extended", "applied-in-time"):
        entry = next(entry for entry in place.policy.data["periods"] if entry["id"] == name)
        found = row(table, entry["name"][lang])
        assert all(f'data-figure="{figure}"' in found for figure in ("standard", "coverage_start", "wait")), name
    assert {"zh": "退役日期起90天内", "en": "within 90 days of the date of discharge"}[lang] in plain(table)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_window_after_which_nobody_can_pay_is_said_to_be_over(lang: str) -> None:
    """Where the rules close payment after the window, the page and the leaflet say so; they do not say that nothing is stated."""
    def change(policy: dict) -> None:
        kept = ("newborn", "discharged", "window", "before")
        policy["periods"] = [entry for entry in policy["periods"] if entry["id"] in kept]
        policy["periods"].append({"id": "over", "name": {"zh": "集中缴费期以后", "en": "After the window"}, "after": "window", "status": "closed", "clauses": ["sample-2030/3.1a"]})

    site = site_of(change)
    place = of(site, lang=lang)
    late = plain(place_brief.late_brief(place))
    assert {"zh": "集中缴费期过了，不再办理", "en": "After the window there is no more payment"}[lang] in late and site.clause_path("sample-2030/3.1a") in place_brief.late_brief(place)
    leaflet = " ".join(plain(text) for text in Leaflet(site, place.policy, lang).when())
    assert {"zh": "不再办理", "en": "no more payment"}[lang] in leaflet and {"zh": "通知没有写", "en": "not stated"}[lang] not in leaflet


def test_who_recognises_is_said_to_be_not_stated_only_where_the_data_say_so(site: Site) -> None:
    """A row without an authority leaves its cell empty; the sentence is printed where what the notice does not say lists it."""
    def change(policy: dict) -> None:
        policy["not_stated"].append({"text": {"zh": "资助身份由谁认定。", "en": "Who recognises the assisted groups."}})

    said = "资助身份由谁认定，通知没有写"
    assert not [text for text in place_money.silences(of(site)) if said in text]
    assert "通知没有写资助身份由谁认定" not in section(site, "whom-to-ask")
    assert [text for text in place_money.silences(of(site_of(change))) if said in text]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_citation_of_two_notices_names_which(site: Site, lang: str) -> None:
    """Where a page rests on the notices of a district and of its city, a row of citations names each; where there is one notice, it does not."""
    entries = site.policies.vocabulary.places
    names = [entries[name].get("short", entries[name]["name"])[lang] for name in ("sample-district", "sample-city")]
    references = ["sample-district-2030/4", "sample-2030/4.1", "sample-2030/4.2"]
    found = re.findall(r"<a [^>]*>([^<]*)</a>", site.cite(references, lang, "sample-district/2030/index.md"))
    assert [text.startswith(name) for text, name in zip(found, [names[0], names[1], names[1]], strict=True)] == [True, True, False]
    alone = re.findall(r"<a [^>]*>([^<]*)</a>", site.cite(references[1:], lang, "sample-city/2030/index.md"))
    assert not [text for text in alone for name in names if name in text]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wait_that_ends_after_the_cover_is_said_so(lang: str) -> None:
    """Who pays so late that the wait outlasts the cover is told so, and neither that it depends nor that nothing is stated."""
    def change(policy: dict) -> None:
        next(rule for rule in policy["coverage"] if rule["id"] == "second-half")["end"] = "2030-08-10"

    place = of(site_of(change), lang=lang)
    case = told(date(2030, 9, 15), tier=1, gap_years=0)
    said = {"zh": "那时报销期已过，报销不上", "en": "no cover left"}[lang]
    assert place.figures.text(place.policy, case, "coverage_start") == said
    assert plain(place_time.covered(place, case, case)).count(said) == 1


def test_what_one_place_asks_is_asked_in_that_place_alone(site) -> None:
    """The calculator's form knows a place's own facts by their place, so that no wording of one place reaches another."""
    found = catalogue(site)
    own = {entry["policy"]: [fact["id"] for fact in entry["facts"]] for entry in found["policies"]}
    assert "residence" in own[CITY] and "residence" in own[DISTRICT]  # the district follows the city
    assert not {fact for facts in own.values() for fact in facts} & {fact["id"] for fact in found["facts"]}
    words = {"type", "label", "question", "why"}
    assert all(words <= fact.keys() for fact in found["facts"] if fact["id"] != "age") and all(words <= fact.keys() for fact in found["policies"][0]["facts"])


def test_the_calculator_knows_each_policy_s_own_notices(site) -> None:
    """By title, number and day of issue, as the notice has them; a day that is not stated is none, never another notice's."""
    found = catalogue(site)
    for entry in found["policies"]:
        assert entry["notices"] == site.policies.policy(entry["policy"]).data["notices"]
        for name in entry["notices"]:
            notice, known = found["notices"][name], site.policies.notices[name]
            assert notice["title"] == known["title"] and notice.get("number") == known.get("number")
            assert notice["issued"] == (None if known["issued"] == "not_stated" else str(known["issued"]))
