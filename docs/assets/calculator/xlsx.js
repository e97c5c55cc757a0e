/** The first sheet of an XLSX workbook as rows of texts, and rows of texts as a workbook. Formulas are neither run nor written. */

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

async function firstSheet(zip) {
  const workbook = parse((await zip.get("xl/workbook.xml")) ?? "");
  const id = workbook.getElementsByTagNameNS("*", "sheet")[0]?.getAttributeNS(OFFICE, "id");
  const relations = await zip.get("xl/_rels/workbook.xml.rels");
  const target = relations && [...parse(relations).getElementsByTagNameNS("*", "Relationship")].find((entry) => entry.getAttribute("Id") === id)?.getAttribute("Target");
  const path = target ? (target.startsWith("/") ? target.slice(1) : `xl/${target}`) : "xl/worksheets/sheet1.xml";
  const text = await zip.get(path);
  if (text === null) throw new Error("xlsx: no sheet");
  return parse(text);
}

/** Rows of cells of the first sheet; days stay the day numbers they are stored as, which the engine reads and notes. */
export async function readXlsx(bytes) {
  const zip = openZip(bytes);
  const shared = await zip.get("xl/sharedStrings.xml");
  const strings = shared ? [...parse(shared).getElementsByTagNameNS("*", "si")].map(textOf) : [];
  const sheet = await firstSheet(zip);
  const rows = [];
  for (const row of sheet.getElementsByTagNameNS("*", "row")) {
    const cells = [];
    for (const cell of row.getElementsByTagNameNS("*", "c")) {
      const [type, reference] = [cell.getAttribute("t"), cell.getAttribute("r")];
      const value = cell.getElementsByTagNameNS("*", "v")[0]?.textContent ?? "";
      const text = type === "s" ? strings[Number(value)] ?? "" : type === "inlineStr" ? textOf(cell) : type === "b" ? (value === "1" ? "TRUE" : "FALSE") : value;
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

function sheetXml(rows) {
  const lines = rows.map((row) => `<row>${row.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`).join("")}</row>`);
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>${lines.join("")}</sheetData></worksheet>`;
}

/** A workbook of sheets [[name, rows]]; every cell is text, so nothing in it can be a formula. */
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
