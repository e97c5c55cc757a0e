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
