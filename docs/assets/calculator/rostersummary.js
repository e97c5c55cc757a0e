/** What a roster adds up to: by group, by payer, rows that need facts, warnings, and bad rows with their reasons. */

import { h } from "./dom.js";

const SHOWN = 50;
const FEW = 20;

function table(caption, heads, rows) {
  return rows.length ? h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption }, h("table", { class: "cards" }, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, index) => (index ? h("td", { class: typeof cell === "number" ? "num" : "", "data-label": heads[index] }, String(cell)) : h("th", { scope: "row" }, String(cell))))))))) : null;
}

/** The line of a row in the file it came from. */
function lineOf(run, row) {
  return run.roster.rows[row - 1]?.line ?? row;
}

/** The lines of the first rows of many, in words. */
function linesOf(run, rows, texts) {
  return rows.slice(0, FEW).map((row) => lineOf(run, row)).join(texts.and) + (rows.length > FEW ? "…" : "");
}

export function rosterSummary(run, texts) {
  const { summary } = run;
  const money = (fen) => texts.money(fen);
  return [
    h("p", { class: "cc-total" }, texts.rosterTotals(summary.computed, money(summary.total_pays), summary.unknown)),
    h("ul", {},
      summary.bad ? h("li", {}, texts.rosterBad(summary.bad)) : h("li", {}, texts.rosterNoneBad),
      summary.unknown ? h("li", {}, texts.rosterUnknown(summary.unknown)) : null,
      summary.conflicting ? h("li", {}, texts.rosterConflicting(summary.conflicting)) : null),
    table(texts.byGroup, texts.byGroupHeads, summary.groups.map((entry) => [entry.name, entry.rows, money(entry.assistance), money(entry.pays), entry.unknown])),
    table(texts.byPayer, texts.byPayerHeads, summary.payers.map((entry) => [entry.name, money(entry.fen)])),
    table(texts.needsCaption, texts.needsHeads, summary.needs.map((entry) => [entry.label, entry.rows.length, linesOf(run, entry.rows, texts)])),
    summary.warnings.length ? [h("h3", { id: "roster-warnings" }, texts.warningsTitle), h("ul", {}, summary.warnings.map((entry) => h("li", {}, entry.text, " ", texts.rowsCount(entry.rows.length, linesOf(run, entry.rows, texts)))))] : null,
    summary.bad_rows.length ? [h("h3", { id: "roster-bad" }, texts.badTitle), h("ul", {}, summary.bad_rows.slice(0, SHOWN).map((entry) => h("li", {}, h("b", {}, texts.line(lineOf(run, entry.row))), texts.colon, entry.errors.join(texts.stop)))), summary.bad_rows.length > SHOWN ? h("p", {}, texts.moreBad(summary.bad_rows.length - SHOWN)) : null] : null,
  ];
}

/** The same as rows of a sheet. */
export function summaryRows(run, texts) {
  const { summary } = run;
  const yuan = (fen) => fen / 100;
  return [
    [texts.rosterTotals(summary.computed, texts.money(summary.total_pays), summary.unknown)], [],
    texts.byGroupHeads, ...summary.groups.map((entry) => [entry.name, entry.rows, yuan(entry.assistance), yuan(entry.pays), entry.unknown]), [],
    texts.byPayerHeads, ...summary.payers.map((entry) => [entry.name, yuan(entry.fen)]), [],
    texts.warningsHeads, ...summary.warnings.map((entry) => [entry.text, entry.rows.length, entry.rows.map((row) => lineOf(run, row)).join(" ")]), [],
    texts.needsHeads, ...summary.needs.map((entry) => [entry.label, entry.rows.length, entry.rows.map((row) => lineOf(run, row)).join(" ")]), [],
    [texts.badTitle], ...summary.bad_rows.map((entry) => [texts.line(lineOf(run, entry.row)), entry.errors.join(texts.stop)]),
  ];
}
