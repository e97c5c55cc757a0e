"""The browser that measures and proves the runtime, with this folder's kind of error where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scripts.browser import ADVICE, find, started

from .errors import RuntimeBuildError

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """A browser with a fresh profile, started with further arguments if given."""
    path = find()
    if path is None:
        raise RuntimeBuildError(ADVICE)
    try:
        with started(*more, path=path) as browser:
            yield browser
    except ImportError as error:
        raise RuntimeBuildError("the Python package playwright is not installed: install the requirements") from error
