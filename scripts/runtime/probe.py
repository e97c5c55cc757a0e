"""Which modules the engine needs is measured: Pyodide runs the engine once under Node and tells what it imported."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .archive import store
from .errors import RuntimeBuildError
from .sources import Engine, late_import_table

SCRIPT = Path(__file__).with_name("probe.mjs")
# The worker sets the same: the order of sets is then the same at every start.
ENVIRONMENT = {"PYTHONHASHSEED": "0"}


@dataclass(frozen=True)
class Needs:
    """What one warmed-up run imported, by path inside the archives, and with which Python."""

    python: str
    magic: str
    library: list[str]
    engine: list[str]
    requests: int


def lock_info(runtime: Path) -> dict:
    """Pyodide refuses a lock file of another build, so its own identity is passed on, without the packages."""
    return json.loads((runtime / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        raise RuntimeBuildError("node was not found: install Node.js 20 or newer, which runs Pyodide once while building")
    return node


def _key(library: bytes, engine: Engine, policies: Path | None, requests: list | None) -> str:
    total = hashlib.sha256()
    for part in (
        library,
        engine.digest().encode(),
        policies.read_bytes() if policies else b"",
        json.dumps(requests).encode(),
        SCRIPT.read_bytes(),
        Path(__file__).read_bytes(),
    ):
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()


def _run(runtime: Path, library: bytes, engine: Engine, policies: Path | None, requests: list | None) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        engine_file = Path(folder, "engine.zip")
        engine_file.write_bytes(store(engine.files))
        library_file = Path(folder, "library.zip")
        library_file.write_bytes(library)
        job = {
            "runtime": f"{runtime.resolve()}/",
            "info": lock_info(runtime),
            "env": ENVIRONMENT,
            "library": str(library_file),
            "engine": str(engine_file),
            "package": engine.package,
            "policies": str(policies.resolve()) if policies else None,
            "requests": requests,
            "late": late_import_table(engine),
        }
        job_file = Path(folder, "job.json")
        job_file.write_text(json.dumps(job), encoding="utf-8")
        done = subprocess.run([_node(), str(SCRIPT), str(job_file)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeBuildError(
            f"The engine does not run in Pyodide under Node, so it will not run in a browser:\n{(done.stderr or done.stdout).strip()[-3000:]}"
        )
    return json.loads(done.stdout.strip().splitlines()[-1])


def find_needs(
    runtime: Path, library: dict[str, bytes], engine: Engine, policies: Path | None, requests: list | None, cache: Path
) -> Needs:
    """The answer for the same library, engine, policies and requests is remembered."""
    whole = store(library)
    stored = cache / "probe" / f"{_key(whole, engine, policies, requests)}.json"
    if not stored.exists():
        stored.parent.mkdir(parents=True, exist_ok=True)
        report = _run(runtime, whole, engine, policies, requests)
        stored.write_text(json.dumps(report, indent=1), encoding="utf-8")
    report = json.loads(stored.read_text(encoding="utf-8"))
    return Needs(report["python"], report["magic"], report["library"], report["engine"], report["requests"])


def check_host(needs: Needs) -> None:
    """Byte-code is good for one Python only: the host's magic number must be the runtime's."""
    host = importlib.util.MAGIC_NUMBER.hex()
    if host != needs.magic:
        import platform

        wanted = ".".join(needs.python.split(".")[:2])
        raise RuntimeBuildError(
            f"The runtime is Python {needs.python} (byte-code {needs.magic}), this Python is {platform.python_version()} "
            f"(byte-code {host}): byte-code made here would not run there. Build with Python {wanted}."
        )
