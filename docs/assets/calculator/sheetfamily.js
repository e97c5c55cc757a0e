/** What is printed for a family: the total, everybody's result with the clauses it rests on, and what to do next, each thing once. */

import { h } from "./dom.js";
import { tooEarly } from "./answer.js";
import { figures, frame, named, Notices, others, part, stepLines, stop, toldLine, warnings, where } from "./sheet.js";
import { putFitted } from "./sheetfit.js";

/** What a family's sheet leaves out, one after the other, while it would not fit: first how each step follows, last who pays what. */
const LEFT_OUT = ["inner", "supposed", "steps", "figures", "assumptions"];
/** On how many pages it may be, in the order of liking, and in at least how many points: a family of many has two. */
const FEW = 4;
const PAPER = [[1, 8.5]];
const PAPER_OF_MANY = [[1, 9.5], [2, 8.5]];

/** Entries by a key of theirs, in the order in which the keys are met. */
function grouped(entries, key) {
  const found = new Map();
  for (const entry of entries) found.set(key(entry), [...(found.get(key(entry)) ?? []), entry]);
  return [...found];
}

function allClauses(steps) {
  return steps.filter((entry) => entry.kind !== "warning").flatMap((entry) => [...entry.clauses, ...allClauses(entry.steps)]);
}

/** How a result is worked out; where that is left out, the figures and where the rules are written. */
function how(explanation, notices, context, without) {
  const { texts } = context;
  if (without.has("steps")) {
    const line = without.has("figures") ? null : h("p", {}, figures(explanation, texts).map(([label, text]) => `${label}${texts.colon}${text}`).join(texts.stop));
    return [line, h("p", { class: "cc-refs" }, texts.basis, texts.colon, where(allClauses(explanation.steps), notices, texts))];
  }
  // The sentences after the headline speak of the steps, so they stand with them.
  return [h("p", {}, explanation.summary.join(texts.run)), h("p", { class: "cc-sheet-warn" }, texts.stepsTitle), h("ul", { class: "cc-sheet-columns" }, stepLines(explanation.steps, named(notices, texts), !without.has("inner")))];
}

/** One person: what was told, the result, what cannot be undone, and how it is worked out. */
function member({ person, name, answer, refused }, notices, context, without) {
  const { texts, lang, catalogue } = context;
  const title = h("p", { class: "cc-sheet-head" }, `${name} · ${catalogue.title(person.policy, lang)}`);
  if (!answer) return h("div", { class: "cc-sheet-person" }, title, h("p", {}, refused ?? texts.incomplete));
  const explanation = answer[lang];
  return h(
    "div", { class: "cc-sheet-person" }, title,
    h("p", {}, toldLine({ person }, context)), h("p", {}, h("b", {}, explanation.headline)),
    stop(explanation, texts, (warning) => h("li", {}, warning.text)), tooEarly(explanation) ? null : how(explanation, notices, context, without),
  );
}

/** What several may have in common, each thing once: by place, with the names of those concerned where they are not all there. */
function shared(results, title, pick, { texts, lang, catalogue }) {
  const byPlace = grouped(results.filter(({ answer }) => answer), ({ person }) => person.policy);
  return byPlace.map(([policy, people]) => {
    const said = grouped(people.flatMap(({ name, answer }) => pick(answer[lang]).map(({ text }) => ({ name, text }))), ({ text }) => text);
    const items = said.map(([text, own]) => h("li", {}, own.length < people.length ? h("b", {}, own.map(({ name }) => name).join(texts.and), texts.colon) : null, text));
    const made = part(byPlace.length > 1 ? `${title} · ${catalogue.title(policy, lang)}` : title, items);
    return made && h("div", { class: "cc-sheet-person" }, made);
  });
}

/** The sheet of a family, without the first so many parts of those that can be left out. */
function familySheet(results, total, context, url, left = 0) {
  const without = new Set(LEFT_OUT.slice(0, left));
  const { texts, catalogue } = context;
  const notices = new Notices(results.map(({ person }) => person.policy), catalogue);
  return frame(
    texts.familyResult, url, context, left > 0,
    h("p", { class: "cc-sheet-headline" }, total), notices.lines(context),
    results.map((result) => member(result, notices, context, without)),
    shared(results, texts.warningsTitle, (explanation) => warnings(explanation, false), context),
    shared(results, texts.nextTitle, (explanation) => explanation.next_steps, context),
    without.has("assumptions") ? null : shared(results, texts.assumptionsTitle, (explanation) => explanation.assumptions, context),
    shared(results, texts.alternativesTitle, (explanation) => others(explanation, !without.has("supposed")), context),
  );
}

/** Puts a family's sheet in place for the printer. */
export function putFamilySheet(place, results, total, context, url) {
  putFitted(place, (left) => familySheet(results, total, context, url, left), LEFT_OUT.length, results.length > FEW ? PAPER_OF_MANY : PAPER);
}
