/** The same person in every place and year of the data; and, for a place with several years, what changed and on which words. */

import { sources } from "./cite.js";
import { h, replace } from "./dom.js";
import { keyFigures } from "./answer.js";
import { encode } from "./link.js";
import { atTiers, dayText, moneyText, stateClass, waitText } from "./plain.js";

const COMPARED = ["premium", "period", "coverage", "waiting"];
/** What each premium is made of. */
const PARTS = /^(?!total_|addons_)(\w+_)?(standard|subsidy|pays|paid_back)$/;

/** The steps on which a part of a premium rests: its price, its assistance, or both. */
function partSteps(answer, lang, name) {
  const [, prefix, part] = PARTS.exec(name);
  const kind = (step) => step.kind === "premium";
  const at = answer.assessment.tree.steps.filter(kind).findIndex((step) => step.data.id === (prefix ? prefix.slice(0, -1) : "basic"));
  const premium = answer[lang].steps.filter(kind)[at];
  if (!premium) return [];
  return part === "pays" ? [premium] : premium.steps.filter((step) => (part === "subsidy" ? step.kind === "assistance" : ["contribution", "price"].includes(step.kind)));
}

export class Elsewhere {
  constructor(app) {
    this.app = app;
    const { texts } = app;
    this.body = h("div", {});
    this.element = h("details", { class: "cc-extra no-print", on: { toggle: () => this.show() } }, h("summary", {}, h("h3", { id: "elsewhere" }, texts.elsewhereTitle)), this.body);
  }

  answered(current) {
    this.current = current;
    this.element.hidden = !current;
    replace(this.body);
    if (this.element.open) this.show();
  }

  async show() {
    const { app, current } = this;
    if (!this.element.open || !current || this.body.childElementCount) return;
    const { texts } = app;
    replace(this.body, h("p", {}, texts.computing));
    try {
      const { rows } = await app.engine.ask("elsewhere", current.request);
      if (current !== this.current) return;
      const years = await this.#years(rows);
      if (current === this.current) replace(this.body, h("p", { class: "cc-hint" }, texts.elsewhereNote), years, this.#table(rows));
    } catch (error) {
      replace(this.body, h("p", { class: "cc-error" }, error[app.lang] ?? String(error)));
    }
  }

  #name(row) {
    return this.app.catalogue.title(row.policy, this.app.lang);
  }

  #table(rows) {
    const { texts } = this.app;
    const here = this.current.request.policy;
    const sorted = this.#together([...rows.filter((row) => row.policy === here), ...rows.filter((row) => row.policy !== here)]);
    const heads = [texts.place, texts.laneMoney, texts.standard, texts.subsidy, texts.laneStart, texts.laneWait, texts.remarks];
    const cell = (index, words, figure) => h("td", { "data-label": heads[index] }, h("span", { class: stateClass(figure) }, words));
    const link = (row) => (row.policy === here ? h("b", {}, this.#name(row)) : row.case ? h("a", { href: `#${encode([{ policy: row.policy, told: row.case }])}` }, this.#name(row)) : this.#name(row));
    const money = (figure, floor) => moneyText(figure, texts, floor);
    const body = sorted.map(([row, ...same]) => {
      const name = [link(row), same.length ? h("details", {}, h("summary", {}, texts.sameRules(same.length)), h("ul", {}, same.map((other) => h("li", {}, link(other))))) : null];
      if (row.error) return h("tr", {}, h("th", { scope: "row" }, name), h("td", { colspan: 6, "data-label": texts.remarks }, row.error[this.app.lang]));
      const { figures } = row;
      return h(
        "tr", {}, h("th", { scope: "row" }, name),
        cell(1, atTiers(row, "figures", "total_pays", money, this.app.catalogue, this.app), row.tiers.length ? null : figures.total_pays),
        ...["standard", "subsidy"].map((part, index) => cell(index + 2, atTiers(row, "sums", part, (figure) => moneyText(figure, texts), this.app.catalogue, this.app), row.tiers.length ? null : row.sums[part])),
        cell(4, dayText(figures.coverage_start, texts), figures.coverage_start), cell(5, waitText(figures, texts), figures.waiting_months?.value === null ? figures.waiting_days : figures.waiting_months),
        h("td", { "data-label": texts.remarks }, this.#remarks(row) || texts.noFigure),
      );
    });
    return h("div", { class: "scroll", role: "region", tabindex: "0", "aria-labelledby": "elsewhere-caption" }, h("table", { class: "cards" }, h("caption", { id: "elsewhere-caption" }, texts.elsewhereCaption), h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, body)));
  }

  /** Places whose rules and whose answer are the same stand together, the first of them in front. */
  #together(rows) {
    const found = new Map();
    for (const row of rows) {
      const key = row.error ? row.policy : JSON.stringify([row.rules, row.figures, row.sums, row.tiers, row.at_least, this.#remarks(row)]);
      found.set(key, [...(found.get(key) ?? []), row]);
    }
    return [...found.values()];
  }

  #remarks(row) {
    const { texts, catalogue, lang } = this.app;
    const found = [];
    if (row.pay_date !== this.current.request.case.pay_date) found.push(texts.paidOn + texts.day(row.pay_date));
    if (row.premiums?.length) found.push(texts.premiumsTogether(row.premiums.map((name) => name[lang])));
    if (row.unknown_groups?.length) found.push(texts.unknownGroups(row.unknown_groups.map((group) => catalogue.groupName(this.current.request.policy, group, lang)).join(texts.and)));
    if (row.dropped.includes("tier")) found.push(texts.droppedTier);
    if (row.dropped.includes("addons")) found.push(texts.droppedAddOns);
    const known = catalogue.facts(this.current.request.policy);
    const facts = row.dropped.map((name) => known.get(name)?.label[lang]).filter(Boolean);
    if (facts.length) found.push(texts.droppedFacts(facts.join(texts.and)));
    if (row.readings) found.push(texts.severalReadings);
    return found.join(texts.stop);
  }

  /** Years of the same place side by side, each with the sentences its figures rest on; nothing where there is one year only. */
  async #years(rows) {
    const { app, current } = this;
    const { texts, lang, catalogue } = app;
    const { place } = catalogue.policy(current.request.policy);
    const own = rows.filter((row) => row.place === place && row.case);
    if (own.length < 2) return null;
    const answers = await Promise.all(own.sort((a, b) => a.year - b.year).map((row) => app.engine.ask("assess", { policy: row.policy, case: row.case, lang })));
    // The total, then what it is made of for each premium, then the days.
    const lines = answers.map((answer) => new Map([...keyFigures(answer[lang], texts).map((line) => [line.name, line]), ...Object.entries(answer[lang].figures).filter(([name]) => PARTS.test(name)).map(([name, figure]) => [name, { figure }])]));
    const all = [...new Set(lines.flatMap((line) => [...line.keys()]))].filter((name) => !name.startsWith("incentive"));
    const names = [...all.filter((name) => name === "total_pays"), ...all.filter((name) => PARTS.test(name)), ...all.filter((name) => !PARTS.test(name) && name !== "total_pays")];
    // Where one year has several premiums, a label names its own.
    const label = (name) => lines.map((line) => line.get(name)?.figure.label ?? "").reduce((long, other) => (other.length > long.length ? other : long), "");
    const cell = (line, answer, index, name) => {
      const entry = line.get(name);
      const steps = PARTS.test(name) ? partSteps(answer, lang, name) : answer[lang].steps.filter((step) => step.kind === { total_pays: "premium", pay_by: "period", status: "period", coverage_start: "coverage", coverage_end: "coverage" }[name] || (name.startsWith("waiting") && step.kind === "waiting"));
      const clauses = [...new Map(steps.flatMap((step) => step.clauses).map((clause) => [clause.ref, clause])).values()];
      return h("td", { "data-label": String(own[index].year) }, h("span", { class: entry ? stateClass(entry.figure) : "not-stated" }, entry?.figure.text ?? texts.notStated), sources(clauses, app.context));
    };
    const body = names.map((name) => {
      const differs = new Set(lines.map((line) => line.get(name)?.figure.text)).size > 1;
      return h("tr", { class: differs ? "cc-differs" : "" }, h("th", { scope: "row" }, label(name), differs ? h("span", { class: "cc-state" }, texts.differs) : null), lines.map((line, index) => cell(line, answers[index], index, name)));
    });
    return h("div", {}, h("h4", { id: "years" }, texts.yearsTitle), h("table", { class: "cards cc-years" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, texts.figure), own.map((row) => h("th", { scope: "col" }, texts.yearOf(row.year))))), h("tbody", {}, body)));
  }
}
