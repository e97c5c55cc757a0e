/**
 * A roster: its rows are computed part by part in the worker, and the result is written here.
 * Nothing is uploaded; the page has nowhere to send it.
 */

import { writeCsv } from "./csv.js";
import { withMerged } from "./rosterfile.js";
import { writeXlsx } from "./xlsx.js";

const PART = 100;
/** How the engine writes an amount, and nothing else among its cells. */
const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/;

/** One computation of a roster that can be watched and stopped. */
export class RosterRun {
  constructor(engine, roster, { lang, defaults, columns }) {
    Object.assign(this, { engine, roster, lang, defaults, columns });
    this.results = [];
    this.labels = [];
    this.stopped = this.dropped = false;
  }

  #part(from, count, more) {
    const rows = this.roster.rows.slice(from, from + count);
    return this.engine.askOnce("roster", { lang: this.lang, headers: this.roster.headers, rows: rows.map(({ cells, merged }) => withMerged(cells, merged)), defaults: this.defaults, columns: this.columns, first: from + 1, start: from === 0, summary: false, ...more });
  }

  /** Which columns are recognised, tried on no row at all. */
  recognise() {
    return this.#part(0, 0, { start: true }).then((reply) => reply.columns);
  }

  stop() {
    this.stopped = true;
  }

  /** Stops and forgets it: what it was about has changed, and nothing of it may be shown or saved. */
  drop() {
    this.stopped = this.dropped = true;
  }

  /** Computes everything; tell(done, total) after each part. Stopping keeps what has been computed. */
  async run(tell) {
    const total = this.roster.rows.length;
    for (let from = 0; from < total && !this.stopped; from += PART) {
      const reply = await this.#part(from, PART);
      if (this.dropped) return this;
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
    const { headers, extra, rows } = this.roster;
    const old = new Set(this.columnsUsed.replaced);
    const used = new Set(Object.values(this.columnsUsed.fields));
    const kept = [...headers, ...extra].map((header, index) => [header, index]).filter(([header]) => !old.has(header));
    return [
      [...kept.map(([header]) => header), ...this.labels],
      ...this.results.map(({ cells }, at) => {
        // A merged cell that was used stands in every row it was used for; one that was not must not be added up several times.
        const own = withMerged(rows[at].cells, rows[at].merged?.filter(([place]) => used.has(headers[place])));
        return [...kept.map(([, index]) => own[index] ?? ""), ...cells];
      }),
    ];
  }

  csv() {
    return writeCsv(this.table());
  }

  /** The same as a workbook, its amounts as numbers; a column of one's own stays what it was, numbers or text. */
  async xlsx(names, summaryRows) {
    const [heads, ...rows] = this.table();
    const results = heads.length - this.labels.length;
    const sheet = rows.map((row) => row.map((cell, at) => (at >= results && AMOUNT.test(cell) ? Number(cell) : cell)));
    return writeXlsx([[names.result, [heads, ...sheet]], [names.summary, summaryRows]]);
  }
}
