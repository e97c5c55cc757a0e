"""Nothing of Pyodide is used unverified, and its version is chosen in one place."""

import json
import subprocess
from pathlib import Path

import pytest

from scripts.runtime.errors import RuntimeBuildError
from scripts.runtime.pin import PIN_FILE, Pin, read_pin, runtime_files, verify

from .conftest import CACHE, ROOT


def test_an_archive_with_another_hash_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "pyodide-0.0.0.tgz"
    archive.write_bytes(b"not the package")
    with pytest.raises(RuntimeBuildError, match="not the pinned package: expected sha512-.*got sha512-"):
        verify(archive, read_pin())


def test_a_damaged_cached_archive_is_not_unpacked(toy: object, tmp_path: Path) -> None:
    pin = read_pin()
    whole = (CACHE / f"pyodide-{pin.version}.tgz").read_bytes()
    (tmp_path / f"pyodide-{pin.version}.tgz").write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(RuntimeBuildError, match="Delete the file and build again"):
        runtime_files(tmp_path, pin)
    assert not (tmp_path / f"pyodide-{pin.version}").exists()


def test_a_changed_unpacked_file_is_put_right(toy: object, tmp_path: Path) -> None:
    pin = read_pin()
    (tmp_path / f"pyodide-{pin.version}.tgz").write_bytes((CACHE / f"pyodide-{pin.version}.tgz").read_bytes())
    script = runtime_files(tmp_path, pin) / "pyodide.mjs"
    right = script.read_bytes()
    script.write_bytes(b"changed")
    runtime_files(tmp_path, pin)
    assert script.read_bytes() == right


def test_a_pin_without_integrity_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    path.write_text(json.dumps({"dependencies": {"pyodide": "1.2.3"}, "integrity": {}}), "utf-8")
    with pytest.raises(RuntimeBuildError, match="needs a version and an integrity"):
        read_pin(path)
    path.write_text(json.dumps({"dependencies": {"pyodide": "1.2.3"}, "integrity": {"pyodide": "sha512-x"}}), "utf-8")
    assert read_pin(path) == Pin("1.2.3", "sha512-x")


def test_the_version_stands_in_one_file_and_no_registry_in_any() -> None:
    version = read_pin().version
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "scripts", "docs/assets", "mkdocs.yml", "Makefile"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.splitlines()]
    texts = {path: path.read_text("utf-8", "replace") for path in files if path.is_file()}
    assert PIN_FILE in texts
    assert [path for path, text in texts.items() if version in text] == [PIN_FILE]
    assert [path for path, text in texts.items() if "registry." in text or '"resolved"' in text] == []
