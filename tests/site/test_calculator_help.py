"""What keeps a reader from a mistake: the warning before all, versions that exclude each other, the least a family pays, a year that is over."""

import re

import pytest
from playwright.sync_api import expect

from tests.site.calculating import PHONE, START, WIDE, answered, desk, desks, policies  # noqa: F401

UNTOLD = "v1.tunliu-2025&d=20241110"
RIVALS = f"{UNTOLD}&g=0&a=jinkangbao-basic.jinkangbao-premium"
# Four people in a place with tiers, one of whom has not chosen: three known sums and the least of the fourth.
FOUR = "v1.yunyang-2025&d=20241105&t=1&g=0/&d=20241105&t=1&g=0/&d=20241105&t=1&g=subsistence-allowance/&d=20241105&g=0"


CATALOGUE = """async (script) => {
  const { Catalogue } = await import(script);
  const place = (id, facts) => ({ policy: id, facts });
  const known = new Catalogue({ policies: [place("a-1", [{ id: "home", label: "A" }]), place("b-1", [{ id: "home", label: "B" }]), place("c-1", [])], facts: [{ id: "age", label: "age" }], persons: [] });
  return ["a-1", "b-1", "c-1"].map((id) => [...known.facts(id)].map(([name, { label }]) => `${name}=${label}`).join());
}"""


def test_each_place_asks_in_its_own_words(visit) -> None:
    assert visit().open("about/").evaluate(CATALOGUE, "/assets/calculator/catalogue.js") == ["age=age,home=A", "age=age,home=B", "age=age"]


def tops(page, *selectors: str) -> list[float]:
    """How far down the page some elements begin."""
    return [page.locator(selector).first.evaluate("(one) => one.getBoundingClientRect().top + scrollY") for selector in selectors]


def test_what_cannot_be_undone_stands_under_the_headline(desk) -> None:
    page = desk.show(UNTOLD, PHONE)
    words = {"zh": "先别缴。先问村干部您有没有资助身份", "en": "First ask the village office whether you have an assisted status"}[desk.lang]
    expect(page.locator(".cc-part-stop")).to_contain_text(words)
    order = tops(page, ".cc-headline", ".cc-part-stop", ".cc-summary", ".cc-part-figures", ".cc-part-next")
    assert order == sorted(order)
    assert page.locator(".cc-part-stop .cc-sources").count() == 1
    page = desk.show(f"{UNTOLD}&g=0", PHONE)
    expect(page.locator(".cc-part-stop")).to_have_count(0)
    assert not desk.problems


def test_a_last_day_in_question_is_marked(desk) -> None:
    page = desk.show(f"{UNTOLD}&g=0")
    figure = page.locator(".cc-figures > div").nth(1)
    other = {"zh": "2024年12月25日", "en": "25 December 2024"}[desk.lang]
    expect(figure).to_contain_text(other)
    expect(figure.locator(".cc-state.cc-conflicting")).to_be_visible()
    expect(page.locator("#cc-q-pay_date .cc-chip").last).to_contain_text(other)
    assert other in page.locator(".cc-headline").inner_text()


def test_versions_that_exclude_each_other_are_one_choice(desk) -> None:
    page = desk.show(f"{UNTOLD}&g=0")
    question = page.locator("#cc-q-addons")
    assert question.locator("input[type=checkbox]").count() == 1
    versions = question.locator("input[type=radio]")
    assert versions.count() == 3  # none, and the two versions
    expect(versions.first).to_be_checked()
    versions.nth(1).check()
    expect(page).to_have_url(re.compile("a=jinkangbao-basic$"))
    versions.nth(2).check()
    expect(page).to_have_url(re.compile("a=jinkangbao-premium$"))
    question.locator("input[type=checkbox]").check()
    expect(page).to_have_url(re.compile("a=accident.jinkangbao-premium$"))
    versions.first.check()
    expect(page).to_have_url(re.compile("a=accident$"))
    answered(page)
    assert not desk.problems


def test_a_link_with_both_versions_says_so(desk) -> None:
    page = desk.show(RIVALS)
    expect(page.locator("#cc-q-addons .cc-error")).to_contain_text({"zh": "请只选一种", "en": "choose one"}[desk.lang])
    assert page.locator("#cc-q-addons input:checked").count() == 0
    expect(page.locator(".cc-headline")).to_contain_text({"zh": "没有算进去：晋康保基础版", "en": "Not counted: Jinkangbao, basic version"}[desk.lang])
    expect(page.locator(".cc-part-warnings .cc-note").first).to_contain_text({"zh": "只能选一种", "en": "only one can be chosen"}[desk.lang])
    page.locator("#cc-q-addons input[type=radio]").nth(1).check()
    expect(page.locator("#cc-q-addons .cc-error")).to_be_empty()
    expect(page.locator(".cc-headline")).to_contain_text("488", timeout=START)
    assert not desk.problems


def test_the_least_a_family_pays_is_the_sum_of_each_ones_least(desk) -> None:
    page = desk.show(FOUR)
    expect(page.locator(".cc-total")).to_have_text({"zh": "4个人至少要交1240元，其中1个人的还算不出确切的数。", "en": "4 people pay at least 1240 yuan; for 1 of them the exact amount cannot be worked out yet."}[desk.lang], timeout=START)


def test_an_added_member_has_the_place_the_day_and_the_tier(desk) -> None:
    page = desk.show("v1.yunyang-2025&d=20241105&t=2&g=0")
    page.locator(".cc-family > .cc-actions button").click()
    expect(page).to_have_url(re.compile(r"/&d=20241105&t=2$"))
    expect(page.locator(".cc-total")).to_contain_text("1550", timeout=START)


def test_a_family_is_warned_too(desk) -> None:
    page = desk.show(f"{UNTOLD}&g=subsistence-allowance/&d=20241110&g=0")
    rows = page.locator(".cc-family-result tbody tr")
    expect(rows.nth(0).locator(".cc-stop")).to_have_count(1, timeout=START)
    expect(rows.nth(1).locator(".cc-stop")).to_have_count(0)


def test_a_year_that_is_over_says_so_and_shows_what_held(desk) -> None:
    page = desk.show("v1.yunyang-2025&d=20261129&t=1&g=0")
    expect(page.locator(".cc-headline")).to_contain_text({"zh": "这是2025年度的规定，缴费期已过。2026年度及以后的规定，本站还没有收录", "en": "These are the rules for 2025"}[desk.lang])
    page.locator(".cc-body > .cc-actions button").click()
    expect(page).to_have_url(re.compile("d=20241231&"))
    expect(page.locator(".cc-headline")).to_contain_text("400", timeout=START)


def test_areas_under_the_same_rules_share_a_card_and_tiers_are_shown(desk, policies) -> None:
    page = desk.show("v1.kashgar-2025&d=20241105&g=subsistence-allowance", PHONE)
    page.locator("details:has(> summary #elsewhere) > summary").click()
    page.locator("#elsewhere-caption").wait_for(timeout=START)
    table = page.locator("table:has(#elsewhere-caption) tbody tr")
    areas = [name for name in policies.ids() if policies.policy(name).data.get("follows")]
    # One whose other year has a second premium stands alone: its amounts hold an open question of their own.
    alone = [name for name in areas if len({tuple(one.id for one in policies.policy(other).premiums) for other in policies.ids() if policies.policy(other).place == policies.policy(name).place}) > 1]
    assert table.count() == len(policies.ids()) - len(areas) + 1 + len(alone)
    together = table.first.locator("th > details")
    expect(together.locator("summary")).to_contain_text(str(len(areas) - len(alone) - 1))
    together.locator("summary").click()
    assert together.locator("li a[href^='#v1.']").count() == len(areas) - len(alone) - 1
    # Each of them is named with the sentence that is its own.
    assert together.locator("li a.src").count() >= len(areas) - len(alone) - 1
    tiered = table.filter(has_text={"zh": "云阳县", "en": "Yunyang"}[desk.lang])
    for words in {"zh": ("一档：40元", "二档：375元"), "en": ("Tier 1: 40 yuan", "Tier 2: 375 yuan")}[desk.lang]:
        expect(tiered.locator("td").first).to_contain_text(words)
    # A card's head is as wide as its card.
    widths = table.first.evaluate("(row) => [row.clientWidth, row.querySelector('th').offsetWidth]")
    assert widths[1] >= widths[0] - 2, widths
    assert not desk.problems


def test_checking_a_receipt_is_at_the_foot_of_the_page(desk) -> None:
    page = desk.show(f"{UNTOLD}&g=0", PHONE)
    order = tops(page, ".cc-answer", ".cc-tools", ".cc-wide", ".cc-verify")
    assert order == sorted(order)
    desk.page.evaluate("location.hash = ''")


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_large_print_keeps_headings_large_and_frames_whole(desk, size) -> None:
    page = desk.show("v1.horqin-left-rear-2025&d=20241210&g=0&gap_years=3", size)
    page.get_by_role("button", name={"zh": "大字", "en": "Large print"}[desk.lang]).click()
    sizes = page.evaluate("""() => {
      const size = (one) => parseFloat(getComputedStyle(one).fontSize);
      const text = size(document.querySelector(".cc-summary p"));
      return [...document.querySelectorAll(".cc-part > h3, .cc-more-title, .cc-tools > h3")].filter((one) => one.checkVisibility()).map((one) => [one.textContent, size(one), text]);
    }""")
    assert len(sizes) > 4
    assert not [entry for entry in sizes if entry[1] <= entry[2]], sizes
    outside = page.evaluate("""() => [...document.querySelectorAll(".cc-question")].filter((one) => {
      const frame = one.getBoundingClientRect(), legend = one.querySelector("legend").getBoundingClientRect();
      return legend.top < frame.top || legend.right > frame.right;
    }).map((one) => one.id)""")
    assert not outside
    page.get_by_role("button", name={"zh": "大字", "en": "Large print"}[desk.lang]).click()
