/** Fits a sheet to its paper: the largest legible print; where the smallest is too large still, the least important parts go. */

import { replace } from "./dom.js";

/** Width and height that an A4 sheet leaves within the margins of the print style, in CSS pixels. */
const WIDTH = "182mm";
const HEIGHT = 264 * (96 / 25.4);
const LARGEST = 14;
const SMALLEST = 7;
const STEP = 0.25;

/** How many pages the parts of a sheet take, none of them parted from itself. */
function pagesOf(element) {
  let [pages, start] = [1, 0];
  for (const { offsetTop: top, offsetHeight: height } of element.children) {
    if (height > HEIGHT) return Infinity;
    if (top + height - start <= HEIGHT) continue;
    pages += 1;
    start = top;
  }
  return pages;
}

/** Sets the largest print from `least` points up in which a sheet takes so many pages; false where none does. */
function enlarge(element, pages, least) {
  for (let size = LARGEST; size >= least; size -= STEP) {
    element.style.fontSize = `${size}pt`;
    if (pagesOf(element) <= pages) return true;
  }
  return false;
}

/**
 * Puts a sheet into its place in the document. `make(left)` gives the sheet without the `left` least important of `parts` parts;
 * `tries` are the numbers of pages that it may take, in the order of liking, with the smallest print for each; only when nothing
 * more can be left out, the print is smaller than that.
 */
export function putFitted(place, make, parts, tries) {
  for (let left = 0; left <= parts; left += 1) {
    const element = make(left);
    replace(place, element);
    element.classList.add("cc-measured");
    element.style.width = WIDTH;
    const fits = tries.some(([pages, least]) => enlarge(element, pages, left < parts ? least : SMALLEST));
    element.classList.remove("cc-measured");
    element.style.width = "";
    if (fits) return;
  }
}
