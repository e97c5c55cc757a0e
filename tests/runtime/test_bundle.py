"""The archive is the same at every build, holds what is needed, and names what is missing."""

import codecs
import gzip
import hashlib
import importlib.util
import io
import json
import sys
import types
import zipfile
from pathlib import Path

import brotli
import pytest

from scripts.runtime import bundle, overlay
from scripts.runtime.build import build, total
from scripts.runtime.errors import RuntimeBuildError
from scripts.runtime.output import integrity
from scripts.runtime.pin import runtime_files
from scripts.runtime.probe import Needs, check_host
from scripts.runtime.sources import Engine

from .conftest import CACHE, Built, toy_job


def archive(built: Built) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(built.file("library").read_bytes()))


def test_two_builds_are_byte_identical(toy: Built, tmp_path: Path) -> None:
    build(toy_job(tmp_path), say=lambda line: None)
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (toy.folder, tmp_path))
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_names_carry_the_hash_and_the_manifest_the_integrity(toy: Built) -> None:
    for role, entry in toy.manifest["files"].items():
        content = toy.file(role).read_bytes()
        assert hashlib.sha256(content).hexdigest()[:12] in entry["name"]
        assert (entry["size"], entry["integrity"]) == (len(content), integrity(content))


def test_compressed_siblings_hold_the_same(toy: Built) -> None:
    for role, entry in toy.manifest["files"].items():
        content = toy.file(role).read_bytes()
        if len(content) < 1400:
            continue
        for key, unpack in (("br", brotli.decompress), ("gz", gzip.decompress)):
            packed = (toy.folder / entry[key]["name"]).read_bytes()
            assert unpack(packed) == content
            assert (entry[key]["size"], entry[key]["integrity"]) == (len(packed), integrity(packed))


def test_the_total_stays_under_the_bound(toy: Built) -> None:
    assert total(toy.manifest, "br") < 4_000_000


def test_files_of_an_earlier_build_go(tmp_path: Path) -> None:
    (tmp_path / "python-000000000000.zip").write_bytes(b"old")
    build(toy_job(tmp_path), say=lambda line: None)
    assert not (tmp_path / "python-000000000000.zip").exists()


def test_the_archive_is_stored_sorted_and_dated_alike(toy: Built) -> None:
    entries = archive(toy).infolist()
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_everything_is_unchecked_byte_code_of_this_python(toy: Built) -> None:
    with archive(toy) as opened:
        for name in opened.namelist():
            head = opened.read(name)[:8]
            assert head == importlib.util.MAGIC_NUMBER + b"\1\0\0\0", name


def test_what_is_needed_is_in_and_what_is_not_is_out(toy: Built) -> None:
    names = set(archive(toy).namelist())
    assert {"calc/browser.pyc", "calc/rules.pyc", "dataclasses.pyc", "calendar.pyc", "left_out.pyc"} <= names
    assert not names & {"calc/rules_for_command_line.pyc", "argparse.pyc", "unittest/__init__.pyc", "asyncio/tasks.pyc", "os.pyc"}


def test_byte_code_for_another_python_is_refused() -> None:
    with pytest.raises(RuntimeBuildError, match=r"The runtime is Python 3\.14\.2 .* Build with Python 3\.14\."):
        check_host(Needs("3.14.2", "2b0e0d0a", [], [], 0))


def test_missing_policies_are_named(tmp_path: Path) -> None:
    job = toy_job(tmp_path)
    with pytest.raises(RuntimeBuildError, match="nowhere.json: no such file; compile the policies first"):
        build(type(job)(job.calc, tmp_path / "nowhere.json", tmp_path, CACHE), say=lambda line: None)


def test_an_engine_that_does_not_run_is_shown(toy: Built, tmp_path: Path) -> None:
    package = tmp_path / "calc"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    (package / "browser.py").write_text("import no_such_module\n", "utf-8")
    job = toy_job(tmp_path / "out", tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    for path in CACHE.glob("pyodide-*.tgz"):
        (tmp_path / "cache" / path.name).write_bytes(path.read_bytes())
    with pytest.raises(RuntimeBuildError, match="(?s)does not run in Pyodide.*no_such_module"):
        build(type(job)(package, job.policies, job.out, job.cache), say=lambda line: None)


def test_an_engine_that_needs_an_empty_module_is_refused() -> None:
    engine = Engine("calc", {"calc/__init__.py": b"", "calc/browser.py": b"def handle(text):\n    from asyncio import run\n"})
    with pytest.raises(RuntimeBuildError, match="calc/browser.py imports asyncio.*empty module"):
        overlay.check_engine(engine, ["calc/browser.py"])
    overlay.check_engine(engine, ["calc/__init__.py"])


def test_a_library_that_has_changed_is_not_patched_blindly(toy: Built) -> None:
    stock = bundle.unpack((runtime_files(CACHE) / "python_stdlib.zip").read_bytes())
    assert b"from .resources import abc as _resources_abc\n\n" not in overlay.slim_library(stock)["importlib/abc.py"]
    with pytest.raises(RuntimeBuildError, match="importlib/abc.py: the line to change was found 0 times"):
        overlay.slim_library({**stock, "importlib/abc.py": b"import abc\n"})
    del stock["pyodide/webloop.py"]
    with pytest.raises(RuntimeBuildError, match="pyodide/webloop.py is replaced, but"):
        overlay.slim_library(stock)


def test_the_guard_names_a_module_that_was_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    source = bundle.GUARD_SOURCE.read_text("utf-8").replace("LEFT_OUT = frozenset()", "LEFT_OUT = frozenset({'left_out_for_the_test', 'encodings.left_out_codec'})")
    guard = types.ModuleType("guard")
    exec(compile(source, "guard.py", "exec"), guard.__dict__)  # noqa: S102
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    guard.install()
    try:
        with pytest.raises(guard.LeftOutError, match="'left_out_for_the_test' is not in the browser bundle"):
            importlib.import_module("left_out_for_the_test")
        with pytest.raises(ModuleNotFoundError, match="No module named 'never_there'"):
            importlib.import_module("never_there")
        with pytest.raises(guard.LeftOutError, match="'encodings.left_out_codec' is not in the browser bundle"):
            codecs.lookup("left-out-codec")
    finally:
        codecs.unregister(guard._search_codec)


def test_the_manifest_lets_nothing_slip(toy: Built) -> None:
    text = (toy.folder / "manifest.json").read_text("utf-8")
    listed = {"manifest.json"}
    for entry in json.loads(text)["files"].values():
        listed |= {entry["name"], *(entry[key]["name"] for key in ("br", "gz") if key in entry)}
    assert {path.name for path in toy.folder.iterdir()} == listed
