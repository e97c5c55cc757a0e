/** What can be done with an answer: print, link, QR code, receipt, calendar, report, read aloud; and large print. */

import { calendar, deadlines, personal } from "./calendar.js";
import { copy, h, replace, save } from "./dom.js";
import { decode, encode } from "./link.js";
import { qrCode } from "./qrcode.js";
import { reportText } from "./report.js";
import { moneyText } from "./plain.js";
import { putSheet, toldLine } from "./sheet.js";
import { putFamilySheet } from "./sheetfamily.js";
import { Speaker, spoken, whenVoices } from "./speech.js";
import { remember, rememberedLarge } from "./store.js";

/** So many differences are listed; the first tell what is wrong. */
const LISTED = 12;

/** What checking a receipt has shown, in words. */
function verdict(result, texts) {
  if (!result.intact) return texts.receiptTampered;
  const other = result.same_data === false;
  if (result.valid) return texts.receiptValid + (other ? texts.receiptOldData : "");
  return `${texts.receiptDiffers(result.differences.length)}${other ? ` ${texts.receiptNewData}` : ""}`;
}

export class Tools {
  constructor(app) {
    this.app = app;
    const { texts } = app;
    const button = (text, click, more = {}) => h("button", { type: "button", class: "cc-button", ...more, on: { click } }, text);
    this.large = button(texts.large, () => this.setLarge(!this.isLarge), { "aria-pressed": "false" });
    this.top = h("p", { class: "cc-top" }, this.large, button(texts.reset, () => app.reset()));
    this.said = h("p", { class: "cc-said", role: "status" });
    this.panel = h("div", { class: "cc-panel" });
    this.speak = button(texts.speak, () => this.toggleSpeech());
    this.speak.hidden = true;
    this.speaker = new Speaker(app.lang, (on) => (this.speak.textContent = on ? texts.stopSpeaking : texts.speak));
    whenVoices(app.lang, (found) => {
      this.voice = found;
      this.speak.hidden = !found || !this.current;
    });
    this.file = h("input", { type: "file", accept: "application/json,.json", hidden: true, "aria-label": texts.verifyReceipt, on: { change: () => this.verify() } });
    this.buttons = h(
      "p", { class: "cc-actions" },
      this.speak,
      button(texts.print, () => this.print()),
      button(texts.copyLink, () => this.copyLink()),
      button(texts.showLink, () => this.show("link"), { "aria-expanded": "false", "data-panel": "link" }),
      button(texts.calendar, () => this.saveCalendar()),
      button(texts.saveReceipt, () => this.saveReceipt()),
      button(texts.report, () => this.show("report"), { "aria-expanded": "false", "data-panel": "report" }),
    );
    const check = button(texts.verifyReceipt, () => this.file.click());
    this.kept = h("section", { class: "cc-tools no-print", "aria-labelledby": "tools" }, h("h3", { id: "tools" }, texts.toolsTitle), this.buttons, this.said, this.panel);
    this.checked = h("p", { class: "cc-said", role: "status" });
    this.found = h("div", { class: "cc-found" });
    this.sheet = h("div", {});
    this.element = h("div", {}, this.kept, this.sheet);
    // For whoever holds somebody's receipt: at the foot of the page, out of the way of the answer.
    this.checking = h("div", { class: "cc-verify no-print" }, check, this.file, this.checked, this.found);
    this.setLarge(rememberedLarge(), true);
    addEventListener("beforeprint", () => this.prepare());
    this.answered(null);
  }

  get isLarge() {
    return document.documentElement.classList.contains("cc-large");
  }

  setLarge(on, quiet = false) {
    document.documentElement.classList.toggle("cc-large", on);
    this.large.setAttribute("aria-pressed", String(on));
    if (!quiet) remember({ large: on || undefined });
  }

  /** The case changed: what was read aloud or shown belongs to the case before. */
  changed() {
    this.speaker.stop();
  }

  answered(current) {
    this.current = current;
    this.available();
    this.speak.hidden = !this.voice || !current;
    replace(this.said);
    if (this.kept.hidden) replace(this.panel);
    else if (this.open) this.fill();
    replace(this.sheet);
  }

  /** Of several people, others may have their answers while the one shown has not. */
  available() {
    this.kept.hidden = !this.current && !this.app.family?.results?.some(({ answer }) => answer);
  }

  /** The link to the case as it stands, or as it was when an answer was given. */
  url(fragment = this.app.fragment()) {
    return new URL(`#${fragment}`, location.href).href;
  }

  /** The link to the case of the answers that are shown. */
  #answeredUrl() {
    const { people, family } = this.app;
    return this.url(people.length > 1 && family.results ? family.fragment : this.current?.fragment);
  }

  /** Puts the sheet for the printer in place; printing without an answer prints the page. */
  prepare() {
    const { app } = this;
    const family = app.people.length > 1 && app.family.results;
    document.documentElement.classList.toggle("cc-has-sheet", Boolean(family || this.current));
    replace(this.sheet);
    if (family) putFamilySheet(this.sheet, family, app.family.total, app.context, this.#answeredUrl());
    else if (this.current) putSheet(this.sheet, this.current, app.context, this.#answeredUrl());
  }

  print() {
    this.prepare();
    window.print();
  }

  async copyLink() {
    const { texts } = this.app;
    const done = await copy(this.url());
    replace(this.said, done ? texts.copied : texts.copyFailed);
    if (!done) this.show("link", true);
  }

  show(name, always = false) {
    this.open = this.open === name && !always ? null : name;
    for (const button of this.buttons.querySelectorAll("[data-panel]")) button.setAttribute("aria-expanded", String(button.dataset.panel === this.open));
    replace(this.panel);
    if (this.open) this.fill();
  }

  fill() {
    const { texts } = this.app;
    if (this.open === "link") {
      const url = this.url();
      replace(this.panel, h("p", { class: "cc-hint" }, texts.linkNote), h("p", { class: "cc-url" }, h("a", { href: url }, url)), qrCode(url, texts.qrAlt) ?? h("p", {}, texts.qrLong));
    } else {
      const area = h("textarea", { readonly: true, rows: "12", class: "cc-report", "aria-label": texts.report });
      const about = document.getElementById("calculator").dataset.issues;
      replace(this.panel, h("p", { class: "cc-hint" }, texts.reportIntro), area, h("p", { class: "cc-actions" }, h("button", { type: "button", class: "cc-button", on: { click: async () => replace(this.said, (await copy(area.value)) ? texts.copied : texts.copyFailed) } }, texts.reportCopy), about && h("a", { class: "cc-button", href: about, rel: "noreferrer" }, texts.reportOpen)));
      this.#report(area);
    }
  }

  /** Everybody, as the family lists them; one person alone has no name. */
  async #everybody() {
    const { people, family, lang } = this.app;
    const { current } = this;
    const results = people.length > 1 && (await family.answered);
    return results || (current ? [{ person: current.person, number: 1, answer: { [lang]: current.explanation }, request: current.request }] : []);
  }

  /** Everybody whose answer is there. */
  async #answered() {
    return (await this.#everybody()).filter(({ answer }) => answer);
  }

  /** The receipt of everybody whose answer is there. */
  async #receipt() {
    return this.app.engine.ask("receipt", { people: (await this.#answered()).map(({ request }) => request) });
  }

  /** The report with what is there at once; with the receipt when it has been made, unless the reader has gone on. */
  async #report(area) {
    const { current } = this;
    const results = await this.#everybody();
    area.value = reportText(results, this.app.context, this.#answeredUrl());
    const receipt = await this.#receipt().catch(() => null);
    if (receipt && current === this.current) area.value = reportText(results, this.app.context, this.#answeredUrl(), receipt);
  }

  /** The dates of everybody, each under the person's own name. */
  async #dates() {
    const { texts, catalogue, lang } = this.app;
    return (await this.#answered()).flatMap(({ person, number, name, answer }) => personal(deadlines(answer[lang], texts, catalogue.title(person.policy, lang)), { policy: person.policy, relation: person.relation, number, name }));
  }

  /** A file is called by its place and year; that of several people may be of several places. */
  #fileName() {
    const { people, person } = this.app;
    return people.length > 1 ? "family" : person.policy;
  }

  async saveCalendar() {
    const { texts, lang, context } = this.app;
    const events = await this.#dates();
    if (!events.length) replace(this.said, texts.calendarNone);
    else {
      save(`canbao-${this.#fileName()}.ics`, "text/calendar", calendar(events, { stamp: context.catalogue.data.date, url: this.#answeredUrl(), lang }));
      replace(this.said, texts.calendarNote);
    }
  }

  async saveReceipt() {
    const { texts, people } = this.app;
    if (!(await this.#answered()).length) return void replace(this.said, texts.incomplete);
    try {
      const receipt = await this.#receipt();
      save(`canbao-${this.#fileName()}-receipt.json`, "application/json", `${JSON.stringify(receipt, null, 1)}\n`);
      const without = people.length - receipt.people.length;
      replace(this.said, texts.receiptNote, without ? texts.run + texts.receiptWithout(without) : null);
    } catch (error) {
      replace(this.said, error[this.app.lang] ?? String(error));
    }
  }

  /** Recomputes a chosen receipt; what is wrong with it is said, never guessed. */
  async verify() {
    const { texts, engine, lang } = this.app;
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    replace(this.checked, texts.verifying);
    replace(this.found);
    try {
      if (file.size > 2_000_000) throw new SyntaxError("large");
      // The engine reads the text itself, as strictly as the command line does.
      const result = await engine.ask("verify", { receipt: await file.text() });
      replace(this.checked, verdict(result, texts), " ", this.#linkTo(result.recomputed));
      replace(this.found, this.#contents(result));
    } catch (error) {
      replace(this.checked, error instanceof SyntaxError ? texts.receiptUnreadable : error.answer?.[lang] ?? error[lang] ?? String(error));
    }
  }

  /** What the people of a receipt pay as recomputed now, and where the receipt says otherwise. */
  #contents({ recomputed, differences }) {
    const { texts, catalogue, lang } = this.app;
    const who = ({ relation }, index) => (relation ? texts.relations[relation] : texts.personNumber(index + 1));
    const line = (person, index) => h("li", {}, recomputed.people.length > 1 ? who(person, index) + texts.colon : null, toldLine({ person: { policy: person.policy, told: person.case } }, { catalogue, lang, texts }), texts.stop, catalogue.title(person.policy, lang), texts.colon, moneyText(person.figures.total_pays, texts));
    const differs = ({ where, receipt, recomputed: now }) => h("li", {}, h("code", {}, where), texts.colon, texts.receiptWas(JSON.stringify(receipt), JSON.stringify(now)));
    return [
      h("ul", {}, recomputed.people.map(line)),
      differences.length ? h("details", { open: true }, h("summary", {}, texts.receiptDifferences), h("ul", {}, differences.slice(0, LISTED).map(differs))) : null,
    ];
  }

  /** The way to the case of a receipt, through the same strict reading as any link. */
  #linkTo({ people }) {
    try {
      const fragment = encode(people.map(({ policy, relation, case: told }) => ({ policy, relation, told })));
      decode(fragment);
      return h("a", { href: `#${fragment}` }, this.app.texts.receiptOpen);
    } catch {
      return null;
    }
  }

  toggleSpeech() {
    if (this.speaker.speaking) this.speaker.stop();
    else this.speaker.start(spoken(this.current.explanation));
  }
}
