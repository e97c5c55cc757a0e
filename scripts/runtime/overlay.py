"""A few modules of the library are replaced by empty ones, because Pyodide loads them and the engine does not need them.

Together they are a third of the library's bytes and a sixth of the start. An engine that imports one of them is refused.
"""

from __future__ import annotations

import ast
from pathlib import Path

from .errors import RuntimeBuildError
from .sources import Engine, absolute_name

SLIM = Path(__file__).with_name("slim")
# path -> (text that must occur exactly once, what it becomes). Here an import moves to where it is used: only code
# that reads resources needs importlib.resources, which brings in pathlib, tempfile and random.
PATCHES = {
    "importlib/abc.py": (
        ("from .resources import abc as _resources_abc\n", ""),
        # The import system itself asks every module for names such as __path__: only these three may set off the import.
        (
            "    if name in _resources_abc.__all__:\n",
            "    if name in {'ResourceReader', 'Traversable', 'TraversableResources'}:\n        from .resources import abc as _resources_abc\n",
        ),
    ),
}


def replacements() -> dict[str, bytes]:
    """Path in the library -> the module that stands there instead."""
    return {path.relative_to(SLIM).as_posix(): path.read_bytes() for path in sorted(SLIM.rglob("*.py"))}


def slim_library(stock: dict[str, bytes]) -> dict[str, bytes]:
    """The library as shipped with the replacements in place; a library that has changed is refused, not guessed at."""
    library = dict(stock)
    for name, content in replacements().items():
        if name not in library:
            raise RuntimeBuildError(f"{name} is replaced, but this Pyodide has no such module: look at scripts/runtime/slim again")
        library[name] = content
    for name, changes in PATCHES.items():
        text = library[name].decode("utf-8")
        for before, after in changes:
            if text.count(before) != 1:
                raise RuntimeBuildError(f"{name}: the line to change was found {text.count(before)} times: look at {Path(__file__).name} again")
            text = text.replace(before, after)
        library[name] = text.encode("utf-8")
    return library


def _imports(source: bytes, module: str, is_package: bool) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute_name(node, module, is_package)
            found.update({base, *(f"{base}.{alias.name}" for alias in node.names)})
    return found


def check_engine(engine: Engine, used: list[str]) -> None:
    """What the bundle's part of the engine imports must not be one of the empty modules."""
    empty = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in replacements()}
    for module, name in engine.modules().items():
        if name not in used:
            continue
        for wanted in _imports(engine.files[name], module, name.endswith("/__init__.py")):
            if any(wanted == gone or wanted.startswith(f"{gone}.") for gone in empty):
                raise RuntimeBuildError(
                    f"{name} imports {wanted}, which the browser bundle replaces by an empty module: do without it, or remove it from scripts/runtime/slim"
                )
