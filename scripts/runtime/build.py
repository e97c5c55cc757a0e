"""The whole runtime is made in one pass: fetch and verify, find what is needed, compile, archive, compress, list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .archive import unpack
from .bundle import build_archive
from .errors import RuntimeBuildError
from .output import Part, write_parts
from .overlay import PATCHES, check_engine, replacements, slim_library
from .pin import read_pin, runtime_files
from .probe import ENVIRONMENT, check_host, find_needs, lock_info
from .sources import read_engine

NOTICE = """\
This folder is made by scripts/runtime and is not edited by hand.

pyodide*, python*: Pyodide {version}, from the npm package of that name, under the Mozilla Public License 2.0.
The library archive holds a part of the standard library of Python {python} (Python Software Foundation License),
as byte-code, and the project's own engine. Pyodide's own files are unchanged but for their names and these:
{changed}.
"""


@dataclass(frozen=True)
class Job:
    """What is built from what."""

    calc: Path
    policies: Path
    out: Path
    cache: Path
    requests: list | None = None


def build(job: Job, say: Callable[[str], None] = print) -> dict:
    """The manifest of the runtime just written."""
    if not job.policies.is_file():
        raise RuntimeBuildError(f"{job.policies.name}: no such file; compile the policies first, or name the file with --policies")
    pin = read_pin()
    say(f"Pyodide {pin.version}: fetched and verified")
    runtime = runtime_files(job.cache, pin)
    engine = read_engine(job.calc)
    library = slim_library(unpack((runtime / "python_stdlib.zip").read_bytes()))
    needs = find_needs(runtime, library, engine, job.policies, job.requests, job.cache)
    check_host(needs)
    check_engine(engine, needs.engine)
    say(f"Python {needs.python}: {len(needs.library)} modules of the library and {len(needs.engine)} of the engine are needed ({needs.requests} warm-up requests)")
    archive = build_archive(library, engine, needs)
    say("compressing (a minute the first time, then from the cache)")
    parts = [
        Part("wasm", "pyodide", ".wasm", (runtime / "pyodide.asm.wasm").read_bytes()),
        Part("glue", "pyodide-glue", ".js", (runtime / "pyodide.asm.js").read_bytes()),
        # Named .js, not .mjs: every server gives .js a type that browsers accept for a module.
        Part("loader", "pyodide", ".js", _without_source_map((runtime / "pyodide.mjs").read_bytes())),
        Part("library", "python", ".zip", archive),
        Part("policies", "policies", ".json", job.policies.read_bytes()),
        Part("notice", "NOTICE", ".txt", NOTICE.format(version=pin.version, python=needs.python, changed=", ".join(sorted([*replacements(), *PATCHES]))).encode()),
    ]
    facts = {
        "pyodide": pin.version,
        "python": needs.python,
        "module": f"{engine.package}.browser",
        "lock": lock_info(runtime),
        "env": ENVIRONMENT,
        "engine": engine.digest(),
    }
    manifest = write_parts(parts, facts, job.out, job.cache)
    for role, entry in sorted(manifest["files"].items()):
        packed = entry.get("br", entry)
        say(f"  {role:9} {entry['size']:>10,} bytes, {packed['size']:>10,} with brotli  {entry['name']}")
    say(f"  {'total':9} {total(manifest, None):>10,} bytes, {total(manifest, 'br'):>10,} with brotli")
    return manifest


def _without_source_map(script: bytes) -> bytes:
    """The source map is not shipped, and a reference to it would be a broken link."""
    lines = [line for line in script.split(b"\n") if not line.startswith(b"//# sourceMappingURL=")]
    return b"\n".join(lines)


def total(manifest: dict, coding: str | None) -> int:
    """Bytes that a reader downloads, in one coding (`br`, `gz`) or as they are; the notice is not downloaded."""
    return sum(entry.get(coding, entry)["size"] for role, entry in manifest["files"].items() if role != "notice")
