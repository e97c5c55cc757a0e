/**
 * A case as the part of an address after "#", which browsers never send to a server, and back.
 *
 *   v1.PERSON/PERSON…        PERSON = POLICY&key=value&key=value…
 *
 * POLICY is the policy's id (place-year); a later person without one has that of the person before. Keys, in this order:
 * d date of payment · k kind of person (left out: resident) · n who it is in the family · t tier · g groups, a add-ons (ids
 * joined by "."; 0 = none) · then further facts by their names in alphabetical order. Values: YYYYMMDD, a whole number
 * (at most four digits), y or n, an id. scripts/render/calculator_link.py writes the same.
 *
 * Decoding is strict: what does not fit this grammar exactly is refused as a whole, with a reason, and nothing is guessed.
 */

export const VERSION = 1;
export const MOST_PEOPLE = 12;
const LONGEST = 4000;

/** Who somebody is in the family: a closed list, so that a link can carry no names. */
export const RELATIONS = ["self", "spouse", "father", "mother", "grandfather", "grandmother", "son", "daughter", "grandson", "granddaughter", "other"];

const ID = /^[a-z][a-z0-9_]*(-[a-z0-9_]+)*$/;
const FACT = /^[a-z][a-z0-9_]{2,40}$/;
const RESERVED = new Set(["person", "pay_date", "categories", "addons", "tier"]);

/** A link that cannot be read: code is newer, damaged or long; detail says where, for whoever mends it. */
export class LinkError extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Whether the part after "#" is meant to be a case, and not the anchor of a heading. */
export function looksLikeCase(hash) {
  return /^#?v\d+\./.test(hash);
}

const compact = (day) => day.replaceAll("-", "");

function encodeValue(value) {
  if (typeof value === "boolean") return value ? "y" : "n";
  if (typeof value === "number") return String(value);
  return /^\d{4}-\d\d-\d\d$/.test(value) ? compact(value) : value;
}

function encodePerson({ policy, relation, told }, before) {
  const parts = [policy === before ? "" : policy];
  const add = (key, value) => parts.push(`${key}=${value}`);
  const list = (values) => (values.length ? [...values].sort().join(".") : "0");
  if (told.pay_date) add("d", compact(told.pay_date));
  if (told.person && told.person !== "resident") add("k", told.person);
  if (relation) add("n", relation);
  if (told.tier !== undefined) add("t", told.tier);
  if (told.categories) add("g", list(told.categories));
  if (told.addons?.length) add("a", list(told.addons));
  const facts = Object.keys(told).filter((key) => !RESERVED.has(key));
  for (const key of facts.sort()) add(key, encodeValue(told[key]));
  return parts.join("&");
}

/** The fragment, without "#", of people [{policy, relation?, told}]. */
export function encode(people) {
  let before = "";
  const parts = people.map((person) => {
    const text = encodePerson(person, before);
    before = person.policy;
    return text;
  });
  return `v${VERSION}.${parts.join("/")}`;
}

function damaged(detail) {
  return new LinkError("damaged", detail);
}

function decodeDay(text) {
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day || day < "1900") throw damaged(`no such day ${text}`);
  return day;
}

function decodeValue(text, key) {
  if (/^\d{8}$/.test(text)) return decodeDay(text);
  if (/^(0|[1-9]\d{0,3})$/.test(text)) return Number(text);
  if (text === "y" || text === "n") return text === "y";
  if (ID.test(text) && text.length > 1 && text.length <= 60) return text;
  throw damaged(`value of ${key}`);
}

function decodeList(text, key) {
  if (text === "0") return [];
  const ids = text.split(".");
  if (ids.length > 20 || !ids.every((id) => ID.test(id) && id.length <= 60) || new Set(ids).size !== ids.length) throw damaged(`list ${key}`);
  return ids;
}

const SHORT = {
  d(person, text) {
    if (!/^\d{8}$/.test(text)) throw damaged("date of payment");
    person.told.pay_date = decodeDay(text);
  },
  k(person, text) {
    if (!ID.test(text) || text.length > 60) throw damaged("kind of person");
    person.told.person = text;
  },
  n(person, text) {
    if (!RELATIONS.includes(text)) throw damaged("relation");
    person.relation = text;
  },
  t(person, text) {
    if (!/^[1-9]$/.test(text)) throw damaged("tier");
    person.told.tier = Number(text);
  },
  g(person, text) {
    person.told.categories = decodeList(text, "g");
  },
  a(person, text) {
    person.told.addons = decodeList(text, "a");
  },
};

function decodePerson(text, before) {
  const [policy, ...pairs] = text.split("&");
  if (!policy && !before) throw damaged("no policy");
  if (policy && (!ID.test(policy) || policy.length > 60)) throw damaged("policy");
  const person = { policy: policy || before, told: { person: "resident" } };
  const seen = new Set();
  for (const pair of pairs) {
    const [key, value, ...rest] = pair.split("=");
    if (!value || rest.length || seen.has(key)) throw damaged(`part ${seen.size + 1}`);
    seen.add(key);
    if (Object.hasOwn(SHORT, key)) SHORT[key](person, value);
    else if (FACT.test(key) && !RESERVED.has(key) && !(key in Object.prototype)) person.told[key] = decodeValue(value, key);
    else throw damaged("unknown key");
  }
  return person;
}

/** The people of a fragment (with or without "#"); throws LinkError. */
export function decode(hash) {
  const text = hash.replace(/^#/, "");
  if (text.length > LONGEST) throw new LinkError("long", String(text.length));
  const match = /^v(\d{1,4})\.([\w.=&/-]+)$/.exec(text);
  if (!match) throw damaged("shape");
  if (Number(match[1]) > VERSION) throw new LinkError("newer", match[1]);
  if (Number(match[1]) !== VERSION) throw damaged(`version ${match[1]}`);
  const parts = match[2].split("/");
  if (parts.length > MOST_PEOPLE) throw damaged("too many people");
  let before = "";
  return parts.map((part) => {
    const person = decodePerson(part, before);
    before = person.policy;
    return person;
  });
}
