/** A bare figure {value, state} in words, for tables that hold many answers; what is not known is said, never shown as nothing. */

export function moneyText(figure, texts, atLeast = 0) {
  if (!figure) return texts.noFigure;
  if (figure.value !== null) return texts.money(figure.value);
  if (figure.state === "not_told") return texts.notTold;
  return atLeast ? texts.atLeast(texts.money(atLeast)) : texts.notStated;
}

export function dayText(figure, texts) {
  if (!figure) return texts.noFigure;
  if (figure.value) return texts.day(figure.value);
  return figure.state === "not_told" ? texts.notTold : texts.notStated;
}

/** What is to be paid on the days of a run; days on which nothing can be paid have no sum. */
export function payText({ figures, at_least: atLeast }, texts) {
  return texts.cannotPay[figures.status?.value] ?? moneyText(figures.total_pays, texts, atLeast);
}

/** Whether nothing can be paid on the days of a run. */
export function shut({ figures }, texts) {
  return figures.status?.value in texts.cannotPay;
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
  if (!figure) return "";
  if (figure.value === null || figure.value === undefined) return "not-stated";
  return { conflicting: "conflict", assumed: "assumed" }[figure.state] ?? "";
}
