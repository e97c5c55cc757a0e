"""The calculator in a frame of a county's own site, put there as the page about embedding says."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.site.calculating import LANGUAGES, PREFIX, START, WIDE

ROOT = Path(__file__).resolve().parents[2]


class Host(BaseHTTPRequestHandler):
    """Another site with the calculator in a frame."""

    def do_GET(self) -> None:
        kind, body = self.server.files.get(self.path, ("text/plain", ""))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def documented(lang: str, home: str) -> dict[str, tuple[str, str]]:
    """The files of a county's site, word for word from the page about embedding, for this server and a place."""
    text = (ROOT / "docs" / lang / "calculator" / "embedding.md").read_text("utf-8")
    frame, script = (re.search(rf"```{kind}\n(.*?)```", text, re.S).group(1) for kind in ("html", "js"))
    frame = re.sub(r"https://[^/]+/", home, frame).replace("yunyang-2025", "tunliu-2025")
    page = f"<!doctype html><html lang={lang}><title>county</title><h1>County</h1>{frame}</html>"
    return {"/": ("text/html", page), "/canbao-height.js": ("text/javascript", script)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_a_frame_of_another_site(visit, server, lang) -> None:
    host = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    host.files = documented(lang, server.url)
    assert f"{server.url}{PREFIX[lang]}calculator/embed/#v1.tunliu-2025" in host.files["/"][1]
    thread = Thread(target=host.serve_forever, daemon=True)
    thread.start()
    try:
        page = visit(viewport=WIDE).page
        page.goto(f"http://127.0.0.1:{host.server_port}/")
        frame = page.frame_locator("#canbao")
        expect(frame.locator("#cc-q-person")).to_be_visible(timeout=START)
        expect(frame.locator("#cc-q-place")).to_be_hidden()
        expect(frame.locator(".cc-where-framed")).to_have_text({"zh": "屯留区2025年", "en": "Tunliu District 2025"}[lang])  # named before there is an answer
        before = page.locator("#canbao").evaluate("(e) => e.clientHeight")
        frame.locator("#cc-q-pay_date input").fill("2024-11-05")
        expect(frame.locator(".cc-answer")).to_have_attribute("data-state", re.compile("known|assumed|conflicting"), timeout=START)
        expect(frame.locator(".md-header")).to_be_hidden()
        page.wait_for_function("(before) => document.getElementById('canbao').clientHeight > before + 200", arg=before)
        # Nothing scrolls inside: the frame is as high as what it holds.
        inner = page.frames[1]
        assert inner.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
        assert page.context.cookies() == []
        assert inner.evaluate("localStorage.getItem('canbao.calculator') ?? ''").find("tunliu") < 0
        # A way out of the frame opens a window of its own.
        frame.locator(".cc-fold button").first.click()
        with page.context.expect_page() as opened:
            frame.locator(".cc-steps-top .cc-where a").first.click()
        opened.value.wait_for_url("**/notices/**")
    finally:
        host.shutdown()
        host.server_close()
        thread.join()


def test_other_pages_refuse_frames(visit, server) -> None:
    visitor = visit()
    for path, allowed in (("calculator/", False), ("calculator/embed/", True), ("en/calculator/embed/", True), ("about/", False)):
        answer = visitor.context.request.get(server.url + path)
        assert ("frame-ancestors" not in answer.headers["content-security-policy"]) is allowed, path
