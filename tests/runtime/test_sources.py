"""The engine is read as it is, and what its functions import late is found."""

from pathlib import Path

import pytest

from scripts.runtime.errors import RuntimeBuildError
from scripts.runtime.sources import late_import_table, late_imports, read_engine

from .conftest import TOY

SOURCE = b"""
import at_the_top
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    def checked():
        import never
def function():
    import late.module
    from . import sibling
    from ..other import name
    if TYPE_CHECKING:
        import never_either
    return lambda: __import__("unseen")
class Kind:
    import in_a_class_body
    def method(self):
        from codecs import lookup
"""


def test_imports_inside_functions_are_found_and_no_others() -> None:
    found = late_imports(SOURCE, "package.part.module")
    assert found == ["codecs", "codecs.lookup", "late.module", "package.other", "package.other.name", "package.part", "package.part.sibling"]


def test_leading_dots_of_a_package_count_from_itself() -> None:
    assert late_imports(b"def f():\n    from . import x\n", "package.part", is_package=True) == ["package.part", "package.part.x"]


def test_the_table_names_modules() -> None:
    assert late_import_table(read_engine(TOY / "calc"))["calc.rules"] == ["calendar"]


def test_only_modules_are_read(tmp_path: Path) -> None:
    package = tmp_path / "calc"
    (package / "data").mkdir(parents=True)
    for name in ("__init__.py", "browser.py"):
        (package / name).write_text("", "utf-8")
    before = read_engine(package).digest()
    (package / "data" / "policies.json").write_text("{}", "utf-8")
    engine = read_engine(package)
    assert sorted(engine.files) == ["calc/__init__.py", "calc/browser.py"]
    assert engine.digest() == before
    (package / "browser.py").write_text("1", "utf-8")
    assert read_engine(package).digest() != before


def test_a_folder_that_is_no_engine_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuntimeBuildError, match="no __init__.py"):
        read_engine(tmp_path)
    (tmp_path / "__init__.py").write_text("", "utf-8")
    with pytest.raises(RuntimeBuildError, match="no browser.py"):
        read_engine(tmp_path)
