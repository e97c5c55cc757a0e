/** The page for a whole roster: place, file, columns, computing with progress and cancel, summary, and the result to save. */

import { Catalogue } from "./catalogue.js";
import { focusOn, h, replace, save, uid } from "./dom.js";
import { Engine } from "./engine.js";
import { RosterRun } from "./roster.js";
import { columnTable, fileNotes, headChoice, sheetChoice, SHEETS } from "./rosterchoice.js";
import { firstKnown, readFile, RosterError, rosterOf } from "./rosterfile.js";
import { rosterSummary, summaryRows } from "./rostersummary.js";
import { Status } from "./status.js";
import { rememberedPolicy } from "./store.js";
import { writeCsv } from "./csv.js";
import { writeXlsx } from "./xlsx.js";

const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const texts = { ...(await import(`./texts.${lang}.js`)).default, ...(await import(`./roster.${lang}.js`)).default };
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Milliseconds between two words about the progress to whoever cannot see it. */
const QUIET = 10_000;

class RosterPage {
  constructor(mount, catalogue) {
    Object.assign(this, { catalogue });
    this.engine = new Engine({ onProgress: (progress) => this.status.progress(progress), onState: (state, error) => this.status.state(state, error, this.place.value) });
    this.status = new Status({ texts, lang, catalogue, onRetry: () => this.engine.start().catch(() => {}), up: "../../" });
    const button = (text, click, more = {}) => h("button", { type: "button", class: "cc-button", ...more, on: { click } }, text);
    const [place, day, file] = [uid("p"), uid("d"), uid("f")];
    this.place = h("select", { id: place, class: "cc-select", on: { change: () => this.changed() } }, h("option", { value: "" }, texts.rosterPlaceColumn), catalogue.policies.map((entry) => h("option", { value: entry.policy }, catalogue.title(entry.policy, lang))));
    this.place.value = rememberedPolicy(catalogue.policies) ?? "";
    this.day = h("input", { type: "date", id: day, class: "cc-date", min: "1900-01-01", max: "2200-12-31", on: { change: () => this.changed() } });
    this.file = h("input", { type: "file", id: file, class: "cc-file", accept: ".csv,.txt,.tsv,.xlsx,text/csv", on: { change: () => this.file.files[0] && this.open(this.file.files[0]) } });
    this.drop = h("div", { class: "cc-drop" }, h("label", { for: file }, texts.rosterFile), this.file, h("p", { class: "cc-hint" }, texts.rosterDrop));
    this.error = h("p", { class: "cc-error", role: "alert" });
    this.sheets = h("div", {});
    this.columns = h("div", {});
    this.turn = 0;
    this.work = h("div", { class: "cc-work" });
    // Says to whoever cannot see it that the file was read.
    this.heard = h("p", { class: "cc-offscreen", role: "status" });
    this.result = h("div", {});
    replace(
      mount,
      h("ol", { class: "cc-roster-steps" },
        h("li", {}, h("h2", { id: "roster-place" }, texts.rosterStep1), h("p", { class: "cc-inline" }, h("label", { for: place }, texts.rosterPlace), this.place), h("p", { class: "cc-inline" }, h("label", { for: day }, texts.rosterDay), this.day), h("p", { class: "cc-actions" }, button(texts.templateCsv, () => this.template("csv")), button(texts.templateXlsx, () => this.template("xlsx")))),
        h("li", {}, h("h2", { id: "roster-file" }, texts.rosterStep2), this.drop, this.error, this.sheets, this.columns),
        h("li", {}, h("h2", { id: "roster-run" }, texts.rosterStep3), this.status.element, this.heard, this.work, this.result)),
    );
    this.drop.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.drop.classList.add("cc-over");
    });
    this.drop.addEventListener("dragleave", () => this.drop.classList.remove("cc-over"));
    this.drop.addEventListener("drop", (event) => {
      event.preventDefault();
      this.drop.classList.remove("cc-over");
      if (event.dataTransfer.files[0]) this.open(event.dataTransfer.files[0]);
    });
    mount.dataset.ready = "true";
  }

  get defaults() {
    return { ...(this.place.value ? { policy: this.place.value } : {}), ...(this.day.value ? { pay_date: this.day.value } : {}) };
  }

  changed() {
    this.forget();
    if (this.roster) this.recognise();
  }

  /** What was computed, or is being computed, is no longer about what is chosen: it is dropped with its buttons. */
  forget() {
    this.run?.drop();
    this.run = null;
    this.turn += 1;
    replace(this.work);
    replace(this.result);
  }

  refused(error) {
    replace(this.work);
    const said = error instanceof RosterError ? texts.rosterErrors[error.code] : error.code === "refused" ? error.answer[lang] : error[lang] ?? String(error);
    const elsewhere = this.source?.sheets.length > 1 && (error instanceof RosterError || error.answer?.code === "no_columns");
    replace(this.error, said, elsewhere ? [texts.run, texts.rosterOtherSheet] : null);
  }

  async template(kind) {
    try {
      const { headers, example } = await this.engine.ask("roster_template", { lang, ...(this.place.value ? { policy: this.place.value } : {}) });
      const name = `canbao-${texts.templateName}`;
      if (kind === "csv") save(`${name}.csv`, "text/csv", writeCsv([headers, example]));
      else save(`${name}.xlsx`, XLSX, await writeXlsx([[texts.sheetRoster, [headers, example]]]));
    } catch (error) {
      replace(this.error, error[lang] ?? String(error));
    }
  }

  async open(file) {
    this.forget();
    const turn = this.turn;
    this.roster = this.source = null;
    replace(this.error);
    replace(this.sheets);
    replace(this.columns);
    replace(this.work, h("p", {}, texts.computing));
    let first;
    try {
      const source = await readFile(file);
      if (turn !== this.turn) return;
      this.source = source;
      first = await firstKnown(this.engine, lang, source.sheets);
      if (turn !== this.turn) return;
    } catch (error) {
      if (turn === this.turn) this.refused(error);
      return;
    }
    await this.choose(first);
  }

  /** Takes a sheet, and on it the row of the columns' names where the reader names one. */
  async choose(sheet, head = null) {
    this.forget();
    const turn = this.turn;
    this.roster = null;
    const had = this.labelHeld();
    this.opened = head !== null;  // who chooses the row of names goes on with the columns
    replace(this.error);
    replace(this.columns);
    replace(this.sheets, sheetChoice(this.source.sheets, sheet, texts, (other) => this.choose(other)));
    this.hold(had);
    replace(this.work, h("p", {}, texts.computing));
    try {
      const roster = await rosterOf(this.engine, lang, this.source.name, sheet, head);
      if (turn !== this.turn) return;
      this.roster = roster;
    } catch (error) {
      if (turn === this.turn) this.refused(error);
      return;
    }
    this.chosen = {};
    await this.recognise(had);
  }

  /** The name of the choice that has the focus, which it keeps when it is drawn anew. */
  labelHeld() {
    const held = document.activeElement;
    return this.columns.contains(held) || this.sheets.contains(held) ? held.getAttribute("aria-label") : null;
  }

  hold(label) {
    const found = label && [this.sheets, this.columns].map((part) => part.querySelector(`[aria-label="${CSS.escape(label)}"]`)).find(Boolean);
    found?.focus();
  }

  /** Shows which column was taken for what, to be mended by hand. */
  async recognise(held = null) {
    const { roster, turn } = this;
    replace(this.error);
    replace(this.work, h("p", {}, texts.computing));
    const run = new RosterRun(this.engine, roster, { lang, defaults: this.defaults, columns: this.chosen });
    let found = { fields: {}, ignored: roster.headers, replaced: [] };
    let refused = null;
    try {
      this.offered ??= (await this.engine.ask("roster_fields")).fields.map((entry) => ({ id: entry.id, label: entry[lang] }));
      found = await run.recognise();
    } catch (error) {
      refused = error;
    }
    if (turn !== this.turn) return;
    if (refused) this.refused(refused);
    else {
      const notes = fileNotes(this.source.sheets, roster, texts);
      this.heard.textContent = notes.join(" ");
      replace(this.work, notes.map((note) => h("p", {}, note)), h("p", { class: "cc-actions" }, h("button", { type: "button", class: "cc-button cc-main", on: { click: () => this.compute() } }, texts.rosterStart)));
    }
    if (!this.offered) return;
    const taken = new Map(Object.entries(found.fields).map(([field, header]) => [header, field]));
    const fieldOf = (header) => (this.chosen[header] !== undefined ? this.chosen[header] ?? "" : taken.get(header) ?? "");
    const take = (header, field) => {
      this.chosen[header] = field || null;
      this.changed();
    };
    const opened = this.columns.querySelector("details")?.open ?? this.opened;
    const had = this.labelHeld() ?? held;
    replace(this.columns, h("details", { class: "cc-table", open: !taken.size || Boolean(refused) || opened }, h("summary", {}, texts.rosterColumns(taken.size, roster.headers.length)),
      headChoice(roster, texts, (row) => this.choose(roster.sheet, { way: roster.way, row })), columnTable(roster, this.offered, fieldOf, texts, take)));
    this.hold(had);
  }

  async compute() {
    const run = (this.run = new RosterRun(this.engine, this.roster, { lang, defaults: this.defaults, columns: this.chosen }));
    const bar = h("progress", { max: String(this.roster.rows.length), value: 0, "aria-label": texts.rosterProgress });
    const said = h("p", {}, texts.computing);
    // A count that changes ten times a second would drown a screen reader.
    let heard = performance.now();
    this.heard.textContent = texts.computing;
    const stop = h("button", { type: "button", class: "cc-button", on: { click: () => run.stop() } }, texts.rosterStop);
    replace(this.result);
    replace(this.work, h("div", { class: "cc-progress" }, bar), said, h("p", { class: "cc-actions" }, stop));
    stop.focus();
    const began = performance.now();
    try {
      await run.run((done, total) => {
        if (run !== this.run) return;
        bar.value = done;
        const left = Math.round(((performance.now() - began) / done) * (total - done) / 1000);
        said.textContent = texts.rosterDone(done, total, left);
        if (performance.now() - heard < QUIET) return;
        heard = performance.now();
        this.heard.textContent = said.textContent;
      });
    } catch (error) {
      if (run === this.run) this.refused(error);
      return;
    }
    if (run !== this.run) return;
    replace(this.work, h("p", { class: "cc-actions" }, h("button", { type: "button", class: "cc-button", on: { click: () => this.compute() } }, texts.rosterAgain)));
    this.show(run);
  }

  show(run) {
    const { roster, stopped } = run;
    const part = stopped && run.results.length < roster.rows.length;
    const name = `${roster.name}-${part ? texts.partName(run.results.length) : texts.resultName}`;
    const notes = [...(part ? [texts.rosterStopped(run.results.length, roster.rows.length)] : []), ...fileNotes(this.source.sheets, roster, texts).slice(1)];
    const csv = h("button", { type: "button", class: "cc-button cc-main", on: { click: () => save(`${name}.csv`, "text/csv", run.csv()) } }, texts.saveCsv);
    const xlsx = h("button", { type: "button", class: "cc-button cc-main", on: { click: () => this.saveWorkbook(xlsx, name, run, notes) } }, texts.saveXlsx);
    const heading = h("h2", { id: "roster-result" }, part ? texts.rosterStopped(run.results.length, roster.rows.length) : texts.rosterReady);
    replace(this.result, heading, h("p", { class: "cc-actions" }, csv, xlsx), rosterSummary(run, notes, texts), h("p", { class: "cc-hint" }, texts.rosterSafe));
    focusOn(heading);
  }

  /** A long workbook takes a moment to write; a second tap meanwhile writes no second one. */
  async saveWorkbook(button, name, run, notes) {
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    try {
      save(`${name}.xlsx`, XLSX, await run.xlsx(SHEETS[lang], summaryRows(run, notes, texts)));
    } catch (error) {
      this.refused(error);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }
}

const mount = document.getElementById("roster");
if (mount) {
  try {
    new RosterPage(mount, await Catalogue.load()).engine.start().catch(() => {});
  } catch (error) {
    replace(mount, h("p", { class: "cc-notice", role: "alert" }, texts.dataFailed), h("p", {}, h("code", {}, String(error))));
  }
}
