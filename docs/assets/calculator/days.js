/** Days as the number of days since 1970, for charts and sliders; no clock, no time zone. */

const DAY = 86_400_000;

export function number(iso) {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
}

export function iso(days) {
  return new Date(days * DAY).toISOString().slice(0, 10);
}

export function addDays(day, count) {
  return iso(number(day) + count);
}

/** The same day of another month, or that month's last where it has none such. */
export function addMonths(day, count) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + count, 0));
  return iso(Math.round(last.getTime() / DAY) - last.getUTCDate() + Math.min(date, last.getUTCDate()));
}
