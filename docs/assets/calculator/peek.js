/** On a phone the answer is below the questions: while it is out of sight, a bar at the foot of the screen says it in short. */

import { focusOn, h } from "./dom.js";

export class Peek {
  constructor(app) {
    this.app = app;
    this.text = h("span", { class: "cc-peek-text" });
    this.element = h("button", { type: "button", class: "cc-peek no-print", on: { click: () => focusOn(app.answer.headline) } }, this.text, h("span", { class: "cc-peek-more" }, app.texts.seeAnswer));
    this.element.hidden = true;
    this.seen = false;
    // A frame is as high as what it holds: its foot is the end of the page, not of the screen.
    if (app.embedded) return;
    // The margin counts everything above the screen as seen: whoever has read on knows the answer.
    new IntersectionObserver(([entry]) => {
      this.seen = entry.isIntersecting;
      this.#show();
    }, { rootMargin: "1000000px 0px 0px 0px" }).observe(app.answer.headline);
  }

  answered(current) {
    this.current = current;
    const { people, family } = this.app;
    const whose = current && people.length > 1 ? `${family.name(current.person, people.indexOf(current.person))}${this.app.texts.colon}` : "";
    this.text.textContent = current ? whose + current.explanation.headline : "";
    this.#show();
  }

  #show() {
    this.element.hidden = this.app.embedded || !this.current || this.seen;
    // What has the focus must not lie below the bar.
    document.documentElement.classList.toggle("cc-has-peek", !this.element.hidden);
  }
}
