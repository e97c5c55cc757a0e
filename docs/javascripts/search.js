/* The search, in a worker that answers the theme's messages. It reads the parts of the pages and the sets of words that mean
   the same (scripts/search writes both), and finds parts in four steps:

   1. The query is cut into terms: the longest known words first, so that a place and 低保 run together are two terms; filler is dropped.
   2. What is no known word and stands nowhere is taken for the known words nearest to it, else for those of its pieces that
      stand somewhere.
   3. A part earns for each term the best of: a word or a heading that is the term, that begins with it, that holds it; or its
      text. What its page earns by words and heading holds for the part as well, a little less.
   4. Parts that have more of the terms come first, then those that have them better; a place that was named counts for more.
      Pages stand in the order of their best part. */
"use strict";

// The theme's kinds of message.
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;

// How much is shown: pages that earn hardly anything beside the best only until there are some.
const MOST_PAGES = 20, SOME_PAGES = 5, HARDLY = 0.1, MOST_PARTS = 6;
// Longer queries are cut: nobody types a sentence of that length.
const LONGEST_QUERY = 120;
const SNIPPET = { before: 24, length: 150 };
// What a match is worth; a beginning and a middle are worth the more, the more of the word they are.
const EXACT = 1, BEGINS = 0.45, HOLDS = 0.2, BY_SHARE = 0.35, IN_TEXT = 0.12, OF_PAGE = 0.8, OF_HEADING = 0.85, IN_HEADING = 0.6;
// Words count as a page's name from here on.
const NAMES = 0.75;
// What a term counts beside the others: the name of a place, another known word, one that merely stands somewhere; a piece of
// what was typed; and what is said of every page (insurance, this year), which tells them apart least of all.
const PLACE = 1.5, KNOWN = 1, LOOSE = 0.6, PIECE = 0.3, SUBJECT = 0.2;

const FILLER_HAN = new Set("的了吗呢啊呀吧么嘛我你您他她它们是有没在和跟与或要能可以到底请问给就都还也把被来去那这个些该");
const FILLER = new Set("a an the of in on at to for from by with and or vs is are be am was do does did can could will would should may must i me my we our you your he she it its they their this that there what which how if about get have has".split(" "));
// Grades and tiers are written both ways: 二级, 2级.
const DIGITS = new Map([..."一二三四五六"].map((name, place) => [name, String(place + 1)]));

const han = (text) => /\p{Script=Han}/u.test(text);

// An English word without its ending, so that one form finds the others.
function stem(word) {
  if (word.length < 4) return word;
  let cut = word.replace(/^enroll/, "enrol").replace(/ies$/, "y").replace(/(ss|x|ch|sh|z)es$/, "$1").replace(/([^su])s$/, "$1");
  if (cut.length > 5) cut = cut.replace(/(ing|ed)$/, "");
  return cut.length > 4 ? cut.replace(/e$/, "") : cut;
}

// The words of a text: single Chinese characters, and Latin words and numbers without accent and case.
const words = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/\p{Script=Han}|[a-z]+|\d+/gu) || [];
// The same as they are compared.
const units = (text) => words(text).map((word, place, all) => (/[级档]/.test(all[place + 1] || "") && DIGITS.get(word)) || stem(word));

// Words as one text: Latin ones between spaces, Chinese without. A term stands in it where a Latin word begins, not inside one.
const joined = (list) => list.map((unit) => (han(unit) ? unit : ` ${unit} `)).join("").replace(/ +/g, " ").trim();
const needle = (term) => (han(term[0]) ? term : ` ${term}`);
// A Latin word tells as much as two characters.
const size = (list) => list.reduce((sum, unit) => sum + (han(unit) ? 1 : 2), 0);

// The pieces of a heading that may be what was typed; a question is one.
const piecesOf = (title) => (/[？?]/.test(title) ? [title] : title.split(/[，。：；、！（）,:;!()]+/u)).map((piece) => joined(units(piece))).filter(Boolean);

class Search {
  constructor({ parts, sets, kinds }) {
    this.sets = sets.map((words) => [...new Set(words.map((word) => joined(units(word))))].filter(Boolean));
    this.words = this.sets.map((words) => words.map((word) => ` ${word} `));
    this.parts = Search.written(parts).map((part) => ({
      ...part,
      page: part.at.split("#")[0],
      pieces: piecesOf(part.title).map((piece) => ` ${piece} `),
      heading: ` ${joined(units(part.title))} `,
      body: ` ${joined(units(part.text))} `,
    }));
    this.pages = new Map(this.parts.filter((part) => part.at === part.page).map((part) => [part.page, part]));
    const of = (kind) => kinds[kind].flatMap((set) => this.sets[set]);
    // A Latin name is known by its first word as well.
    this.places = new Set(of("place").flatMap((word) => [word, ...(/^[a-z]{4,} /.test(word) ? [word.split(" ")[0]] : [])]));
    this.subject = new Set(of("subject"));
    this.alike = kinds.text.map((set) => this.sets[set]);
    // Titles of pages are known words as well, unless they are sentences.
    const titles = [...this.pages.values()].flatMap((page) => page.pieces).map((piece) => piece.trim());
    this.known = new Set([...this.sets.flat(), ...this.places, ...titles.filter((title) => size(units(title)) <= 4)]);
    this.longest = Math.max(...[...this.known].map((word) => units(word).length));
    this.latin = [...new Set([...this.known].flatMap((word) => word.split(/[^a-z]+/)))].filter((word) => word.length > 3);
  }

  // All parts: those that a page has in common with the one it follows are written once. They stand on it without their text,
  // and are found there when its place is named.
  static written(parts) {
    const common = (page) => parts.filter((part) => part.at.startsWith(`${page}#`));
    return parts.flatMap((part) => [part, ...(part.like ? common(part.like).map((one) => ({ ...one, at: part.at + one.at.slice(part.like.length), text: "", boost: part.boost, common: true })) : [])]);
  }

  // Whether a term stands anywhere.
  stands(term) {
    const looked = needle(term);
    return this.parts.some((part) => part.heading.includes(looked) || part.body.includes(looked)) || this.words.some((words) => words.some((word) => word.includes(looked)));
  }

  // 1. The terms of a query: each as it was typed, with the texts that fulfil it, and its weight.
  terms(query) {
    const list = units(query), typed = words(query), found = [], loose = [];
    const weigh = (word) => (this.places.has(word) ? PLACE : this.subject.has(word) ? SUBJECT : KNOWN);
    const settle = () => {
      if (loose.length) found.push(...this.resolved(loose.join(""), loose.length === list.length, weigh));
      loose.length = 0;
    };
    for (const { known, from, to } of this.cut(list)) {
      const word = joined(list.slice(from, to));
      if (!known && han(word) && !FILLER_HAN.has(word)) {
        loose.push(word);
        continue;
      }
      settle();
      if (known) found.push({ typed: joined(typed.slice(from, to)), any: [word], weight: weigh(word) });
      else if (!han(word) && !FILLER.has(word)) found.push(...this.resolved(word, true, weigh).map((term) => ({ ...term, typed: typed[from] })));
    }
    settle();
    // A query of nothing but filler is taken as it stands.
    return found.length || !list.length ? found : [{ typed: joined(typed), any: [joined(list)], weight: KNOWN }];
  }

  // A query as known words and, between them, single words that belong to none: the cut with the longest known ones.
  cut(list) {
    const best = [{ value: 0, cut: [] }];
    for (let to = 1; to <= list.length; to++) {
      best[to] = { value: best[to - 1].value, cut: [...best[to - 1].cut, { from: to - 1, to }] };
      for (let from = Math.max(0, to - this.longest); from < to; from++) {
        const word = joined(list.slice(from, to)), long = size(list.slice(from, to));
        const value = best[from].value + long * long;
        if (long > 1 && value > best[to].value && this.known.has(word) && !FILLER.has(word)) best[to] = { value, cut: [...best[from].cut, { known: true, from, to }] };
      }
    }
    return best[list.length].cut;
  }

  // 2. What to look for when a run of characters, or a Latin word, is no known word.
  resolved(text, alone, weigh) {
    if (text.length < 2 && !alone) return [];
    if (this.stands(text)) return [{ typed: text, any: [text], weight: alone ? KNOWN : LOOSE }];
    const near = han(text) ? this.nearHan(text) : this.nearLatin(text);
    if (near.length) return [{ typed: text, any: near, weight: Math.max(...near.map(weigh)) }];
    return han(text) ? this.stretches(text) : [{ typed: text, any: [text], weight: KNOWN }];
  }

  // Known words of the same length that differ in one character, and not in the first where there are but two; not what is
  // said of every page.
  nearHan(text) {
    const differ = (word) => [...word].filter((unit, place) => unit !== text[place]).length;
    return [...this.known].filter((word) => word.length === text.length && differ(word) === 1 && !this.subject.has(word) && (text.length > 2 || word[0] === text[0]));
  }

  // Known Latin words (or beginnings of them) as few slips of the fingers away as possible: one, two for long words.
  nearLatin(text) {
    const allowed = text.length < 4 ? 0 : text.length > 7 ? 2 : 1;
    const counted = allowed ? this.latin.map((word) => [word, Math.min(slips(text, word, allowed), slips(text, word.slice(0, text.length), allowed) + 0.5)]) : [];
    const least = Math.min(allowed, ...counted.map(([, count]) => count));
    return counted.filter(([, count]) => count === least).map(([word]) => word);
  }

  // The longest stretches that stand somewhere, from the left.
  stretches(text) {
    const found = [];
    for (let from = 0; from < text.length - 1; ) {
      let to = text.length;
      while (to - from > 1 && !this.stands(text.slice(from, to))) to--;
      const piece = text.slice(from, to);
      if (piece.length > 1) found.push({ typed: piece, any: [piece], weight: this.subject.has(piece) ? SUBJECT : PIECE });
      from = Math.max(to, from + 1);
    }
    return found;
  }

  // 3. What a term earns by a word or heading, which stands between spaces.
  static worth(term, looked, word) {
    const at = word.indexOf(looked);
    if (at < 0) return 0;
    if (word.length === term.length + 2) return EXACT;
    if (FILLER.has(/^[a-z]*/.exec(word.slice(at + 1))[0])) return 0; // who types "ho" does not mean "how"
    return (at <= 1 ? BEGINS : HOLDS) + BY_SHARE * (term.length / (word.length - 2));
  }

  // What each set of words earns for a term, each part, and each page by the words that are its own.
  earned({ any, weight }) {
    const best = (list) => any.reduce((most, term) => list.reduce((more, word) => Math.max(more, Search.worth(term, needle(term), word)), most), 0);
    const bySet = this.words.map(best);
    const named = (part) => (part.sets || []).reduce((most, [set, weight]) => Math.max(most, weight * bySet[set]), 0);
    const ofPage = new Map([...this.pages].map(([at, page]) => [at, Math.max(named(page), OF_HEADING * best(page.pieces))]));
    // Many texts name places beside others; only those of the place are meant.
    const alike = this.alike.filter((set) => any.some((term) => set.includes(term))).flat();
    const looked = weight === PLACE ? [] : [...any.map(needle), ...alike.map((word) => (han(word) ? word : ` ${word} `))];
    const byPart = this.parts.map((part) => {
      const page = ofPage.get(part.page);
      const own = part.at === part.page ? page : Math.max(named(part), OF_HEADING * best(part.pieces), OF_PAGE * page);
      return own + looked.reduce((most, one) => Math.max(most, standing(part, one)), 0);
    });
    return { byPart, names: (page) => (page.sets || []).some(([set, count]) => count >= NAMES && bySet[set] >= BEGINS) };
  }

  // 4. The pages with their best parts, best first.
  find(query) {
    const once = new Map(this.terms(query).map((term) => [term.any.join(), term])); // a word typed twice counts once
    const terms = [...once.values()].map((term) => ({ ...term, ...this.earned(term) }));
    const all = terms.reduce((sum, { weight }) => sum + weight, 0), phrase = joined(units(query));
    // A page that was asked for by name matters no less than any other.
    const named = new Set([...this.pages.values()].filter((page) => terms.some((term) => term.names(page))).map((page) => page.at));
    const pages = new Map();
    this.parts.forEach((part, place) => {
      if (part.common && !named.has(part.page)) return;
      let covered = 0, sum = 0;
      for (const { weight, byPart } of terms) {
        if (byPart[place]) covered += weight / all;
        sum += (weight * byPart[place]) / all;
      }
      if (!covered) return;
      if (terms.length > 1 && part.heading.includes(phrase)) sum += IN_HEADING * (phrase.length / part.heading.length);
      const boost = Math.max(part.boost || 1, named.has(part.page) ? 1 : 0);
      pages.set(part.page, [...(pages.get(part.page) || []), { part, place, score: 100 * sum * covered * covered * boost }]);
    });
    const show = shower(terms);
    return [...pages.values()]
      .map((found) => found.sort((one, other) => other.score - one.score))
      .sort((one, other) => other[0].score - one[0].score)
      .filter(([best], place, all) => place < (best.score < HARDLY * all[0][0].score ? SOME_PAGES : MOST_PAGES))
      .map((found) => this.withPage(found).map(show));
  }

  // The best parts of a page, and always the page itself.
  withPage(found) {
    const page = this.pages.get(found[0].part.page), isPage = ({ part }) => part === page;
    const listed = found.slice(0, MOST_PARTS);
    return listed.some(isPage) ? listed : [...listed, found.find(isPage) || { part: page, place: this.parts.indexOf(page), score: 0 }];
  }
}

// What a part earns by its text, the more the oftener the term stands there, up to three times; or by its heading.
function standing({ body, heading }, looked) {
  let times = 0;
  for (let at = body.indexOf(looked); at >= 0 && times < 3; at = body.indexOf(looked, at + 1)) times++;
  return times ? (IN_TEXT * times) / 3 : heading.includes(looked) ? IN_TEXT : 0;
}

// How many letters were put in, left out, changed or swapped, up to `most`; more than that counts as infinite.
function slips(typed, word, most) {
  if (Math.abs(typed.length - word.length) > most) return Infinity;
  let before = [], row = [...Array(word.length + 1).keys()];
  for (let i = 1; i <= typed.length; i++) {
    const next = [i];
    for (let j = 1; j <= word.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (typed[i - 1] !== word[j - 1]));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[word.length] > most ? Infinity : row[word.length];
}

// Parts as the theme shows them: as HTML, the terms marked, of a long text the piece around the first of them.
function shower(terms) {
  const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const sought = terms.flatMap(({ any }) => any).sort((one, other) => other.length - one.length);
  const looked = sought.length && new RegExp(sought.map((word) => (han(word[0]) ? word : `\\b${word.replace(/ /g, "\\w*\\W+")}\\w*`)).join("|"), "giu");
  const marked = (text) => {
    let done = "", last = 0;
    for (const match of looked ? text.matchAll(looked) : []) {
      done += `${escape(text.slice(last, match.index))}<mark>${escape(match[0])}</mark>`;
      last = match.index + match[0].length;
    }
    return done + escape(text.slice(last));
  };
  const cut = (text) => {
    // From the beginning of what was found: the cell or the sentence in Chinese, some words before it in English.
    const at = Math.max(0, looked ? text.search(looked) : 0), before = text.slice(Math.max(0, at - SNIPPET.before), at);
    const begins = at - before.length && (han(text[at]) ? /^.*[\s，。；：]/u : /^\S*\s/).exec(before);
    const from = Math.max(0, Math.min(at - before.length + (begins ? begins[0].length : 0), text.length - SNIPPET.length));
    return `${from ? "…" : ""}${text.slice(from, from + SNIPPET.length)}${from + SNIPPET.length < text.length ? "…" : ""}`;
  };
  return ({ part, place, score }) => ({
    location: part.at, title: marked(part.title), text: marked(cut(part.text)), score,
    terms: Object.fromEntries(terms.map(({ typed, byPart }) => [typed, byPart[place] > 0])),
  });
}

let search, asked;
addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) {
    search = new Search(data.docs);
    postMessage({ type: READY });
  } else if (type === QUERY) {
    // Of several keystrokes that wait, only the last is answered.
    if (asked === undefined) setTimeout(answer);
    asked = data;
  }
});

function answer() {
  const query = asked.slice(0, LONGEST_QUERY);
  asked = undefined;
  postMessage({ type: RESULT, data: { items: query.trim() ? search.find(query) : [] } });
}
