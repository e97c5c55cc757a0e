"""Run the configurations of “Hosting this site” on the real servers and check what they send.

    python -m scripts.check_hosting [nginx] [caddy] [apache] [--site site]

Each configuration is taken out of docs/zh/deploy.md as it stands; only the folder and the address are put in. What
docs/zh/calculator/embedding.md says to change for certain sites is checked too. A server that is
not installed is an error that says how to install it. Nothing but 127.0.0.1 is listened to, and each server is ended again.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import brotli

from scripts import csp
from scripts.serve import TYPES

ROOT = Path(__file__).resolve().parent.parent
LANGS = ("zh", "en")
FOLDER = "/srv/canbao/site"  # the page's own example
DECODE: dict[str | None, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
# Other right names of a type: servers differ, browsers do not mind.
SAME = {"application/javascript": "text/javascript", "text/xml": "application/xml", "application/x-zip-compressed": "application/zip"}
# Types whose bytes do not say their encoding themselves.
NEED_CHARSET = (".html", ".css", ".js", ".mjs", ".csv", ".ics", ".txt")
PATIENCE = 15.0
ALLOWED = "; frame-ancestors https://county.example"  # as in the examples of the page about embedding


class Problem(Exception):
    """The check cannot be made; the message says what to do."""


class Server(NamedTuple):
    """A server of the page: its program, the packages that bring it, and how its configuration becomes one that runs here."""

    program: str
    packages: str
    whole: Callable[[str, Path, int], str]
    command: Callable[[str, Path], list[str]]


# -- the page ------------------------------------------------------------------------------------------------


def configuration(name: str, lang: str = "zh") -> str:
    """The first example under a heading of the page about hosting, word for word."""
    text = (ROOT / "docs" / lang / "deploy.md").read_text("utf-8")
    found = re.search(rf"^## .*\{{#{name}\}}$.*?^```[a-z]+\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    if found is None:
        raise Problem(f"docs/{lang}/deploy.md: no example under {{#{name}}} 没有这一节的示例")
    return found[1]


def for_certain_sites(name: str, lang: str = "zh") -> tuple[str, str]:
    """What the page about embedding says to replace in a configuration, and by what, to let only certain sites frame the calculator."""
    text = (ROOT / "docs" / lang / "calculator" / "embedding.md").read_text("utf-8")
    found = re.search(rf"^- {name}\b[^`\n]*`([^`\n]+)`[^`\n]*`([^`\n]+)`", text, re.MULTILINE | re.IGNORECASE)
    if found is None:
        raise Problem(f"docs/{lang}/calculator/embedding.md: no line for {name} 没有这种服务器的一行")
    return found[1], found[2]


def put(config: str, *pairs: tuple[str, str]) -> str:
    """A configuration with its examples of folder and address replaced; each must be there."""
    for old, new in pairs:
        if old not in config:
            raise Problem(f"The configuration no longer says “{old}”. 配置里没有“{old}”。")
        config = config.replace(old, new)
    return config


# -- the servers ---------------------------------------------------------------------------------------------


def nginx(config: str, work: Path, port: int) -> str:
    """Where the distribution includes site files from: inside http, after its types and modules."""
    if not nginx_has_brotli():
        raise Problem("nginx has no brotli module: apt-get install libnginx-mod-http-brotli-static 缺少 brotli 模块")
    own = put(config, (FOLDER, str(site_link(work))), ("listen 80;", f"listen 127.0.0.1:{port};"))
    paths = "".join(f"{name}_temp_path {work / name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (f"{user}daemon off;\nworker_processes 1;\npid {work / 'pid'};\nerror_log {work / 'log'};\ninclude /etc/nginx/modules-enabled/*.conf;\nevents {{}}\n"
            f"http {{\ninclude /etc/nginx/mime.types;\ndefault_type application/octet-stream;\naccess_log off;\n{paths}{own}}}\n")


def nginx_has_brotli() -> bool:
    """Whether the module that the page names is enabled."""
    return any(Path("/etc/nginx/modules-enabled").glob("*brotli*static*"))


def caddy(config: str, work: Path, port: int) -> str:
    """The example is a whole Caddyfile; the interface for its administration is switched off."""
    return "{\n\tadmin off\n\tauto_https off\n}\n" + put(config, (FOLDER, str(site_link(work))), (":80 {", f"http://127.0.0.1:{port} {{"))


def apache(config: str, work: Path, port: int) -> str:
    """The modules that Debian enables, and the three that the page names."""
    own = put(config, (FOLDER, str(site_link(work))), ("<VirtualHost *:80>", f"<VirtualHost 127.0.0.1:{port}>"))
    modules = "".join(f"<IfModule !{name}_module>\nLoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n</IfModule>\n" for name in ("headers", "rewrite", "mime"))
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    return (f"ServerRoot {work}\nServerName 127.0.0.1\nPidFile {work / 'pid'}\nErrorLog {work / 'log'}\nDefaultRuntimeDir {work}\nMutex file:{work}\nListen 127.0.0.1:{port}\n{user}"
            f"IncludeOptional /etc/apache2/mods-enabled/*.load\nIncludeOptional /etc/apache2/mods-enabled/*.conf\n{modules}{own}")


SERVERS = {
    "nginx": Server("nginx", "nginx libnginx-mod-http-brotli-static", nginx, lambda program, file: [program, "-c", str(file), "-e", str(file.with_name("log"))]),
    "caddy": Server("caddy", "caddy", caddy, lambda program, file: [program, "run", "--config", str(file), "--adapter", "caddyfile"]),
    "apache": Server("apache2", "apache2", apache, lambda program, file: [program, "-f", str(file), "-DFOREGROUND"]),
}


def site_link(work: Path) -> Path:
    """The site under a path without a blank, as configurations want it."""
    return work / "site"


@contextmanager
def running(name: str, site: Path, *changes: tuple[str, str]) -> Iterator[int]:
    """A server with the page's configuration, changed as told, on a free port of this machine; ended on leaving, by its own process."""
    server = SERVERS[name]
    program = shutil.which(server.program, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin")
    if program is None:
        raise Problem(f"{name} is not installed: apt-get install {server.packages} 没有安装 {name}")
    with tempfile.TemporaryDirectory(prefix=f"canbao-{name}-") as folder:
        work, port = Path(folder), free_port()
        work.chmod(0o755)  # the server may run as another user
        site_link(work).symlink_to(site.resolve(), target_is_directory=True)
        file = work / "config"
        file.write_text(server.whole(put(configuration(name), *changes), work, port), "utf-8")
        env = {**os.environ, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder, "APACHE_RUN_DIR": folder, "APACHE_LOG_DIR": folder, "APACHE_LOCK_DIR": folder, "APACHE_PID_FILE": f"{folder}/pid"}
        with (work / "said").open("w+") as said:
            process = subprocess.Popen(server.command(program, file), stdout=said, stderr=subprocess.STDOUT, env=env, cwd=folder)
            try:
                if not wait_for(process, port):
                    logged = (work / "log").read_text() if (work / "log").exists() else ""
                    raise Problem(f"{name} did not start 没有启动：\n{(work / 'said').read_text()}{logged}")
                yield port
            finally:
                process.terminate()
                process.wait(PATIENCE)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(process: subprocess.Popen, port: int) -> bool:
    """Whether the server answers before it ends or patience does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


# -- what is sent --------------------------------------------------------------------------------------------


def ask(port: int, path: str, accepted: str = "identity") -> tuple[int, http.client.HTTPMessage, bytes]:
    """One answer, without following where it leads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": accepted})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def follow(port: int, path: str, accepted: str = "identity") -> tuple[int, http.client.HTTPMessage, bytes]:
    """One answer, or that of the place of the same host to which it leads."""
    status, headers, body = ask(port, path, accepted)
    if status in (301, 302, 307, 308):
        return ask(port, re.sub(r"^http://[^/]+", "", urljoin(path, headers.get("Location", ""))), accepted)
    return status, headers, body


def check(port: int, site: Path) -> list[str]:
    """What a server on the port does otherwise than the page promises; nothing when all is right."""
    found = []
    for path in samples(site):
        file = path.relative_to(site).as_posix()
        for accepted, encoding in (("identity", None), ("gzip", "gzip"), ("gzip, br", "br")):
            found += [f"/{file} ({accepted}): {problem}" for problem in unlike(site, path, encoding, *follow(port, "/" + file, accepted))]
    for folder in ("", "en/", "calculator/embed/", "en/calculator/embed/", "calculator/embed", "about"):
        page = site / folder / "index.html"
        found += [f"/{folder}: {problem}" for problem in unlike(site, page, "br", *follow(port, "/" + folder, "gzip, br"))]
    for address, page in (("none/", "404.html"), ("en/none/", "en/404.html"), ("none.csv", "404.html"), ("none.ics", "404.html")):
        found += [f"/{address}: {problem}" for problem in unlike(site, site / page, None, *ask(port, "/" + address), status=404)]
    return found


def check_certain_sites(port: int, allowed: str) -> list[str]:
    """What is wrong where only certain sites may frame the calculator; every other page still refuses all."""
    found = []
    for address in ("calculator/embed/", "en/calculator/embed/", "calculator/"):
        rule = csp.META + allowed if "embed" in address else csp.HEADER
        sent = follow(port, "/" + address)[1].get_all("Content-Security-Policy")
        found += [] if sent == [rule] else [f"/{address} for certain sites: {sent}, not {rule}"]
    return found


def samples(site: Path) -> list[Path]:
    """The first file of each type, one in each language where both have it, and the page that may stand in frames."""
    chosen: dict[tuple, Path] = {}
    for path in sorted(site.rglob("*")):
        if path.is_file() and path.suffix not in (".br", ".gz") and path.name != "404.html":
            english = path.relative_to(site).parts[0] == "en"
            chosen.setdefault((path.suffix, english), path)
            if path.with_name(path.name + ".br").is_file():  # one that has its copies
                chosen.setdefault((path.suffix, english, "copies"), path)
    return list(dict.fromkeys([*chosen.values(), *(site / lang / csp.EMBEDDED for lang in ("", "en"))]))


def unlike(site: Path, file: Path, encoding: str | None, code: int, headers: http.client.HTTPMessage, body: bytes, status: int = 200) -> Iterator[str]:
    """How an answer differs from the file that it should be, sent as it should."""
    if code != status:
        yield f"status {code}, not {status}"
        return
    kind, _, charset = headers.get("Content-Type", "").lower().partition(";")
    wanted = TYPES[file.suffix].partition(";")[0]
    if SAME.get(kind, kind) != wanted:
        yield f"type {kind}, not {wanted}"
    if file.suffix in NEED_CHARSET and charset.strip() != "charset=utf-8":
        yield f"{kind} without charset=utf-8"
    copies = {name for name, suffix in (("br", ".br"), ("gzip", ".gz")) if file.with_name(file.name + suffix).is_file()}
    sent = headers.get("Content-Encoding")
    if sent != (encoding if encoding in copies else None) and status == 200:
        yield f"encoding {sent}, not {encoding if encoding in copies else None}"
    elif DECODE[sent](body) != file.read_bytes():
        yield "other bytes than the file"
    if sent and "accept-encoding" not in headers.get("Vary", "").lower():
        yield "no Vary: Accept-Encoding"
    rules = {"Content-Security-Policy": csp.header(file.relative_to(site).as_posix()), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}
    yield from (f"{name}: {headers.get_all(name)}, not {rule}" for name, rule in rules.items() if headers.get_all(name) != [rule])


def main(arguments: list[str] | None = None) -> int:
    """Check each server named (all when none is) and print what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m scripts.check_hosting", description=f"{__doc__.splitlines()[0]} 用真的服务器检查“架设本站”里的配置。")
    parser.add_argument("servers", nargs="*", metavar="|".join(SERVERS), help="which (default: all) 哪些服务器，不写就是全部")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site 生成好的网站")
    told = parser.parse_args(arguments)
    unknown = [name for name in told.servers if name not in SERVERS]
    if unknown:
        parser.error(f"{unknown[0]}: {', '.join(SERVERS)}")
    if not (told.site / "index.html").is_file():
        print(f"{told.site}: no site here yet; run make build first. 这里还没有网站，请先运行 make build。", file=sys.stderr)
        return 2
    bad = False
    for name in told.servers or SERVERS:
        try:
            with running(name, told.site) as port:
                problems = check(port, told.site.resolve())
            with running(name, told.site, for_certain_sites(name)) as port:
                problems += check_certain_sites(port, ALLOWED)
        except Problem as problem:
            problems = [str(problem)]
        bad = bad or bool(problems)
        print(f"{name}: " + ("\n  ".join(["", *problems]) if problems else "as the page says 和网页说的一样"), flush=True)
    return int(bad)


if __name__ == "__main__":
    raise SystemExit(main())
