/* Runs in the header before the page is painted: the theme's helpers, the chosen colours, and a search
   that is fetched only when someone begins to search. Nothing here, or anywhere, is sent to a server. */
(function () {
  "use strict";

  const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

  // Both languages share one scope, so a choice of colours survives the switch of language.
  const scope = new URL(meta("canbao-root"), location);

  const storage = () => {
    try {
      return window.localStorage;
    } catch {
      return null; // storage switched off by the reader: choices last for the page
    }
  };

  // The names below are the theme's; its script calls them.
  window.__md_scope = scope;
  window.__md_hash = (text) => [...text].reduce((sum, c) => (sum << 5) - sum + c.charCodeAt(0), 0);
  window.__md_get = (key, store = storage(), base = scope) => {
    try {
      return JSON.parse(store.getItem(`${base.pathname}.${key}`));
    } catch {
      return null;
    }
  };
  window.__md_set = (key, value, store = storage(), base = scope) => {
    try {
      store.setItem(`${base.pathname}.${key}`, JSON.stringify(value));
    } catch {
      /* storage is full or off: the choice lasts for this page only */
    }
  };

  const chosen = window.__md_get("__palette");
  const preset = matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default";
  const scheme = chosen && chosen.color ? chosen.color.scheme : preset;
  document.body.setAttribute("data-md-color-scheme", scheme === "slate" ? "slate" : "default");

  // The theme reads its settings as the text of #__config.
  customElements.define(
    "canbao-config",
    class extends HTMLElement {
      connectedCallback() {
        this.textContent = this.dataset.json;
      }
    },
  );

  // Search: the worker and the index wait until the search field is first used.
  let begin;
  const begun = new Promise((resolve) => (begin = resolve));
  const wantsSearch = (event) => {
    const target = event.target;
    if (target instanceof Element && target.closest(".md-search, [for=__search], #__search")) begin();
  };
  for (const type of ["focusin", "pointerdown", "change"]) {
    document.addEventListener(type, wantsSearch, { capture: true, passive: true });
  }

  // The theme's search listens to keys alone; pasted, spoken and composed text counts as well.
  document.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches(".md-search__input")) {
      event.target.dispatchEvent(new Event("keyup"));
    }
  });

  const send = XMLHttpRequest.prototype.send;
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.canbaoLater = /\/search\/search_index\.json$/.test(String(url));
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (this.canbaoLater) begun.then(() => send.call(this, body));
    else send.call(this, body);
  };

  const RealWorker = window.Worker;
  class LaterWorker extends EventTarget {
    constructor(url) {
      super();
      this.real = begun.then(() => {
        const worker = new RealWorker(url);
        worker.addEventListener("message", (e) => this.dispatchEvent(new MessageEvent("message", { data: e.data })));
        return worker;
      });
    }
    postMessage(data) {
      this.real.then((worker) => worker.postMessage(data));
    }
  }
  window.Worker = new Proxy(RealWorker, {
    construct(target, args) {
      const isSearch = /\/workers\/search\.[^/]*\.js$/.test(String(args[0]));
      // The theme's own search cannot cut Chinese into words; ours answers the same messages.
      return isSearch ? new LaterWorker(new URL(`${meta("canbao-base")}javascripts/search.js`, location)) : new target(...args);
    },
  });

  // The menu and the search open with the keyboard too: pressing the button presses the label around it.
  document.addEventListener("keydown", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-canbao-press]");
    if (button && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      button.closest("label").click();
    }
  });

  // A link to a folded part opens it: what lies inside opens by itself, a heading opens the parts below it.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    if (target.localName !== "h2") return;
    for (let at = target.nextElementSibling; at && at.localName !== "h2"; at = at.nextElementSibling) {
      if (at.matches("details.fold")) at.open = true;
    }
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("DOMContentLoaded", reveal);

  // Paper shows everything; a browser that cannot open folded parts by its style sheet has them opened for it.
  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open], .sources)")];
      for (const part of opened) part.open = true;
    });
    addEventListener("afterprint", () => opened.forEach((part) => (part.open = false)));
  }

  // The link to the other language keeps the place on the page, and a case kept after "#".
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-canbao-switch]");
    if (link) link.hash = location.hash;
  }, true);
})();
