/**
 * The words of the chart. They are written where they fit; where not, a number stands at the stretch and its words in the key
 * below the chart, so that a narrow screen loses none and nothing overlaps.
 */

import { h, s } from "./dom.js";

const RADIUS = 7.5;
const ROOM = 2 * RADIUS + 2;
/** How far a number may stand from its stretch beside words that are written out. */
const NEAR = 24;

/** About how wide a text is drawn: ideographs are twice as wide as letters. */
export function measure(words) {
  return [...words].reduce((sum, character) => sum + (character.charCodeAt(0) > 0x2e80 ? 13 : 7.4), 0);
}

/** Where along its stretch a number points. */
function aimOf({ from, to, aim }) {
  return aim ?? (from + to) / 2;
}

/** The middle nearest to one that is wanted at which a number overlaps nothing; null where there is none. */
function free(wanted, taken, left, right) {
  for (let step = 0; step <= right - left; step += 1) {
    for (const middle of step ? [wanted + step, wanted - step] : [wanted]) {
      if (middle - RADIUS < left || middle + RADIUS > right) continue;
      if (taken.every(([from, to]) => middle + ROOM / 2 <= from || middle - ROOM / 2 >= to)) return middle;
    }
  }
  return null;
}

export class Labels {
  /** layer: the group of the drawing that holds them; they stay between left and right. */
  constructor(layer, left, right) {
    Object.assign(this, { layer, left, right });
    this.key = [];
  }

  add(tag, attributes, ...children) {
    const element = s(tag, attributes, ...children);
    this.layer.append(element);
    return element;
  }

  /**
   * One row of labels [{words, from, to, y, point, aim}]. y: where the words are written; point: what a number there points at, and aim where along it, unless in the middle. at: the
   * middle of the row of numbers; apart: the words are never in the way of the numbers. title: what the key calls the row.
   */
  row(title, entries, { at, kind, lang = null, apart = false }) {
    const fits = entries.filter(({ words, from, to }) => measure(words) + 6 <= to - from);
    const rest = entries.filter((entry) => !fits.includes(entry));
    const written = apart ? [] : fits.map(({ words, from, to }) => [(from + to - measure(words)) / 2, (from + to + measure(words)) / 2]);
    let numbers = this.#places(rest, written);
    if (!apart && numbers.some((x, index) => x === null || Math.abs(x - aimOf(rest[index])) > NEAR)) {
      fits.length = 0;
      rest.splice(0, rest.length, ...entries);
      numbers = this.#places(rest, []);
    }
    for (const { words, from, to, y } of fits) this.add("text", { x: (from + to) / 2, y, "text-anchor": "middle", class: kind, lang }, words);
    rest.forEach((entry, index) => this.#number(entry, numbers[index] ?? aimOf(entry), title, { at, lang }));
  }

  #places(entries, written) {
    const taken = [...written];
    return entries.map((entry) => {
      const middle = Math.min(Math.max(aimOf(entry), this.left + RADIUS), this.right - RADIUS);
      const found = free(middle, taken, this.left, this.right);
      if (found !== null) taken.push([found - ROOM / 2, found + ROOM / 2]);
      return found;
    });
  }

  /** The same words in the same row have the same number. */
  #number({ words, point, ...place }, x, title, { at, lang }) {
    let part = this.key.find((entry) => entry.title === title);
    if (!part) this.key.push((part = { title, numbered: [], hatched: [] }));
    let entry = part.numbered.find((one) => one.words === words);
    if (!entry) part.numbered.push((entry = { words, lang, number: this.key.reduce((sum, one) => sum + one.numbered.length, 1) }));
    if (point) this.add("line", { x1: x, y1: at + (point < at ? -RADIUS : RADIUS), x2: aimOf(place), y2: point, class: "cc-leader" });
    this.add("circle", { cx: x, cy: at, r: RADIUS, class: "cc-number" });
    this.add("text", { x, y: at + 4, "text-anchor": "middle", class: "cc-number-text" }, String(entry.number));
  }

  /** Words of narrow hatched stretches, all of which mean the same. */
  hatched(title, words) {
    let part = this.key.find((entry) => entry.title === title);
    if (!part) this.key.push((part = { title, numbered: [], hatched: [] }));
    if (!part.hatched.includes(words)) part.hatched.push(words);
  }
}

/** The key of a chart: the words that did not fit into it, row by row; the table says the same to who cannot see the numbers. */
export function keyList(key, texts) {
  if (!key.length) return null;
  const entry = (sign, words, lang) => h("span", { class: "cc-key-entry" }, sign, h("span", { lang }, words));
  return h("ul", { class: "cc-key", "aria-hidden": "true" }, key.map(({ title, numbered, hatched }) => h(
    "li", {}, h("b", {}, title, texts.colon),
    numbered.map(({ number, words, lang }) => entry(h("span", { class: "cc-key-number" }, String(number)), words, lang)),
    hatched.map((words) => entry(h("span", { class: "cc-key-hatch" }), words, null)),
  )));
}
