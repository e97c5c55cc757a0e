/** The answer for one person: the sentence, the figures, who pays, what to mind, and everything it rests on. */

import { append, focusOn, h, replace } from "./dom.js";
import { payersBar } from "./bar.js";
import { openQuestions, questionLink, sources } from "./cite.js";
import { figureText, mark, stepsList, unfold } from "./steps.js";

/** The figures that people look for first, and the step that explains each. */
const KEY_FIGURES = [["total_pays", "total"], ["status", "period"], ["coverage_start", "coverage"], ["coverage_end", "coverage"], ["incentive", "incentive"]];
/** Longer lists are shown in part, the rest on request. */
const SHOWN = 4;

function section(id, title, note, ...content) {
  const filled = content.flat(Infinity).filter(Boolean);
  if (!filled.length) return null;
  return h("section", { class: `cc-part cc-part-${id}`, "aria-labelledby": `answer-${id}` }, h("h3", { id: `answer-${id}` }, title), note && h("p", { class: "cc-hint" }, note), filled);
}

function lead(kind) {
  const target = document.getElementById(`step-${kind}`);
  const first = target?.querySelector("details");
  if (first) first.open = true;
  focusOn(target);
}

/** The wait in days and in months: those that the notice counts by, else one line that says why there is none. */
function waits({ waiting_days: days, waiting_months: months }, texts) {
  const told = [["waiting_days", days], ["waiting_months", months]].filter(([, figure]) => figure && figure.value !== null);
  const none = told.length === 2 && told.every(([, figure]) => figure.value === 0);
  if (told.length && !none) return told;
  const figure = none ? days : [months, days].find((one) => one?.state === "not_told") ?? months ?? days;
  return figure ? [["waiting_months", { ...figure, label: texts.waiting }]] : [];
}

/** Lines of the summary table: label, figure, and the way to its explanation. */
export function keyFigures(explanation, texts) {
  // What a reward hangs on is said in its step; a line without a figure would only be in the way.
  const found = KEY_FIGURES.filter(([name]) => explanation.figures[name] && !(name === "incentive" && explanation.figures[name].state === "not_told") && !(name.startsWith("coverage_") && explanation.status.code === "before_window" && explanation.figures[name].value === null)).map(([name, kind]) => ({ name, kind, figure: explanation.figures[name] }));
  const place = found.findIndex(({ name }) => name === "incentive");
  found.splice(place < 0 ? found.length : place, 0, ...waits(explanation.figures, texts).map(([name, figure]) => ({ name, kind: "waiting", figure })));
  if (explanation.pay_by) found.splice(1, 0, { name: "pay_by", kind: "period", figure: { ...explanation.pay_by, label: explanation.figures.total_pays.value === 0 ? texts.registerBy : texts.payBy, text: explanation.pay_by.figure, value: explanation.pay_by.date } });
  return found;
}

/** A day long before the window: a sum is said only for a day on which it can be due. */
export function tooEarly(explanation) {
  return Boolean(explanation.held) && explanation.figures.total_pays?.value !== null;
}

function figuresList(explanation, { texts }) {
  return h("dl", { class: "cc-figures" }, keyFigures(explanation, texts).map(({ kind, figure }) => h(
    "div", {},
    h("dt", {}, figure.label),
    h("dd", {}, figureText(figure), " ", mark(figure), " ", h("button", { type: "button", class: "cc-how no-print", "aria-label": texts.howOf(figure.label), on: { click: () => lead(kind) } }, texts.how)),
  )));
}

function cited(entries, context) {
  return entries.map((entry) => h("div", { class: "cc-note" }, h("p", {}, entry.text), sources(entry.clauses, context), openQuestions(entry.questions, context)));
}

/** A list whose end is folded away when it is long. */
function folded(items, texts) {
  if (!items.length) return null;
  const rest = items.slice(SHOWN + 1).length ? items.slice(SHOWN) : [];
  return [h("ul", {}, items.slice(0, items.length - rest.length)), rest.length ? h("details", {}, h("summary", {}, texts.further(rest.length)), h("ul", {}, rest)) : null];
}

function assumption(entry, { texts, onFact }) {
  const known = entry.fact && onFact.has(entry.fact);
  return h("li", {}, entry.text, known && [" ", h("button", { type: "button", class: "cc-how no-print", on: { click: () => onFact.go(entry.fact) } }, texts.goAnswer)]);
}

/** Another answer: how the open questions are read then, or which fact is told, and every figure that changes. */
function alternative(entry, { texts, up }) {
  const when = entry.readings.length
    ? entry.readings.map((reading) => h("p", { class: "cc-when" }, texts.openQuestion, questionLink({ id: reading.question, topic: reading.topic }, up), h("br"), h("b", {}, texts.readAs, reading.text)))
    : h("p", { class: "cc-when" }, h("b", {}, texts.suppose(entry.facts.map((fact) => fact.text).join(texts.and))));
  const changes = entry.changes.map((change) => h("li", {}, change.label, texts.colon, change.from, h("span", { "aria-hidden": "true" }, " → "), h("span", { class: "cc-offscreen" }, texts.becomes), h("b", {}, change.to)));
  return h("li", {}, when, h("ul", { class: "cc-changes" }, changes));
}

/** The parts of the answer below its headline, in the order in which they matter. */
export function answerParts(explanation, context) {
  const { texts } = context;
  // Warnings stand above, with their sentences.
  const steps = stepsList(explanation.steps.filter((step) => step.kind !== "warning"), context);
  const [first, others] = [true, false].map((irrevocable) => explanation.warnings.filter((warning) => warning.irrevocable === irrevocable));
  const folding = h("p", { class: "cc-fold no-print" }, h("button", { type: "button", class: "cc-chip", on: { click: () => unfold(steps, true) } }, texts.openAll), h("button", { type: "button", class: "cc-chip", on: { click: () => unfold(steps, false) } }, texts.closeAll));
  const early = tooEarly(explanation);
  return [
    // What cannot be undone stands directly under the headline.
    section("stop", texts.stopTitle, null, cited(first, context)),
    explanation.held && h("p", { class: "cc-actions no-print" }, h("button", { type: "button", class: "cc-button", on: { click: () => context.onDay(explanation.held) } }, texts.seeHeld(explanation.held))),
    h("div", { class: "cc-summary" }, explanation.summary.map((sentence) => h("p", {}, sentence))),
    section("warnings", texts.warningsTitle, null, cited(others, context)),
    payersBar(explanation, context),
    !early && section("figures", texts.figuresTitle, null, figuresList(explanation, context)),
    section("next", texts.nextTitle, null, explanation.next_steps.length ? h("ol", { class: "cc-next" }, explanation.next_steps.map((entry) => h("li", {}, entry.text, sources(entry.clauses, context)))) : null),
    section("assumptions", texts.assumptionsTitle, texts.assumptionsNote, explanation.assumptions.length ? h("ul", {}, explanation.assumptions.map((entry) => assumption(entry, context))) : null),
    section("alternatives", texts.alternativesTitle, texts.alternativesNote, folded(explanation.alternatives.map((entry) => alternative(entry, context)), texts)),
    section("whynot", explanation.payers.some(({ who }) => who !== "individual") ? texts.whyNotMoreTitle : texts.whyNotTitle, null, cited(explanation.why_not, context)),
    section("silent", texts.notStatedTitle, null, explanation.not_stated.length ? h("ul", {}, explanation.not_stated.map((text) => h("li", {}, text))) : null),
    !early && section("steps", texts.stepsTitle, texts.stepsNote, folding, steps),
  ];
}

/** The region of the answer; its headline alone is read out when it changes. */
export class AnswerView {
  constructor(context) {
    this.context = context;
    const { texts } = context;
    this.headline = h("h2", { class: "cc-headline", id: "result", tabindex: "-1" }, texts.answerLabel);
    this.live = h("p", { class: "cc-offscreen", role: "status" });
    this.about = h("p", { class: "cc-about-case" });
    this.body = h("div", { class: "cc-body" });
    this.element = h("section", { class: "cc-answer", "aria-labelledby": "result", "data-state": "waiting" }, this.headline, this.live, this.about, this.body);
  }

  /** Nothing to say yet, and what is missing. */
  waiting(message, action) {
    this.#head(this.context.texts.answerLabel, "waiting", null, message);
    replace(this.about);
    replace(this.body, h("p", { class: "cc-waiting" }, message), action);
    this.shown = null;
  }

  busy(on) {
    this.element.setAttribute("aria-busy", String(on));
    this.element.classList.toggle("cc-busy", on);
  }

  /** whose: the person's name, where there are several. */
  show(explanation, about, whose = null) {
    const open = new Set([...this.body.querySelectorAll("details[open]")].map((details) => details.closest("li")?.id).filter(Boolean));
    this.#head(explanation.headline, explanation.figures.total_pays?.state ?? "known", whose);
    replace(this.about, about);
    replace(this.body);
    append(this.body, answerParts(explanation, this.context));
    for (const id of open) this.body.querySelector(`#${CSS.escape(id)} > details`)?.setAttribute("open", "");
    this.shown = explanation;
  }

  #head(text, state, whose = null, heard = text) {
    this.element.dataset.state = state;
    const said = whose ? `${whose}${this.context.texts.colon}${heard}` : heard;
    if (this.headline.textContent === text && this.said === said) return;
    this.said = said;
    this.headline.textContent = text;
    this.live.textContent = said;
    // Read out once; somebody reading through the page meets it only as the heading.
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => (this.live.textContent = ""), 3000);
  }
}
