/**
 * What is printed for one person: an A4 sheet with all that the answer on the screen holds, every sentence once, the link, its
 * QR code and the date of the data. `sheetfit.js` makes the print as large as the sheet allows.
 */

import { h } from "./dom.js";
import { byPayer } from "./bar.js";
import { keyFigures, tooEarly } from "./answer.js";
import { clauseName, words } from "./cite.js";
import { qrCode } from "./qrcode.js";
import { putFitted } from "./sheetfit.js";
import { ownClauses } from "./steps.js";

/**
 * What a sheet leaves out, one after the other, while it would not fit in legible print: first what can be looked up or is said
 * twice (the sentences of the next steps, those after the headline, the notice's own words beside a translation, figures not
 * stated), then what does not hold for the case as told, last the sentences of the figures and the steps below the steps.
 */
const LEFT_OUT = ["next", "summary", "original", "silent", "supposed", "whynot", "quotes", "inner"];
/** One page, in at least 7 points. */
const PAPER = [[1, 7]];

/** The sentences that a sheet refers to, numbered as they are met: none is listed that nothing refers to. */
class References {
  #found = new Map();

  /** The numbers of the sentences of something, in brackets after it. */
  mark(clauses) {
    for (const clause of clauses) if (!this.#found.has(clause.ref)) this.#found.set(clause.ref, clause);
    const numbers = [...this.#found.keys()];
    const own = [...new Set(clauses.map((clause) => numbers.indexOf(clause.ref) + 1))];
    return own.length ? h("span", { class: "cc-refs" }, ` [${own.join(", ")}]`) : null;
  }

  get clauses() {
    return [...this.#found.values()];
  }
}

/** The notices that a sheet rests on, each once, with the places and years that it is the notice of. */
export class Notices {
  constructor(policies, catalogue) {
    this.catalogue = catalogue;
    this.policies = new Map();
    for (const policy of new Set(policies)) for (const id of catalogue.policy(policy)?.notices ?? []) this.policies.set(id, [...(this.policies.get(id) ?? []), policy]);
  }

  get several() {
    return this.policies.size > 1;
  }

  /** What a notice is called on this sheet. */
  name(id, texts) {
    return this.several ? texts.noticeNumber([...this.policies.keys()].indexOf(id) + 1) : texts.notice;
  }

  /** Title, number and day of issue of each; a title that is translated also as it stands on the notice. */
  lines({ texts, lang }) {
    return [...this.policies].map(([id, policies]) => {
      const { title, number, issued } = this.catalogue.data.notices[id];
      const places = this.several ? texts.within(policies.map((policy) => this.catalogue.title(policy, lang)).join(texts.and)) : "";
      const own = h("span", { lang: "zh-Hans" }, `《${title.zh}》`, number ? `（${number}）` : "");
      return h("p", { class: "cc-sheet-notice" }, h("b", {}, this.name(id, texts), places, texts.colon), lang === "zh" ? null : `${title[lang]} `, own, texts.stop, texts.issued(issued));
    });
  }
}

/** What was told, in a line. */
export function toldLine({ person }, { catalogue, lang, texts }) {
  const { told, policy } = person;
  const entry = catalogue.policy(policy);
  const parts = [catalogue.persons.get(told.person)?.name[lang], `${texts.paidOn}${texts.day(told.pay_date)}`];
  if (told.categories) parts.push(told.categories.length ? told.categories.map((group) => catalogue.groupName(policy, group, lang)).join(texts.and) : texts.noGroups);
  if (told.tier !== undefined) parts.push(entry.tiers.find((tier) => tier.id === told.tier)?.name[lang]);
  for (const name of told.addons ?? []) parts.push(entry.add_ons.find((add_on) => add_on.id === name)?.name[lang]);
  for (const spec of catalogue.facts(policy).values()) {
    const value = told[spec.id];
    if (value === undefined) continue;
    const shown = typeof value === "boolean" ? (value ? texts.yes : texts.no) : spec.type === "date" ? texts.day(value) : String(value);
    parts.push(`${spec.label[lang]}${texts.colon}${shown}`);
  }
  return parts.filter(Boolean).join(texts.stop);
}

/** The figures that people look for first and who pays, as label and text. */
export function figures(explanation, texts) {
  const payers = byPayer(explanation.payers).map((part) => texts.payerPart(part.label, texts.money(part.fen))).join(texts.stop);
  const sure = (figure) => (["assumed", "conflicting"].includes(figure.state) ? ` (${figure.state_text})` : "");
  const found = keyFigures(explanation, texts).map(({ figure }) => [figure.label, figure.text + sure(figure)]);
  return payers ? [...found, [texts.barTitle, payers]] : found;
}

/** A part of a sheet under its heading, as a list; nothing where there is nothing to list. */
export function part(title, items, tag = "ul", name = "") {
  const filled = items.filter(Boolean);
  return filled.length ? [h("p", { class: "cc-sheet-head" }, title), h(tag, { class: name }, filled)] : null;
}

/** The warnings of what cannot be undone (in a frame, before everything else), or the others. */
export function warnings(explanation, irrevocable) {
  return explanation.warnings.filter((warning) => warning.irrevocable === irrevocable);
}

export function stop(explanation, texts, item) {
  const found = warnings(explanation, true).map(item);
  return found.length ? h("div", { class: "cc-sheet-stop" }, h("p", {}, texts.stopTitle), h("ul", {}, found)) : null;
}

/** Where clauses stand: each notice by its name on the sheet, then its clauses, each apart from the next. */
export function where(clauses, notices, texts) {
  const ids = [...new Set(clauses.map((clause) => clause.notice))];
  return ids.map((id, index) => {
    const names = [...new Map(clauses.filter((clause) => clause.notice === id).map((clause) => [clause.label, clause])).values()];
    return [index ? texts.stop : "", `${notices.name(id, texts)} `, names.map((clause, at) => [at ? texts.stop : "", clauseName(clause)])];
  });
}

/** Marks something with the clauses that it rests on, by their names. */
export function named(notices, texts) {
  return (clauses) => (clauses.length ? h("span", { class: "cc-refs" }, " [", where(clauses, notices, texts), "]") : null);
}

/** The steps one below the other, each marked with its sentences, where the steps below it do not have them already. */
export function stepLines(steps, mark, inner = true, depth = 0) {
  return steps.filter((entry) => entry.kind !== "warning").flatMap((entry) => {
    const own = h("li", { class: `cc-depth-${Math.min(depth, 2)}` }, entry.text, mark(inner && entry.steps.length ? ownClauses(entry) : entry.clauses));
    return [own, ...(inner ? stepLines(entry.steps, mark, inner, depth + 1) : [])];
  });
}

/** Other answers with their figures: by another reading, and, unless left out, by what was not told. */
export function others(explanation, supposed) {
  return explanation.alternatives.filter((entry) => supposed || entry.readings.length);
}

export function frame(title, url, { texts, catalogue }, more, ...content) {
  const { date, hash } = catalogue.data;
  return h(
    "section", { class: "cc-sheet only-print" },
    h("div", { class: "cc-sheet-code" }, qrCode(url, texts.qrAlt)),
    h("p", { class: "cc-sheet-title" }, `${texts.sheetTitle} · ${title}`), content,
    more ? h("p", { class: "cc-sheet-more" }, texts.sheetMore) : null,
    h("div", { class: "cc-sheet-foot" }, h("p", {}, texts.sheetData(date, hash.slice(0, 8)), texts.run, texts.notOfficial), h("p", { class: "cc-sheet-link" }, url)),
  );
}

/** A sentence under its number: as the notice has it, and before that in the reader's language. */
function source(clause, notices, { texts, lang }, original) {
  const own = lang === "zh" || original ? h("span", { lang: "zh-Hans" }, words(clause)) : null;
  return h("li", {}, h("b", {}, notices.several ? `${notices.name(clause.notice, texts)} ` : null, clauseName(clause)), " ", lang === "zh" ? null : [clause.en, " "], own);
}

/** The sheet of one person, without the first so many parts of those that can be left out. */
function sheet(current, context, url, left = 0) {
  const { explanation, person } = current;
  const { texts, lang, catalogue } = context;
  const without = new Set(LEFT_OUT.slice(0, left));
  const notices = new Notices([person.policy], catalogue);
  const references = new References();
  const byName = named(notices, texts);
  const byNumber = without.has("quotes") ? byName : (clauses) => references.mark(clauses);
  const item = (mark) => (entry) => h("li", {}, entry.text, mark(entry.clauses ?? []));
  const list = (title, entries, name) => (without.has(name) ? null : part(title, entries.map(item(byNumber))));
  const early = tooEarly(explanation);
  // In the order of the sheet, in which the sentences are numbered.
  const content = [
    h("p", {}, toldLine(current, context)),
    notices.lines(context),
    h("p", { class: "cc-sheet-headline" }, explanation.headline),
    stop(explanation, texts, item(byNumber)),
    early ? null : h("dl", { class: "cc-sheet-figures" }, figures(explanation, texts).map(([label, text]) => h("div", {}, h("dt", {}, label), h("dd", {}, text)))),
    without.has("summary") ? null : h("p", {}, explanation.summary.join(texts.run)),
    list(texts.warningsTitle, warnings(explanation, false)),
    part(texts.nextTitle, explanation.next_steps.map(item(without.has("next") ? byName : byNumber)), "ol"),
  ];
  const body = [
    early ? null : part(texts.stepsTitle, stepLines(explanation.steps, byNumber, !without.has("inner"))),
    list(texts.assumptionsTitle, explanation.assumptions),
    list(texts.alternativesTitle, others(explanation, !without.has("supposed"))),
    list(texts.whyNotTitle, explanation.why_not, "whynot"),
    list(texts.notStatedTitle, explanation.not_stated.map((text) => ({ text })), "silent"),
  ];
  const sources = part(texts.sheetSources, references.clauses.map((clause) => source(clause, notices, context, !without.has("original"))), "ol", "cc-sheet-sources");
  return frame(catalogue.title(person.policy, lang), url, context, left > 0, content, h("div", { class: "cc-sheet-columns" }, body, sources));
}

/** Puts one person's sheet in place for the printer. */
export function putSheet(place, current, context, url) {
  putFitted(place, (left) => sheet(current, context, url, left), LEFT_OUT.length, PAPER);
}
