"""Files are written under names that carry their hash, with compressed siblings, and one manifest that lists them all."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from .errors import RuntimeBuildError

MANIFEST = "manifest.json"
MANIFEST_FORMAT = 1
# Below this size a compressed sibling saves less than a packet.
SMALLEST_COMPRESSED = 1400


@dataclass(frozen=True)
class Part:
    """One file of the runtime: its role in the manifest, its readable name and its content."""

    role: str
    stem: str
    suffix: str
    content: bytes

    @property
    def name(self) -> str:
        """The name changes when the content does, so that it may be cached for ever."""
        return f"{self.stem}-{hashlib.sha256(self.content).hexdigest()[:12]}{self.suffix}"


def integrity(content: bytes) -> str:
    """The hash in the notation of subresource integrity."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")


def _brotli(content: bytes) -> bytes:
    try:
        import brotli
    except ImportError as error:
        raise RuntimeBuildError("the Python package brotli is not installed: install the requirements of the build") from error
    return brotli.compress(content, quality=11)


def compress(content: bytes, suffix: str, cache: Path) -> bytes:
    """Compressing the wasm module best takes a minute, so the result is kept by the hash of what was compressed."""
    stored = cache / "compressed" / f"{hashlib.sha256(content).hexdigest()}{suffix}"
    if stored.exists():
        return stored.read_bytes()
    packed = _brotli(content) if suffix == ".br" else gzip.compress(content, 9, mtime=0)
    stored.parent.mkdir(parents=True, exist_ok=True)
    # Written whole or not at all: a build that is stopped leaves no half file behind.
    partial = stored.with_suffix(".part")
    partial.write_bytes(packed)
    partial.replace(stored)
    return packed


def _write(path: Path, content: bytes) -> None:
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def write_parts(parts: list[Part], facts: dict, out: Path, cache: Path) -> dict:
    """What an earlier build left in the folder and this one does not use is removed."""
    out.mkdir(parents=True, exist_ok=True)
    files = {}
    written = {MANIFEST}
    for part in parts:
        entry = {"name": part.name, "size": len(part.content), "integrity": integrity(part.content)}
        _write(out / part.name, part.content)
        written.add(part.name)
        if len(part.content) >= SMALLEST_COMPRESSED:
            for suffix, key in ((".br", "br"), (".gz", "gz")):
                packed = compress(part.content, suffix, cache)
                _write(out / f"{part.name}{suffix}", packed)
                written.add(f"{part.name}{suffix}")
                entry[key] = {"name": f"{part.name}{suffix}", "size": len(packed), "integrity": integrity(packed)}
        files[part.role] = entry
    manifest = {"format": MANIFEST_FORMAT, **facts, "files": files}
    _write(out / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())
    for path in out.iterdir():
        if path.is_file() and path.name not in written:
            path.unlink()
    return manifest
