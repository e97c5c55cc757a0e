/**
 * The engine as the page asks it: answers are kept, so that going back costs nothing, and of several changes made while it is
 * busy only the last is asked.
 */

import { Calculator, CalculatorError } from "./client.js";

export { CalculatorError };

const KEPT = 300;

function runtimeFolder() {
  const root = document.querySelector('meta[name="canbao-root"]').content;
  return new URL("assets/runtime/", new URL(root, location.href));
}

export class Engine {
  constructor({ onProgress, onState }) {
    this.client = new Calculator({ base: runtimeFolder(), onProgress, onState });
    this.kept = new Map();
  }

  /** Begins to load, so that the engine is there when the first question has been answered. */
  start() {
    return this.client.start();
  }

  get state() {
    return this.client.state;
  }

  /** The result of a method; the same question twice is asked once. */
  ask(method, params = {}) {
    const key = JSON.stringify([method, params]);
    if (!this.kept.has(key)) {
      const answer = this.client.call(method, params).then((reply) => reply.result);
      this.kept.set(key, answer);
      // What failed for want of an engine may succeed later; what the engine refused stays refused.
      answer.catch((error) => error.code !== "refused" && this.kept.delete(key));
      if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
    }
    return this.kept.get(key);
  }

  /** A request that is not kept and can be given up: the parts of a roster. */
  askOnce(method, params, signal) {
    return this.client.call(method, params, { signal }).then((reply) => reply.result);
  }
}

/** Runs only the newest of the jobs given while one is under way; older ones waiting are dropped. */
export function newest() {
  let running = false;
  let waiting = null;
  return async function run(job) {
    if (running) {
      waiting = job;
      return;
    }
    running = true;
    let next = job;
    while (next) {
      waiting = null;
      await next();
      next = waiting;
    }
    running = false;
  };
}
