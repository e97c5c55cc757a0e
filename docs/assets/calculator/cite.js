/** The sentences of the notices under a figure: quoted, translated, in plain words, and linked to the notice's page. */

import { h } from "./dom.js";

/** The anchor of a clause on its notice's page: every run of other characters is one hyphen. */
export function clauseAnchor(ref) {
  const clause = ref.slice(ref.indexOf("/") + 1);
  return `c-${clause.replace(/[^0-9A-Za-z]+/g, "-").replace(/^-|-$/g, "")}`;
}

/** The address of a clause from the calculator's page. */
export function clauseHref(citation, up = "../") {
  return `${up}notices/${citation.notice}/#${clauseAnchor(citation.ref)}`;
}

export function questionLink(question, up = "../") {
  return h("a", { href: `${up}questions/#${question.id}` }, question.topic);
}

/** The exact words of a clause; the cells of a table row stand apart to the eye. */
export function words(citation) {
  return ["“", citation.row ? citation.row.map((cell) => h("span", { class: "cell" }, cell)) : citation.quote, "”"];
}

/** What a clause is called; the notice's own numbering stays beside a name that is translated. */
export function clauseName(citation) {
  return [citation.label, citation.written && [" (", h("span", { lang: "zh-Hans" }, citation.written), ")"]];
}

/** One clause as a quotation. */
export function quotation(citation, { texts, lang, up }) {
  const zh = h("p", { lang: "zh-Hans" }, words(citation));
  const en = citation.en && h("p", { lang: "en" }, citation.en);
  const plain = citation.plain && h("p", { class: "cc-plain" }, h("b", {}, texts.plainWords), texts.colon, citation.plain);
  return h("blockquote", { class: "clause" }, lang === "zh" ? [zh, plain] : [en, plain, zh], h("p", { class: "cc-where" }, h("a", { href: clauseHref(citation, up) }, clauseName(citation))));
}

/** The sources of something, closed until they are asked for; nothing where there are none. */
export function sources(citations, context, { open = false } = {}) {
  if (!citations?.length) return null;
  const { texts } = context;
  return h("details", { class: "cc-sources", open }, h("summary", {}, citations.length > 1 ? texts.basisCount(citations.length) : texts.basis), citations.map((citation) => quotation(citation, context)));
}

/** Open questions that bear on something: what they are about, and on request what to tell the reader. */
export function openQuestions(questions, { texts, up }) {
  return (questions ?? []).map((question) => h("details", { class: "cc-open-question" }, h("summary", {}, texts.openQuestion, question.topic), h("p", {}, question.tell, " ", h("a", { href: `${up}questions/#${question.id}` }, texts.readings))));
}
