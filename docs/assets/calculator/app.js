/**
 * The calculator's page: holds the case, keeps it in the address, asks the engine and shows what it says.
 * Nothing here computes: every figure comes from the engine, the same that made the tables.
 */

import { AnswerView } from "./answer.js";
import { Catalogue } from "./catalogue.js";
import { focusOn, h, replace } from "./dom.js";
import { Elsewhere } from "./elsewhere.js";
import { Engine, newest } from "./engine.js";
import { Family } from "./family.js";
import { Form } from "./form.js";
import { decode, encode, looksLikeCase } from "./link.js";
import { Peek } from "./peek.js";
import { Status } from "./status.js";
import { remember, rememberedPolicy } from "./store.js";
import { Timeline } from "./timeline.js";
import { Tools } from "./tools.js";

const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const texts = (await import(`./texts.${lang}.js`)).default;

class App {
  constructor(mount, catalogue) {
    // In a frame of another site the place is given by its address, nothing is remembered, and links leave the frame.
    Object.assign(this, { mount, catalogue, lang, texts, embedded: mount.dataset.embedded === "true", up: mount.dataset.up ?? "../" });
    this.people = [{ policy: null, told: { person: "resident" } }];
    this.active = 0;
    this.asked = new Map();
    this.run = newest();
    this.engine = new Engine({
      onProgress: (progress) => this.status.progress(progress),
      onState: (state, error) => this.loading(state, error),
    });
    this.context = { texts, lang, catalogue, up: this.up, onFact: { has: (fact) => Boolean(this.form.question(fact)), go: (fact) => this.goTo(fact) }, onDay: (day) => this.lead(() => this.tell("pay_date", day)) };
    this.status = new Status({ texts, lang, catalogue, up: this.up, onRetry: () => this.update() });
    // In a frame the place cannot be chosen, so it is named.
    this.where = this.embedded && h("p", { class: "cc-where-framed" });
    this.notice = h("div", { class: "cc-notice no-print", role: "alert" });
    this.form = new Form(catalogue, texts, lang, (key, value) => this.tell(key, value));
    this.answer = new AnswerView(this.context);
    this.tools = new Tools(this);
    // Whatever shows more of an answer: each is told of every new one.
    this.family = new Family(this);
    const wide = [new Timeline(this), new Elsewhere(this)];
    this.peek = new Peek(this);
    this.parts = [this.tools, ...wide, this.peek];
    const start = h("div", { class: "cc-ask no-print" }, this.tools.top, this.family.form, this.form.element);
    replace(mount, this.notice, this.where, h("div", { class: "cc-columns" }, start, h("div", { class: "cc-result" }, this.status.element, this.family.element, this.answer.element, this.tools.element)), h("div", { class: "cc-wide no-print" }, wide.map((part) => part.element)), this.tools.checking, this.peek.element);
    mount.dataset.ready = "true";
  }

  get person() {
    return this.people[this.active];
  }

  /** Takes the case from the address, else the place remembered on this device. */
  begin() {
    addEventListener("hashchange", () => this.follow());
    if (looksLikeCase(location.hash)) this.follow();
    else {
      const policy = this.embedded ? null : rememberedPolicy(this.catalogue.policies);
      if (policy) this.person.policy = policy;
      this.update();
    }
  }

  /** The address changed: a link was followed, or a heading was (then the case goes back where it belongs). */
  follow() {
    if (!looksLikeCase(location.hash)) {
      this.keep();
      return;
    }
    if (location.hash.slice(1) === this.fragment()) return;
    // A link below the answer leads to another answer, which stands above it.
    this.leading = this.mount.contains(document.activeElement) && document.activeElement.matches("a");
    try {
      const people = decode(location.hash);
      const unknown = people.find((person) => !this.catalogue.policy(person.policy));
      if (unknown) throw Object.assign(new Error(unknown.policy), { code: "unknownPlace" });
      this.people = people;
      this.active = 0;
      this.linked = true;
      this.form.fresh();
      this.form.place.element.hidden = this.embedded;
      replace(this.notice);
    } catch (error) {
      const words = { newer: texts.linkNewer, long: texts.linkLong, unknownPlace: texts.linkUnknownPlace };
      replace(this.notice, h("p", {}, words[error.code] ?? texts.linkDamaged));
      history.replaceState(null, "", location.pathname + location.search);
    }
    this.update();
  }

  fragment() {
    const people = this.people.filter((person) => person.policy);
    return people.length ? encode(people) : "";
  }

  /** Writes the case into the address; the address of the page alone while there is nothing to keep. */
  keep() {
    const fragment = this.fragment();
    const worth = fragment && (this.embedded || this.chosen || this.people.length > 1 || this.person.told.pay_date || Object.keys(this.person.told).length > 1);
    history.replaceState(null, "", worth ? `#${fragment}` : location.pathname + location.search);
  }

  /** A fact was told, or is no longer. What belongs to the place goes when the place does. */
  tell(key, value) {
    const { person } = this;
    this.linked = false;
    replace(this.notice);
    if (key === "policy") {
      const before = this.catalogue.policy(person.policy);
      const after = this.catalogue.policy(value);
      person.policy = value;
      this.chosen = true;
      this.#move(before, after, person.told);
      if (!this.embedded) remember({ policy: value });
    } else if (value === undefined) {
      delete person.told[key];
      // Its question stays until the engine has said which are worth asking now: somebody may be typing in it.
      this.asked.set(person, [...(this.asked.get(person) ?? []), { id: key }]);
    } else person.told[key] = value;
    if (key === "person" && value !== "newborn") delete person.told.birth_date;
    this.update();
  }

  /** Another place or year keeps what it has as well; what goes is said. */
  #move(before, after, told) {
    const lost = [];
    const keep = (name, offered, title) => {
      const gone = told[name]?.filter((id) => !offered.some((entry) => entry.id === id)) ?? [];
      if (!gone.length) return;
      lost.push(...gone.map(title));
      told[name] = told[name].filter((id) => !gone.includes(id));
      if (!told[name].length) delete told[name];
    };
    keep("categories", after.groups, (group) => this.catalogue.groupName(before?.policy, group, lang));
    keep("addons", after.add_ons, (id) => before?.add_ons.find((entry) => entry.id === id)?.name[lang] ?? id);
    if (told.tier !== undefined && !after.tiers.some((tier) => tier.id === told.tier)) {
      lost.push(before?.tiers.find((tier) => tier.id === told.tier)?.name[lang] ?? texts.tierQuestion);
      delete told.tier;
    }
    for (const { id, label } of before?.facts ?? []) {
      if (told[id] === undefined) continue;
      lost.push(label[lang]);
      delete told[id];
    }
    if (before && before.year !== after.year && told.pay_date) {
      lost.push(texts.paidOn + texts.day(told.pay_date));
      delete told.pay_date;
    }
    if (lost.length) replace(this.notice, h("p", {}, texts.lost(lost.join(texts.and))));
  }

  /** Does something after which the reader is taken to the answer. */
  lead(act) {
    this.leading = true;
    act();
  }

  #arrive() {
    if (!this.leading) return;
    this.leading = false;
    focusOn(this.answer.headline);
  }

  goTo(fact) {
    const question = this.form.question(fact);
    focusOn(question?.querySelector("input") ?? question);
  }

  reset() {
    const { policy } = this.person;
    // The way back to what was cleared is the browser's own.
    history.pushState(null, "", location.href);
    this.people = [{ policy, told: { person: "resident" } }];
    this.active = 0;
    this.chosen = false;
    replace(this.notice);
    this.form.fresh();
    this.update();
    focusOn(this.form.element.querySelector("input"));
  }

  /** Another person: like the one shown, or of the same place, day of payment and tier. */
  addPerson(copy) {
    const { policy, told } = this.person;
    const shared = Object.fromEntries(["pay_date", "tier"].filter((name) => told[name] !== undefined).map((name) => [name, told[name]]));
    const started = copy ? structuredClone(told) : { person: "resident", ...shared };
    this.people.splice(this.active + 1, 0, { policy, told: started });
    this.select(this.active + 1);
  }

  removePerson() {
    if (this.people.length < 2) return;
    this.people.splice(this.active, 1);
    this.select(Math.min(this.active, this.people.length - 1));
    this.family.focus();
  }

  relate(relation) {
    if (relation) this.person.relation = relation;
    else delete this.person.relation;
    this.update();
  }

  /** Shows another person; `lead`: takes the reader to that person's answer. */
  select(index, lead = false) {
    this.active = index;
    this.leading = lead;
    this.form.fresh();
    this.update();
  }

  /** How far the engine is; a failure is told at the foot of a phone's screen too. */
  loading(state, error) {
    this.status.state(state, error, this.person.policy);
    if (state === "failed") this.peek.failed();
  }

  /** What still has to be told before the engine can be asked; null when nothing. */
  missing({ policy, told }) {
    if (!policy) return { fact: "policy", what: texts.placeQuestion };
    if (!told.pay_date) return { fact: "pay_date", what: texts.dateQuestion };
    const needed = this.catalogue.persons.get(told.person)?.requires.find((name) => told[name] === undefined);
    return needed ? { fact: needed, what: this.catalogue.facts(policy).get(needed).question[lang] } : null;
  }

  /** Shows the case as it stands and asks for its answer. */
  update() {
    const { person } = this;
    this.keep();
    if (this.where) replace(this.where, person.policy ? this.catalogue.title(person.policy, lang) : null);
    this.form.show(person, this.asked.get(person) ?? []);
    this.family.show();
    this.tools.changed();
    if (person.policy) this.engine.start().catch(() => {});
    const missing = this.missing(person);
    if (missing) {
      this.current = null;
      this.answer.busy(false);
      const action = person.policy && h("button", { type: "button", class: "cc-button no-print", on: { click: () => this.goTo(missing.fact) } }, texts.goAnswer);
      this.answer.waiting(person.policy ? texts.answerNeeds(missing.what) : texts.answerWaiting, action);
      this.answered(null);
      this.#arrive();
    } else this.run(() => this.ask(person));
    // After the person shown, whose answer is waited for.
    this.family.ask();
  }

  answered(current) {
    for (const part of this.parts) part.answered(current);
  }

  async ask(person) {
    const request = { policy: person.policy, case: structuredClone(person.told) };
    const key = JSON.stringify(request);
    const stale = () => person !== this.person || key !== JSON.stringify({ policy: person.policy, case: person.told });
    this.answer.busy(true);
    try {
      const result = await this.engine.ask("assess", { ...request, lang: this.lang });
      if (stale()) return;
      // The case as it was asked: whatever is made of the answer later belongs to this case.
      const asked = { policy: person.policy, relation: person.relation, told: request.case };
      const name = this.people.length > 1 ? this.family.name(person, this.active) : null;
      this.current = { person: asked, name, request, result, explanation: result[lang], fragment: this.fragment() };
      const title = this.catalogue.title(person.policy, lang);
      this.answer.show(result[lang], name ? `${name} · ${title}` : title, name);
      this.answered(this.current);
      const { questions } = await this.engine.ask("questions", request);
      if (stale()) return;
      this.asked.set(person, questions);
      this.form.show(person, questions);
      this.#arrive();
    } catch (error) {
      if (!stale()) this.refused(error, person);
    } finally {
      this.answer.busy(false);
    }
  }

  /** The engine cannot answer the case as told, or cannot be reached (the status says so then). */
  refused(error, person) {
    this.current = null;
    this.answered(null);
    if (error.code !== "refused") {
      this.answer.waiting(texts.loadFailed);
      if (this.engine.state === "ready") this.status.fail(error, person.policy);
      return;
    }
    const message = error.answer[lang];
    const { field } = error.answer;
    this.form.show(person, this.asked.get(person) ?? [], { field, message });
    const known = this.form.question(field);
    const action = known
      ? h("button", { type: "button", class: "cc-button", on: { click: () => this.goTo(field) } }, texts.goTo)
      : h("button", { type: "button", class: "cc-button", on: { click: () => this.reset() } }, texts.startOver);
    this.answer.waiting(`${this.linked ? `${texts.linkRefused} ` : ""}${message}`, action);
    this.#arrive();
  }
}

const mount = document.getElementById("calculator");
if (mount) {
  try {
    const app = new App(mount, await Catalogue.load());
    app.begin();
    globalThis.dispatchEvent(new CustomEvent("calculator-ready"));
  } catch (error) {
    replace(mount, h("p", { class: "cc-notice", role: "alert" }, texts.dataFailed), h("p", {}, h("a", { href: "../compare/" }, texts.seeAllTables)), h("details", {}, h("summary", {}, texts.technical), h("code", {}, String(error))));
  }
}
