"""The calculator for tests: worked cases, what the engine says of them in this process, and pages whose engine has started.

Starting the engine is what costs; a desk is a page that is started once and shown one case after another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from calc import Case, PolicySet, assess
from calc.explain import explain
from scripts.render.calculator_link import encode
from tests.visiting import LANGUAGES, Visitor

PREFIX = {"zh": "", "en": "en/"}
PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}
# The engine starts in the browser: generous, because several browsers share the machine.
START = 120_000
CASES = {
    "xinjiang": ("kashgar-2025", {"person": "resident", "pay_date": "2024-11-05", "categories": ["subsistence-allowance"]}),
    "urumqi": ("urumqi-2024", {"person": "resident", "pay_date": "2024-03-15", "categories": []}),
    "yunyang": ("yunyang-2025", {"person": "resident", "pay_date": "2024-11-05", "tier": 1, "categories": ["severe-disability", "subsistence-margin"]}),
    "tunliu": ("tunliu-2025", {"person": "resident", "pay_date": "2024-11-05", "categories": ["subsistence-allowance"], "addons": ["accident"]}),
    "horqin": ("horqin-left-rear-2025", {"person": "newborn", "pay_date": "2025-04-01", "birth_date": "2025-03-10"}),
}
FAMILY = "v1.yunyang-2025&d=20241105&n=grandmother&t=1&g=subsistence-allowance/&d=20241105&k=university_student&n=son&t=1&g=0"
GO = """(fragment) => new Promise((done) => {
  document.documentElement.classList.remove("cc-large", "cc-has-sheet");
  document.querySelectorAll("#calculator details[open]").forEach((one) => one.open = false);
  if (location.hash.slice(1) === fragment) return done();
  addEventListener("hashchange", () => setTimeout(done, 0), { once: true });
  location.hash = fragment;
})"""


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


def fragment(policies: PolicySet, name: str) -> str:
    """One of the cases as the part of an address after “#”."""
    policy, told = CASES[name]
    return encode(policies.policy(policy), told)


def open_case(visitor: Visitor, lang: str, policies: PolicySet, name: str) -> Page:
    """Open the calculator anew with one of the cases in its address."""
    page = visitor.open(f"{PREFIX[lang]}calculator/#{fragment(policies, name)}")
    answered(page)
    return page


def expected(policies: PolicySet, name: str, lang: str) -> dict:
    """What the engine says of a case in this process."""
    policy, told = CASES[name]
    rules = policies.policy(policy)
    return explain(policies, assess(rules, Case.parse(told, rules)), lang)


class Desk:
    """The calculator in one language, opened once; `show` brings up a case as a followed link does."""

    def __init__(self, visitor: Visitor, lang: str):
        self.visitor, self.lang = visitor, lang
        self.page = visitor.open(f"{PREFIX[lang]}calculator/")

    def follow(self, link: str, size: dict = WIDE, scheme: str = "light") -> Page:
        """Follow a link within the page, everything folded and in normal print again."""
        self.visitor.problems.clear()
        self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        self.page.evaluate(GO, link)
        return self.page

    def show(self, link: str, size: dict = WIDE, scheme: str = "light") -> Page:
        """Follow a link and wait for its answer."""
        self.follow(link, size, scheme)
        answered(self.page)
        return self.page

    @property
    def problems(self) -> list[str]:
        """What went wrong since the case was brought up."""
        self.visitor.settle(self.lang)
        return self.visitor.problems


@pytest.fixture(scope="session")
def desks(browser, server) -> Iterator[dict[str, Desk]]:
    """A desk of each language."""
    visitors = [Visitor(browser, server.url, viewport=WIDE, reduced_motion="reduce", accept_downloads=True) for _ in LANGUAGES]
    yield {lang: Desk(visitor, lang) for lang, visitor in zip(LANGUAGES, visitors, strict=True)}
    for visitor in visitors:
        visitor.close()


@pytest.fixture(params=LANGUAGES)
def desk(request, desks) -> Desk:
    """A desk, in each language."""
    return desks[request.param]
