/** The same person in every place and year of the data: what each answers, how sure it is, and on which words. */

import { clauseHref, questionLink, sources } from "./cite.js";
import { h, replace } from "./dom.js";
import { encode } from "./link.js";
import { dayText, moneyText, payText, payable, stateClass, waitText } from "./plain.js";
import { yearTable } from "./years.js";

/** The figures that are compared: the name of their sentences, and how an answer (a row, a tier of it, another reading) tells them. */
function columns(texts) {
  return [
    { name: "total_pays", head: texts.laneMoney, tell: (answer) => payText(answer, texts), figure: ({ figures }) => figures.total_pays },
    ...[["standard", texts.standard], ["subsidy", texts.subsidy]].map(([name, head]) => ({ name, head, tell: ({ sums }) => moneyText(sums[name], texts), figure: ({ sums }) => sums[name] })),
    { name: "coverage_start", head: texts.laneStart, tell: ({ figures }) => dayText(figures.coverage_start, texts), figure: ({ figures }) => figures.coverage_start },
    { name: "waiting", head: texts.laneWait, tell: ({ figures }) => waitText(figures, texts), figure: ({ figures }) => (figures.waiting_months?.value === null ? figures.waiting_days : figures.waiting_months) },
  ];
}

export class Elsewhere {
  constructor(app) {
    this.app = app;
    const { texts } = app;
    this.columns = columns(texts);
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
      const data = await app.engine.ask("elsewhere", { ...current.request, lang: app.lang });
      if (current !== this.current) return;
      const years = await yearTable(app, current.request.policy, data);
      if (current !== this.current) return;
      this.data = data;
      replace(this.body, h("p", { class: "cc-hint" }, texts.elsewhereNote), years, this.#table(data.rows));
    } catch (error) {
      replace(this.body, h("p", { class: "cc-error" }, error[app.lang] ?? String(error)));
    }
  }

  /** The row's name: a link that opens the same person there; the case itself needs none. */
  #name(row) {
    const title = this.app.catalogue.title(row.policy, this.app.lang);
    if (row.policy === this.current.request.policy) return [h("b", {}, title), " ", h("span", { class: "cc-state" }, this.app.texts.hereMark)];
    return row.case ? h("a", { href: `#${encode([{ policy: row.policy, told: row.case }])}` }, title) : title;
  }

  #table(rows) {
    const { texts, lang, catalogue } = this.app;
    const { policy } = this.current.request;
    const { place } = catalogue.policy(policy);
    // The place itself first, then its other years, then the rest in the order of the data.
    const rank = (row) => (row.policy === policy ? 0 : row.place === place ? 1 : 2);
    const sorted = this.#together([...rows].sort((one, two) => rank(one) - rank(two)));
    const heads = [texts.place, ...this.columns.map(({ head }) => head), texts.remarks];
    const body = sorted.map(([row, ...same]) => {
      const name = [this.#name(row), same.length ? h("details", {}, h("summary", {}, texts.sameRules(same.length)), h("ul", {}, same.map((other) => h("li", {}, this.#name(other), this.#own(other, row))))) : null];
      if (row.error) return h("tr", {}, h("th", { scope: "row" }, name), h("td", { colspan: heads.length - 1, "data-label": texts.remarks }, row.error[lang]));
      const remarks = this.#remarks(row);
      return h("tr", {}, h("th", { scope: "row" }, name), this.columns.map((column) => this.#cell(row, column)), h("td", { class: "cc-remarks", "data-label": texts.remarks }, remarks.length ? h("ul", {}, remarks.map((remark) => h("li", {}, remark))) : texts.noFigure));
    });
    const head = h("thead", {}, h("tr", {}, heads.map((words) => h("th", { scope: "col" }, words))));
    return h("div", { class: "scroll cc-elsewhere", role: "region", tabindex: "0", "aria-labelledby": "elsewhere-caption" }, h("table", { class: "cards" }, h("caption", { id: "elsewhere-caption" }, texts.elsewhereCaption), head, h("tbody", {}, body)));
  }

  /** A figure of a row, at each tier where the answer hangs on the tier, with its sentences. */
  #cell(row, column) {
    const { texts, lang, catalogue, context } = this.app;
    const tiers = row.tiers.length && column.figure(row)?.state === "not_told" ? row.tiers : [];
    const named = new Map((catalogue.policy(row.policy).tiers ?? []).map(({ id, name }) => [id, name[lang]]));
    const words = tiers.length ? tiers.map((answer) => h("div", {}, named.get(answer.tier), texts.colon, this.#words(answer, column))) : h("div", {}, this.#words(row, column));
    const parts = column.name === "total_pays" && !tiers.length && payable(row, texts) !== "no" ? row.premiums.map(({ id, name }) => h("div", { class: "cc-option-note" }, name[lang], texts.colon, moneyText(row.figures[id === "basic" ? "pays" : `${id}_pays`], texts))) : null;
    const refs = [...new Set((tiers.length ? tiers : [row]).flatMap((answer) => answer.by_figure[column.name]))];
    return h("td", { "data-label": column.head }, words, parts, sources(refs.map((ref) => this.data.clauses[ref]), context));
  }

  /** One figure and, in words, whether it is assumed or what it would be if the notice were read otherwise; where one cannot pay, in this reading or another, that is said of the payment alone. */
  #words(answer, { name, tell, figure }) {
    const { texts } = this.app;
    if (payable(answer, texts) === "no") return name === "total_pays" ? tell(answer) : texts.noFigure;
    const words = tell(answer);
    const found = figure(answer);
    const order = (other) => (figure(other)?.value === null ? "~" : String(figure(other)?.value).padStart(12, "0"));
    const open = answer.otherwise.filter((other) => name === "total_pays" || payable(other, texts) !== "no");
    const others = [...new Set(open.sort((one, two) => (order(one) < order(two) ? -1 : 1)).map(tell))].filter((other) => other !== words);
    const disputed = others.length || found?.state === "conflicting";
    const mark = disputed ? ["cc-conflicting", texts.readDifferently(others)] : found?.state === "assumed" ? ["cc-assumed", texts.assumedMark] : null;
    return [h("span", { class: disputed ? "conflict" : stateClass(found) }, words), mark && [" ", h("span", { class: `cc-state ${mark[0]}` }, mark[1])]];
  }

  /** The sentences of a place that stands with another under the same rules, where they are its own. */
  #own(other, row) {
    const shared = new Set(Object.values(row.by_figure ?? {}).flat());
    const refs = [...new Set(Object.values(other.by_figure ?? {}).flat())].filter((ref) => !shared.has(ref));
    return refs.map((ref) => [" ", h("a", { class: "src", href: clauseHref(this.data.clauses[ref], this.app.up) }, this.data.clauses[ref].label)]);
  }

  /** Places whose rules and whose answer are the same stand together, the first of them in front. */
  #together(rows) {
    const found = new Map();
    const figures = ({ figures: all, sums, at_least: floor, otherwise }) => [all, sums, floor, otherwise];
    for (const row of rows) {
      const told = [row.rules, row.dropped, row.unknown_groups, row.lacking, row.assumed, row.moved];
      const key = row.error ? row.policy : JSON.stringify([told, figures(row), row.tiers.map(figures)]);
      found.set(key, [...(found.get(key) ?? []), row]);
    }
    return [...found.values()];
  }

  /** The dates that were moved with the year, all of them, so that nobody takes them for those that were told. */
  #moved(row, facts) {
    const { texts, lang } = this.app;
    const told = this.current.request.case;
    const value = (name, moved) => (name === "for_year" ? String(moved) : texts.day(moved));
    return Object.entries(row.moved).filter(([name, moved]) => told[name] !== moved).map(([name, moved]) => (name === "pay_date" ? texts.paidOn : `${facts.get(name)?.label[lang] ?? name}${texts.colon}`) + value(name, moved));
  }

  /** What has to be known to compare a row with the case itself: texts, and links to open questions. */
  #remarks(row) {
    const { texts, catalogue, lang, up } = this.app;
    const { policy, case: told } = this.current.request;
    const here = this.data.rows.find((other) => other.policy === policy);
    const known = catalogue.facts(policy);
    const found = [];
    const moved = this.#moved(row, known);
    if (moved.length) found.push(texts.movedDates(moved.join(texts.and)));
    if (row.general_price && row.sums.standard.value !== null) found.push(texts.generalPrice(catalogue.persons.get(told.person).name[lang]));
    if (row.premiums.length) found.push(texts.premiumsTogether(row.premiums.map(({ name }) => name[lang])));
    for (const { name, policy: other, question } of row.lacking) {
      const asked = question && this.data.questions[question];
      found.push([texts.lacking(name[lang], catalogue.title(other, lang)), asked && [texts.run, asked.tell, " ", questionLink(asked, up)]]);
    }
    if (row.unknown_groups.length) found.push(texts.unknownGroups(row.unknown_groups.map((group) => catalogue.groupName(policy, group, lang)).join(texts.and)));
    if (row.dropped.includes("tier")) found.push(texts.droppedTier);
    if (row.dropped.includes("addons")) found.push(texts.droppedAddOns);
    const facts = row.dropped.map((name) => known.get(name)?.label[lang]).filter(Boolean);
    if (facts.length) found.push(texts.droppedFacts(facts.join(texts.and)));
    // What is taken for granted at home as well, the answer above says.
    const assumed = row.assumed.filter((name) => !here?.assumed?.includes(name)).map((name) => catalogue.facts(row.policy).get(name)?.label[lang]).filter(Boolean);
    if (assumed.length) found.push(texts.assumedFacts(assumed.join(texts.and)));
    const questions = new Set([row, ...row.tiers].flatMap(({ otherwise }) => otherwise.map(({ question }) => question)));
    return [...found, ...[...questions].map((question) => [texts.openQuestion, questionLink(this.data.questions[question], up)])];
  }
}
