/** What is printed: one A4 sheet with the figures, the steps unfolded, every sentence once, the link, its QR code and the date of the data. */

import { h } from "./dom.js";
import { byPayer } from "./bar.js";
import { keyFigures } from "./answer.js";
import { qrCode } from "./qrcode.js";

/** The steps one below the other with the numbers of their sentences. */
function lines(steps, numbers, depth = 0) {
  return steps.flatMap((entry) => {
    const refs = [...new Set((entry.steps.length ? [] : entry.clauses).map((clause) => numbers.get(clause.ref)))];
    const own = h("li", { class: `cc-depth-${Math.min(depth, 2)}` }, entry.text, refs.length ? h("span", { class: "cc-refs" }, ` [${refs.join(", ")}]`) : null);
    return [own, ...lines(entry.steps, numbers, depth + 1)];
  });
}

function collect(steps, found = new Map()) {
  for (const entry of steps) {
    if (!entry.steps.length) for (const clause of entry.clauses) if (!found.has(clause.ref)) found.set(clause.ref, clause);
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
  for (const spec of catalogue.data.facts) {
    const value = told[spec.id];
    if (value === undefined) continue;
    const shown = typeof value === "boolean" ? (value ? texts.yes : texts.no) : spec.type === "date" ? texts.day(value) : String(value);
    parts.push(`${spec.label[lang]}${texts.colon}${shown}`);
  }
  return parts.filter(Boolean).join(texts.stop);
}

export function sheet(current, context, url) {
  const { explanation } = current;
  const { texts, lang, catalogue } = context;
  const found = collect(explanation.steps);
  const numbers = new Map([...found.keys()].map((ref, index) => [ref, index + 1]));
  const notes = [...explanation.warnings, ...explanation.assumptions, ...explanation.alternatives].map((entry) => entry.text);
  const payers = byPayer(explanation.payers).map((part) => texts.payerPart(part.label, texts.money(part.fen))).join(texts.stop);
  return h(
    "section", { class: "cc-sheet only-print" },
    h("p", { class: "cc-sheet-title" }, `${texts.sheetTitle} · ${catalogue.title(current.person.policy, lang)}`),
    h("p", { class: "cc-sheet-told" }, toldLine(current, context)),
    h("p", { class: "cc-sheet-headline" }, explanation.headline),
    h("div", { class: "cc-sheet-top" },
      h("table", { class: "cc-sheet-figures" }, h("tbody", {}, keyFigures(explanation, texts).map(({ figure }) => h("tr", {}, h("th", { scope: "row" }, figure.label), h("td", {}, figure.text, figure.state === "known" ? "" : ` (${figure.state_text})`))), payers ? h("tr", {}, h("th", { scope: "row" }, texts.barTitle), h("td", {}, payers)) : null)),
      h("div", { class: "cc-sheet-code" }, qrCode(url, texts.qrAlt))),
    notes.length ? [h("p", { class: "cc-sheet-head" }, texts.sheetNotes), h("ul", { class: "cc-sheet-notes" }, notes.map((note) => h("li", {}, note)))] : null,
    h("p", { class: "cc-sheet-head" }, texts.stepsTitle),
    h("ul", { class: "cc-sheet-steps" }, lines(explanation.steps, numbers)),
    h("p", { class: "cc-sheet-head" }, texts.sheetSources),
    h("ol", { class: "cc-sheet-sources" }, [...found.values()].map((clause) => h("li", {}, h("b", {}, clause.label), " ", lang === "zh" ? `“${clause.quote}”` : `${clause.en} “${clause.quote}”`))),
    h("p", { class: "cc-sheet-foot" }, texts.date(catalogue.data.date), texts.stop, texts.notOfficial),
    h("p", { class: "cc-sheet-link" }, url),
  );
}
