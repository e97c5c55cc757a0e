/** A bare figure {value, state} in words, for tables that hold many answers; what is not known is said, never shown as nothing. */

export function moneyText(figure, texts, atLeast = 0) {
  if (!figure) return texts.noFigure;
  if (figure.value !== null) return texts.money(figure.value);
  if (figure.state === "not_told") return texts.notTold;
  return atLeast ? texts.atLeast(texts.money(atLeast)) : texts.notStated;
}

/** A day, of which it is said when it is an estimate; where cover would end before it begins there is none. */
export function dayText(figure, texts) {
  if (!figure) return texts.noFigure;
  if (figure.value) return figure.estimate ? texts.about(texts.day(figure.value)) : texts.day(figure.value);
  if (figure.empty) return texts.noCoveredDay;
  return figure.state === "not_told" ? texts.notTold : texts.notStated;
}

/** Whether one can pay on the days of a run: "no", or "unsaid" where the notice does not say it. */
export function payable({ figures }, texts) {
  const status = figures.status?.value;
  return status in texts.cannotPay ? "no" : status === "not_specified" ? "unsaid" : "yes";
}

/** What is to be paid: an amount, why there is none on a day on which nobody can pay, or both sides where the notice does not say whether one can. */
export function payText(answer, texts, amount = moneyText(answer.figures.total_pays, texts, answer.at_least)) {
  const able = payable(answer, texts);
  if (able === "no") return texts.cannotPay[answer.figures.status.value];
  if (able === "yes") return amount;
  return answer.figures.total_pays.value === null && !answer.tiers?.length && !answer.at_least ? texts.unsaid : texts.unsaidBut(amount);
}

/** A figure at each tier where it hangs on the tier, else the one figure; `tell(figure, floor)` puts one in words, `of` names its part of the row. */
export function atTiers(row, of, name, tell, catalogue, { lang, texts }) {
  if (!row.tiers.length || row[of][name]?.state !== "not_told") return tell(row[of][name], row.at_least);
  const tiers = catalogue.policy(row.policy).tiers;
  return row.tiers.map(({ tier, at_least: floor, ...at }) => `${tiers.find((entry) => entry.id === tier).name[lang]}${texts.colon}${tell(at[of][name], floor)}`).join(texts.stop);
}

/** The wait as the notice counts it: in months, in days, or both where it says both. */
export function waitText(figures, texts) {
  const { waiting_days: days, waiting_months: months } = figures;
  if (!days && !months) return texts.noFigure;
  if (days?.value === 0 && months?.value === 0) return texts.noWait;
  const told = [days?.value !== null && days ? texts.days(days.value) : null, months?.value !== null && months ? texts.months(months.value) : null].filter(Boolean);
  if (told.length) return told.join(texts.or);
  return [days, months].some((figure) => figure?.state === "not_told") ? texts.notTold : texts.notStated;
}

/** How sure a figure is, for the class of its cell. */
export function stateClass(figure) {
  if (!figure || figure.empty) return "";
  if (figure.value === null || figure.value === undefined) return "not-stated";
  return { conflicting: "conflict", assumed: "assumed" }[figure.state] ?? "";
}
