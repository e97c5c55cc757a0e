/** On a phone the answer is below the questions: while it is out of sight, a bar at the foot of the screen says it in short. */

import { focusOn, h } from "./dom.js";

export class Peek {
  constructor(app) {
    this.app = app;
    this.text = h("span", { class: "cc-peek-text" });
    this.element = h("button", { type: "button", class: "cc-peek no-print", on: { click: () => focusOn(app.answer.headline) } }, this.text, h("span", { class: "cc-peek-more" }, app.texts.seeAnswer));
    this.element.hidden = true;
    this.seen = false;
    // The margin counts everything above the screen as seen: whoever has read on knows the answer.
    new IntersectionObserver(([entry]) => {
      this.seen = entry.isIntersecting;
      this.#show();
    }, { rootMargin: "1000000px 0px 0px 0px" }).observe(app.answer.headline);
  }

  answered(current) {
    this.current = current;
    this.text.textContent = current ? current.explanation.headline : "";
    this.#show();
  }

  #show() {
    this.element.hidden = !this.current || this.seen;
  }
}
