/** What of a file is taken: which of its sheets, which row holds the names of the columns, and what each column is. */

import { h, uid } from "./dom.js";
import { withMerged } from "./rosterfile.js";

/** The sheets of a saved result; one that was saved in the other language is known by its own names. */
export const SHEETS = { zh: { result: "结果", summary: "汇总" }, en: { result: "Results", summary: "Summary" } };
/** So much of a long cell is shown. */
const SHOWN = 80;
/** So much of each cell, where a whole row is shown in one line. */
const INLINE = 12;

const short = (cell, most = SHOWN) => {
  const text = String(cell ?? "").trim();
  return text.length > most ? `${text.slice(0, most)}…` : text;
};

function choice(label, options, value, take) {
  const id = uid("r");
  const select = h("select", { id, class: "cc-select", "aria-label": label, on: { change: () => take(Number(select.value)) } }, options.map(([key, text]) => h("option", { value: key }, text)));
  select.value = value;
  return h("p", { class: "cc-inline" }, h("label", { for: id }, label), select);
}

/** The sheets to choose from; nothing where there is only one. */
export function sheetChoice(sheets, taken, texts, take) {
  if (sheets.length < 2) return null;
  return choice(texts.rosterSheet, sheets.map((sheet, index) => [index, texts.sheetOption(sheet.name, sheet.count, sheet.hidden)]), sheets.indexOf(taken), (index) => take(sheets[index]));
}

/** The rows that could hold the names of the columns. */
export function headChoice(roster, texts, take) {
  const rows = roster.begun.map((cells, row) => [row, cells.filter((cell) => String(cell).trim()).map((cell) => short(cell, INLINE)).join(texts.and)]).filter(([, text]) => text);
  return choice(texts.rosterHead, rows.map(([row, text]) => [row, `${texts.line(row + 1)}${texts.colon}${short(text)}`]), roster.head, take);
}

/** Which column was taken for what, of the fields `offered` [{id, label}]; take(header, field) where the reader says otherwise. */
export function columnTable(roster, offered, fieldOf, texts, take) {
  const example = withMerged(roster.rows[0].cells, roster.rows[0].merged);
  const [, first, as] = texts.rosterColumnHeads;
  const rows = roster.headers.map((header, index) => {
    const select = h("select", { class: "cc-select", "aria-label": texts.rosterColumn(short(header)), on: { change: () => take(header, select.value) } }, h("option", { value: "" }, texts.rosterIgnore), offered.map((entry) => h("option", { value: entry.id }, entry.label)));
    select.value = fieldOf(header);
    return h("tr", {}, h("th", { scope: "row" }, short(header)), h("td", { "data-label": first }, short(example[index])), h("td", { "data-label": as }, select));
  });
  return h("table", { class: "cards" }, h("thead", {}, h("tr", {}, texts.rosterColumnHeads.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, rows));
}

/** How the file was read: how many rows, and what of it was not taken or taken otherwise than it looks. */
export function fileNotes(sheets, roster, texts) {
  // The summary beside a result that was saved here is no list of people.
  const saved = Object.values(SHEETS).find(({ result }) => roster.sheet.name === result);
  const others = sheets.filter((sheet) => sheet !== roster.sheet && sheet.name !== saved?.summary);
  const merged = roster.rows.filter((row) => row.merged).length;
  return [
    texts.rosterRows(roster.rows.length),
    others.length ? texts.rosterSheets(roster.sheet.name, others.map((sheet) => texts.sheetOption(sheet.name, sheet.count, sheet.hidden))) : null,
    roster.above ? texts.rosterAbove(roster.head + 1, roster.above) : null,
    merged ? texts.rosterMerged(merged) : null,
  ].filter(Boolean);
}
