"""The runtime is measured against Pyodide as shipped: bytes over the wire and time to the first answer, turn by turn."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .archive import store
from .browser import chromium
from .build import Job
from .errors import RuntimeBuildError
from .output import compress
from .pin import WANTED, read_pin, runtime_files
from .server import Site
from .sources import read_engine
from .throttle import throttled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = Path(__file__).with_name("bench_pages")
CALCULATOR = Path(__file__).parents[2] / "docs" / "assets" / "calculator"
PAGE = '<!doctype html><html lang="en"><title>bench</title><link rel="icon" href="data:,"><script type="module" src="{script}"></script></html>\n'
KINDS = ("ours", "stock")
# A start that takes longer has failed.
PATIENCE_MS = 180_000


@dataclass(frozen=True)
class Figures:
    """What was measured: bytes and seconds of each start, by kind."""

    version: str
    throttle: int
    bytes: dict[str, int]
    seconds: dict[str, list[float]]

    def median(self, kind: str) -> float:
        """The middle of the starts of one kind."""
        return statistics.median(self.seconds[kind])

    @property
    def ratio(self) -> float:
        """How many times as fast ours is."""
        return self.median("stock") / self.median("ours")

    def holds(self, limit_mb: float, limit_ratio: float) -> bool:
        """Both bounds hold."""
        return self.bytes["ours"] < limit_mb * 1e6 and self.ratio >= limit_ratio

    def as_dict(self) -> dict:
        """The figures for a program."""
        return {
            "pyodide": self.version,
            "throttle": self.throttle,
            "bytes": self.bytes,
            "seconds": self.seconds,
            "median": {kind: self.median(kind) for kind in KINDS},
            "ratio": self.ratio,
        }

    def as_text(self, limit_mb: float, limit_ratio: float) -> str:
        """The figures for a reader, with the bounds they are held against."""
        rounds = len(self.seconds["ours"])
        slower = f", processor {self.throttle} x slower" if self.throttle > 1 else ""
        lines = [f"Pyodide {self.version}, headless Chromium, local server with brotli, empty cache, {rounds} starts of each kind{slower}"]
        for kind in KINDS:
            every = " ".join(f"{seconds:.2f}" for seconds in self.seconds[kind])
            lines.append(f"  {kind:5}  {self.bytes[kind] / 1e6:.3f} MB over the wire  first answer after {self.median(kind):.2f} s (median of {every})")
        size = "holds" if self.bytes["ours"] < limit_mb * 1e6 else "DOES NOT HOLD"
        speed = "holds" if self.ratio >= limit_ratio else "DOES NOT HOLD"
        lines.append(f"  bound: under {limit_mb:.0f} MB: {size}")
        lines.append(f"  bound: at least {limit_ratio:.0f} times as fast: {self.ratio:.2f} times, {speed}")
        return "\n".join(lines)


def _wheel(job: Job) -> bytes:
    engine = read_engine(job.calc)
    info = f"{engine.package}-0.dist-info"
    files = {
        **engine.files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {engine.package}\nVersion: 0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": b"",
    }
    return store(files, zipfile.ZIP_DEFLATED)


def _pages(folder: Path, job: Job, manifest: dict, request: dict) -> None:
    for kind in KINDS:
        (folder / f"{kind}.html").write_text(PAGE.format(script=f"{kind}.js"), encoding="utf-8")
    for script in PAGES.iterdir():
        shutil.copy(script, folder)
    (folder / "request.json").write_text(json.dumps({**request, "module": manifest["module"]}), encoding="utf-8")
    stock = folder / "stock"
    stock.mkdir()
    runtime = runtime_files(job.cache)
    files = {name: (runtime / name).read_bytes() for name in WANTED}
    files |= {"engine.whl": _wheel(job), "policies.json": job.policies.read_bytes()}
    for name, content in files.items():
        (stock / name).write_bytes(content)
        (stock / f"{name}.br").write_bytes(compress(content, ".br", job.cache))


def _start(browser: Browser, site: Site, kind: str) -> tuple[float, int, object]:
    """A new context has an empty cache and a process of its own."""
    context = browser.new_context()
    try:
        page = context.new_page()
        site.reset()
        page.goto(f"{site.url}{kind}.html")
        page.wait_for_function("() => Boolean(globalThis.result)", timeout=PATIENCE_MS)
        result = page.evaluate("() => globalThis.result")
        if "error" in result:
            raise RuntimeBuildError(f"the {kind} start failed: {result['error']}")
        return result["seconds"], site.sent(), result["answer"]
    finally:
        context.close()


def _first_sample(job: Job) -> dict:
    import importlib
    import sys

    sys.path.insert(0, str(job.calc.resolve().parent))
    try:
        engine = importlib.import_module(f"{job.calc.name}.browser")
    finally:
        sys.path.pop(0)
    engine.load(job.policies.read_text(encoding="utf-8"))
    return json.loads(engine.samples())[0]


def bench(job: Job, manifest: dict, rounds: int, throttle: int, request: dict | None) -> Figures:
    """Ours and stock take turns, so that a busy machine slows both; both have to give the same answer."""
    request = request or _first_sample(job)
    request.setdefault("params", {})
    seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    sizes: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _pages(folder, job, manifest, request)
        site = Site({"": folder, "runtime/": job.out, "calculator/": CALCULATOR})
        with site, chromium() as browser, throttled(throttle):
            for _ in range(rounds):
                answers = []
                for kind in KINDS:
                    took, sizes[kind], answer = _start(browser, site, kind)
                    seconds[kind].append(round(took, 3))
                    answers.append(answer)
                    time.sleep(0.2)
                if answers[0] != answers[1]:
                    raise RuntimeBuildError(f"ours and stock answer differently: {answers[0]} and {answers[1]}")
    return Figures(read_pin().version, throttle, sizes, seconds)
