/** Several people in one case: who they are, what each pays, and the total; add, copy, remove. */

import { focusOn, h, replace, uid } from "./dom.js";
import { MOST_PEOPLE, RELATIONS } from "./link.js";

/** The total of several answers: whole fen, or at least so much where somebody's amount is not known. */
export function familyTotal(answers) {
  const sum = { fen: 0, floor: 0, unknown: 0, readings: false };
  for (const answer of answers) {
    const figure = answer?.assessment.figures.total_pays;
    if (!figure || figure.value === null) {
      sum.unknown += 1;
      sum.floor += answer ? (answer.zh ?? answer.en).least : 0;
    } else {
      sum.fen += figure.value;
      if (figure.state === "conflicting") sum.readings = true;
    }
  }
  return sum;
}

export class Family {
  constructor(app) {
    this.app = app;
    const { texts } = app;
    const button = (text, click) => h("button", { type: "button", class: "cc-button", on: { click } }, text);
    this.tabs = h("ul", { class: "cc-people" });
    this.relation = h("select", { class: "cc-select", id: uid("r"), on: { change: () => this.app.relate(this.relation.value || undefined) } }, h("option", { value: "" }, texts.relationNone), RELATIONS.map((name) => h("option", { value: name }, texts.relations[name])));
    this.remove = button(texts.removePerson, () => this.app.removePerson());
    this.copy = button(texts.copyPerson, () => this.app.addPerson(true));
    this.add = button(texts.addPerson, () => this.app.addPerson(false));
    this.who = h("p", { class: "cc-inline" }, h("label", { for: this.relation.id }, texts.relationLabel), this.relation, this.copy, this.remove);
    this.heading = h("h2", { class: "cc-more-title", id: "family" }, texts.familyTitle);
    this.form = h("div", { class: "cc-family" }, this.heading, this.tabs, this.who, h("p", { class: "cc-actions" }, this.add));
    this.element = h("section", { class: "cc-family-result", "aria-labelledby": "family-result" });
  }

  name(person, index) {
    const { texts } = this.app;
    const same = this.app.people.filter((other) => other.relation === person.relation);
    if (!person.relation) return texts.personNumber(index + 1);
    return texts.relations[person.relation] + (same.length > 1 ? ` ${same.indexOf(person) + 1}` : "");
  }

  /** The people above the form; the result of all of them above the answer. */
  show() {
    const { app } = this;
    const { people, active } = app;
    const several = people.length > 1;
    this.heading.hidden = this.tabs.hidden = this.who.hidden = !several;
    this.add.hidden = people.length >= MOST_PEOPLE || !people[0].policy;
    this.relation.value = app.person.relation ?? "";
    const focused = this.tabs.contains(document.activeElement);
    replace(this.tabs, people.map((person, index) => h("li", {}, h("button", { type: "button", class: "cc-chip", "aria-pressed": String(index === active), on: { click: () => app.select(index) } }, this.name(person, index)))));
    if (focused) this.tabs.querySelector("[aria-pressed=true]")?.focus();
    this.element.hidden = !several;
    if (several) this.#result();
    else {
      this.results = null;
      replace(this.element);
    }
  }

  /** Everybody's answer is asked for; the total is shown when all are there. */
  async #result() {
    const { app } = this;
    const { people, texts, lang, engine } = app;
    const asked = people.map((person) => (app.missing(person) ? null : { policy: person.policy, case: structuredClone(person.told) }));
    const turn = (this.turn = JSON.stringify(asked));
    const answers = await Promise.all(asked.map((request) => request && engine.ask("assess", { ...request, lang }).catch(() => null)));
    if (turn !== this.turn || people.length < 2) return;
    this.results = people.map((person, index) => ({ person, name: this.name(person, index), answer: answers[index], request: asked[index] }));
    this.total = this.totalText(familyTotal(answers));
    const rows = this.results.map(({ name, answer, person }, index) => h(
      "tr", {}, h("th", { scope: "row" }, h("button", { type: "button", class: "cc-chip", on: { click: () => app.select(index, true) } }, name)),
      h("td", { "data-label": texts.place }, app.catalogue.title(person.policy, lang)), h("td", { "data-label": texts.answerLabel }, answer ? [answer[lang].headline, answer[lang].warnings.filter((warning) => warning.irrevocable).map((warning) => h("p", { class: "cc-stop" }, warning.text))] : texts.incomplete),
    ));
    replace(
      this.element, h("h2", { class: "cc-more-title", id: "family-result" }, texts.familyResult), h("p", { class: "cc-total", role: "status" }, this.total),
      h("table", { class: "cards" }, h("thead", {}, h("tr", {}, [texts.who, texts.place, texts.answerLabel].map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, rows)),
    );
  }

  totalText(total) {
    const { texts, people } = this.app;
    if (!total.unknown) return texts.familyTotal(people.length, texts.money(total.fen)) + (total.readings ? texts.familyReadings : "");
    return texts.familyAtLeast(people.length, texts.money(total.fen + total.floor), total.unknown);
  }

  focus() {
    focusOn(this.tabs.querySelector("[aria-pressed=true]") ?? this.app.form.element);
  }
}
