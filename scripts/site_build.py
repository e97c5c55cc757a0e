"""Build the whole site: compile and render the data, gather the pages, run MkDocs per language, compress.

    python -m scripts.site_build [--out site] [--lang zh|en] [--site-url https://…/] [--build build] [--no-runtime]

Each language is a site of its own, so that neither its search nor its missing page mixes languages:
Chinese at the root, English under ``en/``, the same addresses in both. The same input gives the same
bytes: dates come from SOURCE_DATE_EPOCH or the data, never from the clock.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import yaml

from scripts import browser, csp, leaflet, left_out
from scripts.compile import main as compile_data
from scripts.compress import compress_tree
from scripts.export import export_all
from scripts.render import render_all, write
from scripts.render.calculator import with_tables
from scripts.render.site import Site
from scripts.search import write_index
from scripts.tidy import tidy_tree

ROOT = Path(__file__).resolve().parent.parent
# The address `make serve` offers. Canonical links are written only when a real one is given.
CACHE = ROOT / "build" / "cache"
SHARED = ("stylesheets", "javascripts", "images", "assets")

LANGUAGES = {
    "zh": {
        "path": "",
        "tag": "zh-Hans",
        "name": "中文",
        "site_name": "参保明白纸",
        "description": "城乡居民基本医疗保险：交多少、谁资助、什么时候交、从哪天起报销，每个数字都有通知原文。",
    },
    "en": {
        "path": "en/",
        "tag": "en",
        "name": "English",
        "site_name": "Canbao",
        "description": "China's resident basic medical insurance: what one pays, who is assisted, by when, and from which "
        "day one is covered. Every figure has its sentence in the official notice.",
    },
}

# Parts of the theme that no page uses: source maps, and its search (scripts/search and javascripts/search.js take its place).
UNUSED = ("assets/javascripts/lunr", "assets/javascripts/workers", "assets/javascripts/**/*.map", "assets/stylesheets/*.map", "assets/images/favicon.png")


class BuildError(Exception):
    """The site cannot be built; the message says what to do next."""


def build(out: Path, work: Path, languages: tuple[str, ...], site_url: str | None, runtime: bool = True) -> None:
    """Build the languages into out, using work for everything in between."""
    clock = _Clock()
    work.mkdir(parents=True, exist_ok=True)
    compile_policies(work)
    clock.lap("compiled the policies")
    shutil.rmtree(work / "static", ignore_errors=True)
    # The browser runtime needs only the engine and the policies, and the PDFs only their sheets: both are made beside the pages.
    with ThreadPoolExecutor(len(languages) + 2) as pool:
        made = pool.submit(make_runtime, work) if runtime else None
        site = Site.load(work / "policies.json")
        leaflet.write_sheets(site, work / "leaflets", site_url)
        printed = pool.submit(print_leaflets, work, site.date)
        render(work, site)
        clock.lap("rendered the data")
        clock.lap(f"exported {export_all(site, work / 'static', site_url)} files of data")
        can_print = browser.find() is not None
        write_leaflet_pages(site, work, languages, site_url, can_print)
        date = prepare(work, languages, site_url)
        convert(pool, languages, work, date)
        clock.lap("built " + " and ".join(languages))
        clock.lap(f"printed the leaflets ({printed.result()})")
        if can_print and not (work / "static" / leaflet.FOLDER).is_dir():  # the browser did not work: no page may link what is not there
            write_leaflet_pages(site, work, languages, site_url, False)
            convert(pool, languages, work, date)
        for lang in languages:
            write_index(work / f"site-{lang}", work / "docs" / lang, site, lang, LANGUAGES[lang]["tag"])
        clock.lap("wrote the index of the search")
        if made:
            size = made.result()
            clock.lap(f"made the browser runtime ({size})")

    assembled = assemble(work, languages, site_url, runtime)
    served = compress_tree(assembled, work / "cache" / "compressed")
    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(assembled, out)
    clock.lap(f"put the site together, {served} files compressed")
    pages = sum(1 for _ in out.rglob("*.html"))
    print(f"site: {pages} pages in {out.name}/ after {clock.total():.1f} s", flush=True)
    for line in left_out.lines(site_url, (out / leaflet.FOLDER).is_dir(), browser.find(), runtime):
        print(line, flush=True)


def compile_policies(work: Path) -> None:
    """One JSON file of all rules for the renderer, the calculator and the command line."""
    # The engine's package carries the same file, so that `python -m calc` works from here on.
    also = str(ROOT / "calc" / "data" / "policies.json")
    # A preview may show policies not yet confirmed, each marked as a draft; nothing else ever reads them.
    wanted = ["--drafts"] if os.environ.get("CANBAO_DRAFTS") else ["--also", also]
    if compile_data(["--data", str(ROOT / "policy_data"), "--out", str(work / "policies.json"), *wanted]):
        raise BuildError("The data has errors, see above; nothing was built.\n数据有错误（见上），没有生成网站。")


def render(work: Path, site: Site) -> None:
    """Write the generated pages anew, so that a page dropped from the data leaves nothing behind."""
    docs = work / "docs"
    shutil.rmtree(docs, ignore_errors=True)
    docs.mkdir(parents=True)
    os.environ["CANBAO_POLICIES"] = str(work / "policies.json")
    render_all(docs, site)


def prepare(work: Path, languages: tuple[str, ...], site_url: str | None) -> str:
    """Gather the pages of the languages and write their configurations; returns the date of the data."""
    for lang in languages:
        gather(lang, work / "docs")
    if len(languages) > 1:
        check_pairs(work / "docs")
    nav = read_nav(work)
    date = nav.get("date") or base_config()["extra"]["data_date"]
    for lang in languages:
        write_config(lang, work, nav, date, site_url)
    return date


def write_leaflet_pages(site: Site, work: Path, languages: tuple[str, ...], site_url: str | None, printed: bool) -> None:
    """The leaflets as pages, with links to their PDFs where those are printed."""
    for lang in languages:
        for page in leaflet.pages(site, lang, site_url, printed):
            write(work / "docs" / lang / page.path, page.text)


def convert(pool: ThreadPoolExecutor, languages: tuple[str, ...], work: Path, date: str) -> None:
    """Run MkDocs on every language at once."""
    for done in [pool.submit(run_mkdocs, lang, work, date) for lang in languages]:
        done.result()


def make_runtime(work: Path) -> str:
    """Bundle Python, the engine and the policies for the browser; returns its size as a phrase."""
    paths = ["--calc", ROOT / "calc", "--policies", work / "policies.json", "--out", work / "runtime", "--cache", CACHE]
    command = [sys.executable, "-m", "scripts.runtime", "build", *map(str, paths)]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise BuildError(f"The browser runtime was not made:\n{done.stdout}{done.stderr}")
    return " ".join(done.stdout.splitlines()[-1].split()) if done.stdout else "done"


def print_leaflets(work: Path, date: str) -> str:
    """Print the leaflets as PDF where a browser is found; returns what was done as a phrase. Without one the pages offer printing."""
    if browser.find() is None:
        return "no browser, so no PDF; the pages can be printed"
    paths = ["--sheets", work / "leaflets", "--out", work / "static" / leaflet.FOLDER, "--date", date]
    done = subprocess.run([sys.executable, "-m", "scripts.leaflet", *map(str, paths)], check=False, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:  # a browser that does not work is no browser: the pages print all the same
        shutil.rmtree(work / "static" / leaflet.FOLDER, ignore_errors=True)
        return f"not printed, so no PDF: {' '.join(done.stderr.split())[-200:]}"
    return " ".join(done.stdout.splitlines()[-1].split())


def gather(lang: str, docs: Path) -> None:
    """Add the pages written by hand and the shared files; a page may come from one side only."""
    target = docs / lang
    for source in sorted((ROOT / "docs" / lang).rglob("*")):
        if source.is_dir():
            continue
        copy = target / source.relative_to(ROOT / "docs" / lang)
        if copy.exists():
            raise BuildError(
                f"{source.relative_to(ROOT)}: the renderer writes this page too; keep one of them.\n"
                f"{source.relative_to(ROOT)}：渲染程序也生成了这一页，请只保留一个。"
            )
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".md":
            copy.write_text(with_tables(source.read_text("utf-8"), lang, target), "utf-8")
        else:
            shutil.copyfile(source, copy)
    for name in SHARED:
        if (ROOT / "docs" / name).is_dir():
            shutil.copytree(ROOT / "docs" / name, target / name, dirs_exist_ok=True)


def check_pairs(docs: Path) -> None:
    """Every page exists in both languages at the same address, so the language switch never fails."""
    pages = {lang: {p.relative_to(docs / lang) for p in (docs / lang).rglob("*.md")} for lang in LANGUAGES}
    missing = [f"docs/{lang}/{page}" for lang in LANGUAGES for page in set.union(*pages.values()) - pages[lang]]
    if missing:
        names = "\n  ".join(sorted(missing))
        raise BuildError(
            f"These pages exist in the other language only; write them too:\n  {names}\n"
            "以上页面只有另一种语言的版本，请补上。"
        )


def read_nav(work: Path) -> dict:
    """The renderer's navigation: {"zh": [[title, path or list]], "en": …, "date": "YYYY-MM-DD"}."""
    path = work / "nav.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def nav_tree(entries: list) -> list:
    """Pairs [title, path or pairs] in the form that MkDocs reads."""
    return [{title: target if isinstance(target, str) else nav_tree(target)} for title, target in entries]


def base_config() -> dict:
    """The configuration shared by both languages."""
    return yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))


def write_config(lang: str, work: Path, nav: dict, date: str, site_url: str | None) -> None:
    """Write what is particular to one language; everything else is inherited from mkdocs.yml."""
    here = LANGUAGES[lang]
    other = LANGUAGES["en" if lang == "zh" else "zh"]
    root_url = site_url or left_out.LOCAL_URL
    config = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "site_name": here["site_name"],
        "site_description": here["description"],
        "site_url": root_url + here["path"],
        "docs_dir": str(work / "docs" / lang),
        "site_dir": str(work / f"site-{lang}"),
        "theme": {"language": here["tag"], "custom_dir": str(ROOT / "docs" / "overrides")},
        "extra": {
            "lang": lang,
            "root": "../" if here["path"] else "",
            "root_url": root_url,
            "canonical": site_url is not None,
            "other": {"tag": other["tag"], "name": other["name"], "path": other["path"] or "../"},
            "csp": csp.META,
            "data_date": date,
            "checked": nav.get("checked", ""),
        },
    }
    if nav.get(lang):
        config["nav"] = nav_tree(nav[lang])
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    (work / f"mkdocs.{lang}.yml").write_text(text, "utf-8")


def run_mkdocs(lang: str, work: Path, date: str) -> None:
    """Run MkDocs on one language; a warning (a broken link, a missing page) is an error."""
    moment = datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC)
    env = {
        "SOURCE_DATE_EPOCH": str(int(moment.timestamp())),
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", f"mkdocs.{lang}.yml"]
    done = subprocess.run(command, check=False, cwd=work, env=env, capture_output=True, text=True)
    if done.returncode:
        raise BuildError(f"MkDocs stopped on the {lang} pages:\n{done.stdout}{done.stderr}")


def assemble(work: Path, languages: tuple[str, ...], site_url: str | None, runtime: bool) -> Path:
    """Put the languages, the browser runtime and shared files where they are served from."""
    site = work / "site.part"
    shutil.rmtree(site, ignore_errors=True)
    for lang in languages:  # Chinese first: English lies inside it
        made = work / f"site-{lang}"
        for pattern in UNUSED:
            for path in made.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        tidy_tree(made)
        (made / "sitemap.xml.gz").unlink(missing_ok=True)  # compress_tree writes it, with its brotli twin
        shutil.copytree(made, site / LANGUAGES[lang]["path"], dirs_exist_ok=True)
        shutil.rmtree(made)
    if runtime:
        shutil.copytree(work / "runtime", site / "assets" / "runtime")
    if (work / "static").is_dir():  # files that belong to both languages, such as data to download
        shutil.copytree(work / "static", site, dirs_exist_ok=True)
    root_url = site_url or left_out.LOCAL_URL
    maps = "".join(f"Sitemap: {root_url}{LANGUAGES[lang]['path']}sitemap.xml\n" for lang in languages)
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n\n{maps}", "utf-8")
    return site


class _Clock:
    """Say how long each step took."""

    def __init__(self, now: Callable[[], float] = time.perf_counter):
        self.now = now
        self.start = self.last = now()

    def lap(self, what: str) -> None:
        moment = self.now()
        print(f"{moment - self.last:6.1f} s  {what}", flush=True)
        self.last = moment

    def total(self) -> float:
        return self.now() - self.start


def main(arguments: list[str] | None = None) -> int:
    """Read the options, build, and turn a failure into a message instead of a traceback."""
    parser = argparse.ArgumentParser(prog="python -m scripts.site_build", description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "site", help="where the site goes (default: site)")
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where the work goes (default: build)")
    parser.add_argument("--lang", choices=sorted(LANGUAGES), help="build one language only")
    parser.add_argument(
        "--site-url",
        default=os.environ.get("CANBAO_SITE_URL") or None,
        help="the address the site will have, for sitemap and canonical links (or CANBAO_SITE_URL)",
    )
    parser.add_argument("--no-runtime", action="store_true", help="leave out the calculator's runtime (for a quick look)")
    options = parser.parse_args(arguments)
    url = options.site_url
    if url is not None:
        url = url.rstrip("/") + "/"
    try:
        languages = (options.lang,) if options.lang else ("zh", "en")
        build(options.out.resolve(), options.build.resolve(), languages, url, not options.no_runtime)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
