"""The build: the same bytes twice, and a clear word when the pages do not fit together."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import brotli
import pytest

from scripts import site_build
from scripts.compress import compress_tree
from scripts.runtime.output import compress as runtime_copy
from tests.visiting import ROOT, build_site


def digests(site: Path) -> dict[str, str]:
    """Every file with the hash of its bytes."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_byte_identical(site_dir: Path, tmp_path: Path) -> None:
    """A second build, elsewhere and later, equals the first; the browser runtime has its own such test."""
    second = tmp_path / "second"
    build_site(second, tmp_path / "work", "--no-runtime")
    first, again = digests(site_dir), digests(second)
    own = {name for name in first if not name.startswith("assets/runtime/")}
    assert own == {name for name in again if not name.startswith("assets/runtime/")}
    assert not [name for name in sorted(own) if first[name] != again[name]]


def test_compression_depends_on_the_content_alone(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "runtime").mkdir(parents=True)
        (tmp_path / name / "page.html").write_text("字" * 1000, "utf-8")
        (tmp_path / name / "small.html").write_text("字", "utf-8")
        (tmp_path / name / "data.zip").write_bytes(b"z" * 1000)
        (tmp_path / name / "runtime" / "library.zip").write_bytes(b"z" * 1000)
        compress_tree(tmp_path / name, tmp_path / f"cache-{name}")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    made = set(digests(tmp_path / "one"))
    assert made == {
        "page.html", "page.html.br", "page.html.gz", "small.html", "data.zip",
        "runtime/library.zip", "runtime/library.zip.br", "runtime/library.zip.gz",
    }
    assert brotli.decompress((tmp_path / "one" / "page.html.br").read_bytes()).decode() == "字" * 1000


def test_compression_ignores_what_was_packed_otherwise(tmp_path: Path) -> None:
    """The runtime packs the same rules harder; what it keeps must not decide what the site's copy looks like."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rules.json").write_text("字" * 1000, "utf-8")
    compress_tree(tmp_path / "one", tmp_path / "cache-one")
    runtime_copy(("字" * 1000).encode(), ".br", tmp_path)
    compress_tree(tmp_path / "two", tmp_path / "compressed")
    assert len(list((tmp_path / "compressed").iterdir())) == 3
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_page_in_one_language_only_stops_the_build(tmp_path: Path) -> None:
    for lang in ("zh", "en"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "index.md").write_text("# x")
    (tmp_path / "zh" / "more.md").write_text("# x")
    with pytest.raises(site_build.BuildError, match="docs/en/more.md"):
        site_build.check_pairs(tmp_path)


def test_page_written_twice_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "about.md").write_text("# x")
    with pytest.raises(site_build.BuildError, match="about.md"):
        site_build.gather("zh", tmp_path)


def test_navigation_may_nest() -> None:
    pairs = [["Home", "index.md"], ["Places", [["One", "one.md"], ["Two", "two.md"]]]]
    assert site_build.nav_tree(pairs) == [{"Home": "index.md"}, {"Places": [{"One": "one.md"}, {"Two": "two.md"}]}]


def test_date_of_the_data_wins_over_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "nav.json").write_text(json.dumps({"date": "2031-02-03"}))
    site_build.write_config("en", tmp_path, site_build.read_nav(tmp_path), "2031-02-03", "https://x.example/y/")
    text = (tmp_path / "mkdocs.en.yml").read_text("utf-8")
    assert "data_date: '2031-02-03'" in text
    assert "site_url: https://x.example/y/en/" in text


def test_broken_link_is_named(tmp_path: Path) -> None:
    """MkDocs runs strictly: a link to a page that does not exist is an error with the page's name."""
    docs = tmp_path / "docs" / "en"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Home {#top}\n\n[gone](gone.md)\n")
    site_build.write_config("en", tmp_path, {}, "2031-02-03", None)
    with pytest.raises(site_build.BuildError, match="gone.md"):
        site_build.run_mkdocs("en", tmp_path, "2031-02-03")


def test_help_says_what_the_command_does() -> None:
    done = subprocess.run([sys.executable, "-m", "scripts.site_build", "--help"], check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert "--site-url" in done.stdout
