/** The way to the answer: every step with its figure, how it is known, and its sentences. */

import { h } from "./dom.js";
import { openQuestions, sources } from "./cite.js";

/** What is not stated or not told says so in its own words. */
const MARKED = new Set(["assumed", "conflicting"]);

/** How sure a figure is, told by the words after it and by a frame, never by colour alone. */
export function mark(figure) {
  if (!figure || !MARKED.has(figure.state)) return null;
  return h("span", { class: `cc-state cc-${figure.state}` }, figure.state_text);
}

const FRAME = { conflicting: "conflict", assumed: "assumed", not_stated: "not-stated", not_told: "not-stated" };

export function figureText(figure) {
  return h("span", { class: `cc-figure ${FRAME[figure.state] ?? ""}` }, figure.text);
}

/** Steps that only gather what the steps below them cite. */
const GATHERS = new Set(["premium", "assistance", "total", "add_ons"]);

function refsBelow(entry) {
  return new Set(entry.steps.flatMap((child) => [...child.clauses.map((clause) => clause.ref), ...refsBelow(child)]));
}

/** The sentences of a step that no step below it cites. */
export function ownClauses(entry) {
  const below = refsBelow(entry);
  return entry.clauses.filter((clause) => !below.has(clause.ref));
}

function step(entry, context, { seen, above }) {
  const id = seen.has(entry.kind) ? null : `step-${entry.kind}`;
  seen.add(entry.kind);
  const below = GATHERS.has(entry.kind) ? refsBelow(entry) : new Set();
  // Each sentence stands once on its branch: with the step that it decides.
  const clauses = entry.clauses.filter((clause) => !below.has(clause.ref) && !above.has(clause.ref));
  const questions = entry.questions.filter((question) => !seen.has(question.id));
  for (const question of questions) seen.add(question.id);
  const further = new Set([...above, ...(GATHERS.has(entry.kind) ? [] : entry.clauses.map((clause) => clause.ref))]);
  const text = h("p", { class: "cc-step-text" }, entry.text, " ", entry.figure ? mark(entry.figure) : null);
  const inner = entry.steps.length ? h("ol", { class: "cc-steps" }, entry.steps.map((child) => step(child, context, { seen, above: further }))) : null;
  return h("li", { id, class: `cc-step cc-step-${entry.kind}` }, text, sources(clauses, context), openQuestions(questions, context), inner);
}

/** The whole tree as nested numbered lists. */
export function stepsList(steps, context) {
  const seen = new Set();
  return h("ol", { class: "cc-steps cc-steps-top" }, steps.map((entry) => step(entry, context, { seen, above: new Set() })));
}

/** Opens or closes every source below an element. */
export function unfold(element, open) {
  for (const details of element.querySelectorAll("details")) details.open = open;
}
