/**
 * The questions about one person. The first few are always asked; of the further facts only those that the engine says would
 * change the answer, and those told already. A question that stays is kept as it is, so that focus and typing are not lost.
 */

import { h } from "./dom.js";
import { choice, day, extras, several, whole } from "./fields.js";
import { placeField } from "./place.js";

export class Form {
  /** onChange(key, value): a fact was told (undefined: no longer); key "policy" is the place and year. */
  constructor(catalogue, texts, lang, onChange) {
    Object.assign(this, { catalogue, texts, lang, onChange });
    this.fields = new Map();
    this.more = h("h2", { class: "cc-more-title", id: "more-questions" }, texts.moreTitle);
    this.moreNote = h("p", { class: "cc-hint" }, texts.moreNote);
    this.element = h("form", { class: "cc-form", "aria-label": texts.formLabel, on: { submit: (event) => event.preventDefault() } });
    this.place = placeField(catalogue.policies, texts, lang, (policy) => onChange("policy", policy));
    this.element.append(this.place.element);
  }

  /** Shows a person's facts; asked: specs of the facts that would change the answer; refused: {field, message} of the engine. */
  show({ policy, told }, asked = [], refused = null) {
    this.place.set(policy);
    const entry = this.catalogue.policy(policy);
    const wanted = entry ? this.#wanted(entry, told, asked) : [];
    const keep = new Set(wanted.map((field) => field.key));
    this.#take([...this.fields.keys()].filter((key) => !keep.has(key)));
    let before = this.place.element;
    const put = (element) => {
      if (before.nextSibling !== element) before.after(element);
      before = element;
    };
    let further = false;
    for (const { key, name, make, always } of wanted) {
      if (!this.fields.has(key)) this.fields.set(key, make());
      if (!always && !further) {
        further = true;
        put(this.more);
        put(this.moreNote);
      }
      const field = this.fields.get(key);
      put(field.element);
      field.set(told[name]);
      field.fail(refused?.field === name ? refused.message : field.problem?.() ?? "");
    }
    if (!further) {
      this.more.remove();
      this.moreNote.remove();
    }
  }

  /** Another person: nothing half-answered stays from the one before. */
  fresh() {
    this.#take([...this.fields.keys()]);
  }

  /** Takes questions away. A field that loses the focus by that tells of a change; it has nothing to say any more. */
  #take(keys) {
    this.taking = true;
    for (const key of keys) {
      this.fields.get(key).element.remove();
      this.fields.delete(key);
    }
    this.taking = false;
  }

  /** The element of a fact's question, to lead the reader there. */
  question(name) {
    for (const [key, field] of this.fields) if (key.split("|")[0] === name) return field.element;
    return name === "policy" ? this.place.element : null;
  }

  #wanted(entry, told, asked) {
    const { lang, texts } = this;
    const tell = (name) => (value) => !this.taking && this.onChange(name, value);
    const found = [];
    // A question belongs to its place where its words or choices do.
    const add = (name, make, own = "", always = true) => found.push({ key: `${name}|${own}`, name, make, always });
    const id = (name) => `cc-q-${name}`;
    add("person", () => choice({ id: id("person"), legend: texts.personQuestion, hint: texts.personHint }, texts, this.catalogue.data.persons.map((person) => ({ value: person.id, text: person.name[lang], note: person.plain?.[lang] })), tell("person")));
    const facts = this.catalogue.facts(entry.policy);
    const own = new Set(entry.facts?.map((spec) => spec.id));
    const ask = (name, always) => add(name, () => this.#fact(facts.get(name), tell(name)), own.has(name) ? entry.policy : "", always);
    const needed = this.catalogue.persons.get(told.person)?.requires ?? [];
    for (const name of needed) ask(name, true);
    add("pay_date", () => day({ id: id("pay_date"), legend: texts.dateQuestion, hint: texts.dateHint }, texts, tell("pay_date"), { quick: this.#days(entry) }), entry.policy);
    if (entry.groups.length) add("categories", () => this.#groups(entry, tell("categories")), entry.policy);
    if (entry.tiers.length) {
      add("tier", () => choice({ id: id("tier"), legend: texts.tierQuestion, hint: texts.tierHint }, texts, entry.tiers.map((tier) => ({ value: tier.id, text: tier.name[lang] })), tell("tier"), { unsure: texts.notSure }), entry.policy);
    }
    if (entry.add_ons.length) {
      const options = entry.add_ons.map((add_on) => ({ value: add_on.id, text: add_on.name[lang], note: add_on.yuan === undefined || add_on.yuan === null ? undefined : texts.yuan(add_on.yuan), choice: add_on.choice }));
      add("addons", () => extras({ id: id("addons"), legend: texts.addOnsQuestion, hint: texts.addOnsHint }, texts, options, tell("addons")), entry.policy);
    }
    const open = new Set(asked.map((spec) => spec.id));
    for (const name of facts.keys()) if (!needed.includes(name) && (open.has(name) || told[name] !== undefined)) ask(name, false);
    return found;
  }

  #fact(spec, tell) {
    const { lang, texts } = this;
    const question = {
      id: `cc-q-${spec.id}`, legend: spec.question?.[lang] ?? spec.label[lang], official: spec.question ? spec.label : null, hint: spec.why?.[lang], help: spec.help?.[lang],
    };
    if (spec.type === "date") return day(question, texts, tell);
    if (spec.type === "integer") return whole(question, texts, tell, { min: spec.min, max: spec.max, unit: texts.units[spec.id] });
    const values = spec.type === "boolean" ? [{ value: true, text: spec.answers?.yes[lang] ?? texts.yes }, { value: false, text: spec.answers?.no[lang] ?? texts.no }] : spec.values.map((value) => ({ value: value.id, text: (value.name ?? value.label)[lang] }));
    return choice(question, texts, values, tell, { unsure: texts.notSure });
  }

  #groups(entry, tell) {
    const { lang, texts, catalogue } = this;
    const options = entry.groups.map(({ id, names }) => {
      const known = catalogue.data.groups[id];
      const text = lang === "zh" ? names[0] : known?.name.en ?? names[0];
      const note = lang === "zh" ? known?.plain?.zh : [names[0], known?.plain?.en].filter(Boolean).join(" · ");
      return { value: id, text, note };
    });
    const words = { list: texts.groupsList, none: texts.groupsNone, some: texts.groupsSome, unsure: texts.notSure, unsureNote: texts.groupsUnsureNote };
    return several({ id: "cc-q-categories", legend: texts.groupsQuestion, hint: texts.groupsHint }, texts, options, tell, words);
  }

  /** Days worth a tap: today, and the fixed edges of the enrolment window. */
  #days(entry) {
    const { texts } = this;
    const quick = [{ text: texts.today, value: texts.todayIso() }];
    if (entry.window.from) quick.push({ text: texts.windowFirst(entry.window.from), value: entry.window.from });
    if (entry.window.to) quick.push({ text: texts.windowLast(entry.window.to, entry.window.to_others ?? []), value: entry.window.to });
    return quick;
  }
}
