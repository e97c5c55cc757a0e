/** The years of one place side by side: every figure, what changed from year to year, and on which words. */

import { keyFigures } from "./answer.js";
import { questionLink, sources } from "./cite.js";
import { h } from "./dom.js";
import { stateClass } from "./plain.js";

/** What each premium is made of. */
const PARTS = /^(?!total_|addons_)(\w+_)?(standard|subsidy|pays|paid_back)$/;
/** The step on which each other figure rests. */
const KINDS = { total_pays: "premium", pay_by: "period", status: "period", coverage_start: "coverage", coverage_end: "coverage", waiting_days: "waiting", waiting_months: "waiting" };

/** The steps on which a part of a premium rests: its price, its assistance, or both. */
function partSteps(answer, lang, name) {
  const [, prefix, part] = PARTS.exec(name);
  const kind = (step) => step.kind === "premium";
  const at = answer.assessment.tree.steps.filter(kind).findIndex((step) => step.data.id === (prefix ? prefix.slice(0, -1) : "basic"));
  const premium = answer[lang].steps.filter(kind)[at];
  if (!premium) return [];
  return part === "pays" ? [premium] : premium.steps.filter((step) => (part === "subsidy" ? step.kind === "assistance" : ["contribution", "price"].includes(step.kind)));
}

/** The clauses of a figure in one year's answer, each once. */
function clausesOf(answer, lang, name) {
  const steps = PARTS.test(name) ? partSteps(answer, lang, name) : answer[lang].steps.filter((step) => step.kind === KINDS[name]);
  return [...new Map(steps.flatMap((step) => step.clauses).map((clause) => [clause.ref, clause])).values()];
}

/** The total, then what it is made of for each premium, then the days. */
function figureNames(lines) {
  const all = [...new Set(lines.flatMap((line) => [...line.keys()]))].filter((name) => !name.startsWith("incentive"));
  return [...all.filter((name) => name === "total_pays"), ...all.filter((name) => PARTS.test(name)), ...all.filter((name) => !PARTS.test(name) && name !== "total_pays")];
}

/** What the totals of two years are made of, and what is open about a premium that only one of them has. */
function caveats(changes, own, data, { texts, lang, up }) {
  const open = own.flatMap((row) => row.lacking.filter(({ question }) => question).map(({ name, question }) => [row, name[lang], data.questions[question]]));
  return [
    changes.map(({ total }) => total && h("p", { class: "cc-year-total" }, total)),
    open.map(([row, name, question]) => h("p", { class: "conflict" }, h("b", {}, texts.notAlike(name, row.year)), texts.run, question.tell, " ", texts.openQuestion, questionLink(question, up))),
  ];
}

/** The table of a place's years; nothing where there is one year only. */
export async function yearTable(app, policy, data) {
  const { texts, lang, catalogue, up } = app;
  const { place } = catalogue.policy(policy);
  const own = data.rows.filter((row) => row.place === place && row.case).sort((one, two) => one.year - two.year);
  if (own.length < 2) return null;
  const answers = await Promise.all(own.map((row) => app.engine.ask("assess", { policy: row.policy, case: row.case, lang })));
  const lines = answers.map((answer) => new Map([...keyFigures(answer[lang], texts).map((line) => [line.name, line]), ...Object.entries(answer[lang].figures).filter(([name]) => PARTS.test(name)).map(([name, figure]) => [name, { figure }])]));
  const year = (id) => texts.yearOf(catalogue.policy(id).year);
  // On a phone the heads are not seen: the label of each cell names the day of payment too.
  const dated = (row) => `${year(row.policy)} (${texts.paidOn}${texts.day(row.pay_date)})`;
  // Where one year has several premiums, a label names its own.
  const label = (name) => lines.map((line) => line.get(name)?.figure.label ?? "").reduce((long, other) => (other.length > long.length ? other : long), "");
  const cell = (line, index, name) => {
    const figure = line.get(name)?.figure;
    const sure = figure && { assumed: texts.assumedMark, conflicting: figure.state_text }[figure.state];
    return h("td", { "data-label": dated(own[index]) }, h("span", { class: figure ? stateClass({ ...figure, empty: own[index].figures[name]?.empty }) : "not-stated" }, figure?.text ?? texts.notStated), sure && [" ", h("span", { class: `cc-state cc-${figure.state}` }, sure)], sources(clausesOf(answers[index], lang, name), app.context));
  };
  const changed = (name) => data.years.map((change) => [change, change.figures[name]]).filter(([, found]) => found);
  const rows = figureNames(lines).map((name) => {
    const found = changed(name);
    const told = found.map(([change, { text, differs }]) => h("div", {}, data.years.length > 1 ? `${year(change.from)} → ${year(change.to)}${texts.colon}` : null, differs ? h("b", {}, text) : text));
    return h("tr", { class: found.some(([, { differs }]) => differs) ? "cc-differs" : null }, h("th", { scope: "row" }, label(name)), lines.map((line, index) => cell(line, index, name)), h("td", { "data-label": texts.changed }, told.length ? told : texts.noFigure));
  });
  const head = (row) => h("th", { scope: "col" }, year(row.policy), h("span", { class: "cc-option-note" }, texts.paidOn, texts.day(row.pay_date)));
  const pages = data.years.map(({ from, to }) => h("p", {}, h("a", { href: `${up}compare/${place}-${catalogue.policy(from).year}-${catalogue.policy(to).year}/` }, texts.everyChange(year(from), year(to)))));
  return h("div", {}, h("h4", { id: "years" }, texts.yearsTitle), caveats(data.years, own, data, app), h("table", { class: "cards cc-years", "aria-labelledby": "years" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, texts.figure), own.map(head), h("th", { scope: "col" }, texts.changed))), h("tbody", {}, rows)), pages);
}
