/** The first sheet of an XLSX workbook as rows of texts and numbers, and such rows as a workbook. Formulas are neither run nor written. */

import { iso } from "./days.js";
import { openZip, writeZip } from "./zip.js";

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

async function firstSheet(zip, workbook) {
  const id = workbook.getElementsByTagNameNS("*", "sheet")[0]?.getAttributeNS(OFFICE, "id");
  const relations = await zip.get("xl/_rels/workbook.xml.rels");
  const target = relations && [...parse(relations).getElementsByTagNameNS("*", "Relationship")].find((entry) => entry.getAttribute("Id") === id)?.getAttribute("Target");
  const path = target ? (target.startsWith("/") ? target.slice(1) : `xl/${target}`) : "xl/worksheets/sheet1.xml";
  const text = await zip.get(path);
  if (text === null) throw new Error("xlsx: no sheet");
  return parse(text);
}

/** Rows of cells of the first sheet: texts and numbers; a number shown as a day is its ISO date, and one that is not stays a number, which the engine may read as a day and then notes. */
export async function readXlsx(bytes) {
  const zip = openZip(bytes);
  const shared = await zip.get("xl/sharedStrings.xml");
  const strings = shared ? [...parse(shared).getElementsByTagNameNS("*", "si")].map(textOf) : [];
  const workbook = parse((await zip.get("xl/workbook.xml")) ?? "");
  const from1904 = /^(1|true)$/.test(workbook.getElementsByTagNameNS("*", "workbookPr")[0]?.getAttribute("date1904") ?? "");
  const days = await dayStyles(zip);
  const sheet = await firstSheet(zip, workbook);
  const rows = [];
  for (const row of sheet.getElementsByTagNameNS("*", "row")) {
    const cells = [];
    for (const cell of row.getElementsByTagNameNS("*", "c")) {
      const [type, reference] = [cell.getAttribute("t"), cell.getAttribute("r")];
      const value = cell.getElementsByTagNameNS("*", "v")[0]?.textContent ?? "";
      const text = type === "s" ? strings[Number(value)] ?? "" : type === "inlineStr" ? textOf(cell) : type === "b" ? (value === "1" ? "TRUE" : "FALSE") : !type || type === "n" ? numeral(value, days.has(Number(cell.getAttribute("s") ?? -1)), from1904) : value;
      const at = reference ? column(reference) : cells.length;
      if (at > 500) throw new Error("xlsx: too wide");
      while (cells.length < at) cells.push("");
      cells[at] = text;
    }
    const number = Number(row.getAttribute("r")) || rows.length + 1;
    if (number > 300_000) throw new Error("xlsx: too long");
    while (rows.length < number - 1) rows.push([]);
    rows.push(cells);
  }
  return rows;
}

const escape = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A number as a number, so that sums can be made of it; everything else as text, so that nothing can be a formula. */
function cellXml(cell) {
  return typeof cell === "number" && Number.isFinite(cell) ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t xml:space="preserve">${escape(String(cell))}</t></is></c>`;
}

function sheetXml(rows) {
  const lines = rows.map((row) => `<row>${row.map(cellXml).join("")}</row>`);
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>${lines.join("")}</sheetData></worksheet>`;
}

/** A workbook of sheets [[name, rows]]; every cell is a text or a plain number, so nothing in it can be a formula. */
export function writeXlsx(sheets) {
  const package_ = "http://schemas.openxmlformats.org/package/2006";
  const types = sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`);
  const names = sheets.map(([name], index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  const relations = sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`);
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  return writeZip([
    ["[Content_Types].xml", `${head}<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${types.join("")}</Types>`],
    ["_rels/.rels", `${head}<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ["xl/workbook.xml", `${head}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.join("")}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `${head}<Relationships xmlns="${package_}/relationships">${relations.join("")}</Relationships>`],
    ...sheets.map(([, rows], index) => [`xl/worksheets/sheet${index + 1}.xml`, sheetXml(rows)]),
  ]);
}
