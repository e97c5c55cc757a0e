"""The search: fetched when first used, kept to the page's language, finding what people type among its first three pages."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from calc.errors import CaseError
from calc.policy import place_names
from scripts.render.site import Site
from scripts.search.sections import sections
from scripts.search.topics import TOPICS
from scripts.search.words import single_names
from tests.site.test_access import violations
from tests.visiting import LANGUAGES

QUERIES = yaml.safe_load((Path(__file__).parent / "search_queries.yaml").read_text("utf-8"))
ROOTS = {"zh": "", "en": "en/"}
NOTHING = {"zh": "没有找到", "en": "Nothing found"}
# Asks the search itself, as the page would, one query after the other: for each, the addresses of every page found, best first.
ASK = """async ({ root, queries }) => {
  const index = await (await fetch(`${root}search/search_index.json`)).json();
  const worker = new Worker(`${root}javascripts/search.js`);
  const answer = (message) => new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); worker.postMessage(message); });
  await answer({ type: 0, data: index });
  const found = {};
  for (const query of queries) found[query] = (await answer({ type: 2, data: query })).data.items.map((parts) => parts.map((part) => part.location));
  worker.terminate();
  return found;
}"""
SHOWN = "() => [...document.querySelectorAll('.md-search-result__item > .md-search-result__link:first-child')].map((link) => link.href)"


def ask(visit, lang: str, queries: list[str]) -> dict[str, list[list[str]]]:
    """What the search of a language finds, in the browser, below the language's root."""
    visitor = visit()
    page = visitor.open(f"{ROOTS[lang]}about/")
    found = page.evaluate(ASK, {"root": visitor.home + ROOTS[lang], "queries": queries})
    assert not visitor.problems, "\n".join(visitor.problems)
    return found


def page_of(address: str) -> str:
    return address.split("#")[0]


def leads(found: list[list[str]], wanted: str) -> bool:
    """Whether an address is among the first three pages; one with an anchor must be offered as a part."""
    first = found[:3]
    return any(wanted in parts for parts in first) if "#" in wanted else wanted in [page_of(parts[0]) for parts in first]


def searched(visitor) -> list[str]:
    """The requests made for the search so far."""
    return [url for url in visitor.requests if "search" in url.removeprefix(visitor.home)]


@pytest.fixture(scope="module")
def site() -> Site:
    return Site.load()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_fetched_before_the_first_use(visit, lang) -> None:
    visitor = visit()
    page = visitor.open(f"{ROOTS[lang]}about/")
    page.wait_for_timeout(500)
    assert searched(visitor) == []
    page.locator("input[name=query]").focus()
    page.wait_for_timeout(500)
    own = visitor.home + ROOTS[lang]
    assert sorted(searched(visitor)) == [f"{own}javascripts/search.js", f"{own}search/search_index.json"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_is_small_and_in_one_language(site_dir, lang) -> None:
    """On a slow network what is fetched at the first use is waited for."""
    text = (site_dir / ROOTS[lang] / "search" / "search_index.json").read_bytes()
    assert len(text) < 400_000
    assert len(gzip.compress(text)) < 90_000
    parts = json.loads(text)["docs"]["parts"]
    han = sum("一" <= sign <= "鿿" for part in parts for sign in part["text"]) / sum(len(part["text"]) for part in parts)
    assert han > 0.5 if lang == "zh" else han < 0.02


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_people_type_finds_its_page(visit, lang) -> None:
    wanted = QUERIES[lang]
    found = ask(visit, lang, list(wanted))
    missed = [f"{query}: {[parts[0] for parts in found[query][:3]]}" for query, places in wanted.items() if not any(leads(found[query], place) for place in places)]
    assert not missed, "\n".join(missed)
    assert len(wanted) >= 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_of_a_place_leads_to_its_page_first(visit, site, lang) -> None:
    """Names, spellings, initials and codes; those that several places share lead to each of them. Half of a name leads there too."""
    newest = {policy.place: site.place_path(policy) for policy in site.all_policies}
    names = {place: {*place_names(site.policies.vocabulary.places[place])[1:]} for place in newest}
    shared = Counter(name.lower() for spellings in names.values() for name in spellings)
    halves = {place: site.policies.vocabulary.places[place]["short"]["zh"][:2] for place in newest}
    found = ask(visit, lang, sorted({*set().union(*names.values()), *halves.values()}))
    missed = [f"{name}: {found[name][:2]}" for place, page in newest.items() for name in names[place]
              if (found[name][:1] and page_of(found[name][0][0])) != page and (shared[name.lower()] == 1 or not leads(found[name], page))]
    assert not missed, "\n".join(missed)
    if lang == "zh":
        assert not [half for place, half in halves.items() if not leads(found[half], newest[place])]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_of_a_group_leads_to_its_entry_first(visit, site, lang) -> None:
    """A name alone is explained; with a place it leads to what the group pays there."""
    groups = site.policies.vocabulary.groups
    names = {group: {entry["name"][lang], *entry.get("names", []), *entry.get("search", [])} for group, entry in groups.items()}
    shared = Counter(name for spellings in names.values() for name in spellings)
    policy = next(policy for policy in site.all_policies if "follows" in policy.data and policy.data["group_names"])
    there = {group: f"{site.place_name(policy, lang, True)} {told[0] if lang == 'zh' else groups[group]['name']['en']}" for group, told in policy.data["group_names"].items()}
    found = ask(visit, lang, sorted({*set().union(*names.values()), *there.values()}))
    missed = [f"{name}: {found[name][:1]}" for group, spellings in names.items() for name in spellings
              if (found[name][:1] and found[name][0][0]) != f"glossary/#group-{group}" and (shared[name] == 1 or not leads(found[name], f"glossary/#group-{group}"))]
    assert not missed, "\n".join(missed)
    assert {page_of(found[query][0][0]) for query in there.values()} == {site.place_path(policy)}
    assert all(f"{site.place_path(policy)}#assistance" in found[query][0] for query in there.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_questions_of_a_place_are_found(visit, site_dir, site, lang) -> None:
    """Each question on a place's page, asked with the place's name, leads to the page first."""
    wanted = {}
    for policy in site.all_policies:
        if "follows" not in policy.data:
            path = site.place_path(policy)
            html = (site_dir / ROOTS[lang] / path / "index.html").read_text("utf-8")
            name = f"{site.place_name(policy, lang, True)} {policy.year}"
            wanted |= {f"{name} {section.title}": path for section in sections(html, "zh-Hans" if lang == "zh" else "en") if section.anchor.startswith("asked-")}
    found = ask(visit, lang, list(wanted))
    assert len(wanted) > 100
    missed = [f"{query}: {found[query][0][0]}" for query, path in wanted.items() if page_of(found[query][0][0]) != path]
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_odd_input_does_no_harm(visit, lang) -> None:
    """Signs, other scripts, a whole letter: an answer each time, nothing of it taken for code."""
    odd = ["", " ", "？", "<img src=x onerror=alert(1)>", "a.*+?^${}()|[]\\b", "的", "the", "\u200b", "𠮷野家", "Ünïcödé", "ﾊﾝｶｸ", "低保" * 200, "baby " * 200, "低" * 500, "__proto__", "constructor"]
    found = ask(visit, lang, odd)
    assert found[""] == found[" "] == found["？"] == []
    assert page_of(found["低保" * 200][0][0]) == "glossary/"
    visitor = visit()
    page = visitor.open(f"{ROOTS[lang]}about/")
    page.locator("input[name=query]").click()
    page.locator("input[name=query]").fill("<b>CSV</b> & \"<i>\"")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.locator(".md-search-result b, .md-search-result i").count() == 0
    page.locator("input[name=query]").fill("qqqqqqqq")
    page.locator(".md-search-result__meta", has_text=NOTHING[lang]).wait_for()
    assert not visitor.problems, "\n".join(visitor.problems)


@pytest.mark.parametrize(("lang", "query", "first"), [
    ("zh", "屯留低保", "tunliu/2025/#assistance"), ("zh", "喀什多少钱", "kashgar/2025/#price"), ("en", "Kashi newborn", "kashgar/2025/#newborns"), ("en", "urumchi", "urumqi/2025/"),
])
def test_the_keyboard_is_enough(visit, lang, query, first) -> None:
    """Typed letter by letter; Enter opens the best part of the best page, the arrows go through the results."""
    visitor = visit(viewport={"width": 1280, "height": 900})
    page = visitor.open(f"{ROOTS[lang]}about/")
    page.keyboard.press("s")  # the theme's key for the search
    page.keyboard.type(query)
    page.wait_for_function("(first) => document.querySelector('.md-search-result__link')?.href.split('#')[0].endsWith(first)", arg=page_of(first))
    assert len(page.evaluate(SHOWN)) == len(set(page.evaluate(SHOWN)))
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href") == visitor.home + ROOTS[lang] + page_of(first)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(visitor.home + ROOTS[lang] + first)
    assert not visitor.problems, "\n".join(visitor.problems)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("lang", "query"), [("zh", "云阳新生儿报销比例"), ("en", "Tunliu disability")])
def test_open_results_on_a_phone_are_accessible(visit, axe_source, lang, query, scheme) -> None:
    """With marked words, cut texts, missing words and folded parts."""
    visitor = visit(viewport={"width": 360, "height": 740}, color_scheme=scheme, reduced_motion="reduce")
    page = visitor.open(f"{ROOTS[lang]}about/")
    page.locator("label.md-header__button[for=__search]").click()
    page.locator("input[name=query]").fill(query)
    page.locator(".md-search-result__item mark").first.wait_for()
    assert page.locator(".md-search-result__more").count()
    page.evaluate("document.querySelectorAll('.md-search-result details').forEach((part) => (part.open = true))")
    assert not violations(page, axe_source)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_everyday_words_are_for_finding_alone(site) -> None:
    """Who types 贫困户 is shown the groups it may mean; the calculator takes nobody for one of them by that word."""
    policy = site.all_policies[0]
    names = site.policies.vocabulary.names
    words = {word for group in site.policies.vocabulary.groups.values() for word in group.get("search", []) if word not in names}
    assert "贫困户" in words
    for word in words:
        with pytest.raises(CaseError):
            policy.group_id(word)


def test_topics_lead_to_parts_that_exist(site_dir) -> None:
    """Every address is on the site; one for the pages of all places on at least one of them."""
    parts = json.loads((site_dir / "search" / "search_index.json").read_text("utf-8"))["docs"]["parts"]
    there = {part["at"] for part in parts} | {"*#" + part["at"].partition("#")[2] for part in parts}
    assert {address for topic in TOPICS for address in (*topic.places, *topic.also)} <= there


def test_parts_of_a_page() -> None:
    """Headings and entries with an anchor are parts; other languages, sources, marks and quotes of a question are not their text."""
    html = """<nav>menu</nav><article class="md-content__inner md-typeset">
      <h1 id="top">Page<a class="headerlink" href="#top">§</a></h1><p>lead <a class="src">3.1</a><span lang="zh-Hans">中文</span></p>
      <h2 id="a">First</h2><table><tr><td>one</td><td>two</td></tr></table>
      <details class="asked" id="q"><summary>Why?</summary><p>Because.</p></details><p>more of first</p>
      <section class="question" id="X1"><h2><a class="anchor">X1</a> Topic <span class="severity">high</span></h2><blockquote>quoted</blockquote><p>why</p></section>
      <div hidden>unseen</div></article><footer>foot</footer>"""
    found = [(part.anchor, part.title, part.text) for part in sections(html, "en")]
    assert found == [("", "Page", "lead"), ("a", "First", "one two more of first"), ("q", "Why?", "Because."), ("X1", "X1 Topic", "why")]


def test_names_of_the_places_above() -> None:
    assert single_names("某某省某某市") == ["某某", "某某"]
    assert single_names("内某自治区通某市") == ["内某", "通某"]
    assert single_names("X City, Y Z Autonomous Region") == ["X", "Y Z"]
