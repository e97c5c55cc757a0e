/** Several people in one case: who they are, what each pays, and the total; add, copy, remove. */

import { focusOn, h, replace, uid } from "./dom.js";
import { MOST_PEOPLE, RELATIONS } from "./link.js";

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
    // The total stays where it is, so that its change is heard.
    this.sum = h("p", { class: "cc-total", role: "status" });
    this.table = h("div", {});
    this.element = h("section", { class: "cc-family-result", "aria-labelledby": "family-result" }, h("h2", { class: "cc-more-title", id: "family-result" }, texts.familyResult), this.sum, this.table);
  }

  name(person, index) {
    const { texts } = this.app;
    const same = this.app.people.filter((other) => other.relation === person.relation);
    if (!person.relation) return texts.personNumber(index + 1);
    return texts.relations[person.relation] + (same.length > 1 ? ` ${same.indexOf(person) + 1}` : "");
  }

  /** The people above the form; the place for the result of all of them above the answer. */
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
    if (!several) {
      this.results = this.answered = null;
      replace(this.sum);
      replace(this.table);
    }
  }

  /** Asks for everybody's answer and the total, and shows them; `answered` holds the results once they are there. */
  ask() {
    const { people } = this.app;
    if (people.length < 2) return;
    const mine = (this.answered = this.#result(people).catch(() => null));
    this.element.setAttribute("aria-busy", "true");
    mine.then(() => mine === this.answered && this.element.removeAttribute("aria-busy"));
  }

  async #result(people) {
    const { app } = this;
    const { texts, lang, engine } = app;
    const asked = people.map((person) => (app.missing(person) ? null : { policy: person.policy, case: structuredClone(person.told) }));
    // What is made of the results later belongs to the case as it was asked.
    const fragment = app.fragment();
    const turn = (this.turn = JSON.stringify(asked));
    const found = await engine.ask("family", { people: asked, lang });
    const results = people.map((person, index) => {
      const answer = found.people[index];
      const refused = answer?.error;
      const request = asked[index] && { ...asked[index], ...(person.relation && { relation: person.relation }) };
      const { policy, relation } = person;
      const number = people.filter((other) => other.relation === relation).indexOf(person) + 1;
      const told = asked[index]?.case ?? structuredClone(person.told);
      return { person: { policy, relation, told }, number, name: this.name(person, index), answer: refused ? null : answer, refused: refused?.[lang], request };
    });
    if (turn !== this.turn || people.length < 2) return results;
    Object.assign(this, { results, fragment, total: found.text[lang] });
    const said = ({ answer, refused }) => (answer ? [answer[lang].headline, answer[lang].warnings.filter((warning) => warning.irrevocable).map((warning) => h("p", { class: "cc-stop" }, warning.text))] : refused ?? texts.incomplete);
    const rows = results.map((result, index) => h(
      "tr", {}, h("th", { scope: "row" }, h("button", { type: "button", class: "cc-chip", on: { click: () => app.select(index, true) } }, result.name)),
      h("td", { "data-label": texts.place }, app.catalogue.title(result.person.policy, lang)), h("td", { "data-label": texts.answerLabel }, said(result)),
    ));
    if (this.sum.textContent !== this.total) this.sum.textContent = this.total;
    replace(
      this.table,
      h("table", { class: "cards", "aria-labelledby": "family-result" }, h("thead", {}, h("tr", {}, [texts.who, texts.place, texts.answerLabel].map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, rows)),
    );
    app.tools.available();
    return results;
  }

  /** Where the reader goes on after somebody was removed: at who is shown now, or, of one alone, at adding somebody. */
  focus() {
    const shown = this.tabs.hidden ? null : this.tabs.querySelector("[aria-pressed=true]");
    focusOn(shown ?? this.add);
  }
}
