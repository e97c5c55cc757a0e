"""Pyodide comes from npm in the pinned version, and nothing of it is used before its SHA-512 has been verified."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from .errors import RuntimeBuildError

PIN_FILE = Path(__file__).with_name("package.json")
PACKAGE = "pyodide"
# What a self-hosted runtime needs; consoles, type declarations and source maps stay out.
WANTED = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


@dataclass(frozen=True)
class Pin:
    """A version and the integrity of its package, as written in package.json."""

    version: str
    integrity: str


def read_pin(path: Path = PIN_FILE) -> Pin:
    """The version and the integrity stand in package.json and nowhere else."""
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        return Pin(data["dependencies"][PACKAGE], data["integrity"][PACKAGE])
    except KeyError as error:
        raise RuntimeBuildError(f"{path.name}: no entry {error} for {PACKAGE}; it needs a version and an integrity") from error


def verify(archive: Path, pin: Pin) -> None:
    """An archive whose SHA-512 is not the pinned one is refused."""
    got = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode("ascii")
    if got != pin.integrity:
        raise RuntimeBuildError(
            f"{archive.name} is not the pinned package: expected {pin.integrity}, got {got}. Delete the file and build again; "
            f"if it differs again, do not use it: compare with `npm view {PACKAGE}@{pin.version} dist.integrity`."
        )


def _pack(pin: Pin, cache: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeBuildError("npm was not found: install Node.js (with npm), which fetches and starts Pyodide")
    # An empty working directory, so that no other package.json takes part.
    command = [npm, "pack", f"{PACKAGE}@{pin.version}", "--pack-destination", str(cache), "--ignore-scripts", "--loglevel=error"]
    done = subprocess.run(command, cwd=cache, capture_output=True, text=True, check=False)
    archive = cache / f"{PACKAGE}-{pin.version}.tgz"
    if done.returncode or not archive.exists():
        raise RuntimeBuildError(f"`npm pack {PACKAGE}@{pin.version}` failed: {done.stderr.strip() or done.stdout.strip()}")
    return archive


def runtime_files(cache: Path, pin: Pin | None = None) -> Path:
    """The folder with the verified files of the pinned Pyodide, fetched at the first call and cached."""
    pin = pin or read_pin()
    cache = cache.resolve()
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / f"{PACKAGE}-{pin.version}.tgz"
    if not archive.exists():
        _pack(pin, cache)
    verify(archive, pin)
    folder = cache / f"{PACKAGE}-{pin.version}"
    folder.mkdir(exist_ok=True)
    with tarfile.open(archive) as tar:
        for name in WANTED:
            member = tar.extractfile(f"package/{name}")
            if member is None:
                raise RuntimeBuildError(f"{archive.name} holds no package/{name}: this version of Pyodide is packed differently")
            content = member.read()
            target = folder / name
            if not target.exists() or target.read_bytes() != content:
                target.write_bytes(content)
    return folder
