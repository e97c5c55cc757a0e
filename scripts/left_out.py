"""Say plainly, at the end of a build, what the site does not have and how to get it."""

from __future__ import annotations

from collections.abc import Iterator

LOCAL_URL = "http://127.0.0.1:8000/"  # the address of a site that was given none: where it is served to look at
BROWSER = "sudo apt-get install chromium fonts-noto-cjk"


def no_address() -> Iterator[str]:
    """What a site or its leaflets lack when the address they will have was not given."""
    yield f"没有给出网址：明白纸上没有二维码，日历里没有链接，网页没有规范网址，网站地图写的是 {LOCAL_URL}。要正式发布：make build SITE_URL=https://您的网址/"
    yield f"No address was given: the leaflets have no QR code, the calendars no links, the pages no canonical links, and the sitemap says {LOCAL_URL}. To publish: make build SITE_URL=https://your.address/"


def lines(site_url: str | None, printed: bool, browser: str | None, runtime: bool) -> Iterator[str]:
    """A line in Chinese and one in English for each part that was left out; none for a site that is whole.

    printed: whether the leaflets' PDFs were made. browser: the browser that was found, or None.
    """
    if not printed:
        zh, en = ("找到的浏览器用不了，原因见上面“printed the leaflets”一行", "the browser found does not work, see the line “printed the leaflets” above") if browser else ("没有找到 Chromium 浏览器", "no Chromium was found")
        yield f"没有明白纸的 PDF：{zh}。要有 PDF，先装 Chromium（{BROWSER}），再生成一次。网页上的明白纸照样可以打印。"
        yield f"No PDFs of the leaflets: {en}. To have them, install Chromium ({BROWSER}) and build again. The leaflets' pages can be printed all the same."
    if site_url is None:
        yield from no_address()
    if not runtime:
        yield "没有打包计算器（--no-runtime）：计算器页面打不开计算程序。要有计算器，去掉这个选项再生成一次。"
        yield "The calculator was left out (--no-runtime): its pages cannot start the engine. To have it, build again without that option."
