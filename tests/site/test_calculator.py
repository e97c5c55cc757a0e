"""The calculator in a real browser with the real engine: one case of each notice in both languages, by link and by hand."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from calc import Case, PolicySet, assess
from calc.explain import explain
from scripts.render.calculator_link import encode
from tests.site.test_access import PHONE, WIDE, report, violations

LANGUAGES = ("zh", "en")
ROOT = Path(__file__).resolve().parents[2]
PREFIX = {"zh": "", "en": "en/"}
# The engine starts in the browser: generous, because several browsers share the machine.
START = 120_000
CASES = {
    "xinjiang": ("kashgar-2025", {"person": "resident", "pay_date": "2024-11-05", "categories": ["subsistence-allowance"]}),
    "urumqi": ("urumqi-2024", {"person": "resident", "pay_date": "2024-03-15", "categories": []}),
    "yunyang": ("yunyang-2025", {"person": "resident", "pay_date": "2024-11-05", "tier": 1, "categories": ["severe-disability", "subsistence-margin"]}),
    "tunliu": ("tunliu-2025", {"person": "resident", "pay_date": "2024-11-05", "categories": ["subsistence-allowance"], "addons": ["accident"]}),
    "horqin": ("horqin-left-rear-2025", {"person": "newborn", "pay_date": "2025-04-01", "birth_date": "2025-03-10"}),
}


@pytest.fixture(scope="session")
def policies(site_dir: Path) -> PolicySet:
    """The policies that the built site carries, so that the page and this process read the same data."""
    manifest = json.loads((site_dir / "assets" / "runtime" / "manifest.json").read_text("utf-8"))
    return PolicySet(json.loads((site_dir / "assets" / "runtime" / manifest["files"]["policies"]["name"]).read_text("utf-8")))


def answered(page: Page) -> str:
    """Wait for the answer and give its headline."""
    page.locator(".cc-answer:not([data-state=waiting])").wait_for(timeout=START)
    page.locator(".cc-answer[aria-busy=false]").wait_for(timeout=START)
    return page.locator(".cc-headline").inner_text()


def open_case(visitor, lang: str, policies: PolicySet, name: str) -> Page:
    """Open the calculator with one of the cases in its address."""
    policy, told = CASES[name]
    page = visitor.open(f"{PREFIX[lang]}calculator/#{encode(policies.policy(policy), told)}")
    answered(page)
    return page


def expected(policies: PolicySet, name: str, lang: str) -> dict:
    """What the engine says of a case in this process."""
    policy, told = CASES[name]
    rules = policies.policy(policy)
    return explain(policies, assess(rules, Case.parse(told, rules)), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_one_case_of_each_notice(visit, policies, name, lang) -> None:
    visitor = visit(viewport=WIDE, reduced_motion="reduce")
    page = open_case(visitor, lang, policies, name)
    told = expected(policies, name, lang)
    expect(page.locator(".cc-headline")).to_have_text(told["headline"])
    for sentence in told["summary"]:
        expect(page.locator(".cc-summary")).to_contain_text(sentence)
    steps = page.locator(".cc-steps-top")
    for clause in told["steps"][0]["clauses"]:
        expect(steps).to_contain_text(clause["quote"])
    for payer in told["payers"]:
        expect(page.locator(".cc-payers")).to_contain_text(payer["label"])
    visitor.settle(name)
    assert not visitor.problems


def test_filled_in_by_hand_with_the_keyboard(visit, policies) -> None:
    visitor = visit(viewport=PHONE, reduced_motion="reduce")
    page = visitor.open("calculator/")
    place = page.get_by_role("combobox")
    place.focus()
    page.keyboard.type("yyx")
    page.keyboard.press("Enter")
    day = page.locator("#cc-q-pay_date input[type=date]")
    expect(day).to_be_visible()
    day.fill("2024-11-05")
    page.locator("#cc-q-tier input").first.focus()
    page.keyboard.press("Space")
    page.locator("#cc-q-categories input[type=radio]").first.focus()
    page.keyboard.press("Space")
    answered(page)
    expect(page.locator(".cc-headline")).to_contain_text("400元")
    assert "#v1.yunyang-2025&d=20241105&t=1&g=0" in page.url
    assert not visitor.problems


def test_questions_are_those_that_change_the_answer(visit, policies) -> None:
    visitor = visit(viewport=WIDE, reduced_motion="reduce")
    page = open_case(visitor, "zh", policies, "yunyang")
    expect(page.locator("#cc-q-gap_years")).to_be_visible()
    expect(page.locator("#cc-q-disability_grade")).to_have_count(0)
    page.locator("#cc-q-gap_years input").fill("2")
    expect(page).to_have_url(re.compile("gap_years=2"))
    answered(page)
    assert not visitor.problems


def test_language_switch_keeps_the_case(visit, policies) -> None:
    visitor = visit(viewport=WIDE, reduced_motion="reduce")
    page = open_case(visitor, "zh", policies, "tunliu")
    fragment = page.url.partition("#")[2]
    page.locator("[data-canbao-switch]").click()
    page.wait_for_url("**/en/calculator/**")
    answered(page)
    assert page.url.partition("#")[2] == fragment
    expect(page.locator(".cc-headline")).to_have_text(expected(policies, "tunliu", "en")["headline"])


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        ("v1.yunyang-2025&d=20241105&zz=1", "链接不完整"),
        ("v1.yunyang-2025&d=20240230", "链接不完整"),
        ("v1.yunyang-2025&d=20241105&d=20241106", "链接不完整"),
        ("v1.yunyang-2025&g=<img src=x onerror=alert(1)>", "链接不完整"),
        ("v1.__proto__&d=20241105", "链接不完整"),
        ("v9.anything", "更新的版本"),
        ("v0.yunyang-2025&d=20241105", "链接不完整"),
        ("v1.nowhere-2025&d=20241105", "没有数据"),
        ("v1.yunyang-2025&" + "a" * 5000, "太长"),
    ],
)
def test_damaged_links(visit, fragment, words) -> None:
    visitor = visit(viewport=PHONE)
    page = visitor.open(f"calculator/#{fragment}")
    expect(page.locator(".cc-notice")).to_contain_text(words)
    assert "#" not in page.url
    assert not visitor.problems


@pytest.mark.parametrize("part", ["k=astronaut", "g=no-such-group", "t=9", "no_such_fact=1", "gap_years=99", "birth_date=20300101"])
def test_links_the_engine_refuses(visit, part) -> None:
    visitor = visit(viewport=PHONE)
    page = visitor.open(f"calculator/#v1.yunyang-2025&d=20241105&{part}")
    expect(page.locator(".cc-waiting")).to_contain_text("链接里有一项情况", timeout=START)
    expect(page.locator(".cc-body button")).to_be_visible()
    assert not visitor.problems


def test_engine_cannot_be_loaded(visit, policies) -> None:
    visitor = visit(viewport=PHONE)
    visitor.page.route("**/assets/runtime/manifest.json", lambda route: route.fulfill(status=404, body=""))
    page = visitor.open("calculator/#v1.tunliu-2025&d=20241105")
    failure = page.locator(".cc-failure")
    expect(failure).to_contain_text("计算器没能载入")
    link = failure.locator("a").first
    expect(link).to_have_attribute("href", "../tunliu/2025/")
    page.unroute("**/assets/runtime/manifest.json")
    failure.get_by_role("button").first.click()
    answered(page)


def test_without_javascript(visit) -> None:
    visitor = visit(viewport=PHONE, java_script_enabled=False)
    page = visitor.page
    page.goto(visitor.home + "calculator/")
    expect(page.locator("noscript .cc-notice, .cc .cc-notice")).to_contain_text("没有开启 JavaScript")
    expect(page.locator("#tables ~ ul a").first).to_be_visible()
    expect(page.locator("#limits")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("lang", "name", "size"), [("zh", "yunyang", PHONE), ("en", "urumqi", WIDE)])
def test_no_barrier(visit, policies, axe_source, lang, name, size, scheme) -> None:
    visitor = visit(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = open_case(visitor, lang, policies, name)
    page.locator(".cc-fold button").first.click()
    found = violations(page, axe_source)
    assert not found, report({f"{lang} {name}": found})
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "start", "words"), [("calculator", "app", ["texts"]), ("calculator/embed", "app", ["texts"]), ("calculator/roster", "rosterpage", ["texts", "roster"])])
def test_modules_are_fetched_at_once(page, start, words, lang) -> None:
    """On a slow line, a script that is named only inside another comes a round trip later: the page names them all."""
    scripts = ROOT / "docs" / "assets" / "calculator"
    needed, todo = {f"{name}.{lang}.js" for name in words}, [f"{start}.js"]
    while todo:
        name = todo.pop()
        found = set(re.findall(r'from "\./([\w.]+\.js)"', (scripts / name).read_text("utf-8"))) - needed
        needed |= found
        todo += found
    front = (ROOT / "docs" / lang / f"{page}.md").read_text("utf-8").split("---")[1]
    named = re.search(r"^preload_modules: \[(.*)\]$", front, re.M).group(1).split(", ")
    assert named == [f"assets/calculator/{name}" for name in sorted(needed)]


def test_texts_in_both_languages() -> None:
    """Both languages have the same words, so that no page shows a hole."""
    for name in ("texts", "roster"):
        keys = [re.findall(r"^  (\w+)[:(]", (ROOT / "docs" / "assets" / "calculator" / f"{name}.{lang}.js").read_text("utf-8"), re.M) for lang in LANGUAGES]
        assert sorted(keys[0]) == sorted(keys[1])
        assert len(set(keys[0])) == len(keys[0])


def test_place_list_by_keyboard(visit) -> None:
    visitor = visit(viewport=PHONE)
    page = visitor.open("en/calculator/")
    place = page.get_by_role("combobox")
    place.focus()
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(place).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    page.keyboard.type("150522")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(place).to_have_value("Horqin Left Rear Banner")
    page.reload()
    expect(page.get_by_role("combobox")).to_have_value("Horqin Left Rear Banner")
    assert not visitor.problems
