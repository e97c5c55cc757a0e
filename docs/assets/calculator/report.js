/** A report that something looks wrong: what the page says, for which case, on which data; for the reader to complete and send. */

import { toldLine } from "./sheet.js";

export function reportText(current, context, url, receipt = null) {
  const { explanation, person } = current;
  const { texts, lang, catalogue } = context;
  const lines = [
    texts.reportTitle, "",
    `${texts.reportPlace}${catalogue.title(person.policy, lang)}`,
    `${texts.reportCase}${toldLine(current, context)}`,
    `${texts.reportSays}${explanation.headline}`,
    ...explanation.summary.map((sentence) => `  ${sentence}`),
    "", texts.reportShould, "", texts.reportBecause, "",
    `${texts.reportLink}${url}`,
    `${texts.reportData}${catalogue.data.date} ${catalogue.data.hash}`,
  ];
  if (receipt) lines.push("", texts.reportReceipt, JSON.stringify(receipt));
  return lines.join("\n");
}
