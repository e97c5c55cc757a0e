/** The page for a whole roster: place, file, columns, computing with progress and cancel, summary, and the result to save. */

import { Catalogue } from "./catalogue.js";
import { focusOn, h, replace, save, uid } from "./dom.js";
import { Engine } from "./engine.js";
import { readRoster, RosterRun } from "./roster.js";
import { rosterSummary, summaryRows } from "./rostersummary.js";
import { Status } from "./status.js";
import { rememberedPolicy } from "./store.js";
import { writeCsv } from "./csv.js";
import { writeXlsx } from "./xlsx.js";

const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const texts = { ...(await import(`./texts.${lang}.js`)).default, ...(await import(`./roster.${lang}.js`)).default };
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

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
    this.columns = h("div", {});
    this.work = h("div", { class: "cc-work" });
    this.result = h("div", {});
    replace(
      mount,
      h("ol", { class: "cc-roster-steps" },
        h("li", {}, h("h2", { id: "roster-place" }, texts.rosterStep1), h("p", { class: "cc-inline" }, h("label", { for: place }, texts.rosterPlace), this.place), h("p", { class: "cc-inline" }, h("label", { for: day }, texts.rosterDay), this.day), h("p", { class: "cc-actions" }, button(texts.templateCsv, () => this.template("csv")), button(texts.templateXlsx, () => this.template("xlsx")))),
        h("li", {}, h("h2", { id: "roster-file" }, texts.rosterStep2), this.drop, this.error, this.columns),
        h("li", {}, h("h2", { id: "roster-run" }, texts.rosterStep3), this.status.element, this.work, this.result)),
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
    this.run?.stop();
    replace(this.result);
    if (this.roster) this.recognise();
  }

  async template(kind) {
    try {
      const { headers, example } = await this.engine.ask("roster_template", { lang, ...(this.place.value ? { policy: this.place.value } : {}) });
      const name = `canbao-${texts.templateName}`;
      if (kind === "csv") save(`${name}.csv`, "text/csv", writeCsv([headers, example]));
      else save(`${name}.xlsx`, XLSX, writeXlsx([[texts.sheetRoster, [headers, example]]]));
    } catch (error) {
      replace(this.error, error[lang] ?? String(error));
    }
  }

  async open(file) {
    this.run?.stop();
    replace(this.error);
    replace(this.columns);
    replace(this.work);
    replace(this.result);
    try {
      this.roster = await readRoster(file);
    } catch (error) {
      this.roster = null;
      replace(this.error, texts.rosterErrors[error.code] ?? texts.rosterErrors.unreadable);
      return;
    }
    this.chosen = {};
    await this.recognise();
  }

  /** Shows which column was taken for what, to be mended by hand. */
  async recognise() {
    const { roster } = this;
    replace(this.error);
    replace(this.work, h("p", {}, texts.computing));
    const run = new RosterRun(this.engine, roster, { lang, defaults: this.defaults, columns: this.chosen });
    let found = { fields: {}, ignored: roster.headers, replaced: [] };
    try {
      this.offered ??= (await this.engine.ask("roster_fields")).fields;
      found = await run.recognise();
      replace(this.work, h("p", {}, texts.rosterRows(roster.rows.length)), h("p", { class: "cc-actions" }, h("button", { type: "button", class: "cc-button cc-main", on: { click: () => this.compute() } }, texts.rosterStart)));
    } catch (error) {
      replace(this.work);
      replace(this.error, error.code === "refused" ? error.answer[lang] : error[lang] ?? String(error));
      if (!this.offered) return;
    }
    if (roster !== this.roster) return;
    const taken = new Map(Object.entries(found.fields).map(([field, header]) => [header, field]));
    const rows = roster.headers.map((header, index) => {
      const field = this.chosen[header] !== undefined ? this.chosen[header] ?? "" : taken.get(header) ?? "";
      const select = h("select", { class: "cc-select", "aria-label": texts.rosterColumn(header), on: { change: () => { this.chosen[header] = select.value || null; this.recognise(); } } }, h("option", { value: "" }, texts.rosterIgnore), this.offered.map((entry) => h("option", { value: entry.id }, entry[lang])));
      select.value = field;
      const [, first, as] = texts.rosterColumnHeads;
      return h("tr", {}, h("th", { scope: "row" }, header), h("td", { "data-label": first }, String(roster.rows[0].cells[index] ?? "")), h("td", { "data-label": as }, select));
    });
    const opened = this.columns.querySelector("details")?.open ?? false;
    const had = this.columns.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    replace(this.columns, h("details", { class: "cc-table", open: !taken.size || Boolean(this.error.textContent) || opened }, h("summary", {}, texts.rosterColumns(taken.size, roster.headers.length)), h("table", { class: "cards" }, h("thead", {}, h("tr", {}, texts.rosterColumnHeads.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, rows))));
    if (had) this.columns.querySelector(`[aria-label="${CSS.escape(had)}"]`)?.focus();
  }

  async compute() {
    const run = (this.run = new RosterRun(this.engine, this.roster, { lang, defaults: this.defaults, columns: this.chosen }));
    const bar = h("progress", { max: String(this.roster.rows.length), value: 0, "aria-label": texts.rosterProgress });
    const said = h("p", { role: "status" }, texts.computing);
    const stop = h("button", { type: "button", class: "cc-button", on: { click: () => run.stop() } }, texts.rosterStop);
    replace(this.result);
    replace(this.work, h("div", { class: "cc-progress" }, bar), said, h("p", { class: "cc-actions" }, stop));
    stop.focus();
    const began = performance.now();
    try {
      await run.run((done, total) => {
        bar.value = done;
        const left = Math.round(((performance.now() - began) / done) * (total - done) / 1000);
        // A count that changes ten times a second would drown a screen reader.
        said.textContent = texts.rosterDone(done, total, left);
      });
    } catch (error) {
      replace(this.work);
      replace(this.error, error.code === "refused" ? error.answer[lang] : error[lang] ?? String(error));
      return;
    }
    if (run !== this.run) return;
    replace(this.work, h("p", { class: "cc-actions" }, h("button", { type: "button", class: "cc-button", on: { click: () => this.compute() } }, texts.rosterAgain)));
    this.show(run);
  }

  show(run) {
    const name = `${this.roster.name}-${texts.resultName}`;
    const csv = h("button", { type: "button", class: "cc-button cc-main", on: { click: () => save(`${name}.csv`, "text/csv", run.csv()) } }, texts.saveCsv);
    const xlsx = h("button", { type: "button", class: "cc-button cc-main", on: { click: () => save(`${name}.xlsx`, XLSX, run.xlsx({ result: texts.sheetResult, summary: texts.sheetSummary }, summaryRows(run, texts))) } }, texts.saveXlsx);
    const heading = h("h2", { id: "roster-result" }, run.stopped ? texts.rosterStopped(run.results.length, this.roster.rows.length) : texts.rosterReady);
    replace(this.result, heading, h("p", { class: "cc-actions" }, csv, xlsx), rosterSummary(run, texts), h("p", { class: "cc-hint" }, texts.rosterSafe));
    focusOn(heading);
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
