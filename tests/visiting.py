"""The built site, served under its strict policy, and a browser that records whatever goes wrong."""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from scripts import browser as chromium
from scripts.serve import SiteServer

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("zh", "en")

# Violations of the policy reach the page as events; the page's own scripts never see this list.
RECORD_VIOLATIONS = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (e) =>
  window.policyViolations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


def build_site(out: Path, work: Path, *options: str) -> None:
    """Build the site elsewhere, leaving the checkout alone."""
    command = [sys.executable, "-m", "scripts.site_build", "--out", str(out), "--build", str(work), *options]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site named by CANBAO_SITE, else one built once for all workers."""
    given = os.environ.get("CANBAO_SITE")
    if given:
        path = (ROOT / given).resolve()
        assert (path / "index.html").is_file(), f"{path} holds no site; run make build"
        return path
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    site = shared / "site"
    with open(shared / "site.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            build_site(site, shared / "build")
    return site


@contextmanager
def serving(root: Path, prefix: str = "/") -> Iterator[SiteServer]:
    """A server of the folder in a thread."""
    server = SiteServer(root, 0, prefix, verbose=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def server(site_dir: Path) -> Iterator[SiteServer]:
    """The site on a free port of this machine."""
    with serving(site_dir) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    with chromium.started() as running:
        yield running


class Visitor:
    """Opens pages in a fresh profile and keeps a list of everything that should not happen."""

    def __init__(self, browser: Browser, home: str, **options: object):
        self.home = home
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.context: BrowserContext = browser.new_context(**options)
        self.context.set_default_timeout(120_000)  # slow machines are slow, not wrong
        self.context.add_init_script(RECORD_VIOLATIONS)
        self.context.on("request", lambda request: self._requested(request.url))
        self.context.on("requestfailed", lambda request: self._failed(request))
        self.context.on("console", lambda message: self._said(message))
        self.context.on("weberror", lambda error: self.problems.append(f"error {error.error}"))
        self.context.on("response", lambda answer: self._answered(answer))
        self.page: Page = self.context.new_page()
        self.expected: set[str] = set()

    def _requested(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((self.home, "data:", "blob:")):
            self.problems.append(f"request to {url}")

    def _failed(self, request) -> None:
        # A page left while something still loads aborts the request; nothing went wrong then.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed {request.url} {request.failure}")

    def _answered(self, answer) -> None:
        if answer.status >= 400 and answer.url not in self.expected:
            self.problems.append(f"{answer.status} {answer.url}")

    def _said(self, message) -> None:
        if message.type in ("error", "warning") and message.location.get("url") not in self.expected:
            self.problems.append(f"console {message.type}: {message.text}")

    def open(self, path: str, *, missing: bool = False) -> Page:
        """Go to a page of the site and take in what it reports."""
        url = self.home + path
        if missing:
            self.expected.add(url)
        self.page.goto(url, wait_until="load")
        self.settle(path)
        return self.page

    def settle(self, what: str) -> None:
        """Add the page's policy violations to the problems."""
        found = self.page.evaluate("window.policyViolations")
        self.problems += [f"{what}: policy {violation}" for violation in found]

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def visit(browser: Browser, server: SiteServer) -> Iterator:
    """Make visitors: visit() or visit(viewport=…, color_scheme=…)."""
    made: list[Visitor] = []

    def make(**options: object) -> Visitor:
        visitor = Visitor(browser, server.url, **options)
        made.append(visitor)
        return visitor

    yield make
    for visitor in made:
        visitor.close()


# What another site shows in a frame of its own has no header, so no switch of language.
FRAMED = ("calculator/embed/",)


def whole_pages(site: Path, lang: str) -> list[str]:
    """The pages with the site's header, footer and switch of language."""
    return [path for path in page_paths(site, lang) if not path.endswith(FRAMED)]


def page_paths(site: Path, lang: str) -> list[str]:
    """The addresses of all pages of one language, relative to the site; what is not found apart."""
    root = site / "en" if lang == "en" else site
    found = []
    for file in sorted(root.rglob("index.html")):
        path = file.relative_to(site).parent.as_posix()
        if lang == "zh" and (path == "en" or path.startswith("en/")):
            continue
        found.append("" if path == "." else path + "/")
    return found


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The accessibility checker, from the pinned package."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
