/**
 * The place: typed by name, code or pinyin initials, or picked from the list; and the year where there are several.
 * An ARIA combobox: arrows move, Enter takes, Escape closes.
 */

import { h, replace, uid } from "./dom.js";

/** A name for look-up: no accents (Ürümqi), no marks, no white space, small letters. */
const fold = (text) => String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s'’·,-]/g, "");

/** What the name of a region begins with at each of its words, so that “Inner Mongolia” answers in “Tongliao City, Inner Mongolia …”. */
const wordStarts = (name) => name.split(/\s+/).map((_, at, words) => fold(words.slice(at).join("")));

/** Places (each once, with its policies, newest first) from the list of policies. */
export function byPlace(policies) {
  const found = new Map();
  for (const entry of policies) {
    if (!found.has(entry.place)) found.set(entry.place, { ...entry, policies: [] });
    found.get(entry.place).policies.push(entry);
  }
  for (const place of found.values()) place.policies.sort((a, b) => b.year - a.year);
  return [...found.values()];
}

/** How well a place answers what was typed: 0 not at all, more is better. */
function rank(place, typed) {
  let best = 0;
  for (const name of place.keys) {
    if (name === typed) return 4;
    if (name.startsWith(typed)) best = Math.max(best, 3);
    else if (name.includes(typed)) best = Math.max(best, /^[\d]+$/.test(typed) ? 0 : 2);
  }
  if (best) return best;
  // Last the places that lie in what was typed; Chinese names have no spaces at which a word could begin.
  const inside = /[^\x00-\x7f]/.test(typed) ? place.regions.some((name) => name.includes(typed)) : place.regions.some((name) => name.startsWith(typed));
  return inside ? 1 : 0;
}

/** The places that answer what was typed, best first; all of them for nothing. */
export function find(places, typed) {
  const wanted = fold(typed);
  if (!wanted) return places;
  return places
    .map((place) => ({ place, score: rank(place, wanted) }))
    .filter((entry) => entry.score)
    .sort((a, b) => b.score - a.score)
    .map((entry) => entry.place);
}

export function placeField(policies, texts, lang, onChange) {
  const places = byPlace(policies).map((place) => ({ ...place, keys: place.search.map(fold), regions: (place.within ?? []).flatMap(wordStarts) }));
  const [id, listId] = [uid("p"), uid("l")];
  const input = h("input", {
    type: "text", id, role: "combobox", class: "cc-place", autocomplete: "off", spellcheck: "false", enterkeyhint: "done",
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", placeholder: texts.placePlaceholder,
  });
  const list = h("ul", { id: listId, role: "listbox", class: "cc-listbox", tabindex: "-1", "aria-label": texts.placeList });
  list.hidden = true;
  const count = h("p", { class: "cc-offscreen", "aria-live": "polite" });
  const years = h("div", { class: "cc-options cc-row", role: "radiogroup", "aria-label": texts.year });
  const open = h("button", { type: "button", class: "cc-open", tabindex: "-1", "aria-label": texts.placeOpen, on: { click: toggle } }, "▾");
  const element = h(
    "fieldset", { class: "cc-question", id: "cc-q-place" },
    h("legend", {}, texts.placeQuestion),
    h("p", { class: "cc-hint", id: `${id}-hint` }, texts.placeHint),
    h("div", { class: "cc-combo" }, h("label", { for: id, class: "cc-offscreen" }, texts.placeQuestion), input, open, list),
    count, years,
  );
  input.setAttribute("aria-describedby", `${id}-hint`);
  let shown = [];
  let active = -1;
  let current = null;

  const title = (place) => place.names[lang];

  function show(typed) {
    shown = find(places, typed);
    active = shown.length && typed ? 0 : -1;
    replace(list, shown.map((place, index) => h(
      "li", { role: "option", id: `${listId}-${index}`, "aria-selected": String(index === active), on: { pointerdown: (event) => event.preventDefault(), click: () => take(place) } },
      h("span", {}, title(place)), h("span", { class: "cc-option-note" }, place.note[lang]),
    )));
    if (!shown.length) append404();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    count.textContent = texts.placesFound(shown.length);
    mark();
  }

  function append404() {
    list.append(h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, texts.placeNone));
  }

  function mark() {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === active)));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `${listId}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.value = current ? title(current) : "";
  }

  function toggle() {
    if (list.hidden) {
      input.focus();
      show("");
    } else close();
  }

  function take(place) {
    const changed = place !== current;
    current = place;
    close();
    if (changed) onChange(place.policies[0].policy);
  }

  function showYears(chosen) {
    years.hidden = !current || current.policies.length < 2;
    if (years.hidden) return replace(years);
    const name = uid("y");
    return replace(years, current.policies.map((entry) => {
      const own = uid("o");
      return h("div", { class: "cc-option" }, h("input", { type: "radio", name, id: own, value: entry.policy, checked: entry.policy === chosen, on: { change: () => onChange(entry.policy) } }), h("label", { for: own }, texts.yearOf(entry.year)));
    }));
  }

  input.addEventListener("focus", () => {
    input.select();
    if (!current) show("");
  });
  input.addEventListener("click", () => list.hidden && show(""));
  input.addEventListener("input", () => show(input.value));
  // The one place that answers what was typed is taken when the field is left; of several, none.
  input.addEventListener("blur", () => setTimeout(() => {
    if (element.contains(document.activeElement) || list.hidden) return;
    if (shown.length === 1 && active === 0) take(shown[0]);
    else close();
  }, 0));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) show("");
      else active = (active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(1, shown.length);
      mark();
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (shown[active] ?? (shown.length === 1 && shown[0])) take(shown[active] ?? shown[0]);
    } else if (event.key === "Escape") close();
  });

  return {
    element,
    set(policy) {
      current = places.find((place) => place.policies.some((entry) => entry.policy === policy)) ?? null;
      if (document.activeElement !== input) input.value = current ? title(current) : "";
      const wanted = current?.place ?? "";
      if (years.dataset.shown !== wanted) {
        years.dataset.shown = wanted;
        showYears(policy);
      }
      for (const radio of years.querySelectorAll("input")) radio.checked = radio.value === policy;
    },
  };
}
