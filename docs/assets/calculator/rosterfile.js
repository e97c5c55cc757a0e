/** A chosen file as tables of cells: what kind of file it is, its sheets, and where the names of the columns stand. */

import { decodeText, parseCsv, SEPARATORS } from "./csv.js";
import { readXlsx } from "./xlsx.js";
import { openZip } from "./zip.js";

const LARGEST = 40_000_000;
const MOST_ROWS = 100_000;
/** The names of the columns stand within so many rows, as in calc/roster_table.py. */
const HEAD_ROWS = 20;
/** So much of a cell is enough to know the name of a column. */
const NAME = 200;

export class RosterError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** How the files begin that are no roster but are chosen for one. */
const KINDS = [
  ["pdf", [0x25, 0x50, 0x44, 0x46]], ["picture", [0xff, 0xd8, 0xff]], ["picture", [0x89, 0x50, 0x4e, 0x47]], ["picture", [0x47, 0x49, 0x46, 0x38]],
  ["archive", [0x52, 0x61, 0x72, 0x21]], ["archive", [0x37, 0x7a, 0xbc, 0xaf]],
];
const starts = (bytes, mark) => mark.every((byte, index) => bytes[index] === byte);
/** The older format of office programs, in which an encrypted workbook is wrapped too. */
const WRAPPED = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

const filled = (cells) => cells.some((cell) => String(cell).trim());

async function workbook(bytes) {
  const zip = openZip(bytes);
  if (zip.names.includes("xl/workbook.xml")) return readXlsx(zip);
  throw new RosterError(zip.names.some((name) => name.startsWith("word/")) ? "word" : zip.names.some((name) => name === "content.xml" || name === "xl/workbook.bin") ? "otherTable" : "archive");
}

function sheetOfText(bytes) {
  const text = decodeText(bytes);
  if (/^\s*<(!doctype|html|head|meta|table|\?xml)/i.test(text.slice(0, 300).replace(/^\ufeff/, ""))) throw new RosterError("html");
  if (text.slice(0, 20_000).includes("\0")) throw new RosterError("unreadable");
  return { name: null, hidden: false, merged: new Map(), ways: SEPARATORS.map((mark) => parseCsv(text, mark, HEAD_ROWS)), rows: (way) => parseCsv(text, SEPARATORS[way]) };
}

async function sheetsOf(bytes) {
  const kind = KINDS.find(([, mark]) => starts(bytes, mark));
  if (kind) throw new RosterError(kind[0]);
  if (starts(bytes, WRAPPED)) throw new RosterError(new TextDecoder("utf-16le").decode(bytes).includes("EncryptedPackage") ? "password" : "oldExcel");
  if (!starts(bytes, ZIP)) return [sheetOfText(bytes)];
  return (await workbook(bytes)).map((sheet) => ({ ...sheet, ways: [sheet.rows.slice(0, HEAD_ROWS).map((cells, row) => withMerged(cells, sheet.merged.get(row)))], rows: () => sheet.rows, count: sheet.rows.filter(filled).length })).filter(({ count, damaged }) => count || damaged);
}

/** A row with what the cells merged downwards give it. */
export function withMerged(cells, merged) {
  if (!merged) return cells;
  const found = [...cells];
  for (const [place, value] of merged) {
    while (found.length < place) found.push("");
    found[place] = value;
  }
  return found;
}

/** The sheets of a chosen file that hold anything, those in sight first: {name, sheets}. */
export async function readFile(file) {
  if (file.size > LARGEST) throw new RosterError("large");
  const bytes = new Uint8Array(await file.arrayBuffer());
  let sheets;
  try {
    sheets = await sheetsOf(bytes);
  } catch (error) {
    throw error instanceof RosterError ? error : new RosterError("unreadable");
  }
  if (!sheets.length) throw new RosterError("empty");
  return { name: file.name.replace(/\.[^.]*$/, ""), sheets: [...sheets.filter(({ hidden }) => !hidden), ...sheets.filter(({ hidden }) => hidden)] };
}

/**
 * The sheet to begin with: the first in sight whose columns are known, past title pages and instructions. One known name may stand
 * in instructions too, so a sheet with several comes before one with a single one; where there is none, the first.
 */
export async function firstKnown(engine, lang, sheets) {
  const visible = sheets.filter(({ hidden, damaged }) => !hidden && !damaged);
  if (sheets.length === 1) return sheets[0];
  let single = null;
  for (const sheet of visible) {
    const { known } = await engine.askOnce("roster_head", { lang, tables: namesOf(sheet.ways) });
    if (known > 1) return sheet;
    if (known) single ??= sheet;
  }
  return single ?? sheets[0];
}

/** As much of the first rows as tells whether they are the names of columns. */
function namesOf(tables) {
  return tables.map((rows) => rows.map((cells) => cells.map((cell) => String(cell).slice(0, NAME))));
}

/**
 * The roster on one sheet: headers, rows below them ({line, cells, merged}), how wide it is and what could be its row of names.
 * The engine finds that row by the names it knows (and thereby what separates the cells), unless `chosen` {way, row} names it.
 */
export async function rosterOf(engine, lang, name, sheet, chosen = null) {
  if (sheet.damaged) throw new RosterError("unreadable");
  const tables = chosen ? [sheet.ways[chosen.way]] : sheet.ways;
  const found = await engine.askOnce("roster_head", { lang, tables: namesOf(tables), ...(chosen ? { row: chosen.row } : {}) });
  if (found.table === null) throw new RosterError("empty");
  const way = chosen?.way ?? found.table;
  const all = sheet.rows(way);
  const rows = all.slice(found.row + 1).map((cells, index) => ({ line: found.row + index + 2, cells, merged: sheet.merged.get(found.row + 1 + index) })).filter(({ cells }) => filled(cells));
  if (!rows.length) throw new RosterError("empty");
  if (rows.length > MOST_ROWS) throw new RosterError("long");
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.findLastIndex((cell) => String(cell).trim()) + 1), found.headers.length);
  const above = all.slice(0, found.row).filter(filled).length;
  return { name, sheet, headers: found.headers, extra: extraHeaders(found.headers, width, found.beyond), rows, way, head: found.row, above, begun: sheet.ways[way] };
}

/** Names for the columns beyond the last header, so that what is saved keeps their cells. */
function extraHeaders(headers, width, beyond) {
  const taken = new Set(headers);
  return Array.from({ length: width - headers.length }, () => {
    let name = beyond;
    for (let copy = 2; taken.has(name); copy += 1) name = `${beyond} (${copy})`;
    taken.add(name);
    return name;
  });
}
