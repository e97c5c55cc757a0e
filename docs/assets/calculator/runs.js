/**
 * What a run of days of payment says about the money, the first covered day and the wait, in words: the figure, how sure it is and
 * what it hangs on. The chart, the line under it and the table all say this.
 */

import { iso, number } from "./days.js";
import { atTiers, dayText, moneyText, payText, payable, stateClass, waitText } from "./plain.js";

export function runOn(runs, day) {
  return runs.find((run) => number(run.from) <= day && day <= number(run.to)) ?? null;
}

/** A figure on one day of a run; dates that move do so by one day a day. */
function figureOn(run, name, day) {
  const figure = run.figures[name];
  if (!figure?.value || !run.moving?.[name]) return figure;
  return { ...figure, value: iso(number(figure.value) + day - number(run.from)) };
}

/** What is to be said of the edges of the stretch from run `first` to run `last`: a change of period on a day that no notice gives. */
export function unstatedEdges(runs, first, last, texts, day = texts.day) {
  const [before, after] = [runs[runs.indexOf(first) - 1], runs[runs.indexOf(last) + 1]];
  return [
    before && before.period !== first.period && first.unstated.includes("first") && texts.firstUnstated(day(first.from)),
    after && after.period !== last.period && last.unstated.includes("last") && texts.lastUnstated(day(last.to)),
  ].filter(Boolean);
}

/** The clauses on which a run's figures of a lane rest, in order, each once. */
export function refsOf(run, lane) {
  const names = Object.keys(run.by_figure ?? {}).filter((name) => (lane === "money" ? /(^|_)pays$/.test(name) : name.startsWith(lane)));
  return [...new Set(names.flatMap((name) => run.by_figure[name]))];
}

/** The figures of a lane, that which decides it first; whether one can pay at all bears on what one pays. */
function figuresOf(run, lane, day, texts) {
  const { figures } = run;
  if (lane === "coverage") return [figureOn(run, "coverage_start", day)];
  if (lane === "waiting") return [figures.waiting_months, figures.waiting_days].sort((one, other) => (one?.value === null) - (other?.value === null));
  return payable(run, texts) === "yes" ? [figures.total_pays, { state: figures.status?.state }] : [figures.status, figures.total_pays].slice(0, payable(run, texts) === "no" ? 1 : 2);
}

function words(run, lane, day, { texts, lang, data, catalogue, policy }) {
  const names = (figures) => [...new Set(figures.flatMap((figure) => (figure?.value === null && figure.state === "not_told" ? figure.facts ?? [] : [])))];
  const missing = (figures, otherwise) => (names(figures).length ? texts.needsFacts(names(figures).map((fact) => data.facts[fact]).join(texts.and)) : otherwise);
  if (lane === "coverage") {
    const figure = figureOn(run, "coverage_start", day);
    return figure?.value ? dayText(figure, texts) : missing([figure], dayText(figure, texts));
  }
  if (lane === "waiting") {
    const { waiting_days: days, waiting_months: months } = run.figures;
    return days?.value === null && months?.value === null ? missing([months, days], waitText(run.figures, texts)) : waitText(run.figures, texts);
  }
  const tell = (figure, floor) => (figure.value === null ? missing([figure], moneyText(figure, texts, floor)) : moneyText(figure, texts, floor));
  return payText(run, texts, atTiers({ ...run, policy }, "figures", "total_pays", tell, catalogue, { lang, texts }));
}

/** Between which amounts lies what one pays: one amount, or those of the tiers; nothing where it is not known. */
function range(run, texts) {
  const amounts = run.tiers.length && run.figures.total_pays.value === null ? run.tiers.map((entry) => entry.figures.total_pays.value) : [run.figures.total_pays.value];
  return payable(run, texts) !== "yes" || amounts.includes(null) ? null : [Math.min(...amounts), Math.max(...amounts)];
}

/** How long the wait is, about, in days; nothing where it is not known. */
function length({ figures: { waiting_months: months, waiting_days: days } }) {
  if (typeof months?.value === "number" && (months.value || !days?.value)) return [months.value * 30, months.value * 30];
  return typeof days?.value === "number" ? [days.value, days.value] : null;
}

/**
 * A lane on one day of a run: {words, marks, doubt, text, value, state}. marks: what else is to be said of the words; doubt: the
 * gravest of them; text: both together; value: what to draw, nothing where it is not known; state: the class of its cell;
 * shut: a day on which one cannot pay; empty: no covered day is left, which is known and no silence of the notice.
 */
export function said(run, lane, context, day = number(run.from)) {
  const { texts, data } = context;
  const figures = figuresOf(run, lane, day, texts).filter(Boolean);
  const told = words(run, lane, day, context);
  const states = figures.map((figure) => figure.state);
  const sure = ["conflicting", "assumed"].find((state) => states.includes(state));
  // Facts without which there is no figure are named by the words themselves.
  const named = new Set(figures.flatMap((figure) => (figure.value === null && figure.state === "not_told" ? figure.facts ?? [] : [])));
  const facts = [...new Set(figures.flatMap((figure) => figure.facts ?? []))].filter((fact) => !named.has(fact));
  const marks = [sure && data.states[sure], facts.length && texts.hangsOn(facts.map((fact) => data.facts[fact]).join(texts.and))].filter(Boolean);
  const value = lane === "money" ? range(run, texts) : lane === "waiting" ? length(run) : figures[0]?.value;
  return {
    words: told, marks, doubt: sure ?? (facts.length ? "hangs" : null), text: marks.length ? texts.marked(told, marks) : told, value: value ?? null,
    shut: lane === "money" && payable(run, texts) === "no", empty: lane === "coverage" && Boolean(figures[0]?.empty), state: cellState(run, lane, figures, texts),
  };
}

/** The class of a cell; what differs by tier is as sure as each amount, and a day on which one cannot pay is no missing figure. */
function cellState(run, lane, figures, texts) {
  if (lane === "money" && payable(run, texts) === "unsaid") return "not-stated";
  if (lane === "money" && payable(run, texts) === "yes" && run.tiers.length) return "";
  return stateClass(figures[0]);
}
