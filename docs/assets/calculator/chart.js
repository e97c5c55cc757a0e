/**
 * The answer against the date of payment, drawn to the width there is: what one pays, the first covered day, the wait. Every
 * stretch stands under the name of its period and over the clauses it rests on. Hatched are what is not stated and days on which
 * nothing can be paid, or may be; a dashed frame and words mark what can be read otherwise, is inferred or hangs on a fact.
 * The table beside it says the same in words.
 */

import { s } from "./dom.js";
import { number } from "./days.js";
import { Labels, measure } from "./labels.js";
import { refsOf, said, unstatedEdges } from "./runs.js";

const LEFT = 8;
const NAMES = 50; // the row of the periods' names, under those of the marks
const TOP = 80;
const LANE = 94;
const FREE = 22; // above the drawing of a lane: the row of its numbers
const GAP = 48;
const AXIS = 26;

/** Neighbouring runs of which `tell` gives the same are one: [{from, to, …tell(run)}]. */
function merged(runs, tell) {
  const found = [];
  for (const run of runs) {
    const told = tell(run);
    const before = found.at(-1);
    if (before?.key === told.key) Object.assign(before, { to: run.to, last: run });
    else found.push({ ...told, from: run.from, to: run.to, first: run, last: run });
  }
  return found;
}

class Chart {
  constructor(runs, periods, { width, context, label }) {
    Object.assign(this, { runs, periods, context, width });
    this.texts = context.texts;
    this.first = number(runs[0].from);
    this.last = number(runs.at(-1).to);
    this.inner = width - 2 * LEFT;
    this.height = TOP + 3 * (LANE + GAP) + AXIS;
    this.root = s("svg", { class: "cc-chart", viewBox: `0 0 ${width} ${this.height}`, width, height: this.height, role: "img", "aria-label": label });
    const hatch = s("pattern", { id: "cc-hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 7, height: 7, class: "cc-hatch-ground" }), s("line", { x1: 0, y1: 0, x2: 0, y2: 7, class: "cc-hatch-line" }));
    // The marks of days stand behind the words, so that they strike none through.
    [this.ground, this.shapes, this.marks, this.over] = [0, 1, 2, 3].map(() => s("g", {}));
    this.root.append(s("defs", {}, hatch), this.ground, this.shapes, this.marks, this.over);
    this.labels = new Labels(this.over, LEFT, width - LEFT);
  }

  x(day) {
    return LEFT + ((day - this.first) / (this.last - this.first + 1)) * this.inner;
  }

  add(tag, attributes, ...children) {
    const element = s(tag, attributes, ...children);
    this.shapes.append(element);
    return element;
  }

  span({ from, to }) {
    return [this.x(number(from)), this.x(number(to) + 1)];
  }

  /** The names of the periods along the top, and a line down at each change. */
  names() {
    const bottom = this.height - AXIS;
    const entries = merged(this.runs, (run) => ({ key: run.period })).map((part, index) => {
      const [from, to] = this.span(part);
      this.ground.append(s("rect", { x: from, y: NAMES - 12, width: to - from, height: bottom - NAMES + 12, class: index % 2 ? "cc-band cc-band-odd" : "cc-band" }));
      if (index) this.ground.append(s("line", { x1: from, x2: from, y1: NAMES - 12, y2: bottom, class: "cc-edge" }));
      const name = this.periods[part.key]?.[this.context.lang] ?? "";
      const edges = name ? unstatedEdges(this.runs, part.first, part.last, this.texts, this.texts.shortDay) : [];
      return { words: edges.length ? this.texts.marked(name, edges) : name, from, to, y: NAMES + 4, point: null };
    });
    this.labels.row(this.texts.period, entries.filter(({ words }) => words), { at: NAMES, kind: "cc-period" });
  }

  lane(index, title) {
    const top = TOP + index * (LANE + GAP);
    this.over.append(s("text", { x: LEFT, y: top - 3, class: "cc-lane" }, title));
    this.add("line", { x1: LEFT, x2: LEFT + this.inner, y1: top + LANE, y2: top + LANE, class: "cc-base" });
    return top;
  }

  /** Under a lane, the clauses of each stretch; equal neighbours are one. */
  clauses(top, lane, title) {
    const { data, lang, texts } = this.context;
    const parts = merged(this.runs, (run) => ({ key: [...new Set(refsOf(run, lane).map((ref) => data.labels[ref]).filter(Boolean))].join(texts.stop) })).filter(({ key }) => key);
    const entries = parts.map((part) => {
      const [from, to] = this.span(part);
      return { words: part.key, from, to, y: top + LANE + 14, point: top + LANE };
    });
    this.labels.row(texts.clausesOf(title), entries, { at: top + LANE + 15, kind: "cc-clause", lang: lang === "zh" ? "zh-Hans" : null });
  }

  unknown(part, top) {
    const [from, to] = this.span(part);
    this.add("rect", { x: from, y: top + FREE, width: to - from, height: LANE - FREE, fill: "url(#cc-hatch)", class: "cc-unknown" });
  }

  /** A dashed frame around what is in doubt. */
  frame(part, top) {
    if (!part.doubt) return;
    const [from, to] = this.span(part);
    this.add("rect", { x: from + 1, y: top + FREE + 1, width: Math.max(1, to - from - 2), height: LANE - FREE - 2, class: `cc-frame cc-frame-${part.doubt}` });
  }

  /** Stretches of the same words that only days on which nothing can be paid part, have one label; those days are hatched in the key. `own`: the stretches themselves. */
  joined(parts, title) {
    const groups = [];
    for (const part of parts) {
      const [closed, before] = [groups.at(-1), groups.at(-2)];
      if (closed?.shut && !part.shut && before?.text === part.text) {
        groups.pop();
        this.labels.hatched(title, closed.text);
        before.to = part.to;
        before.own.push(part);
      } else {
        groups.push({ ...part, own: [part] });
      }
    }
    return groups;
  }

  /** Where a number of a group points: its middle, or, where that lies between its stretches, the middle of the nearest of them. */
  aim({ from, to, own }) {
    const [left, right] = this.span({ from, to });
    const middle = (left + right) / 2;
    const off = ([start, end]) => Math.max(start - middle, middle - end, 0);
    const [nearest] = own.map((part) => this.span(part)).sort((one, other) => off(one) - off(other));
    return off(nearest) ? (nearest[0] + nearest[1]) / 2 : middle;
  }

  /** Blocks whose height is the value, labelled; between the lowest and the highest amount they are hatched. */
  blocks(index, lane, title) {
    const top = this.lane(index, title);
    const parts = merged(this.runs, (run) => {
      const told = said(run, lane, this.context);
      return { ...told, key: JSON.stringify([told.text, told.value]) };
    });
    const most = Math.max(1, ...parts.map(({ value }) => value?.[1] ?? 0));
    const high = (value) => Math.max(2, (value / most) * (LANE - FREE - 20));
    const block = (part, from, to, attributes) => {
      const [left, right] = this.span(part);
      this.add("rect", { x: left, y: top + LANE - to, width: right - left, height: to - from, ...attributes });
    };
    for (const part of parts) {
      if (part.value === null) {
        this.unknown(part, top);
        continue;
      }
      const [low, full] = part.value;
      block(part, 0, high(low), { class: `cc-block cc-fill${index + 1}` });
      if (full > low) block(part, high(low), high(full), { fill: "url(#cc-hatch)", class: "cc-unknown" });
    }
    const groups = this.joined(parts, title);
    for (const group of groups) this.frame(group, top);
    const entries = groups.map((group) => {
      const [from, to] = this.span(group);
      const y = group.value === null ? top + (FREE + LANE) / 2 + 4 : top + LANE - high(group.value[1]) - 5;
      return { words: group.text, from, to, y, aim: this.aim(group), point: group.value === null ? top + FREE + 3 : top + LANE - high(group.value[1]) };
    });
    this.labels.row(title, entries, { at: top + FREE / 2, kind: "cc-label", apart: true });
    this.clauses(top, lane, title);
  }

  /** The first covered day as a line: flat where it is fixed, rising where it counts from the payment or goes up month by month. */
  dates(index, lane, title) {
    const top = this.lane(index, title);
    const last = (run) => run.moving?.coverage_start ?? run.figures.coverage_start.value;
    const parts = merged(this.runs, (run) => {
      const told = said(run, lane, this.context);
      return { ...told, key: told.value ? JSON.stringify([told.marks, run.figures.coverage_start.estimate, refsOf(run, lane)]) : told.text };
    });
    const known = this.runs.filter((run) => run.figures.coverage_start?.value);
    const values = known.flatMap((run) => [number(run.figures.coverage_start.value), number(last(run))]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const y = (day) => top + LANE - 6 - (high === low ? LANE / 3 : ((number(day) - low) / (high - low)) * (LANE - FREE - 12));
    for (const run of known) {
      const [from, to] = this.span(run);
      this.add("line", { x1: from, x2: to, y1: y(run.figures.coverage_start.value), y2: y(last(run)), class: "cc-dates" });
    }
    const entries = parts.map((part) => {
      if (!part.value && !part.empty) this.unknown(part, top);
      this.frame(part, top);
      const [from, to] = this.span(part);
      if (!part.value) return { words: part.text, from, to, y: top + FREE / 2 + 4, point: part.empty ? top + LANE : top + FREE + 3 };
      return { words: this.days(part, last(part.last)), from, to, y: top + FREE / 2 + 4, point: (y(part.value) + y(last(part.last))) / 2 };
    });
    this.labels.row(title, entries, { at: top + FREE / 2, kind: "cc-label" });
    this.clauses(top, lane, title);
  }

  /** The first and the last of the covered days of a stretch, with what is to be said of them. */
  days(part, last) {
    const { texts } = this;
    const span = part.value === last ? texts.shortDay(part.value) : texts.rising(texts.shortDay(part.value), texts.shortDay(last));
    const words = part.first.figures.coverage_start.estimate ? texts.about(span) : span;
    return part.marks.length ? texts.marked(words, part.marks) : words;
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
      this.over.append(s("text", { x: tick.middle, y: base + 19, "text-anchor": "middle", class: "cc-tick" }, tick.words));
    }
  }

  draw() {
    const { texts } = this;
    this.names();
    this.blocks(0, "money", texts.laneMoney);
    this.dates(1, "coverage", texts.laneStart);
    this.blocks(2, "waiting", texts.laneWait);
    this.axis();
  }

  /** Marks a day, today or the one chosen, with its words in a row of their own; gives what takes the mark away again. */
  marker(day, kind, words) {
    if (day < this.first || day > this.last) return null;
    const x = this.x(day + 0.5);
    const half = (measure(words) / 2) * 1.2; // these are in bold
    const row = kind === "chosen" ? 16 : 32;
    const parts = [
      [this.marks, s("line", { x1: x, x2: x, y1: row + 3, y2: this.height - AXIS })],
      [this.over, s("text", { x: Math.min(Math.max(x, half), this.width - half), y: row, "text-anchor": "middle" }, words)],
    ].map(([layer, part]) => layer.appendChild(s("g", { class: `cc-marker cc-${kind}` }, part)));
    return () => parts.forEach((part) => part.remove());
  }
}

/** The chart with its scale: {root, x→day, marker, labels}. */
export function chart(runs, periods, options) {
  const made = new Chart(runs, periods, options);
  made.draw();
  return made;
}
