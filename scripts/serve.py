"""Serve the built site on this machine as a well-configured web server would.

    python -m scripts.serve [--dir site] [--port 8000]

Right types (WebAssembly too), the compressed copies where the browser accepts them, the strict
Content-Security-Policy of every page, the missing page in the right language; nobody else can connect.
"""

import argparse
import sys
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts import csp

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".whl": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".webmanifest": "application/manifest+json",
}
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


class Handler(BaseHTTPRequestHandler):
    """Answer GET and HEAD for the files of one folder, under an optional prefix of the address."""

    protocol_version = "HTTP/1.1"
    server: "SiteServer"

    def do_GET(self) -> None:
        """Send the file, or where it is, or the missing page."""
        address = unquote(urlsplit(self.path).path)
        prefix = self.server.prefix
        if address + "/" == prefix:
            self._redirect(prefix)
            return
        if not address.startswith(prefix):
            self._send_missing(address)
            return
        parts = [part for part in address[len(prefix):].split("/") if part not in ("", ".")]
        if ".." in parts or any("\\" in part or "\0" in part for part in parts):
            self._send_missing(address)
            return
        path = self.server.root.joinpath(*parts)
        if path.is_dir():
            if not address.endswith("/"):
                self._redirect(urlsplit(self.path).path + "/")
                return
            path /= "index.html"
        if path.is_file():
            self._send(path, HTTPStatus.OK)
        else:
            self._send_missing(address)

    do_HEAD = do_GET

    def _redirect(self, where: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "/" + where.lstrip("/"))  # never to another host
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_missing(self, address: str) -> None:
        english = address.startswith(self.server.prefix + "en/")
        page = self.server.root / ("en/404.html" if english else "404.html")
        if page.is_file():
            self._send(page, HTTPStatus.NOT_FOUND)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, path: Path, status: HTTPStatus) -> None:
        chosen, encoding = self._variant(path)
        facts = chosen.stat()
        tag = f'"{facts.st_size:x}-{facts.st_mtime_ns:x}"'
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        body = chosen.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Vary", "Accept-Encoding")
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", formatdate(facts.st_mtime, usegmt=True))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Content-Security-Policy", csp.header(path.as_posix()))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _variant(self, path: Path) -> tuple[Path, str | None]:
        accepted = {item.split(";")[0].strip() for item in self.headers.get("Accept-Encoding", "").split(",")}
        for name, suffix in ENCODINGS:
            sibling = path.with_name(path.name + suffix)
            if name in accepted and sibling.is_file():
                return sibling, name
        return path, None

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet about what is found; what is missing is worth a line."""
        if self.server.verbose and len(args) > 1 and str(args[1]).startswith(("4", "5")):
            super().log_message(format, *args)


class SiteServer(ThreadingHTTPServer):
    """A server of one folder on the loopback address."""

    daemon_threads = True

    def __init__(self, root: Path, port: int = 0, prefix: str = "/", verbose: bool = True):
        self.root = root.resolve()
        self.prefix = prefix
        self.verbose = verbose
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def url(self) -> str:
        """The address of the first page."""
        return f"http://127.0.0.1:{self.server_address[1]}{self.prefix}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is no error."""
        if not isinstance(sys.exception(), (BrokenPipeError, ConnectionResetError)):
            super().handle_error(request, client_address)


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m scripts.serve", description=__doc__.splitlines()[0])
    parser.add_argument("--dir", type=Path, default=Path("site"), help="the built site (default: site)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default: 8000; 0 takes a free one)")
    options = parser.parse_args(arguments)
    if not (options.dir / "index.html").is_file():
        print(f"{options.dir}: 这里还没有网站，请先运行 make build。", file=sys.stderr)
        print(f"{options.dir}: no site here yet; run make build first.", file=sys.stderr)
        return 1
    try:
        server = SiteServer(options.dir, options.port)
    except OSError as error:
        print(f"端口 {options.port} 不能用（{error}）。换一个：make serve PORT=8001", file=sys.stderr)
        print(f"Port {options.port} cannot be used ({error}). Take another: make serve PORT=8001", file=sys.stderr)
        return 1
    print(f"请在浏览器打开 / open in a browser:\n  {server.url}      中文\n  {server.url}en/   English")
    print("按 Ctrl+C 停止 / Ctrl+C stops it.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
