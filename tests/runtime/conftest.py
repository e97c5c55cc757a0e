"""A runtime with a toy engine, built once for all workers, and a browser that tells all that happened on a page."""

import fcntl
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from scripts.runtime.browser import chromium
from scripts.runtime.build import Job, build
from scripts.runtime.server import Behaviour, Site

ROOT = Path(__file__).resolve().parents[2]
CALCULATOR = ROOT / "docs" / "assets" / "calculator"
# The site's build uses the same cache: a download and a minute of compressing are not done twice.
CACHE = ROOT / "build" / "cache"
TOY = Path(__file__).with_name("toy")
PAGE = '<!doctype html><html lang="en"><title>test</title><link rel="icon" href="data:,"><script type="module" src="page.js"></script></html>'
SCRIPT = 'import { Calculator, checkManifest } from "./assets/calculator/client.js"; Object.assign(globalThis, { Calculator, checkManifest });'
# A name that is no loopback address for the browser, though it leads to this machine: its pages are not a secure context.
PLAIN_HOST = "plain.test"


def toy_job(out: Path, cache: Path = CACHE) -> Job:
    """The toy engine, as the site's build would bundle the real one."""
    return Job(TOY / "calc", TOY / "policies.json", out, cache)


@dataclass(frozen=True)
class Built:
    """A runtime in a folder, and its manifest."""

    folder: Path
    manifest: dict

    def file(self, role: str) -> Path:
        """The file that has this role in the manifest."""
        return self.folder / self.manifest["files"][role]["name"]


def build_once(tmp_path_factory: pytest.TempPathFactory, name: str, job: Job) -> Built:
    """Several test processes share one build; the first makes it while the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    out = shared / name
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "manifest.json").exists():
            build(Job(job.calc, job.policies, out, job.cache, job.requests), say=lambda line: None)
    return Built(out, json.loads((out / "manifest.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The runtime with the toy engine."""
    return build_once(tmp_path_factory, "toy-runtime", toy_job(Path()))


@dataclass
class Visit:
    """What a script on a page returned, and everything that page asked for or complained about."""

    result: object
    requests: list[str]
    sent: int
    console: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


class Driver:
    """One browser in a thread of its own, since Playwright's blocking interface opens only once in a thread."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._context = chromium(f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1")
        self._browser = self._thread.submit(self._context.__enter__).result()

    def visit(self, runtime: Path, script: str, behaviour: Behaviour | None = None, host: str | None = None, pages: Path | None = None, init: str = "") -> Visit:
        """Serve the runtime, open a page in a fresh profile, run the script there."""
        return self._thread.submit(self._visit, runtime, script, behaviour, host, pages, init).result()

    def _visit(self, runtime: Path, script: str, behaviour: Behaviour | None, host: str | None, pages: Path | None, init: str) -> Visit:
        folders = {"": pages, "assets/calculator/": CALCULATOR, "assets/runtime/": runtime}
        with Site(folders, behaviour) as site:
            context = self._browser.new_context()
            try:
                page = context.new_page()
                seen = Visit(None, [], 0)
                page.on("console", lambda message: seen.console.append(message.text))
                page.on("pageerror", lambda error: seen.console.append(str(error)))
                context.on("request", lambda request: seen.addresses.append(request.url))
                if init:
                    page.add_init_script(init)
                url = site.url.replace("127.0.0.1", host) if host else site.url
                page.goto(url)
                page.wait_for_function("() => Boolean(globalThis.Calculator)")
                seen.result = page.evaluate(script)
                seen.requests = [path for path, _ in site.requests]
                seen.sent = site.sent()
                return seen
            finally:
                context.close()

    def close(self) -> None:
        """The browser ends."""
        self._thread.submit(self._context.__exit__, None, None, None).result()
        self._thread.shutdown()


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """One browser for the session."""
    running = Driver()
    yield running
    running.close()


@pytest.fixture
def visit(driver: Driver, tmp_path: Path):
    """`visit(runtime folder, script, …)` with the test page."""
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "page.js").write_text(SCRIPT, "utf-8")

    def run(runtime: Path, script: str, behaviour: Behaviour | None = None, host: str | None = None, init: str = "") -> Visit:
        return driver.visit(runtime, script, behaviour, host, tmp_path, init)

    return run
