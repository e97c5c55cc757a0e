"""One export for all tests of a worker, from data compiled afresh, with and without the address of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from calc import PolicySet
from scripts.export import FOLDER, export_all
from scripts.render.site import Site
from tests.calc.compiled import compiled

SITE_URL = "https://canbao.example/"


@pytest.fixture(scope="session")
def site() -> Site:
    """The site of the data as they are now."""
    return Site(PolicySet(compiled()), compiled())


@pytest.fixture(scope="session")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything below data/v1/."""
    out = tmp_path_factory.mktemp("export")
    assert export_all(site, out) > 50
    return out / FOLDER
