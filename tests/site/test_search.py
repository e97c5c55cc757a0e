"""The search: fetched when first used, kept to the page's language, answering Chinese words and English ones."""

import pytest

from tests.visiting import LANGUAGES

# A word that a page written by hand in each language is about, and that page.
KNOWN = {"zh": ("隐私", "about/"), "en": ("privacy", "en/about/")}


def searched(visitor) -> list[str]:
    """The requests made for the search so far."""
    return [url for url in visitor.requests if "search" in url.removeprefix(visitor.home)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_fetched_before_the_first_use(visit, lang) -> None:
    visitor = visit()
    page = visitor.open("en/about/" if lang == "en" else "about/")
    page.wait_for_timeout(500)
    assert searched(visitor) == []
    page.locator("input[name=query]").focus()
    page.wait_for_timeout(500)
    wanted = searched(visitor)
    assert any(url.endswith("search_index.json") for url in wanted)
    own = visitor.home + ("en/" if lang == "en" else "")
    assert all(url.startswith(own) for url in wanted)
    if lang == "zh":
        assert not any("/en/" in url for url in wanted)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_finds_its_page(visit, lang) -> None:
    word, expected = KNOWN[lang]
    visitor = visit(viewport={"width": 1280, "height": 900})
    page = visitor.open("en/deploy/" if lang == "en" else "deploy/")
    page.locator("input[name=query]").click()
    page.keyboard.type(word)
    results = page.locator(".md-search-result__list > .md-search-result__item")
    results.first.wait_for()
    places = [link.get_attribute("href").removeprefix(visitor.home) for link in results.locator("a").all()]
    assert any(place.split("#")[0].split("?")[0].endswith(expected) for place in places[:3]), places
    other = [place for place in places if place.startswith("en/") != (lang == "en")]
    assert not other
    visitor.settle("search")
    assert not visitor.problems, "\n".join(visitor.problems)
