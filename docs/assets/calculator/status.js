/** How far the loading is, and, when it fails, what happened and where the tables are. */

import { focusOn, h, replace } from "./dom.js";

export class Status {
  constructor({ texts, lang, catalogue, onRetry, up = "../" }) {
    Object.assign(this, { texts, lang, catalogue, onRetry, up });
    this.text = h("p", { class: "cc-progress-text" });
    this.bar = h("progress", { max: "1", "aria-label": texts.loading });
    this.said = h("p", { class: "cc-offscreen", role: "status" });
    this.panel = h("div", { class: "cc-progress" }, this.bar, this.text);
    this.panel.hidden = true;
    this.failure = h("div", { class: "cc-failure", role: "alert" });
    this.element = h("div", { class: "cc-status no-print" }, this.said, this.panel, this.failure);
  }

  progress(progress) {
    this.bar.value = progress.fraction;
    this.text.textContent = progress[this.lang];
  }

  /** The state of the engine; a failed start says what to do next. */
  state(state, error, policy) {
    // Whoever pressed “try again” goes on from here, whether it helps or not.
    const had = this.failure.contains(document.activeElement) || document.activeElement === this.element;
    this.panel.hidden = state !== "loading";
    if (state === "loading") this.said.textContent = `${this.texts.loading}…`;
    if (state === "ready") this.said.textContent = this.texts.ready;
    if (state !== "failed") replace(this.failure);
    else this.fail(error, policy);
    if (had) focusOn(this.failure.querySelector("button") ?? this.element);
  }

  fail(error, policy) {
    const { texts, lang, catalogue, up } = this;
    this.panel.hidden = true;
    replace(
      this.failure,
      h("h2", { id: "load-failed" }, texts.loadFailed),
      h("p", {}, error[lang] ?? String(error.message)),
      h("p", { class: "cc-actions" },
        error.retry && h("button", { type: "button", class: "cc-button", on: { click: this.onRetry } }, texts.retry),
        catalogue && policy && h("a", { class: "cc-button", href: catalogue.tables(policy, up) }, texts.seeTables(catalogue.title(policy, lang))),
        h("a", { class: "cc-button", href: `${up}compare/` }, texts.seeAllTables)),
      error.detail && h("details", {}, h("summary", {}, texts.technical), h("p", {}, h("code", {}, `${error.code}: ${error.detail}`))),
    );
  }
}
