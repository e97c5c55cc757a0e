/**
 * The kinds of question: choose one, choose several, a date, a whole number. Each is a fieldset with a plain legend, why it is
 * asked, and a way to say "not sure". set(value) shows a value; onChange(value) tells one; undefined = not told.
 */

import { h, replace, uid } from "./dom.js";

/** The frame every question has; a mistake is told beside the question and read out. */
function frame({ id, legend, official, hint, help }, texts, ...content) {
  const error = h("p", { class: "cc-error", id: `${id}-error`, role: "alert" });
  const notes = [official && h("p", { class: "cc-official" }, texts.officialTerm, h("span", { lang: "zh-Hans" }, official.zh), texts.lang === "zh" ? null : ` (${official.en})`), hint && h("p", { class: "cc-hint" }, hint)];
  const more = help && h("details", { class: "cc-help" }, h("summary", {}, texts.whatIf), h("p", {}, help));
  const element = h("fieldset", { class: "cc-question", id }, h("legend", {}, legend), h("div", { id: `${id}-hint` }, notes), content, error, more);
  element.setAttribute("aria-describedby", `${id}-hint`);
  return {
    element,
    fail(message) {
      replace(error, message ?? "");
      element.classList.toggle("cc-wrong", Boolean(message));
      for (const input of element.querySelectorAll("input")) {
        if (message) {
          input.setAttribute("aria-describedby", error.id);
          input.setAttribute("aria-invalid", "true");
        } else {
          input.removeAttribute("aria-describedby");
          input.removeAttribute("aria-invalid");
        }
      }
    },
  };
}

/** Answers of so many letters fit beside one another on a phone. */
const SHORT = 12;

function option(type, name, { text, note, extra }, handler) {
  const id = uid("o");
  const input = h("input", { type, name, id, on: { change: handler } });
  const label = h("label", { for: id }, h("span", { class: "cc-option-text" }, text), note && h("span", { class: "cc-option-note" }, note), extra);
  return { input, element: h("div", { class: "cc-option" }, input, label) };
}

/** One of several: options [{value, text, note}]. "Not sure" is one of them where `unsure` is given. */
export function choice(question, texts, options, onChange, { unsure } = {}) {
  const name = uid("n");
  const all = unsure ? [...options, { value: undefined, text: unsure }] : options;
  const made = all.map((entry) => ({ ...option("radio", name, entry, () => onChange(entry.value)), value: entry.value }));
  const box = frame(question, texts, h("div", { class: `cc-options${all.length <= 3 && all.every((entry) => !entry.note && entry.text.length <= SHORT) ? " cc-row" : ""}` }, made.map((entry) => entry.element)));
  return {
    ...box,
    set(value) {
      for (const entry of made) entry.input.checked = entry.value === value;
    },
  };
}

/** Several of many, after asking whether any applies: none → [], not sure → undefined, else the ids chosen. */
export function several(question, texts, options, onChange, words) {
  const name = uid("n");
  let chosen = new Set();
  const known = new Set(options.map((entry) => entry.value));
  const boxes = options.map((entry) => {
    const made = option("checkbox", uid("n"), entry, () => {
      if (made.input.checked) chosen.add(entry.value);
      else chosen.delete(entry.value);
      onChange(chosen.size ? [...chosen] : undefined);
    });
    return { ...made, value: entry.value };
  });
  const list = h("div", { class: "cc-options cc-many", role: "group", "aria-label": words.list }, boxes.map((entry) => entry.element));
  const show = (open) => {
    list.hidden = !open;
  };
  // What is ticked is what is counted: whoever leaves the list leaves no tick in it behind, nor one that the list does not show.
  const tick = (values) => {
    chosen = new Set(values.filter((value) => known.has(value)));
    for (const entry of boxes) entry.input.checked = chosen.has(entry.value);
  };
  const none = option("radio", name, { text: words.none }, () => {
    tick([]);
    show(false);
    onChange([]);
  });
  const yes = option("radio", name, { text: words.some }, () => {
    show(true);
    onChange(undefined);
  });
  const unsure = option("radio", name, { text: words.unsure, note: words.unsureNote }, () => {
    tick([]);
    show(false);
    onChange(undefined);
  });
  const box = frame(question, texts, h("div", { class: "cc-options" }, none.element, yes.element, list, unsure.element));
  return {
    ...box,
    set(value) {
      // "Yes" with nothing ticked yet stays open while the reader looks through the list.
      if (value === undefined && yes.input.checked && !list.hidden && !chosen.size) return;
      tick(value ?? []);
      (value?.length ? yes : value ? none : unsure).input.checked = true;
      show(Boolean(value?.length));
    },
  };
}

/**
 * Several of a few, none by default and none told: the voluntary insurances. Those that exclude each other (the same `choice`)
 * are one question of its own, with none of them as an answer.
 */
export function extras(question, texts, options, onChange) {
  const rivals = (entry) => options.filter((other) => entry.choice && other.choice === entry.choice);
  const names = new Map();
  const made = options.map((entry) => {
    const exclusive = rivals(entry).length > 1;
    if (exclusive && !names.has(entry.choice)) names.set(entry.choice, { name: uid("n"), members: [] });
    const group = exclusive ? names.get(entry.choice) : null;
    const item = { ...option(exclusive ? "radio" : "checkbox", group?.name ?? uid("n"), entry, tell), value: entry.value, group };
    group?.members.push(item);
    return item;
  });
  for (const group of names.values()) {
    group.none = option("radio", group.name, { text: texts.noneOfThese }, tell);
    group.element = h("div", { class: "cc-options cc-many", role: "radiogroup", "aria-label": texts.onlyOne }, h("p", { class: "cc-hint" }, texts.onlyOne), group.none.element, group.members.map((item) => item.element));
  }
  function tell() {
    const chosen = made.filter((entry) => entry.input.checked).map((entry) => entry.value);
    onChange(chosen.length ? chosen : undefined);
  }
  const shown = made.map((item) => (item.group ? (item === item.group.members[0] ? item.group.element : null) : item.element));
  const box = frame(question, texts, h("div", { class: "cc-options" }, shown));
  let clash = false;
  return {
    ...box,
    set(value) {
      clash = false;
      for (const { group, input, value: own } of made) if (!group) input.checked = Boolean(value?.includes(own));
      for (const { members, none } of names.values()) {
        const chosen = members.filter((item) => value?.includes(item.value));
        for (const item of members) item.input.checked = chosen.length === 1 && item === chosen[0];
        none.input.checked = !chosen.length;
        clash ||= chosen.length > 1;
      }
    },
    /** A link may hold versions that exclude each other: which of them is meant has to be chosen. */
    problem: () => (clash ? texts.onlyOneChosen : ""),
  };
}

/** A day of the calendar; half-typed dates are told at once only when the field is left. */
export function day(question, texts, onChange, { min = "1900-01-01", max = "2200-12-31", quick = [] } = {}) {
  const id = uid("d");
  const input = h("input", { type: "date", id, min, max, class: "cc-date", autocomplete: "off" });
  const label = h("label", { for: id, class: "cc-offscreen" }, question.legend);
  const buttons = quick.map(({ text, value }) => h("button", { type: "button", class: "cc-chip", on: { click: () => tell(value) } }, text));
  const box = frame(question, texts, h("div", { class: "cc-inline" }, label, input, buttons));
  // What is no whole day stays to be mended, and counts as not told.
  let wrong = false;
  let told;
  const tell = (value) => {
    wrong = false;
    told = value || undefined;
    input.value = value;
    box.fail();
    onChange(told);
  };
  const read = () => {
    if (input.validity.badInput || input.validity.rangeUnderflow || input.validity.rangeOverflow) {
      wrong = true;
      told = undefined;
      onChange(undefined);
      box.fail(texts.badDate);
    } else if ((input.value || undefined) !== told || wrong) tell(input.value);
  };
  // A date being typed passes through odd years; only what is whole and sensible is taken.
  input.addEventListener("input", () => {
    if (input.value && input.validity.valid && input.value > "1899") tell(input.value);
  });
  input.addEventListener("change", read);
  // A field that was emptied part by part tells of no change; one that is taken away loses the focus too, and has nothing to tell.
  input.addEventListener("blur", () => setTimeout(() => input.isConnected && read(), 0));
  return {
    ...box,
    set(value) {
      told = value;
      if (value !== undefined) wrong = false;
      if (document.activeElement !== input && !wrong) input.value = value ?? "";
    },
    problem: () => (wrong && document.activeElement !== input ? texts.badDate : ""),
  };
}

/** A whole number within bounds; empty means not told. */
export function whole(question, texts, onChange, { min = 0, max = 150, unit }) {
  const id = uid("w");
  const input = h("input", { type: "text", inputmode: "numeric", pattern: "[0-9]*", id, class: "cc-number", autocomplete: "off" });
  const label = h("label", { for: id, class: "cc-offscreen" }, question.legend);
  const unsure = h("button", { type: "button", class: "cc-chip", on: { click: () => tell("") } }, texts.notSure);
  const box = frame(question, texts, h("div", { class: "cc-inline" }, label, input, unit && h("span", {}, unit), unsure));
  // What was typed and is no number stays to be mended, and counts as not told.
  let wrong = false;
  const tell = (text) => {
    wrong = false;
    input.value = text;
    box.fail();
    unsure.setAttribute("aria-pressed", String(text === ""));
    onChange(text === "" ? undefined : Number(text));
  };
  const halfwidth = (text) => text.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const read = (final) => {
    const text = halfwidth(input.value);
    if (text === "" || (/^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max)) tell(text === "" ? "" : String(Number(text)));
    else {
      wrong = true;
      onChange(undefined);
      if (final) box.fail(texts.badNumber(min, max));
    }
  };
  input.addEventListener("input", () => read(false));
  input.addEventListener("change", () => read(true));
  input.addEventListener("keydown", (event) => event.key === "Enter" && read(true));
  return {
    ...box,
    set(value) {
      if (value !== undefined) wrong = false;
      if (document.activeElement !== input && !wrong) input.value = value ?? "";
      unsure.setAttribute("aria-pressed", String(value === undefined && !wrong));
    },
    problem: () => (wrong && document.activeElement !== input ? texts.badNumber(min, max) : ""),
  };
}
