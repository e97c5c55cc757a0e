/** “What if I pay on another day?”: the chart over the date of payment, a slider, and the same as a table. */

import { chart } from "./chart.js";
import { clauseHref } from "./cite.js";
import { addMonths, iso, number } from "./days.js";
import { h, replace } from "./dom.js";
import { keyList } from "./labels.js";
import { payable } from "./plain.js";
import { refsOf, runOn, said, unstatedEdges } from "./runs.js";

export class Timeline {
  constructor(app) {
    this.app = app;
    const { texts } = app;
    this.body = h("div", { class: "cc-timeline" });
    this.element = h("details", { class: "cc-extra", on: { toggle: () => this.show() } }, h("summary", {}, h("h3", { id: "timeline" }, texts.timelineTitle)), this.body);
    this.watch = new ResizeObserver(() => this.data && this.draw());
    this.watch.observe(this.body);
  }

  answered(current) {
    this.current = current;
    this.element.hidden = !current;
    this.data = null;
    if (this.element.open) this.show();
    else replace(this.body);
  }

  async show() {
    const { app, current } = this;
    if (!this.element.open || !current || this.data) return;
    const { texts } = app;
    const { year } = app.catalogue.policy(current.request.policy);
    const request = { ...current.request, lang: app.lang, from: `${year - 1}-08-01`, to: `${year}-12-31` };
    if (!this.body.childElementCount) replace(this.body, h("p", {}, texts.computing));
    try {
      const data = await app.engine.ask("timeline", request);
      if (current !== this.current) return;
      if (!data.runs.length) return void replace(this.body, h("p", {}, texts.timelineEmpty));
      this.data = data;
      this.context = { texts, lang: app.lang, data, catalogue: app.catalogue, policy: current.request.policy };
      this.day = this.#within(number(current.request.case.pay_date));
      this.#build();
    } catch (error) {
      replace(this.body, h("p", { class: "cc-error" }, error[app.lang] ?? String(error)));
    }
  }

  #within(day) {
    const { runs } = this.data;
    return Math.min(Math.max(day, number(runs[0].from)), number(runs.at(-1).to));
  }

  #build() {
    const { texts } = this.app;
    const { runs } = this.data;
    this.figure = h("div", { class: "cc-chart-box" });
    this.key = h("div", {});
    this.slider = h("input", { type: "range", class: "cc-slider", min: number(runs[0].from), max: number(runs.at(-1).to), step: 1, "aria-label": texts.timelineSlider, on: { input: () => this.move(Number(this.slider.value)), keydown: (event) => this.#page(event) } });
    this.readout = h("p", { class: "cc-readout" });
    this.cited = h("p", { class: "cc-hint" });
    const today = number(texts.todayIso());
    const outside = (today < number(runs[0].from) || today > number(runs.at(-1).to)) && h("p", { class: "cc-hint" }, texts.timelineToday(texts.day(iso(today))));
    this.take = h("button", { type: "button", class: "cc-button", on: { click: () => this.#taken() || this.app.tell("pay_date", iso(this.day)) } }, texts.timelineTake);
    const focused = this.body.contains(document.activeElement) ? document.activeElement.className : "";
    replace(this.body, h("p", { class: "cc-hint" }, texts.timelineNote), this.figure, this.key, this.slider, this.readout, this.cited, outside, h("p", { class: "cc-actions no-print" }, this.take), this.#table());
    this.slider.value = String(this.day);
    this.draw();
    if (focused) this.body.querySelector(`.${focused.split(" ")[0]}`)?.focus();
  }

  draw() {
    const { app, data } = this;
    const { texts } = app;
    const width = Math.max(280, Math.floor(this.body.clientWidth));
    if (!this.figure || !width) return;
    this.chart = chart(data.runs, data.periods, { width, context: this.context, label: texts.timelineLabel });
    this.chart.marker(number(texts.todayIso()), "today", texts.today);
    replace(this.figure, this.chart.root);
    replace(this.key, keyList(this.chart.labels.key, texts));
    this.unmark = null;
    const { root } = this.chart;
    const to = (event) => {
      const box = root.getBoundingClientRect();
      const share = ((event.clientX - box.left) / box.width) * this.chart.width - 8;
      this.move(this.#within(Math.floor(this.chart.first + (share / this.chart.inner) * (this.chart.last - this.chart.first + 1))));
    };
    root.addEventListener("pointerdown", (event) => {
      root.setPointerCapture(event.pointerId);
      to(event);
    });
    root.addEventListener("pointermove", (event) => event.buttons && to(event));
    this.move(this.day);
  }

  /** Shows another day in the chart and in words; the case itself changes only when the reader takes the day. */
  move(day) {
    const { texts } = this.app;
    this.day = day;
    this.slider.value = String(day);
    this.unmark?.();
    this.unmark = this.chart.marker(day, "chosen", texts.chosenDay(texts.shortDay(iso(day))));
    const run = runOn(this.data.runs, day);
    const [pays, start, wait] = ["money", "coverage", "waiting"].map((lane) => said(run, lane, this.context, day).text);
    const words = texts.timelineRead({ day: texts.day(iso(day)), period: this.data.periods[run.period]?.[this.app.lang] ?? "", pays, start, wait });
    this.readout.textContent = words;
    this.slider.setAttribute("aria-valuetext", words);
    replace(this.cited, texts.basis, texts.colon, this.#links(["status", "money", "coverage", "waiting"].flatMap((lane) => refsOf(run, lane))));
    // Not `disabled`: that would take the focus away from a reader who has just pressed it.
    this.take.setAttribute("aria-disabled", String(this.#taken()));
  }

  #taken() {
    return iso(this.day) === this.current.request.case.pay_date;
  }

  /** A page up or down is a month, where the browser's own would be a tenth of the slider. */
  #page(event) {
    const months = { PageUp: 1, PageDown: -1 }[event.key];
    if (!months) return;
    event.preventDefault();
    this.move(this.#within(number(addMonths(iso(this.day), months))));
  }

  /** The clauses with their labels, each label once, linked to the notice. */
  #links(refs) {
    const found = new Map();
    for (const ref of refs) if (!found.has(this.data.labels[ref])) found.set(this.data.labels[ref], ref);
    return [...found].map(([label, ref], index) => [index ? this.app.texts.stop : "", h("a", { href: clauseHref({ ref, notice: ref.split("/")[0] }, this.app.up), lang: this.app.lang === "zh" ? "zh-Hans" : null, title: this.data.written[ref] }, label)]);
  }

  #table() {
    const { texts, lang } = this.app;
    const { runs, periods } = this.data;
    const source = (run, name) => run.by_figure?.[name]?.slice(0, 1).map((ref) => [" ", h("a", { class: "src", href: clauseHref({ ref, notice: ref.split("/")[0] }, this.app.up) }, texts.basis)]) ?? null;
    const cell = (label, run, told, name) => h("td", { "data-label": label }, h("span", { class: told.state }, told.words), told.marks.map((words) => [" ", h("span", { class: `cc-state cc-${told.doubt}` }, words)]), source(run, name));
    const rows = runs.map((run) => {
      const [money, start, wait] = ["money", "coverage", "waiting"].map((lane) => said(run, lane, this.context));
      const moving = run.moving?.coverage_start;
      const edges = unstatedEdges(runs, run, run, texts);
      const span = run.from === run.to ? texts.day(run.from) : texts.coverageTo(texts.day(run.from), texts.day(run.to));
      const days = edges.length ? texts.marked(span, edges) : span;
      return h(
        "tr", {}, h("th", { scope: "row" }, days, h("br"), h("span", { class: "cc-option-note" }, periods[run.period]?.[lang] ?? "")),
        cell(texts.laneMoney, run, money, payable(run, texts) !== "yes" ? "status" : "total_pays" in (run.by_figure ?? {}) ? "total_pays" : "pays"),
        cell(texts.laneStart, run, moving ? { ...start, words: texts.movesTo(start.words, texts.day(moving)) } : start, "coverage_start"),
        cell(texts.laneWait, run, wait, "waiting_months"),
      );
    });
    return h("details", { class: "cc-table" }, h("summary", {}, texts.asTable), h("table", { class: "cards" }, h("caption", {}, texts.timelineLabel), h("thead", {}, h("tr", {}, [texts.payDay, texts.laneMoney, texts.laneStart, texts.laneWait].map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, rows)));
  }
}
