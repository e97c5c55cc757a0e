"""Print the leaflets as PDF with the browser that is found; without one, say so and leave printing to the pages.

    python -m scripts.leaflet [--out build/static/leaflets] [--site-url https://…/]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from scripts import browser
from scripts.left_out import no_address
from scripts.render.site import ROOT, Site

from . import write_sheets
from .fit import READABLE

NO_BROWSER = """没有找到 Chromium，不生成明白纸的 PDF；网页照样可以打印成一张 A4 纸。
No Chromium was found: no PDF leaflets are made; the pages print as one A4 sheet all the same."""


def main(arguments: list[str] | None = None) -> int:
    """Read the options, print, and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m scripts.leaflet", description=f"{__doc__.splitlines()[0]} 用找到的浏览器把明白纸印成 PDF。")
    parser.add_argument("--sheets", type=Path, help="folder of sheets made already; else they are made from the data 已经写好的页面文件夹")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "static" / "leaflets", help="where the PDFs go PDF 放在哪里")
    parser.add_argument("--site-url", help="the address of the site, for the QR code 网站地址，用于二维码")
    parser.add_argument("--date", help="the date of the data, when --sheets is given 数据日期")
    told = parser.parse_args(arguments)
    found = browser.find()
    if found is None:
        print(NO_BROWSER)
        return 0
    started = time.perf_counter()
    if told.sheets is not None:
        sheets, date = sorted(told.sheets.glob("*.html")), told.date
        if date is None:
            parser.error("--sheets needs --date")
    else:
        site = Site.load()
        url = told.site_url.rstrip("/") + "/" if told.site_url else None
        sheets, date = write_sheets(site, ROOT / "build" / "leaflets", url), site.date
        if url is None:
            print("\n".join(no_address()))
    from .pdf import PrintError, print_sheets  # Playwright is loaded only where there is something to print with

    try:
        made = print_sheets(sheets, told.out, found, date)
    except PrintError as error:
        print(error, file=sys.stderr)
        return 1
    size, points = sum(one.path.stat().st_size for one in made), [one.points for one in made]
    small = [f"{one.path.stem} {one.points:g} pt" for one in made if one.points < READABLE[one.path.stem.rpartition(".")[2]]]
    warned = f"; too small to read from two metres, shorten their texts under “leaflet” in the data: {', '.join(small)}" if small else ""
    print(f"{len(made)} leaflets, {size // 1024} KB, text of {min(points, default=0):g} to {max(points, default=0):g} pt, {time.perf_counter() - started:.1f} s{warned}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
