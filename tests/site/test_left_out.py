"""The last lines of a build say what the site does not have, and how to get it."""

from __future__ import annotations

import pytest

from scripts import left_out, site_build

URL = "https://canbao.example/"


def said(**told: object) -> str:
    """What is said of a build that is whole but for what is told."""
    whole = {"site_url": URL, "printed": True, "browser": "/usr/bin/chromium", "runtime": True}
    return "\n".join(left_out.lines(**{**whole, **told}))  # type: ignore[arg-type]


def test_a_whole_site_is_said_nothing_of() -> None:
    assert said() == ""


@pytest.mark.parametrize(("told", "words"), [
    ({"printed": False, "browser": None}, ("没有明白纸的 PDF", "没有找到 Chromium", "No PDFs", "no Chromium was found", "apt-get install chromium")),
    ({"printed": False}, ("浏览器用不了", "does not work")),
    ({"site_url": None}, ("没有二维码", "no QR code", "make build SITE_URL=", left_out.LOCAL_URL)),
    ({"runtime": False}, ("计算器", "--no-runtime", "cannot start the engine")),
])
def test_each_part_left_out_is_named_with_the_way_to_get_it(told: dict, words: tuple) -> None:
    text = said(**told)
    assert len(text.splitlines()) == 2, "one line in each language"
    assert all(word in text for word in words)


def test_the_build_says_it_last(tmp_path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way, with everything that takes time left out: no browser, no address, no runtime."""
    monkeypatch.setattr(site_build.browser, "find", lambda: None)
    for name in ("compile_policies", "render", "write_leaflet_pages", "convert", "write_index"):
        monkeypatch.setattr(site_build, name, lambda *told: None)
    monkeypatch.setattr(site_build, "prepare", lambda *told: "2031-02-03")
    monkeypatch.setattr(site_build, "export_all", lambda *told: 0)
    monkeypatch.setattr(site_build.leaflet, "write_sheets", lambda *told: [])
    monkeypatch.setattr(site_build.Site, "load", classmethod(lambda cls, path: type("Data", (), {"date": "2031-02-03"})()))

    def assembled(work, *told):  # noqa: ANN001, ANN002, ANN202 - as in site_build
        (work / "site.part").mkdir()
        return work / "site.part"
    monkeypatch.setattr(site_build, "assemble", assembled)
    site_build.build(tmp_path / "site", tmp_path / "build", ("zh", "en"), None, runtime=False)
    *_, site, pdf_zh, pdf_en, url_zh, url_en, runtime_zh, runtime_en = capsys.readouterr().out.splitlines()
    assert site.startswith("site: 0 pages")
    assert pdf_zh.startswith("没有明白纸的 PDF") and pdf_en.startswith("No PDFs")
    assert url_zh.startswith("没有给出网址") and url_en.startswith("No address")
    assert runtime_zh.startswith("没有打包计算器") and runtime_en.startswith("The calculator was left out")
