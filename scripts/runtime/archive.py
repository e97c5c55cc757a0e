"""Archives are stored, sorted and dated alike, so that the same files always make the same bytes."""

from __future__ import annotations

import io
import zipfile

# The earliest date a zip can hold; any fixed date makes the archive reproducible.
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def store(entries: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Uncompressed by default: the server compresses the whole better than a zip does its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in sorted(entries.items()):
            info = zipfile.ZipInfo(name, FIXED_DATE)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            info.compress_type = compression
            archive.writestr(info, content)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Path -> content of every file in the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
