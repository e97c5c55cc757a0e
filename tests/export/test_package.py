"""The engine installs with pip from the files of this repository alone, with its rules, and answers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.render import reference
from scripts.render.site import LANGS, Site

ROOT = Path(__file__).resolve().parents[2]


def run(*command: object, cwd: Path) -> str:
    """What a command prints; it must not fail."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, check=False, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip installed the package, from a copy so that nothing is left in the checkout."""
    base = tmp_path_factory.mktemp("package")
    source = base / "source"
    shutil.copytree(ROOT / "calc", source / "calc", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copyfile(ROOT / name, source / name)
    (source / "calc" / "data").mkdir(exist_ok=True)
    (source / "calc" / "data" / "policies.json").write_text(json.dumps(Site.load().compiled, ensure_ascii=False), "utf-8")
    target = base / "installed"
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target", target, source, cwd=base)
    return target


def test_installed_package_has_every_module_and_answers(installed: Path) -> None:
    own = {path.relative_to(ROOT).as_posix() for path in (ROOT / "calc").rglob("*.py")}
    assert own == {path.relative_to(installed).as_posix() for path in (installed / "calc").rglob("*.py")}
    assert {path.name for path in (ROOT / "calc" / "schemas").glob("*.json")} == {path.name for path in (installed / "calc" / "schemas").glob("*.json")}
    listed = run(sys.executable, "-m", "calc", "places", cwd=installed)
    assert len(listed.splitlines()) > 10
    assert (installed / "bin" / "canbao").is_file()


@pytest.mark.parametrize("lang", LANGS)
def test_example_of_the_reference_runs(installed: Path, lang: str) -> None:
    site = Site.load()
    text = next(iter(reference.pages(site, lang))).text
    program = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    printed = run(sys.executable, "-c", program, cwd=installed).splitlines()
    last = site.all_policies[-1]
    assert printed[0].startswith("(") and len(printed) == 2
    assert f"--policy {last.id}" in text


def test_reference_has_every_public_name_with_its_docstring() -> None:
    import calc

    site = Site.load()
    zh, en = (next(iter(reference.pages(site, lang))).text for lang in LANGS)
    for name in calc.__all__:
        assert f"### calc.{name} " in zh and f"### calc.{name} " in en
    for item in reference.PUBLIC:
        first = (item.__doc__ or "").strip().split("\n")[0]
        assert first and str(reference.paragraphs(first))[3:40] in en, item
