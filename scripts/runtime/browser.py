"""A headless Chromium is started so that it asks nobody but the page's own server, and ended with the block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scripts.browser import ADVICE, ARGUMENTS, find

from .errors import RuntimeBuildError

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """A browser with a fresh profile, started with further arguments if given."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise RuntimeBuildError("the Python package playwright is not installed: install the requirements") from error
    path = find()
    if path is None:
        raise RuntimeBuildError(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *more])
        try:
            yield browser
        finally:
            browser.close()
