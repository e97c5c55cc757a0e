"""The search: fetched when first used, kept to the page's language, finding what people type among its first three pages."""

import pytest

from tests.visiting import LANGUAGES

# What people type, and the pages (one or several) of which one must stand among the first three.
QUERIES = {
    "zh": {
        "特困": ("glossary/",), "五保": ("glossary/",), "边缘易致贫": ("glossary/",), "新生儿": ("compare/newborns/", "glossary/"), "断保": ("compare/waits/",), "长护险": ("glossary/", "compare/extras/"),
        "断缴": ("compare/waits/",), "补缴": ("compare/waits/",), "待遇等待期": ("glossary/", "compare/waits/"), "大学生": ("yunyang/2025/", "horqin-left-rear/2025/", "tunliu/2025/", "glossary/"),
        "低保": ("glossary/",), "退役军人": ("glossary/",), "残疾人": ("glossary/",), "孤儿": ("glossary/",), "计划生育": ("glossary/",), "优抚对象": ("glossary/",), "监测户": ("glossary/",),
        "云阳": ("yunyang/2025/",), "云阳县": ("yunyang/2025/",), "屯留": ("tunliu/2025/",), "科左后旗": ("horqin-left-rear/2025/",), "乌鲁木齐": ("urumqi/2024/", "urumqi/2025/"), "喀什": ("kashgar/2025/",), "伊犁": ("ili/2025/",),
        "晋康保": ("tunliu/2025/",), "意外险": ("tunliu/2025/",), "什么时候交": ("compare/periods/",), "缴费截止": ("compare/periods/",), "财政补助": ("glossary/",), "二档": ("glossary/", "yunyang/2025/"), "脱贫户": ("glossary/",),
        "全额缴费": ("glossary/",), "零申报": ("glossary/",), "就高": ("glossary/",), "明白纸": ("leaflets/",), "名单": ("calculator/roster/",), "新生儿多少天": ("compare/newborns/",), "隐私": ("about/",),
    },
    "en": {
        "newborn": ("compare/newborns/",), "baby": ("glossary/", "compare/newborns/"), "missed years": ("compare/waits/",), "waiting period": ("glossary/", "compare/waits/"), "long-term care": ("compare/extras/", "glossary/"),
        "late payment": ("compare/waits/",), "deadline": ("compare/periods/", "glossary/"), "orphans": ("glossary/",), "dibao": ("glossary/",), "subsistence allowance": ("glossary/",), "extreme hardship": ("glossary/",),
        "disability": ("glossary/",), "veterans": ("glossary/",), "students": ("yunyang/2025/", "horqin-left-rear/2025/", "tunliu/2025/", "glossary/"), "tier 2": ("yunyang/2025/", "glossary/"), "fiscal subsidy": ("glossary/",),
        "Yunyang": ("yunyang/2025/",), "Tunliu": ("tunliu/2025/",), "Horqin": ("horqin-left-rear/2025/",), "Urumqi 2024": ("urumqi/2024/",), "Kashgar": ("kashgar/2025/",), "foreigner": ("yunyang/2025/", "xinjiang/2025/"),
        "calculator": ("calculator/",), "roster": ("calculator/roster/",), "leaflet": ("leaflets/",), "CSV": ("data/",), "Python": ("data/",), "open questions": ("questions/",), "privacy": ("about/",),
    },
}


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
def test_what_people_type_finds_its_page(visit, lang) -> None:
    """Asked one after the other; the first three pages are looked at, and no page of the other language is among them."""
    root = "en/" if lang == "en" else ""
    visitor = visit(viewport={"width": 1280, "height": 900})
    page = visitor.open(f"{root}deploy/")
    field = page.locator("input[name=query]")
    field.click()
    # Each result links its page first; the search marks the words it was asked for in the address.
    addresses = "() => [...document.querySelectorAll('.md-search-result__item > .md-search-result__link:first-child')].map((link) => link.href)"
    shown = "(some) => Boolean(document.querySelector('.md-search-result__link')) === some"
    missed = []
    for query, expected in QUERIES[lang].items():
        field.fill("")
        page.wait_for_function(shown, arg=False)
        field.fill(query)
        page.wait_for_function(shown, arg=True)
        found = [address.removeprefix(visitor.home).split("?")[0].split("#")[0] for address in page.evaluate(addresses)]
        first = list(dict.fromkeys(found))[:3]
        assert all(place.startswith("en/") == (lang == "en") for place in found), (query, found)
        if not {root + place for place in expected} & set(first):
            missed.append(f"{query}: {first}")
    assert not missed, "\n".join(missed)
    assert len(QUERIES[lang]) >= 20
    visitor.settle("search")
    assert not visitor.problems, "\n".join(visitor.problems)
