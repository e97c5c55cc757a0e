"""One stored archive holds the byte-code of what is needed, the same bytes at every build, and says what was left out."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .archive import store, unpack
from .errors import RuntimeBuildError
from .probe import Needs
from .sources import Engine

GUARD = "left_out.py"
GUARD_SOURCE = Path(__file__).with_name("guard.py")
UNCHECKED_HASH = 0b01
CHECKED_HASH = 0b11


def _unchecked(name: str, code: bytes) -> bytes:
    """There is no source beside the byte-code to check it against: mark it so, and refuse any other kind of file."""
    flags = int.from_bytes(code[4:8], "little")
    if code[:4] != importlib.util.MAGIC_NUMBER or flags not in (CHECKED_HASH, UNCHECKED_HASH):
        raise RuntimeBuildError(f"{name}: not hash-based byte-code of this Python")
    return code[:4] + UNCHECKED_HASH.to_bytes(4, "little") + code[8:]


def compile_sources(sources: dict[str, bytes], optimize: int) -> dict[str, bytes]:
    """pyodide-build turns every .py into .pyc; other files pass unchanged."""
    # With SOURCE_DATE_EPOCH py_compile writes hashes instead of times; a fixed hash seed fixes the order of sets.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "315532800", "PYTHONHASHSEED": "0", "PYTHONOPTIMIZE": str(optimize or "")}
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "sources.zip")
        archive.write_bytes(store(sources))
        command = [sys.executable, "-m", "pyodide_cli", "py-compile", "--silent", "--compression-level", "0", str(archive)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeBuildError(f"pyodide py-compile failed (is pyodide-build installed?): {(done.stderr or done.stdout).strip()[-2000:]}")
        compiled = unpack(archive.read_bytes())
    if left := [name for name in compiled if name.endswith(".py")]:
        raise RuntimeBuildError(f"pyodide py-compile left sources uncompiled: {', '.join(left[:5])}")
    return {name: _unchecked(name, code) if name.endswith(".pyc") else code for name, code in compiled.items()}


def _module(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def left_out(stock: list[str], kept: set[str]) -> list[str]:
    """Modules of the library as shipped that the archive does not hold, by dotted name."""
    return sorted(_module(name) for name in stock if name.endswith(".py") and name not in kept)


def build_archive(stock: dict[str, bytes], engine: Engine, needs: Needs) -> bytes:
    """The archive holds what the warm-up needed, nothing else, and the guard that names a missing module."""
    if missing := [name for name in needs.library if name not in stock]:
        raise RuntimeBuildError(f"the library does not hold {', '.join(missing[:5])}: another Pyodide than the one that was run?")
    kept = set(needs.library)
    # Modules frozen into the interpreter are not read from the archive; naming them as left out would be wrong.
    frozen = set(sys.stdlib_module_names) & {_module(name) for name in stock if is_frozen(_module(name))}
    names = [name for name in left_out(list(stock), kept) if name not in frozen]
    guard = GUARD_SOURCE.read_text(encoding="utf-8").replace("LEFT_OUT = frozenset()", f"LEFT_OUT = frozenset({names!r})")
    # Without docstrings the library is a sixth smaller. The engine keeps its asserts and docstrings: it is the same engine everywhere.
    library = compile_sources({name: stock[name] for name in kept} | {GUARD: guard.encode()}, optimize=2)
    wanted = set(needs.engine)
    own = {name: content for name, content in engine.files.items() if name in wanted}
    clash = set(library) & set(own)
    if clash:
        raise RuntimeBuildError(f"the engine and the library both hold {', '.join(sorted(clash)[:5])}")
    return store(library | compile_sources(own, optimize=0))


def is_frozen(module: str) -> bool:
    """Whether this Python carries the module inside itself."""
    import _imp

    return _imp.is_frozen(module)
