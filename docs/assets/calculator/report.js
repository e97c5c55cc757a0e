/** A report that something looks wrong: what the page says, for which case, on which data; for the reader to complete and send. */

import { toldLine } from "./sheet.js";

/** What was told of one person and what the page says; `name` where there are several. */
function said({ person, name, answer, refused }, context) {
  const { texts, lang, catalogue } = context;
  const { headline, summary } = answer?.[lang] ?? { headline: refused ?? texts.incomplete, summary: [] };
  return [
    name && `${texts.who}${texts.colon}${name}`,
    `${texts.reportPlace}${catalogue.title(person.policy, lang)}`,
    `${texts.reportCase}${toldLine({ person }, context)}`,
    `${texts.reportSays}${headline}`,
    ...summary.map((sentence) => `  ${sentence}`),
    "",
  ].filter((line) => line !== undefined);
}

/** results: everybody, as the family lists them; of whom there is no answer, why. */
export function reportText(results, context, url, receipt = null) {
  const { texts, catalogue } = context;
  const lines = [
    texts.reportTitle, "", ...results.flatMap((result) => said(result, context)), texts.reportShould, "", texts.reportBecause, "",
    `${texts.reportLink}${url}`,
    `${texts.reportData}${catalogue.data.date} ${catalogue.data.hash}`,
  ];
  if (receipt) lines.push("", texts.reportReceipt, JSON.stringify(receipt));
  return lines.join("\n");
}
