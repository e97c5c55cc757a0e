/**
 * A roster: a CSV or XLSX is read here, its rows are computed part by part in the worker, and the result is written here.
 * Nothing is uploaded; the page has nowhere to send it.
 */

import { decodeText, parseCsv, writeCsv } from "./csv.js";
import { readXlsx, writeXlsx } from "./xlsx.js";

const PART = 100;
const LARGEST = 40_000_000;
const MOST_ROWS = 100_000;
/** How the engine writes an amount, and nothing else among its cells. */
const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/;

export class RosterError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Headers and rows of a chosen file; lines before the first line with two filled cells are titles and left out. */
export async function readRoster(file) {
  if (file.size > LARGEST) throw new RosterError("large");
  const bytes = new Uint8Array(await file.arrayBuffer());
  let rows;
  try {
    const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b;
    if (!zipped && bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new RosterError("oldExcel");
    rows = zipped ? await readXlsx(bytes) : parseCsv(decodeText(bytes));
  } catch (error) {
    throw error instanceof RosterError ? error : new RosterError("unreadable");
  }
  const filled = (row) => row.filter((cell) => String(cell).trim()).length;
  let head = rows.findIndex((row) => filled(row) > 1);
  if (head < 0) head = rows.findIndex(filled);
  if (head < 0) throw new RosterError("empty");
  const seen = new Map();
  const headers = rows[head].map((cell, index) => {
    const name = String(cell).replace(/^\ufeff/, "").trim() || `#${index + 1}`;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return seen.get(name) > 1 ? `${name} (${seen.get(name)})` : name;
  });
  const body = rows.slice(head + 1).map((cells, index) => ({ line: head + index + 2, cells })).filter(({ cells }) => filled(cells));
  if (!body.length) throw new RosterError("empty");
  if (body.length > MOST_ROWS) throw new RosterError("long");
  return { name: file.name.replace(/\.[^.]*$/, ""), headers, rows: body };
}

/** One computation of a roster that can be watched and stopped. */
export class RosterRun {
  constructor(engine, roster, { lang, defaults, columns }) {
    Object.assign(this, { engine, roster, lang, defaults, columns });
    this.results = [];
    this.labels = [];
    this.stopped = false;
  }

  #cells({ cells }) {
    return Object.fromEntries(this.roster.headers.map((header, index) => [header, cells[index] ?? ""]));
  }

  #part(from, count, more) {
    const rows = this.roster.rows.slice(from, from + count);
    return this.engine.askOnce("roster", { lang: this.lang, headers: this.roster.headers, rows: rows.map((row) => this.#cells(row)), defaults: this.defaults, columns: this.columns, first: from + 1, start: from === 0, summary: false, ...more });
  }

  /** Which columns are recognised, tried on no row at all. */
  recognise() {
    return this.#part(0, 0, { start: true }).then((reply) => reply.columns);
  }

  stop() {
    this.stopped = true;
  }

  /** Computes everything; tell(done, total) after each part. Stopping keeps what has been computed. */
  async run(tell) {
    const total = this.roster.rows.length;
    for (let from = 0; from < total && !this.stopped; from += PART) {
      const reply = await this.#part(from, PART);
      this.labels = reply.labels;
      this.columnsUsed = reply.columns;
      this.results.push(...reply.rows);
      tell(Math.min(from + PART, total), total);
    }
    const last = await this.engine.askOnce("roster", { lang: this.lang, rows: [], start: false, summary: true });
    this.summary = last.summary;
    return this;
  }

  /** The table to save: the columns as they came, then the results; results of an earlier run are replaced. */
  table() {
    const { headers, rows } = this.roster;
    const old = new Set(this.columnsUsed.replaced);
    const kept = headers.map((header, index) => [header, index]).filter(([header]) => !old.has(header));
    return [
      [...kept.map(([header]) => header), ...this.labels],
      ...this.results.map(({ cells }, at) => [...kept.map(([, index]) => rows[at].cells[index] ?? ""), ...cells]),
    ];
  }

  csv() {
    return writeCsv(this.table());
  }

  /** The same as a workbook, its amounts as numbers; a column of one's own stays what it was, numbers or text. */
  xlsx(names, summaryRows) {
    const [heads, ...rows] = this.table();
    const results = heads.length - this.labels.length;
    const sheet = rows.map((row) => row.map((cell, at) => (at >= results && AMOUNT.test(cell) ? Number(cell) : cell)));
    return writeXlsx([[names.result, [heads, ...sheet]], [names.summary, summaryRows]]);
  }
}
