"""The engine's sources are read once: their files, their hash, and what they import only inside functions."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from pathlib import Path

from .errors import RuntimeBuildError


@dataclass(frozen=True)
class Engine:
    """The package as it will be bundled: path inside the archive -> content."""

    package: str
    files: dict[str, bytes]

    def digest(self) -> str:
        """One hash over names and contents says whether two engines are the same."""
        total = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            total.update(f"{name}\0{len(content)}\0".encode())
            total.update(content)
        return total.hexdigest()

    def modules(self) -> dict[str, str]:
        """Dotted module name -> path inside the archive."""
        found = {}
        for name in self.files:
            if name.endswith(".py"):
                found[name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")] = name
        return found


def read_engine(folder: Path) -> Engine:
    """The package's modules are read; its data files stay out, since the browser hands the data over by `load`."""
    folder = folder.resolve()
    if not (folder / "__init__.py").is_file():
        raise RuntimeBuildError(f"{folder.name}: no __init__.py there; --calc names the folder of the package calc")
    if not (folder / "browser.py").is_file():
        raise RuntimeBuildError(f"{folder.name}: no browser.py there; the runtime calls {folder.name}.browser.load and .handle")
    files = {f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in sorted(folder.rglob("*.py"))}
    return Engine(folder.name, files)


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def absolute_name(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    """The module that a `from … import` names, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    parts = module.split(".")
    parts = parts[: len(parts) - node.level + (1 if is_package else 0)]
    return ".".join([*parts, node.module] if node.module else parts)


def late_imports(source: bytes, module: str, is_package: bool = False) -> list[str]:
    """Imports inside functions do not run at start, so a warm-up could miss them: they are found by reading the source."""
    found: set[str] = set()

    def visit(node: ast.AST, inside: bool) -> None:
        if isinstance(node, ast.If) and _is_type_checking(node.test):
            for child in node.orelse:
                visit(child, inside)
            return
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            inside = True
        if inside and isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        if inside and isinstance(node, ast.ImportFrom):
            base = absolute_name(node, module, is_package)
            # `from package import name` may name a submodule; the probe tries both and ignores what is no module.
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names if alias.name != "*")
        for child in ast.iter_child_nodes(node):
            visit(child, inside)

    visit(ast.parse(source), False)
    return sorted(found)


def late_import_table(engine: Engine) -> dict[str, list[str]]:
    """Module -> what its functions import, for the modules that have such imports."""
    table = {}
    for module, name in engine.modules().items():
        late = late_imports(engine.files[name], module, name.endswith("/__init__.py"))
        if late:
            table[module] = late
    return table
