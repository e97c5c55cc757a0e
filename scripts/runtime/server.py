"""A small server on 127.0.0.1 hands out precompressed files and counts every byte, for measuring and for tests."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts import csp
from scripts.serve import ENCODINGS, TYPES

# Scripts need a script's type everywhere; nothing else may depend on its type.
WRONG_TYPE = "application/octet-stream"


PIECE = 64 * 1024  # bytes


@dataclass
class Behaviour:
    """How the server treats a request; tests change it to make things go wrong."""

    codings: tuple[str, ...] = ("br", "gzip")
    policy: str | None = csp.HEADER
    wrong_types: bool = False
    prefix: str = "/"
    # seconds between two pieces of an answer, as on a slow line
    pace: float = 0
    # path ending -> status, or bytes to send instead of the file
    answers: dict[str, int | bytes] = field(default_factory=dict)
    # the same, but only for the first request
    once: dict[str, int | bytes] = field(default_factory=dict)


class Site:
    """Serves folders, each under its own path, until `close`; the longest path that fits wins."""

    def __init__(self, folders: dict[str, Path], behaviour: Behaviour | None = None, port: int = 0) -> None:
        self.folders = sorted(((path, folder.resolve()) for path, folder in folders.items()), key=lambda pair: -len(pair[0]))
        self.behaviour = behaviour or Behaviour()
        self.requests: list[tuple[str, int]] = []
        site = self

        class Handler(_Handler):
            owner = site

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the folder, with a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}{self.behaviour.prefix}"

    def find(self, path: str) -> Path | None:
        """The file for a path of the address, or nothing; never one outside the folders."""
        if not path.startswith(self.behaviour.prefix):
            return None
        relative = path.removeprefix(self.behaviour.prefix)
        if not relative or relative.endswith("/"):
            relative += "index.html"
        for path, folder in self.folders:
            if relative.startswith(path):
                file = (folder / relative.removeprefix(path)).resolve()
                if file.is_relative_to(folder) and file.is_file():
                    return file
        return None

    def sent(self) -> int:
        """Bytes over the wire since the last `reset`, headers included."""
        return sum(size for _, size in self.requests)

    def reset(self) -> None:
        """Forget what has been counted."""
        self.requests.clear()

    def close(self) -> None:
        """The server ends and its port is free again."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Handler(BaseHTTPRequestHandler):
    owner: Site
    protocol_version = "HTTP/1.1"
    server_version = "local"
    sys_version = ""

    def do_GET(self) -> None:
        owner, behaviour = self.owner, self.owner.behaviour
        path = unquote(urlsplit(self.path).path)
        for ending, answer in {**behaviour.once, **behaviour.answers}.items():
            if path.endswith(ending):
                behaviour.once.pop(ending, None)
                if isinstance(answer, int):
                    self._send(path, answer, b"", {})
                else:
                    self._send(path, 200, answer, {"Content-Type": TYPES.get(Path(path).suffix, WRONG_TYPE)})
                return
        file = owner.find(path)
        if file is None:
            self._send(path, 404, b"not found", {"Content-Type": "text/plain"})
            return
        kind = TYPES.get(file.suffix, WRONG_TYPE)
        if behaviour.wrong_types and not kind.startswith(("text/html", "text/javascript")):
            kind = WRONG_TYPE
        headers = {"Content-Type": kind, "Vary": "Accept-Encoding", "Cache-Control": "max-age=3600"}
        if behaviour.policy:
            headers["Content-Security-Policy"] = behaviour.policy
        accepted = self.headers.get("Accept-Encoding", "")
        for coding, suffix in ENCODINGS:
            packed = file.with_name(file.name + suffix)
            if coding in behaviour.codings and coding in accepted and packed.is_file():
                self._send(path, 200, packed.read_bytes(), {**headers, "Content-Encoding": coding})
                return
        self._send(path, 200, file.read_bytes(), headers)

    def _send(self, path: str, status: int, body: bytes, headers: dict[str, str]) -> None:
        lines = [f"{self.protocol_version} {status} {self.responses[status][0]}"]
        lines += [f"{name}: {value}" for name, value in {**headers, "Content-Length": str(len(body))}.items()]
        message = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
        self.owner.requests.append((path, len(message)))
        try:
            if not self.owner.behaviour.pace:
                self.wfile.write(message)
            else:
                for start in range(0, len(message), PIECE):
                    self.wfile.write(message[start : start + PIECE])
                    time.sleep(self.owner.behaviour.pace)
        except (BrokenPipeError, ConnectionResetError):
            # The reader went away, as a cancelled download does.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: a reader's requests are nobody's business."""
