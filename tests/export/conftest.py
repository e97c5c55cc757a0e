"""One export for all tests of a worker, from data compiled afresh, with and without the address of a site."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource

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


@pytest.fixture(scope="session")
def schemas(folder: Path) -> dict[str, dict]:
    """The schemas as they are published, by their path."""
    return {path.relative_to(folder / "schema").as_posix(): json.loads(path.read_text("utf-8")) for path in sorted((folder / "schema").rglob("*.json"))}


def validator(schemas: dict[str, dict], name: str) -> jsonschema.Draft202012Validator:
    """The validator of one of them; they refer to each other by their paths."""
    registry = Registry().with_resources([(key, Resource.from_contents(schema)) for key, schema in schemas.items()])
    return jsonschema.Draft202012Validator(schemas[name], registry=registry, format_checker=jsonschema.FormatChecker())
