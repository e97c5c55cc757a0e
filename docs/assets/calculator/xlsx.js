/** The sheets of an XLSX workbook as rows of texts and numbers, and such rows as a workbook. Formulas are neither run nor written. */

import { iso } from "./days.js";
import { breathe, writeZip } from "./zip.js";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function parse(text) {
  const found = new DOMParser().parseFromString(text, "application/xml");
  if (found.querySelector("parsererror")) throw new Error("xlsx: damaged");
  return found;
}

/** All text below an element except its pronunciation hints. */
function textOf(element) {
  return [...element.getElementsByTagName("*")].filter((child) => child.localName === "t" && child.parentNode.localName !== "rPh").map((child) => child.textContent).join("");
}

function column(reference) {
  let index = 0;
  for (const letter of reference.replace(/\d+$/, "")) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/** Number formats of the file format itself that show a day: Western ones, then those of East Asian programs. */
const DAY_FORMATS = [[14, 17], [22, 22], [27, 31], [36, 36], [50, 54], [57, 58]];
/** The day on which each of the two calendars of spreadsheets begins, in days of days.js; 1900 is taken for a leap year, so its days before March are left as they are. */
const EPOCHS = { false: -25569, true: -24107 };
const FIRST_SURE = 61;
const LAST_DAY = 2_958_465;
/** So many rows are read or written before the page may answer. */
const PIECE = 500;
/** More digits than this a number does not hold exactly: such a cell stays the text it was. */
const EXACT = 1e15;

/** Whether a number format written by hand shows a day: a year or a day outside quotes, brackets and escaped letters. */
function showsDay(code) {
  return /[yd]/i.test(code.replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, ""));
}

/** The numbers of the cell styles whose numbers are days. */
async function dayStyles(zip) {
  const styles = await zip.get("xl/styles.xml");
  if (!styles) return new Set();
  const sheet = parse(styles);
  const own = new Map([...sheet.getElementsByTagNameNS("*", "numFmt")].map((entry) => [Number(entry.getAttribute("numFmtId")), entry.getAttribute("formatCode") ?? ""]));
  const isDay = (format) => (own.has(format) ? showsDay(own.get(format)) : DAY_FORMATS.some(([first, last]) => first <= format && format <= last));
  const used = sheet.getElementsByTagNameNS("*", "cellXfs")[0]?.getElementsByTagNameNS("*", "xf") ?? [];
  return new Set([...used].flatMap((entry, index) => (isDay(Number(entry.getAttribute("numFmtId"))) ? [index] : [])));
}

/** What a number stands for: an ISO date under a style of days, else the number; a text where it would not stay the same. */
function numeral(value, isDay, from1904) {
  const found = Number(value);
  if (value.trim() === "" || !Number.isFinite(found) || Math.abs(found) >= EXACT) return value;
  return isDay && found >= (from1904 ? 0 : FIRST_SURE) && found <= LAST_DAY ? iso(Math.floor(found) + EPOCHS[from1904]) : found;
}

/** The sheets of a workbook in their order: {name, hidden, text}; a sheet that is a chart is none. */
async function sheetsOf(zip, workbook) {
  const relations = await zip.get("xl/_rels/workbook.xml.rels");
  const targets = new Map(relations ? [...parse(relations).getElementsByTagNameNS("*", "Relationship")].map((entry) => [entry.getAttribute("Id"), entry.getAttribute("Target")]) : []);
  const found = [];
  for (const [index, entry] of [...workbook.getElementsByTagNameNS("*", "sheet")].entries()) {
    const target = targets.get(entry.getAttributeNS(OFFICE, "id")) ?? `worksheets/sheet${index + 1}.xml`;
    const text = target.includes("chartsheets/") ? null : await zip.get(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    if (text !== null) found.push({ name: entry.getAttribute("name") ?? "", hidden: /hidden$/i.test(entry.getAttribute("state") ?? ""), text });
  }
  if (!found.length) throw new Error("xlsx: no sheet");
  return found;
}

/** What a cell holds. A formula of which no value was kept stays the text of the formula: the engine says what to do about it. */
function valueOf(cell, strings, days, from1904) {
  const type = cell.getAttribute("t");
  const [kept] = childrenOf(cell, "v");
  const value = kept?.textContent ?? "";
  // An empty text is a value; an empty number is none.
  if (value === "" && !(kept && type === "str")) {
    const [formula] = childrenOf(cell, "f");
    if (formula) return `=${formula.textContent || "…"}`;
  }
  if (type === "s") return strings[Number(value)] ?? "";
  if (type === "inlineStr") return textOf(cell);
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  return !type || type === "n" ? numeral(value, days.has(Number(cell.getAttribute("s") ?? -1)), from1904) : value;
}

/**
 * For each row, what cells merged downwards give it: row → [[place, value]]. The value belongs to every row of the merge that holds
 * something of its own; an otherwise empty row below a merge is nobody.
 */
function mergedDown(sheet, rows) {
  const found = new Map();
  const own = rows.map((cells) => cells.some((cell) => String(cell).trim()));
  for (const merge of sheet.getElementsByTagNameNS("*", "mergeCell")) {
    const [from, to] = (merge.getAttribute("ref") ?? "").split(":");
    if (!to) continue;
    const [place, first, last] = [column(from), Number(from.replace(/\D/g, "")) - 1, Number(to.replace(/\D/g, "")) - 1];
    const value = rows[first]?.[place] ?? "";
    for (let row = first + 1; row <= last && row < rows.length && value !== ""; row += 1) {
      if (own[row] && !rows[row][place]) found.set(row, [...(found.get(row) ?? []), [place, value]]);
    }
  }
  return found;
}

/** The child elements of one name. */
const childrenOf = (element, name) => [...element.children].filter((child) => child.localName === name);

async function rowsOf(sheet, value) {
  const rows = [];
  for (const row of sheet.getElementsByTagNameNS("*", "row")) {
    if (rows.length % PIECE === PIECE - 1) await breathe();
    const cells = [];
    for (const cell of childrenOf(row, "c")) {
      const reference = cell.getAttribute("r");
      const at = reference ? column(reference) : cells.length;
      if (at > 500) throw new Error("xlsx: too wide");
      while (cells.length < at) cells.push("");
      cells[at] = value(cell);
    }
    const number = Number(row.getAttribute("r")) || rows.length + 1;
    if (number > 300_000) throw new Error("xlsx: too long");
    while (rows.length < number - 1) rows.push([]);
    rows.push(cells);
  }
  return rows;
}

/**
 * The sheets of a workbook: {name, hidden, rows, merged}. Rows hold texts and numbers; a number shown as a day is its ISO date, and
 * one that is not stays a number, which the engine may read as a day and then notes.
 */
export async function readXlsx(zip) {
  const shared = await zip.get("xl/sharedStrings.xml");
  const strings = shared ? [...parse(shared).getElementsByTagNameNS("*", "si")].map(textOf) : [];
  const workbook = parse((await zip.get("xl/workbook.xml")) ?? "");
  const from1904 = /^(1|true)$/.test(workbook.getElementsByTagNameNS("*", "workbookPr")[0]?.getAttribute("date1904") ?? "");
  const days = await dayStyles(zip);
  const found = [];
  for (const { name, hidden, text } of await sheetsOf(zip, workbook)) {
    try {
      const sheet = parse(text);
      const rows = await rowsOf(sheet, (cell) => valueOf(cell, strings, days, from1904));
      found.push({ name, hidden, rows, merged: mergedDown(sheet, rows) });
    } catch {
      found.push({ name, hidden, rows: [], merged: new Map(), damaged: true });  // the others may still be of use
    }
  }
  return found;
}

/** More letters than this no cell of a spreadsheet may hold: a file with more is called damaged. */
const LONGEST = 32_767;
const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, "")}…` : text);

const escape = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A number as a number, so that sums can be made of it; everything else as text, so that nothing can be a formula. */
function cellXml(cell) {
  return typeof cell === "number" && Number.isFinite(cell) ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t xml:space="preserve">${escape(cut(String(cell)))}</t></is></c>`;
}

/** A sheet in pieces, so that a long one is never whole in the memory. */
function* sheetXml(rows) {
  yield `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>`;
  for (let from = 0; from < rows.length; from += PIECE) yield rows.slice(from, from + PIECE).map((row) => `<row>${row.map(cellXml).join("")}</row>`).join("");
  yield "</sheetData></worksheet>";
}

/** A workbook of sheets [[name, rows]], as a promise; every cell is a text or a plain number, so nothing in it can be a formula. */
export function writeXlsx(sheets) {
  const package_ = "http://schemas.openxmlformats.org/package/2006";
  const types = sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`);
  const names = sheets.map(([name], index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  const relations = sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`);
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  return writeZip([
    ["[Content_Types].xml", [`${head}<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${types.join("")}</Types>`]],
    ["_rels/.rels", [`${head}<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`]],
    ["xl/workbook.xml", [`${head}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.join("")}</sheets></workbook>`]],
    ["xl/_rels/workbook.xml.rels", [`${head}<Relationships xmlns="${package_}/relationships">${relations.join("")}</Relationships>`]],
    ...sheets.map(([, rows], index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(rows)]),
  ]);
}
