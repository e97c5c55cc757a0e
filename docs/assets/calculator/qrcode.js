/** A QR code as a picture: drawn as one path, black on white in both colour schemes so that phones can read it. */

import { s } from "./dom.js";
import { encodeQr } from "./qr.js";

const QUIET = 4;

/** The picture of a text; null when it is too long. */
export function qrCode(text, label) {
  const modules = encodeQr(text, text.length < 400 ? "M" : "L");
  if (!modules) return null;
  const size = modules.length + 2 * QUIET;
  let path = "";
  modules.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  }));
  return s(
    "svg", { viewBox: `0 0 ${size} ${size}`, class: "cc-qr", role: "img", "aria-label": label, "shape-rendering": "crispEdges" },
    s("rect", { width: size, height: size, fill: "#fff" }), s("path", { d: path, fill: "#000" }),
  );
}
