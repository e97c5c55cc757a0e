/**
 * In a frame of another site: tells the site around it how high the page is, and opens links outside the frame.
 * The message is {type: "canbao-calculator", height}; nothing of the case is in it.
 */

const page = document.querySelector("article") ?? document.body;

function tell() {
  const height = Math.ceil(page.getBoundingClientRect().bottom + scrollY);
  if (parent !== window) parent.postMessage({ type: "canbao-calculator", height }, "*");
}

new ResizeObserver(tell).observe(page);
addEventListener("load", tell);

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!link || link.hash === link.getAttribute("href") || link.download) return;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}, true);
