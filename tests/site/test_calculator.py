"""The calculator in a real browser with the real engine: one case of each notice in both languages, by link and by hand."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.site.calculating import CASES, LANGUAGES, PHONE, PREFIX, START, WIDE, answered, desk, desks, expected, fragment, open_case, policies  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "docs" / "assets" / "calculator"


@pytest.mark.parametrize("name", CASES)
def test_one_case_of_each_notice(desk, policies, name) -> None:
    page = desk.show(fragment(policies, name))
    told = expected(policies, name, desk.lang)
    expect(page.locator(".cc-headline")).to_have_text(told["headline"])
    for sentence in told["summary"]:
        expect(page.locator(".cc-summary")).to_contain_text(sentence)
    steps = page.locator(".cc-steps-top")
    for clause in told["steps"][0]["clauses"]:
        expect(steps).to_contain_text(clause["quote"])
    for payer in told["payers"]:
        expect(page.locator(".cc-payers")).to_contain_text(payer["label"])
    stops = [[entry for entry in told["warnings"] if entry["irrevocable"] is first] for first in (True, False)]
    for part, cited in (("stop", stops[0]), ("warnings", stops[1]), ("next", told["next_steps"]), ("whynot", told["why_not"])):
        for entry in cited:
            section = page.locator(f".cc-part-{part}")
            expect(section).to_contain_text(entry["text"])
            assert entry["clauses"], (part, entry["text"])
            expect(section).to_contain_text(entry["clauses"][0]["quote"])
    for entry in told["alternatives"]:
        for change in entry["changes"]:
            expect(page.locator(".cc-part-alternatives")).to_contain_text(change["to"])
    assert not desk.problems


def test_filled_in_by_hand_with_the_keyboard(visit) -> None:
    """From an empty page to the answer with the keyboard alone: Tab, arrows, Space, Enter and typing."""
    visitor = visit(viewport=PHONE, reduced_motion="reduce")
    page = visitor.open("calculator/")
    keys = page.keyboard

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            keys.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    keys.press("Tab")
    keys.press("Enter")  # past the header
    tab_to(".cc-place")
    keys.type("yyx")
    keys.press("Enter")
    tab_to("#cc-q-pay_date input[type=date]")
    # How a date is typed depends on the browser's language; the field itself is the browser's own.
    page.locator("#cc-q-pay_date input[type=date]").fill("2024-11-05")
    tab_to("#cc-q-categories input[type=radio]")
    keys.press("ArrowUp")  # round to the last, then on to the first
    keys.press("ArrowDown")
    tab_to("#cc-q-tier input[type=radio]")
    keys.press("ArrowDown")
    answered(page)
    expect(page).to_have_url(re.compile(r"#v1\.yunyang-2025&d=20241105&t=1"))
    expect(page.locator(".cc-headline")).to_contain_text("400元")
    tab_to(".cc-how")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "step-total"
    tab_to("[data-panel=link]")
    keys.press("Enter")
    expect(page.locator(".cc-panel .cc-qr")).to_be_visible()
    assert not visitor.problems


def test_questions_are_those_that_change_the_answer(desks, policies) -> None:
    desk = desks["zh"]
    page = desk.show(fragment(policies, "yunyang"))
    expect(page.locator("#cc-q-gap_years")).to_be_visible()
    expect(page.locator("#cc-q-disability_grade")).to_have_count(0)
    page.locator("#cc-q-gap_years input").fill("2")
    expect(page).to_have_url(re.compile("gap_years=2"))
    answered(page)
    assert not desk.problems


def test_every_question_says_why_and_what_else_to_do(desk) -> None:
    """Each question has its plain words, why it is asked, and a way to say that one is not sure."""
    page = desk.show("v1.yunyang-2025&d=20250115")
    page.locator("#cc-q-gap_years").wait_for()
    asked = page.locator(".cc-question").evaluate_all("""(all) => all.map((one) => ({
      id: one.id, legend: one.querySelector("legend").textContent, hint: one.querySelector(".cc-hint")?.textContent ?? "",
      official: one.querySelector(".cc-official [lang=zh-Hans]")?.textContent ?? "", controls: one.querySelector("label, button")?.textContent,
      texts: [...one.querySelectorAll("label, button")].map((each) => each.textContent) }))""")
    assert len(asked) >= 7
    unsure = {"zh": "不清楚", "en": "Not sure"}[desk.lang]
    for question in asked:
        assert question["legend"].endswith(("？", "?")), question
        assert question["hint"], question
        if question["id"] not in ("cc-q-place", "cc-q-person", "cc-q-pay_date"):
            assert any(text.startswith(unsure) for text in question["texts"]), question
    further = [question for question in asked if question["id"] in ("cc-q-gap_years", "cc-q-consecutive_years")]
    assert further and all(question["official"] for question in further)


def test_not_sure_gives_a_range(desk, policies) -> None:
    page = desk.show("v1.yunyang-2025&d=20241105")
    expect(page.locator(".cc-headline")).to_contain_text("400")
    expect(page.locator(".cc-headline")).to_contain_text("775")
    expect(page.locator(".cc-summary")).to_contain_text({"zh": "一共交0元到760元", "en": "0 yuan to 760 yuan"}[desk.lang])


def test_language_switch_keeps_the_case(visit, policies) -> None:
    visitor = visit(viewport=WIDE, reduced_motion="reduce")
    page = open_case(visitor, "zh", policies, "tunliu")
    before = page.url.partition("#")[2]
    page.locator("[data-canbao-switch]").click()
    page.wait_for_url("**/en/calculator/**")
    answered(page)
    assert page.url.partition("#")[2] == before
    expect(page.locator(".cc-headline")).to_have_text(expected(policies, "tunliu", "en")["headline"])


DAMAGED = {
    "v1.yunyang-2025&d=20241105&zz=1": "链接不完整",
    "v1.yunyang-2025&d=20240230": "链接不完整",
    "v1.yunyang-2025&d=20241105&d=20241106": "链接不完整",
    "v1.yunyang-2025&g=<img src=x onerror=alert(1)>": "链接不完整",
    "v1.__proto__&d=20241105": "链接不完整",
    "v9.anything": "更新的版本",
    "v0.yunyang-2025&d=20241105": "链接不完整",
    "v1.nowhere-2025&d=20241105": "没有数据",
    "v1.yunyang-2025&" + "a" * 5000: "太长",
}


def test_damaged_links(visit) -> None:
    visitor = visit(viewport=PHONE)
    first, *others = DAMAGED.items()
    page = visitor.open(f"calculator/#{first[0]}")
    expect(page.locator(".cc-notice")).to_contain_text(first[1])
    for link, words in others:  # followed on the page itself
        page.locator(".cc-notice").evaluate("(notice) => notice.replaceChildren()")
        page.evaluate("(link) => { location.hash = link; }", link)
        expect(page.locator(".cc-notice")).to_contain_text(words)
        assert "#" not in page.url
    assert not visitor.problems


@pytest.mark.parametrize("part", ["k=astronaut", "g=no-such-group", "t=9", "no_such_fact=1", "gap_years=99", "birth_date=20300101"])
def test_links_the_engine_refuses(desks, part) -> None:
    desk = desks["zh"]
    page = desk.follow(f"v1.yunyang-2025&d=20241105&{part}", PHONE)
    expect(page.locator(".cc-waiting")).to_contain_text("链接里有一项情况", timeout=START)
    expect(page.locator(".cc-body button")).to_be_visible()
    assert not desk.problems


def test_engine_cannot_be_loaded(visit) -> None:
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


@pytest.mark.parametrize(("lang", "words", "tables"), [("zh", "浏览器太旧", "看长治市屯留区"), ("en", "too old", "Tables for Tunliu")])
def test_without_webassembly(visit, lang, words, tables) -> None:
    """The page says that it cannot compute, and leads to the tables of the place chosen."""
    visitor = visit(viewport=PHONE)
    visitor.context.add_init_script("delete globalThis.WebAssembly;")
    page = visitor.open(f"{PREFIX[lang]}calculator/#v1.tunliu-2025&d=20241105")
    failure = page.locator(".cc-failure")
    expect(failure).to_contain_text(words)
    link = failure.locator("a").first
    expect(link).to_have_attribute("href", "../tunliu/2025/")
    expect(failure.get_by_role("button")).to_have_count(0)  # trying again cannot help
    link.click()
    page.wait_for_url("**/tunliu/2025/")
    expect(page.locator("table").first).to_be_attached()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_javascript(visit, lang, policies) -> None:
    """Without JavaScript the page says what it cannot do and links the tables of every place."""
    visitor = visit(viewport=PHONE, java_script_enabled=False)
    page = visitor.page
    page.goto(visitor.home + PREFIX[lang] + "calculator/")
    expect(page.locator("noscript .cc-notice, .cc .cc-notice")).to_contain_text("JavaScript")
    expect(page.locator("#limits")).to_be_visible()
    linked = set(page.locator("#calculator a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))"))
    rules = [policies.policy(name) for name in policies.ids()]
    assert linked >= {f"../{entry.place}/{entry.year}/" for entry in rules}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("page", "start", "words"), [("calculator", "app", ["texts"]), ("calculator/embed", "app", ["texts"]), ("calculator/roster", "rosterpage", ["texts", "roster"])])
def test_modules_are_fetched_at_once(page, start, words, lang) -> None:
    """On a slow line, a script that is named only inside another comes a round trip later: the page names them all."""
    needed, todo = {f"{name}.{lang}.js" for name in words}, [f"{start}.js"]
    while todo:
        found = set(re.findall(r'from "\./([\w.]+\.js)"', (SCRIPTS / todo.pop()).read_text("utf-8"))) - needed
        needed |= found
        todo += found
    front = (ROOT / "docs" / lang / f"{page}.md").read_text("utf-8").split("---")[1]
    named = re.search(r"^preload_modules: \[(.*)\]$", front, re.M).group(1).split(", ")
    assert named == [f"assets/calculator/{name}" for name in sorted(needed)]


def test_texts_in_both_languages() -> None:
    """Both languages have the same words, so that no page shows a hole; and every one of them is used."""
    scripts = "".join(file.read_text("utf-8") for file in SCRIPTS.glob("*.js"))
    for name in ("texts", "roster"):
        keys = [re.findall(r"^  (\w+)[:(]", (SCRIPTS / f"{name}.{lang}.js").read_text("utf-8"), re.M) for lang in LANGUAGES]
        assert sorted(keys[0]) == sorted(keys[1])
        assert len(set(keys[0])) == len(keys[0])
        assert not [key for key in keys[0] if f"texts.{key}" not in scripts]


@pytest.mark.parametrize(("typed", "place"), [("云阳", "Yunyang County"), ("yy", "Yunyang County"), ("YYX", "Yunyang County"), ("yunyang", "Yunyang County"), ("500235", "Yunyang County"), ("kzhq", "Horqin Left Rear Banner"), ("tongliao horq", None), ("科左后旗", "Horqin Left Rear Banner"), ("ks", "Kashgar Prefecture"), ("wlmq", "Urumqi City"), ("tunliu", "Tunliu District")])
def test_places_are_found(desks, typed, place) -> None:
    """By name in either language, code, or pinyin initials; the first in the list is the one meant."""
    page = desks["en"].follow("v1.hami-2025")
    field = page.get_by_role("combobox")
    field.fill(typed)
    first = page.get_by_role("option").first
    if place is None:
        expect(first).to_have_attribute("aria-disabled", "true")
    else:
        expect(first.locator("span").first).to_have_text(place)
    page.keyboard.press("Escape")


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
