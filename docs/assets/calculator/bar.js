/** Who pays each part of the price, as one bar to scale with the amounts written out below: the list alone says everything. */

import { h } from "./dom.js";

const COLOURS = { individual: 1 };

/** Payers of all premiums, added up by who pays. */
export function byPayer(payers) {
  const found = new Map();
  for (const payer of payers) {
    const key = payer.who === "individual" ? "individual" : payer.label;
    const entry = found.get(key) ?? { who: payer.who, label: payer.label, fen: 0 };
    entry.fen += payer.fen;
    found.set(key, entry);
  }
  return [...found.values()];
}

export function payersBar(explanation, { texts }) {
  const parts = byPayer(explanation.payers);
  const total = parts.reduce((sum, part) => sum + part.fen, 0);
  if (!parts.length || !total) return null;
  let next = 2;
  for (const part of parts) {
    part.colour = COLOURS[part.who] ?? next;
    if (!COLOURS[part.who]) next += 1;
  }
  const bar = h("div", { class: "cc-bar", "aria-hidden": "true" }, parts.filter((part) => part.fen).map((part) => {
    const piece = h("span", { class: `cc-piece cc-c${part.colour}` }, part.fen / total > 0.14 ? texts.money(part.fen) : "");
    piece.style.flexGrow = String(part.fen);
    return piece;
  }));
  const list = h("ul", { class: "cc-legend" }, parts.map((part) => h("li", {}, h("span", { class: `cc-swatch cc-c${part.colour}`, "aria-hidden": "true" }), texts.payerPart(part.label, texts.money(part.fen)))));
  return h("figure", { class: "cc-payers" }, h("figcaption", {}, texts.barTitle), bar, list, explanation.beside?.map((entry) => h("p", { class: "meta" }, entry.text)));
}
