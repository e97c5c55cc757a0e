/**
 * What is printed: one A4 sheet with the figures, the steps unfolded, every sentence once, the link, its QR code and the date
 * of the data. The print is made as large as the sheet allows.
 */

import { h } from "./dom.js";
import { byPayer } from "./bar.js";
import { keyFigures } from "./answer.js";
import { clauseName, words } from "./cite.js";
import { qrCode } from "./qrcode.js";
import { ownClauses } from "./steps.js";

/** The sentences that stand with a step on paper: its own, where the steps below it do not have them already. */
function printed(entry) {
  return entry.steps.length ? ownClauses(entry) : entry.clauses;
}

/** The steps one below the other with the numbers of their sentences. */
function lines(steps, numbers, depth = 0) {
  return steps.filter((entry) => entry.kind !== "warning").flatMap((entry) => {
    const refs = [...new Set(printed(entry).map((clause) => numbers.get(clause.ref)))];
    const own = h("li", { class: `cc-depth-${Math.min(depth, 2)}` }, entry.text, refs.length ? h("span", { class: "cc-refs" }, ` [${refs.join(", ")}]`) : null);
    return [own, ...lines(entry.steps, numbers, depth + 1)];
  });
}

/** The sentences of all steps, each once; those of a step that gathers others stand with the others. */
function collect(steps, found = new Map()) {
  for (const entry of steps) {
    for (const clause of printed(entry)) if (!found.has(clause.ref)) found.set(clause.ref, clause);
    collect(entry.steps, found);
  }
  return found;
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

/** Width and height that an A4 sheet leaves within the margins of the print style, in CSS pixels. */
const WIDTH = "182mm";
const HEIGHT = 262 * (96 / 25.4);
const SIZES = [10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6];

const heading = (text) => h("p", { class: "cc-sheet-head" }, text);

function figuresTable(explanation, texts) {
  const payers = byPayer(explanation.payers).map((part) => texts.payerPart(part.label, texts.money(part.fen))).join(texts.stop);
  const row = (label, text) => h("div", {}, h("dt", {}, label), h("dd", {}, text));
  const sure = (figure) => (["assumed", "conflicting"].includes(figure.state) ? ` (${figure.state_text})` : "");
  return h("dl", { class: "cc-sheet-figures" }, keyFigures(explanation, texts).map(({ figure }) => row(figure.label, figure.text + sure(figure))), payers && row(texts.barTitle, payers));
}

function frame(title, url, { texts, catalogue }, ...content) {
  return h(
    "section", { class: "cc-sheet only-print" },
    h("div", { class: "cc-sheet-code" }, qrCode(url, texts.qrAlt)),
    h("p", { class: "cc-sheet-title" }, `${texts.sheetTitle} · ${title}`), content,
    h("p", { class: "cc-sheet-foot" }, texts.date(catalogue.data.date), texts.stop, texts.notOfficial), h("p", { class: "cc-sheet-link" }, url),
  );
}

/** The sheet of one person. */
export function sheet(current, context, url) {
  const { explanation } = current;
  const { texts, lang, catalogue } = context;
  const found = collect(explanation.steps);
  const numbers = new Map([...found.keys()].map((ref, index) => [ref, index + 1]));
  const notes = [...explanation.warnings, ...explanation.assumptions, ...explanation.alternatives.filter((entry) => entry.readings.length)].map((entry) => entry.text);
  return frame(
    catalogue.title(current.person.policy, lang), url, context,
    h("p", {}, toldLine(current, context)),
    h("p", { class: "cc-sheet-headline" }, explanation.headline),
    figuresTable(explanation, texts),
    notes.length ? [heading(texts.sheetNotes), h("ul", { class: "cc-sheet-notes" }, notes.map((note) => h("li", {}, note)))] : null,
    heading(texts.stepsTitle), h("ul", { class: "cc-sheet-steps" }, lines(explanation.steps, numbers)),
    heading(texts.sheetSources), h("ol", { class: "cc-sheet-sources" }, [...found.values()].map((clause) => h("li", {}, h("b", {}, clauseName(clause)), " ", lang === "zh" ? words(clause) : clause.en))),
  );
}

/** The sheet of a family: everybody's result with the clauses it rests on, and the total. */
export function familySheet(results, total, context, url) {
  const { texts, lang, catalogue } = context;
  const people = results.map(({ person, name, answer }) => {
    const title = h("p", { class: "cc-sheet-head" }, `${name} · ${catalogue.title(person.policy, lang)}`);
    if (!answer) return [title, h("p", {}, texts.incomplete)];
    const explanation = answer[lang];
    const labels = [...new Set([...collect(explanation.steps).values()].map((clause) => clause.label))].join(texts.and);
    return [
      title, h("p", {}, toldLine({ person }, context)), h("p", {}, h("b", {}, explanation.headline), " ", explanation.summary.join(texts.run)),
      explanation.warnings.length ? h("ul", {}, explanation.warnings.map((warning) => h("li", {}, warning.text))) : null, h("p", { class: "cc-refs" }, texts.basis, texts.colon, labels),
    ];
  });
  return frame(texts.familyResult, url, context, h("p", { class: "cc-sheet-headline" }, total), people);
}

/** Sets the largest print at which the sheet is one page; the element has to be in the document. */
export function fit(element) {
  element.classList.add("cc-measured");
  element.style.width = WIDTH;
  for (const size of SIZES) {
    element.style.fontSize = `${size}pt`;
    if (element.scrollHeight <= HEIGHT) break;
  }
  element.classList.remove("cc-measured");
  element.style.width = "";
}
