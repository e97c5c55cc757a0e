"""The local server behaves like a well-configured one and gives away nothing but the site."""

import gzip
import http.client
from pathlib import Path

import brotli
import pytest

from scripts import csp
from tests.visiting import serving


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A few files as a build leaves them."""
    site = tmp_path / "site"
    (site / "en").mkdir(parents=True)
    (site / "place").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    for name, text in (("index.html", "home"), ("404.html", "missing zh"), ("en/404.html", "missing en"), ("place/index.html", "place")):
        (site / name).write_text(text)
    (site / "index.html.br").write_bytes(brotli.compress(b"home"))
    (site / "index.html.gz").write_bytes(gzip.compress(b"home", mtime=0))
    (site / "engine.wasm").write_bytes(b"\0asm")
    (site / "module.mjs").write_text("export {}")
    return site


def ask(server, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1])
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_types_and_headers(small_site: Path) -> None:
    with serving(small_site) as server:
        for path, kind in (("/", "text/html; charset=utf-8"), ("/engine.wasm", "application/wasm"), ("/module.mjs", "text/javascript; charset=utf-8")):
            answer, _ = ask(server, path)
            assert answer.status == 200
            assert answer.headers["Content-Type"] == kind
            assert answer.headers["Content-Security-Policy"] == csp.HEADER
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None), ("", None)]
)
def test_compressed_copy_where_accepted(small_site: Path, accepted: str, encoding: str | None) -> None:
    with serving(small_site) as server:
        answer, body = ask(server, "/", Accept_Encoding=accepted)
        assert answer.headers["Content-Encoding"] == encoding
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Vary"] == "Accept-Encoding"
        decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
        assert decode(body) == b"home"


def test_unchanged_file_is_not_sent_again(small_site: Path) -> None:
    with serving(small_site) as server:
        first, _ = ask(server, "/")
        again, body = ask(server, "/", If_None_Match=first.headers["ETag"])
        assert (again.status, body) == (304, b"")


def test_head_sends_no_body(small_site: Path) -> None:
    with serving(small_site) as server:
        answer, body = ask(server, "/", "HEAD")
        assert (answer.status, answer.headers["Content-Length"], body) == (200, "4", b"")


def test_folder_gets_its_slash(small_site: Path) -> None:
    with serving(small_site) as server:
        answer, _ = ask(server, "/place")
        assert (answer.status, answer.headers["Location"]) == (301, "/place/")
        assert ask(server, "/place/")[1] == b"place"
        # An address that begins with two slashes must not become another host.
        answer, _ = ask(server, "//place")
        assert answer.headers["Location"] == "/place/"


def test_missing_page_in_its_language(small_site: Path) -> None:
    with serving(small_site) as server:
        for path, text in (("/none", b"missing zh"), ("/en/none/", b"missing en")):
            answer, body = ask(server, path)
            assert (answer.status, body) == (404, text)


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/place/..%2f..%2fsecret.txt", "/..%5csecret.txt", "/%00"])
def test_nothing_outside_the_folder(small_site: Path, path: str) -> None:
    with serving(small_site) as server:
        answer, body = ask(server, path)
        assert answer.status == 404
        assert b"secret" not in body


def test_prefix(small_site: Path) -> None:
    with serving(small_site, "/a/b/") as server:
        assert ask(server, "/a/b/")[1] == b"home"
        assert ask(server, "/a/b")[0].headers["Location"] == "/a/b/"
        assert ask(server, "/")[0].status == 404
