"""A QR code as an inline SVG: black squares on white, no style attribute, the same for the same address."""

from __future__ import annotations

import segno


def qr_svg(address: str) -> str:
    """The QR code of an address; medium correction, so that a crease or a stain does not spoil it."""
    return segno.make(address, error="m", micro=False).svg_inline(border=2, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
