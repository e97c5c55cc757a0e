/** What a roster adds up to: by group, by payer, rows that need facts, warnings, and bad rows with their reasons. */

import { h } from "./dom.js";

const SHOWN = 50;
/** So many stretches of lines are listed on the page, and in a cell of the saved summary. */
const FEW = 20;
const MANY = 1000;

function table(caption, heads, rows) {
  return rows.length ? h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption }, h("table", { class: "cards" }, h("caption", {}, caption), h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, index) => (index ? h("td", { class: typeof cell === "number" ? "num" : "", "data-label": heads[index] }, String(cell)) : h("th", { scope: "row" }, String(cell))))))))) : null;
}

/** The line of a row in the file it came from. */
function lineOf(run, row) {
  return run.roster.rows[row - 1]?.line ?? row;
}

/** The lines of rows in words: neighbours as a stretch (2–5), and after `most` stretches how many more there are. */
function linesOf(run, rows, texts, most = FEW) {
  const lines = rows.map((row) => lineOf(run, row));
  const stretches = [];
  for (const line of lines) {
    const last = stretches.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else stretches.push([line, line]);
  }
  const shown = stretches.slice(0, most);
  const left = lines.length - shown.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  return shown.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(texts.and) + (left ? texts.linesMore(left) : "");
}

/** Every row of the file is one of these four, so that their numbers add up. */
function totals(summary, texts) {
  return texts.rosterTotals({ rows: summary.rows, known: summary.computed - summary.unknown, unknown: summary.unknown, bad: summary.bad, skipped: summary.skipped.length }, texts.money(summary.total_pays));
}

/** A list of rows with what is said of each, the first of many. */
function rowList(run, id, title, rows, said, texts) {
  return rows.length ? [h("h3", { id }, title), h("ul", {}, rows.slice(0, SHOWN).map((entry) => h("li", {}, h("b", {}, texts.line(lineOf(run, entry.row))), texts.colon, said(entry)))), rows.length > SHOWN ? h("p", {}, texts.moreBad(rows.length - SHOWN)) : null] : null;
}

/** notes: what of the file was not taken, which the totals do not hold either. */
export function rosterSummary(run, notes, texts) {
  const { summary } = run;
  const money = (fen) => texts.money(fen);
  return [
    h("p", { class: "cc-total" }, totals(summary, texts)),
    h("ul", {},
      notes.map((note) => h("li", {}, note)),
      summary.bad ? h("li", {}, texts.rosterBad(summary.bad)) : h("li", {}, texts.rosterNoneBad),
      summary.skipped.length ? h("li", {}, texts.rosterSkipped(summary.skipped.length)) : null,
      summary.unknown ? h("li", {}, texts.rosterUnknown(summary.unknown)) : null,
      summary.conflicting ? h("li", {}, texts.rosterConflicting(summary.conflicting)) : null),
    table(texts.byGroup, texts.byGroupHeads, summary.groups.map((entry) => [entry.name, entry.rows, money(entry.assistance), money(entry.pays), entry.unknown])),
    table(texts.byPayer, texts.byPayerHeads, summary.payers.map((entry) => [entry.name, money(entry.fen)])),
    table(texts.needsCaption, texts.needsHeads, summary.needs.map((entry) => [entry.label, entry.rows.length, linesOf(run, entry.rows, texts)])),
    summary.warnings.length ? [h("h3", { id: "roster-warnings" }, texts.warningsTitle), h("ul", {}, summary.warnings.map((entry) => h("li", {}, entry.text, " ", texts.rowsCount(entry.rows.length, linesOf(run, entry.rows, texts)))))] : null,
    rowList(run, "roster-bad", texts.badTitle, summary.bad_rows, (entry) => entry.errors.join(texts.stop), texts),
    rowList(run, "roster-skipped", texts.skippedTitle, summary.skipped, (entry) => entry.text, texts),
  ];
}

/** The same as rows of a sheet. */
export function summaryRows(run, notes, texts) {
  const { summary } = run;
  const yuan = (fen) => fen / 100;
  return [
    [totals(summary, texts)], ...notes.map((note) => [note]), [],
    texts.byGroupHeads, ...summary.groups.map((entry) => [entry.name, entry.rows, yuan(entry.assistance), yuan(entry.pays), entry.unknown]), [],
    texts.byPayerHeads, ...summary.payers.map((entry) => [entry.name, yuan(entry.fen)]), [],
    texts.warningsHeads, ...summary.warnings.map((entry) => [entry.text, entry.rows.length, linesOf(run, entry.rows, texts, MANY)]), [],
    texts.needsHeads, ...summary.needs.map((entry) => [entry.label, entry.rows.length, linesOf(run, entry.rows, texts, MANY)]), [],
    [texts.badTitle], ...summary.bad_rows.map((entry) => [texts.line(lineOf(run, entry.row)), entry.errors.join(texts.stop)]), [],
    [texts.skippedTitle], ...summary.skipped.map((entry) => [texts.line(lineOf(run, entry.row)), entry.text]),
  ];
}
