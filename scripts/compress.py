"""Lay a brotli and a gzip copy beside every file that a web server may send compressed.

The same input gives the same bytes on every machine and day. Results are kept by content hash, so a
second build compresses only what changed.
"""

import gzip
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

TEXT = {
    ".html", ".css", ".js", ".mjs", ".json", ".xml", ".svg", ".txt", ".csv", ".ics", ".atom",
    ".wasm", ".webmanifest", ".geojson", ".jsonl",
}
# Archives of the runtime are stored, not deflated, so that the transfer compresses them better.
STORED = {".zip", ".whl", ".bin", ".data"}
# Quality 11 takes six times as long as 10 and saves two per cent of these pages.
QUALITY = 10
SMALLEST = 400  # below this a header costs more than compression gains


def compress_tree(root: Path, cache: Path) -> int:
    """Write the .br and .gz siblings of all files under root and return how many files were served so."""
    files = [path for path in sorted(root.rglob("*")) if _wanted(path, root)]
    cache.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(lambda path: _compress(path, cache), files))
    return len(files)


def _wanted(path: Path, root: Path) -> bool:
    if not path.is_file() or path.stat().st_size < SMALLEST:
        return False
    if path.suffix in TEXT:
        return True
    return path.suffix in STORED and "runtime" in path.relative_to(root).parts


def _compress(path: Path, cache: Path) -> None:
    data = path.read_bytes()
    key = hashlib.sha256(data).hexdigest()
    for suffix, level, encode in ((".br", QUALITY, _brotli), (".gz", 9, _gzip)):
        target = path.with_name(path.name + suffix)
        if target.exists():
            continue  # whoever built the file compressed it already
        # The level is part of the name: the runtime keeps the same content packed harder in the same folder.
        kept = cache / f"{key}-{level}{suffix}"
        if not kept.exists():
            part = cache / f"{kept.name}.{os.getpid()}.{id(path)}"
            part.write_bytes(encode(data))
            part.replace(kept)
        target.write_bytes(kept.read_bytes())


def _brotli(data: bytes) -> bytes:
    return brotli.compress(data, quality=QUALITY)


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
