/** On a phone the answer is below the questions: while it is out of sight, a bar at the foot of the screen says it in short. */

import { focusOn, h } from "./dom.js";

export class Peek {
  constructor(app) {
    this.app = app;
    this.text = h("span", { class: "cc-peek-text" });
    this.element = h("button", { type: "button", class: "cc-peek no-print", on: { click: () => this.lead() } }, this.text, h("span", { class: "cc-peek-more" }, app.texts.seeAnswer));
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
    if (!current && this.app.engine.state === "failed") return void this.failed();
    const whose = current?.name ? `${current.name}${this.app.texts.colon}` : "";
    this.#tell(current ? whose + current.explanation.headline : "", () => focusOn(this.app.answer.headline));
  }

  /** The engine could not be loaded: what happened stands far below the questions. */
  failed() {
    this.#tell(this.app.texts.loadFailed, () => focusOn(this.app.status.failure));
  }

  #tell(text, lead) {
    Object.assign(this, { said: text, lead });
    this.text.textContent = text;
    this.#show();
  }

  #show() {
    this.element.hidden = this.app.embedded || !this.said || this.seen;
    // What has the focus must not lie below the bar, however high its words make it.
    const high = this.element.offsetHeight;
    document.documentElement.style.scrollPaddingBottom = high ? `${high + 8}px` : "";
  }
}
