/* Shows what holds only from a day on, by the reader's own clock: p[hidden][data-from], until the day before data-before.
   A page is made once and read for years; without this script it says which year it is about and nothing more. */
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

for (const part of document.querySelectorAll("[data-from][hidden]")) {
  const { from, before } = part.dataset;
  part.hidden = today < from || (before !== undefined && today >= before);
}
