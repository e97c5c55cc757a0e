"""What pages say in sentences and labels: nothing of one group said of others, no broken sentence, the rule before the example."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from markupsafe import Markup

from calc import Case, Policy
from calc.engine import evaluate
from scripts.render import compare, home, place_brief, place_extras, place_money, place_newborn, place_time, places
from scripts.render.anchors import moves
from scripts.render.cases import first_tier, followers, line_case, own_period, tiers, told
from scripts.render.charts_year import year_chart
from scripts.render.figures import Figures, text_of
from scripts.render.place_page import PlacePage
from scripts.render.site import LANGS, Site, day
from scripts.render.timeline import classes, shown, unknown_start


@cache
def loaded() -> Site:
    """The site's data, loaded once for all tests."""
    return Site.load()


@pytest.fixture
def site() -> Site:
    return loaded()


def of(site: Site, policy: Policy, lang: str = "zh") -> PlacePage:
    """One place's page in a language."""
    return PlacePage(site, policy, Figures(site, lang, site.place_path(policy) + "index.md"))


def plain(html: object) -> str:
    """The text of HTML as a reader sees it."""
    return re.sub(r"\s+", " ", Markup(html).striptags())


@cache
def texts(lang: str) -> dict[str, str]:
    """Every page with sentences about places, as text, parts of tables and lists apart."""
    found = {}
    for module in (home, places, compare):
        for page in module.pages(loaded(), lang):
            found[page.path] = plain(re.sub(r"</?(?:td|th|li|dt|dd|div|p|h\d|br|text|summary|caption|blockquote)\b[^>]*>|(?<=</span>) (?=<span class=\"glance-value)", " | ", page.text.split("---\n", 2)[2]))
    return found


# -- figures of several groups ---------------------------------------------------------------------------------


def test_groups_with_a_table_of_days_in_common_pay_the_same(site: Site) -> None:
    """What a table of days shows to be paid holds for every group in its caption, on every run and at every tier."""
    for policy in site.all_policies:
        for members, known in classes(site, policy)[1:]:
            for run in known:
                for tier in tiers(policy):
                    paid = {evaluate(policy, Case.parse(told(moment, tier=tier, groups=[group], gap_years=0, **dict(line.facts)), policy)).figures[name]
                            for line in members for group in line.groups for moment in [run.first] for name in ("total_pays",)}
                    assert len(paid) == 1, (policy.id, run, paid)


def test_no_line_tells_what_holds_for_a_part_of_its_groups(site: Site) -> None:
    """The figures with a fact told otherwise are those of every group on the line, and hang on nothing further."""
    told_lines = 0
    for policy in site.all_policies:
        place = of(site, policy)
        particular, _ = place_money.deciding_facts(place, place.lines)
        for line in place.lines:
            said = set()
            for group in line.groups:
                case = {**line_case(policy, line, place.window_day(), first_tier(policy)), "categories": [group]}
                said.add(tuple(place.figures.told(policy, case, place.figures.value(policy, case, "subsidy"), particular)))
            assert len(said) == 1, (policy.id, line.groups, said)
            told_lines += said != {()}
    assert told_lines > 2
    for path, text in texts("zh").items():
        assert not re.search(r"：[是否] →|残疾等级：\d", text), path


def test_a_divided_group_is_named_without_the_part_that_is_assisted(site: Site) -> None:
    """A name such as “… aged 60 and over” does not label those who are younger."""
    divided = 0
    for policy in site.all_policies:
        place = of(site, policy)
        for line in place.lines:
            if line.condition:
                divided += 1
                for group in line.groups:
                    names = policy.data["group_names"][group]
                    assert not [name for name in names if len(name) > len(min(names, key=len)) and name in plain(place.line_name(line))], (policy.id, line)
    assert divided


def test_a_region_tells_the_assistance_its_areas_have_in_common(site: Site) -> None:
    """The page of a region whose areas follow it shows their figures, says whose they are, and chooses no area for the reader."""
    for policy in site.all_policies:
        areas = followers(site, policy)
        if not areas:
            continue
        place = of(site, policy)
        shares = place_brief.who_less(place.shared)
        assert shares and not [share for share in shares if "not-stated" in share.amount]
        for line in place.shared.lines:
            for name in ("subsidy", "pays"):
                values = {site.assess(area, **line_case(area, line, place.shared.window_day(), first_tier(area))).value(name) for area in areas}
                assert len(values) == 1 and None not in values
        table = str(Markup(place_money.assistance_tables(place.shared)[0]))
        assert "calculator/#" not in table
        for area in areas:
            assert all(site.clause_path(clause) in table for clause in area.data["follows"]["clauses"])
        note = plain(place_money.areas_note(place))
        assert str(len(areas)) in note and "通知没有写" in note


def test_who_pays_less_says_at_which_tier(site: Site) -> None:
    """Where nothing is stated of the first tier but of another, that one comes first and names its tier."""
    seen = 0
    for policy in site.all_policies:
        place = of(site, policy)
        for share in place_brief.who_less(place):
            if place.tier_name(first_tier(policy)) and "<small>" in share.people:
                seen += 1
                assert plain(share.amount).startswith(tuple(place.tier_name(tier) for tier in place.tiers[1:]))
                assert place.tier_name(first_tier(policy)) in plain(share.people) and "not-stated" in share.people
    assert seen


# -- days ------------------------------------------------------------------------------------------------------


def test_a_start_that_is_not_stated_is_not_printed_as_a_day(site: Site) -> None:
    """A window that opens on an undated day shows what the notice calls that day; the chart is hatched before it."""
    seen = 0
    for policy in site.all_policies:
        known = classes(site, policy)[0][1]
        for run in shown(known):
            if run.first_stated:
                continue
            seen += 1
            for lang in LANGS:
                place = of(site, policy, lang)
                table = plain(place_time.period_tables(place)[0]["table"])
                chart = plain(year_chart(place))
                for earlier in [run, *unknown_start(known)]:
                    assert day(earlier.first, lang) not in table and day(earlier.first, lang) not in chart
                assert {"zh": "日期没有写", "en": "no date stated"}[lang] in table
            assert str(year_chart(of(site, policy))).count("year-hatch)") > 2  # the legend, after the last day, and before the first
    assert seen


def test_a_day_that_is_only_an_examples_names_its_payment(site: Site) -> None:
    """A first covered day that moves with the payment stands beside the day of payment it was worked out for."""
    seen = 0
    for policy in site.all_policies:
        place = of(site, policy)
        table = str(Markup(place_extras.student_table(place)))
        for person in ("university_student", "university_freshman"):
            case = place.base(None, person)
            later = {**case, "pay_date": case["pay_date"][:8] + "16"}
            if moves(policy, [case, later]):
                seen += 1
                assert f"比如{day(case['pay_date'], 'zh')}缴费" in table and "缴费完成的第二天" in table, policy.id
    assert seen


# -- sentences -------------------------------------------------------------------------------------------------


BROKEN = {"zh": r"[从交到]通知没有写|标准通知没有写|资助通知没有写|通知没有写(?:起报销|缴费|、第)|通知没有写 通知没有写|或：通知没有写(?!能不能)",
          "en": r"(?:from|pays|price|until|assistance) not stated\b(?! in)|or: not stated(?! whether)"}


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_not_stated_makes_no_broken_sentence(lang: str) -> None:
    """“Not stated” never stands where a day or an amount would."""
    wrong = [f"{path}: {text[max(0, found.start() - 30):found.end() + 20]}" for path, text in texts(lang).items() for found in re.finditer(BROKEN[lang], text)]
    assert not wrong, "\n".join(wrong[:20])


def test_a_price_of_voluntary_insurance_is_the_stated_one(site: Site) -> None:
    """Where it is unclear whether one can be bought alone, the price is printed and the question said in words: never as nothing to pay."""
    seen = 0
    for policy in site.all_policies:
        for entry in policy.data.get("add_ons", []):
            place = of(site, policy)
            case = {**place.base(), "addons": [entry["id"]]}
            found = place.figures.value(policy, case, "addons_pays")
            assert found.value == entry["yuan"] * 100
            text = plain(place.span(case, "addons_pays", sources=False))
            assert text.startswith(text_of("addons_pays", found.value, found.state, "zh")) and "或：0元" not in text
            seen += "能不能单买" in text
    assert seen
    assert not [path for path, text in texts("zh").items() if re.search(r"[1-9]\d*元 \|? ?或：0元(?!、)", text) and "自愿保险" in text.split("或：0元")[0][-200:]]


@pytest.mark.parametrize("lang", LANGS)
def test_newborns_have_the_rule_before_the_example(site: Site, lang: str) -> None:
    """The section begins with what holds for newborns, as their own periods say; a notice without one says what to do."""
    for policy in site.all_policies:
        place = of(site, policy, lang)
        rule = [plain(text) for text in place_newborn.newborn_rule(place)]
        own = [entry for entry in policy.data["periods"] if own_period(policy, entry["id"])]
        if own:
            assert rule[0].startswith(own[0]["name"][lang]), policy.id
            assert not rule[0].startswith(("比如", "For example"))
        else:
            assert len(rule) == 1 and {"zh": "新生儿", "en": "ewborns"}[lang] in rule[0]


def test_covered_from_birth_is_said_where_it_holds_on_every_day(site: Site) -> None:
    """The words “from the day of birth” stand exactly where the first covered day is that of birth."""
    seen = 0
    for policy in site.all_policies:
        place = of(site, policy)
        first = place_newborn.stretches(site, policy, 1)[0]
        if own_period(policy, first.period):
            case = place_newborn.newborn(policy, place_newborn.births(policy)[1], first.first)
            from_birth = site.assess(policy, **case).value("coverage_start") == place_newborn.births(policy)[1]
            assert ("从出生那天起报销" in plain(place_newborn.newborn_rule(place)[0])) == from_birth, policy.id
            seen += from_birth
    assert seen


def test_who_recognises_a_group_is_cited_where_it_is_said(site: Site) -> None:
    """The sources of the table of authorities name the authority."""
    seen = 0
    for policy in site.all_policies:
        place = of(site, policy)
        if not any(line.identified_by for line in place.lines):
            continue
        bodies = {entry["name"]["zh"]: entry for entry in site.policies.vocabulary.data["bodies"]}
        for row in re.findall(r"<tr.*?</tr>", str(Markup(place_extras.identified_table(place))), re.DOTALL)[1:]:
            name = plain(re.search(r'<th scope="row">(.*?)</th>', row)[1])
            core = bodies[name]["name"]["zh"].replace("部门", "")
            pairs = {core[at:at + 2] for at in range(len(core) - 1)}
            quotes = re.findall(r'class="src"[^>]*title="([^"]*)"', row)
            assert quotes and all(any(pair in quote for pair in pairs) for quote in quotes), (policy.id, name, quotes)
            seen += 1
    assert seen > 5


# -- words -----------------------------------------------------------------------------------------------------


def test_one_word_for_one_thing() -> None:
    """Plain texts of the code say 交, 通知, 集中缴费期 and 没有写清; the notices' own words stand in the data."""
    folder = Path(place_time.__file__).parent
    for file in [*folder.glob("*.py"), *(folder / "templates").glob("*.md")]:
        text = re.sub(r'"""(?:.|\n)*?"""', "", file.read_text("utf-8"))
        assert not re.findall(r"能不能缴|还能缴|缴多少|[^补代]缴了|存疑|有疑问|文件没有写|文件原文", text), file.name
        if file.name != "terms.py":  # the glossary lists what else people say
            assert not re.findall(r"参保缴费期|征缴期", text), file.name
