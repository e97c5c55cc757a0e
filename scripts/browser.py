"""Find a Chromium for the tests, or install one, or say what to install.

    python -m scripts.browser            prints the browser's path
    python -m scripts.browser --install  installs one first where none is found

Looked for in this order: CANBAO_CHROMIUM, Playwright's own, the system's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PACKAGES = ("chromium", "fonts-noto-cjk")
# A fresh browser that talks to nobody but the page under test.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADVICE = """没有找到 Chromium 浏览器，测试需要它。任选一种办法：
  1. Debian/Ubuntu：sudo apt-get install chromium fonts-noto-cjk
  2. .venv/bin/python -m playwright install --with-deps chromium
  3. 已有 Chrome 或 Chromium：设置环境变量 CANBAO_CHROMIUM 为它的路径
No Chromium was found; the tests need one. Any of these will do:
  1. Debian/Ubuntu: sudo apt-get install chromium fonts-noto-cjk
  2. .venv/bin/python -m playwright install --with-deps chromium
  3. with a Chrome or Chromium at hand: set CANBAO_CHROMIUM to its path"""


def find() -> str | None:
    """The path of the first browser found, or None."""
    named = os.environ.get("CANBAO_CHROMIUM")
    if named:
        return shutil.which(named) or (named if Path(named).is_file() else None)
    own = _playwright_own()
    if own:
        return own
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    return next((place for place in PLACES if Path(place).is_file()), None)


def require() -> str:
    """The path of a browser; without one, stop with advice in both languages."""
    path = find()
    if path is None:
        raise SystemExit(ADVICE)
    return path


_held = threading.local()


@contextmanager
def started(*more: str, path: str | None = None) -> Iterator[Browser]:
    """A headless Chromium with a fresh profile that asks nobody but the page's own server; it ends with the block.

    Several may run at once in a thread: Playwright's blocking interface opens only once there, so they share it.
    """
    from playwright.sync_api import sync_playwright  # the other functions here work without Playwright

    if not getattr(_held, "users", 0):
        _held.users, _held.driver = 0, sync_playwright().start()
    _held.users += 1
    try:
        browser = _held.driver.chromium.launch(executable_path=path or require(), args=[*ARGUMENTS, *more])
        try:
            yield browser
        finally:
            browser.close()
    finally:
        _held.users -= 1
        if not _held.users:
            _held.driver.stop()


def install() -> None:
    """Try Playwright's download, then, as root on Debian, the distribution's package."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root and shutil.which("apt-get"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        wait = ["-o", "DPkg::Lock::Timeout=300"]
        subprocess.run(["apt-get", "update", "-qq"], env=env, check=False, **quiet)
        command = ["apt-get", *wait, "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(command, env=env, check=False, **quiet)
    if find() is None:
        try:
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], timeout=600, check=False, **quiet)
        except subprocess.TimeoutExpired:
            pass  # no way to the download; the advice below says what else works


def _playwright_own() -> str | None:
    # Asked in a process of its own: Playwright's blocking interface cannot be opened twice in one.
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = subprocess.run([sys.executable, "-c", ask], check=False, capture_output=True, text=True)
    path = done.stdout.strip()
    return path if done.returncode == 0 and Path(path).is_file() else None


def main(arguments: list[str] | None = None) -> int:
    """Print the browser, or the advice."""
    parser = argparse.ArgumentParser(prog="python -m scripts.browser", description=__doc__.splitlines()[0])
    parser.add_argument("--install", action="store_true", help="install one where none is found")
    options = parser.parse_args(arguments)
    if options.install and find() is None:
        print("没有找到浏览器，正在安装…… / no browser found, installing one …", flush=True)
        install()
    print(require())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
