/** CSV as people have it (UTF-8, UTF-16 or GB 18030; comma, semicolon or tab), and CSV that any spreadsheet opens safely. */

/** The text of a file: a byte order mark decides, else UTF-8 where it fits, else the encoding of Chinese spreadsheets. */
export function decodeText(bytes) {
  const starts = (...mark) => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xfe)) return new TextDecoder("utf-16le").decode(bytes);
  if (starts(0xfe, 0xff)) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** What may stand between the cells; which of them it is shows where the names of the columns are recognised. */
export const SEPARATORS = [",", "\t", ";", "，", "|"];

/** Rows of cells, of the first `most` rows only; quoted cells may hold separators and line breaks. */
export function parseCsv(text, separator, most = Infinity) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  for (let index = 0; index < text.length && rows.length < most; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === separator) {
      row.push(cell);
      cell = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[index + 1] === "\n") index += 1;
      row.push(cell);
      rows.push(row);
      [row, cell] = [[], ""];
    } else cell += character;
  }
  if ((cell || row.length) && rows.length < most) rows.push([...row, cell]);
  return rows;
}

/** A cell that no spreadsheet takes for a formula. */
export function safeCell(cell) {
  const text = String(cell);
  return /^[\s\u00a0\u3000\ufeff\u200b]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

/** A whole file: with the mark by which spreadsheets know UTF-8, and every cell quoted where it has to be. */
export function writeCsv(rows) {
  const quote = (cell) => {
    const text = safeCell(cell);
    return /["\r\n,;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(quote).join(",")).join("\r\n")}\r\n`;
}
