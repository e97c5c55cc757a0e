"""Write the data for others to a folder, without building the site."""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.render.site import Site

from . import FOLDER, export_all


def main(arguments: list[str] | None = None) -> int:
    """Read the options and write the files."""
    parser = argparse.ArgumentParser(prog="python -m scripts.export", description="Write JSON, CSV, calendars and feeds. 写出 JSON、CSV、日历和订阅文件。")
    parser.add_argument("out", type=Path, nargs="?", default=Path("build/static"), help=f"folder in which {FOLDER}/ is made 在这个文件夹里生成 {FOLDER}/")
    parser.add_argument("--site-url", help="the address of the site, for links in calendars and feeds 网站地址")
    told = parser.parse_args(arguments)
    url = told.site_url.rstrip("/") + "/" if told.site_url else None
    made = export_all(Site.load(), told.out, url)
    print(f"{made} files in {told.out / FOLDER}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
