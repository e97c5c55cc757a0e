/** Deadlines of an answer as an iCalendar file (RFC 5545), each with its sentence. */

const encoder = new TextEncoder();

function escape(text) {
  return text.replace(/\\/g, "\\\\").replace(/;/g, "\\;").replace(/,/g, "\\,").replace(/\r?\n/g, "\\n");
}

/** Lines are at most 75 bytes long; what is longer goes on after a space, never within a character. */
function fold(line) {
  const parts = [];
  let part = "";
  let size = 0;
  for (const character of line) {
    const bytes = encoder.encode(character).length;
    if (size + bytes > (parts.length ? 74 : 75)) {
      parts.push(part);
      [part, size] = ["", 0];
    }
    part += character;
    size += bytes;
  }
  return [...parts, part].join("\r\n ");
}

const compact = (iso) => iso.replaceAll("-", "");

function nextDay(iso) {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return compact(day.toISOString().slice(0, 10));
}

/** Dates worth remembering: [{id, date, title, note, alarm}]; only those that are determined. */
export function deadlines(explanation, texts, place) {
  const found = [];
  const add = (id, date, title, note, alarm = false) => date && found.push({ id, date, title: `${place} ${title}`, note, alarm });
  const due = explanation.pay_by;
  const nothing = explanation.figures.total_pays?.value === 0;
  // Where the notice leaves the last day open, the earlier one is the safe one to be reminded of.
  const last = due ? [due.date, ...due.others].sort() : [];
  const which = (index) => (last.length < 2 ? "" : index ? texts.eventPerhaps : texts.eventSafe);
  for (const [index, day] of last.entries()) add(index ? `pay-by-${index}` : "pay-by", day, (nothing ? texts.eventRegister : texts.eventPayBy) + which(index), due.text, true);
  for (const [name, title] of [["coverage_start", texts.eventStart], ["coverage_end", texts.eventEnd]]) {
    const figure = explanation.figures[name];
    if (!figure?.value) continue;
    // An estimate, a second reading, or a fact taken for granted: the headline says which.
    const supposed = explanation.alternatives.some(({ facts, changes }) => facts.length && changes.some((change) => change.name === name));
    const sure = figure.state === "known" && figure.text === texts.day(figure.value) && !supposed;
    const state = figure.state === "known" ? "" : texts.bracketed(figure.state_text);
    add(name, figure.value, sure ? title : title + texts.eventUnsure, `${figure.label}${texts.colon}${figure.text}${state}${sure ? "" : `${texts.stop}${explanation.headline}`}`);
  }
  return found;
}

/**
 * The events as those of one person: saved again they take their own places in a calendar, never those of another member of the
 * family. Who it is: the relation and the number among those of the same, or the number among those without one.
 */
export function personal(events, { policy, relation = "person", number, name }) {
  return events.map((event) => ({ ...event, uid: `${policy}-${relation}-${number}-${event.id}@canbao`, title: name ? `${name} · ${event.title}` : event.title }));
}

/** The file; `stamp` is the day of the data, so that the same answer gives the same file. */
export function calendar(events, { stamp, url, lang }) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//Canbao//calculator 1//${lang.toUpperCase()}`, "CALSCALE:GREGORIAN"];
  for (const event of events) {
    lines.push(
      "BEGIN:VEVENT", `UID:${event.uid}`, `DTSTAMP:${compact(stamp)}T000000Z`,
      `DTSTART;VALUE=DATE:${compact(event.date)}`, `DTEND;VALUE=DATE:${nextDay(event.date)}`,
      `SUMMARY:${escape(event.title)}`, `DESCRIPTION:${escape(event.note)}`, `URL:${url}`, "TRANSP:TRANSPARENT",
    );
    if (event.alarm) lines.push("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P7D", `DESCRIPTION:${escape(event.title)}`, "END:VALARM");
    lines.push("END:VEVENT");
  }
  lines.push("END:VCALENDAR");
  return `${lines.map(fold).join("\r\n")}\r\n`;
}
