/**
 * The answer against the date of payment, drawn to the width there is: what one pays, the first covered day, the wait. Every
 * stretch stands under the name of its period and over the clauses it rests on, where they fit; hatched are what is not stated and
 * days on which nothing can be paid.
 * The table beside it says the same in words.
 */

import { s } from "./dom.js";
import { iso, number } from "./days.js";
import { payText, shut, waitText } from "./plain.js";

const LEFT = 8;
const TOP = 46;
const LANE = 74;
const GAP = 48;
const AXIS = 26;

/** The first covered day when paying on a day of a run; dates that move do so by one day a day. */
export function valueOn(run, name, day) {
  const value = run.figures[name]?.value ?? null;
  if (value === null || !run.moving?.[name]) return value;
  return iso(number(value) + day - number(run.from));
}

export function runOn(runs, day) {
  return runs.find((run) => number(run.from) <= day && day <= number(run.to)) ?? null;
}

/** The clauses on which a run's figures of a lane rest, in order, each once. */
export function refsOf(run, lane) {
  const names = Object.keys(run.by_figure ?? {}).filter((name) => (lane === "money" ? /(^|_)pays$/.test(name) : name.startsWith(lane)));
  return [...new Set(names.flatMap((name) => run.by_figure[name]))];
}

/** About how wide a text is drawn: ideographs are twice as wide as letters. */
function measure(words) {
  return [...words].reduce((sum, character) => sum + (character.charCodeAt(0) > 0x2e80 ? 13 : 7.4), 0);
}

class Chart {
  constructor(runs, periods, { width, texts, lang, label, labels = {} }) {
    Object.assign(this, { runs, periods, texts, lang, labels });
    this.first = number(runs[0].from);
    this.last = number(runs.at(-1).to);
    this.width = width;
    this.inner = width - 2 * LEFT;
    this.height = TOP + 3 * (LANE + GAP) + AXIS;
    this.root = s("svg", { class: "cc-chart", viewBox: `0 0 ${width} ${this.height}`, width, height: this.height, role: "img", "aria-label": label });
    const hatch = s("pattern", { id: "cc-hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 7, height: 7, class: "cc-hatch-ground" }), s("line", { x1: 0, y1: 0, x2: 0, y2: 7, class: "cc-hatch-line" }));
    this.root.append(s("defs", {}, hatch));
  }

  x(day) {
    return LEFT + ((day - this.first) / (this.last - this.first + 1)) * this.inner;
  }

  add(tag, attributes, ...children) {
    const element = s(tag, attributes, ...children);
    this.root.append(element);
    return element;
  }

  /** A label where it fits between two edges; nothing where it does not. */
  text(words, from, to, y, more = {}) {
    if (measure(words) + 6 > to - from) return null;
    return this.add("text", { x: (from + to) / 2, y, "text-anchor": "middle", ...more }, words);
  }

  span(run) {
    return [this.x(number(run.from)), this.x(number(run.to) + 1)];
  }

  /** The names of the periods along the top, and a line down at each change. */
  names() {
    const merged = [];
    for (const run of this.runs) {
      const before = merged.at(-1);
      if (before?.period === run.period) before.to = run.to;
      else merged.push({ period: run.period, from: run.from, to: run.to });
    }
    merged.forEach((part, index) => {
      const [from, to] = this.span(part);
      this.add("rect", { x: from, y: 4, width: to - from, height: this.height - AXIS - 4, class: index % 2 ? "cc-band cc-band-odd" : "cc-band" });
      const name = this.periods[part.period]?.[this.lang] ?? "";
      this.text(name, from, to, 22, { class: "cc-period" });
      if (index) this.add("line", { x1: from, x2: from, y1: 4, y2: this.height - AXIS, class: "cc-edge" });
    });
  }

  lane(index, title) {
    const top = TOP + index * (LANE + GAP);
    this.add("text", { x: LEFT, y: top - 5, class: "cc-lane" }, title);
    this.add("line", { x1: LEFT, x2: LEFT + this.inner, y1: top + LANE, y2: top + LANE, class: "cc-base" });
    return top;
  }

  /** Under a lane, the clauses of each stretch: all where they fit, else the first; equal neighbours are one. */
  clauses(top, lane) {
    const merged = [];
    for (const run of this.runs) {
      const names = [...new Set(refsOf(run, lane).map((ref) => this.labels[ref]).filter(Boolean))];
      const before = merged.at(-1);
      if (before?.names.join() === names.join()) before.to = run.to;
      else merged.push({ from: run.from, to: run.to, names });
    }
    for (const part of merged.filter(({ names }) => names.length)) {
      const [from, to] = this.span(part);
      const more = { class: "cc-clause", lang: this.lang === "zh" ? "zh-Hans" : null };
      const y = top + LANE + 13;
      if (!this.text(part.names.join("；"), from, to, y, more)) this.text(`${part.names[0]}${part.names.length > 1 ? "…" : ""}`, from, to, y, more);
    }
  }

  unknown(run, top, words) {
    const [from, to] = this.span(run);
    this.add("rect", { x: from, y: top + 8, width: to - from, height: LANE - 8, fill: "url(#cc-hatch)", class: "cc-unknown" });
    this.text(words, from, to, top + LANE / 2 + 8, { class: "cc-label" });
  }

  /** Blocks whose height is the value, labelled; equal neighbours are one block. */
  blocks(index, title, value, words, missing) {
    const top = this.lane(index, title);
    const merged = [];
    for (const run of this.runs) {
      const entry = { from: run.from, to: run.to, value: value(run), words: words(run) };
      const before = merged.at(-1);
      if (before && before.value === entry.value && before.words === entry.words) before.to = entry.to;
      else merged.push(entry);
    }
    const most = Math.max(1, ...merged.map((entry) => entry.value ?? 0));
    for (const entry of merged) {
      if (entry.value === null) {
        this.unknown(entry, top, missing(entry) ?? entry.words);
        continue;
      }
      const [from, to] = this.span(entry);
      const high = Math.max(2, (entry.value / most) * (LANE - 24));
      this.add("rect", { x: from, y: top + LANE - high, width: to - from, height: high, class: `cc-block cc-fill${index + 1}` });
      this.text(entry.words, from, to, top + LANE - high - 4, { class: "cc-label" });
    }
    this.clauses(top, index ? "waiting" : "money");
  }

  /** The first covered day as a line: flat where it is fixed, rising where it counts from the payment. */
  dates(index, title) {
    const top = this.lane(index, title);
    const known = this.runs.filter((run) => run.figures.coverage_start?.value);
    const values = known.flatMap((run) => [number(run.figures.coverage_start.value), number(run.moving?.coverage_start ?? run.figures.coverage_start.value)]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const y = (day) => top + LANE - 4 - (high === low ? LANE / 2 : ((day - low) / (high - low)) * (LANE - 28));
    let shown = null;
    let end = -Infinity;
    const said = [];
    const silent = [];
    for (const run of this.runs) {
      const figure = run.figures.coverage_start;
      const [from, to] = this.span(run);
      if (!figure?.value) {
        const words = figure?.state === "not_told" ? this.texts.notTold : this.texts.notStated;
        const before = silent.at(-1);
        if (before?.words === words && number(run.from) === number(before.to) + 1) before.to = run.to;
        else silent.push({ from: run.from, to: run.to, words });
        continue;
      }
      const finish = run.moving?.coverage_start ?? figure.value;
      this.add("line", { x1: from, x2: to, y1: y(number(figure.value)), y2: y(number(finish)), class: "cc-dates" });
      // A line that goes on from the one before needs no date of its own.
      const goesOn = shown !== null && Math.abs(number(figure.value) - shown) <= 1;
      if (!goesOn && from > end) {
        const words = this.texts.shortDay(figure.value);
        const size = measure(words);
        said.push([words, Math.min(from + 2, LEFT + this.inner - size), y(number(figure.value)) - 6]);
        end = from + size + 8;
      }
      shown = number(finish);
    }
    for (const part of silent) this.unknown(part, top, part.words);
    for (const [words, x, height] of said) this.add("text", { x, y: height, class: "cc-label" }, words);
    this.clauses(top, "coverage");
  }

  axis() {
    const base = this.height - AXIS;
    let month = new Date(this.first * 86_400_000);
    month = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + (month.getUTCDate() > 1 ? 1 : 0), 1));
    const step = this.inner < 480 ? 3 : this.inner < 900 ? 2 : 1;
    const ticks = [];
    for (let index = 0; ; index += 1) {
      const day = Math.round(month.getTime() / 86_400_000);
      if (day > this.last) break;
      const x = this.x(day);
      this.add("line", { x1: x, x2: x, y1: base, y2: base + 5, class: "cc-base" });
      const tick = (rank, withYear) => {
        const words = this.texts.monthTick(month.getUTCFullYear(), month.getUTCMonth() + 1, withYear);
        const half = measure(words) / 2;
        ticks.push({ rank, words, half, middle: Math.min(Math.max(x, LEFT + half), this.width - half) });
      };
      // The beginning of a year is worth most; the first month has its year where there is room for both.
      if (month.getUTCMonth() === 0) tick(0, true);
      else if (index === 0) tick(1, true);
      if (month.getUTCMonth() && index % step === 0) tick(2, false);
      month = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 1));
    }
    const placed = [];
    for (const tick of ticks.sort((one, other) => one.rank - other.rank)) {
      if (placed.some((other) => Math.abs(other.middle - tick.middle) < other.half + tick.half + 4)) continue;
      placed.push(tick);
      this.add("text", { x: tick.middle, y: base + 19, "text-anchor": "middle", class: "cc-tick" }, tick.words);
    }
  }

  draw() {
    const { texts } = this;
    this.names();
    this.blocks(0, texts.laneMoney, (run) => (shut(run, texts) ? null : run.figures.total_pays.value), (run) => payText(run, texts), () => null);
    this.dates(1, texts.laneStart);
    const wait = (run) => {
      const { waiting_months: months, waiting_days: days } = run.figures;
      if (typeof months?.value === "number" && (months.value || !days?.value)) return months.value * 30;
      return typeof days?.value === "number" ? days.value : null;
    };
    this.blocks(2, texts.laneWait, wait, (run) => waitText(run.figures, texts), () => null);
    this.axis();
    return this.root;
  }

  /** A marked day: today, or the one chosen. */
  marker(day, kind, words) {
    if (day < this.first || day > this.last) return;
    const x = this.x(day + 0.5);
    const group = s("g", { class: `cc-marker cc-${kind}` }, s("line", { x1: x, x2: x, y1: 28, y2: this.height - AXIS }), words && s("text", { x: Math.min(Math.max(x, 30), this.width - 30), y: 38, "text-anchor": "middle" }, words));
    this.root.append(group);
    return group;
  }
}

/** The chart with its scale: {root, x→day, mark}. */
export function chart(runs, periods, options) {
  const made = new Chart(runs, periods, options);
  made.draw();
  return made;
}
