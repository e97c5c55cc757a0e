/** Places, kinds of person, groups and facts by their ids: what the form shows before the engine has loaded. */

export class Catalogue {
  constructor(data) {
    this.data = data;
    this.policies = data.policies;
    this.byId = new Map(data.policies.map((entry) => [entry.policy, entry]));
    this.shared = new Map(data.facts.map((entry) => [entry.id, entry]));
    this.persons = new Map(data.persons.map((entry) => [entry.id, entry]));
  }

  /** Read from the file beside the scripts; its name never changes, so the browser asks whether it still holds. */
  static async load() {
    const response = await fetch(new URL("places.json", import.meta.url), { cache: "no-cache", credentials: "same-origin" });
    if (!response.ok) throw new Error(`places.json: HTTP ${response.status}`);
    const data = await response.json();
    if (data.schema !== 2) throw new Error(`places.json: schema ${data.schema}`);
    return new Catalogue(data);
  }

  policy(id) {
    return this.byId.get(id) ?? null;
  }

  /** The facts of a place by their ids, in the order in which they are asked: those that every place shares, and its own. */
  facts(id) {
    const own = this.policy(id)?.facts ?? [];
    return own.length ? new Map([...this.shared, ...own.map((entry) => [entry.id, entry])]) : this.shared;
  }

  /** The address of a place's tables, from the calculator's page. */
  tables(id, up = "../") {
    const entry = this.policy(id);
    return entry ? `${up}${entry.place}/${entry.year}/` : `${up}compare/`;
  }

  title(id, lang) {
    const entry = this.policy(id);
    if (!entry) return id;
    return lang === "zh" ? `${entry.names.zh}${entry.year}年` : `${entry.names.en} ${entry.year}`;
  }

  groupName(policy, group, lang) {
    const named = this.policy(policy)?.groups.find((entry) => entry.id === group);
    if (lang === "zh" && named) return named.names[0];
    return this.data.groups[group]?.name[lang] ?? named?.names[0] ?? group;
  }
}
