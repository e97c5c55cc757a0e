/**
 * The page's side of the calculator: starts the worker when it is first needed, tells how far it is, asks and answers.
 *
 *   import { Calculator } from "./client.js";
 *   const calculator = new Calculator({ onProgress: (p) => show(p.fraction, p.zh, p.en) });
 *   const answer = await calculator.call("assess", params, { signal });   // starts by itself
 *
 * Every error is a CalculatorError {code, zh, en, detail, retry}. Nothing that is asked leaves the browser.
 */

import { CalculatorError } from "./messages.js";
import { Estimate } from "./progress.js";

export { CalculatorError };

const FORMAT = 1;
const ROLES = ["wasm", "glue", "loader", "library", "policies"];
/** A request that was given up and still runs is ended with its worker after this long. */
const GRACE = 3_000;

/** The manifest names every file with its size and hash; one that does not is refused. */
export function checkManifest(manifest) {
  if (manifest?.format !== FORMAT) throw new CalculatorError("manifest", `format ${manifest?.format}, expected ${FORMAT}`);
  for (const role of ROLES) {
    const file = manifest.files?.[role];
    const sound =
      file && /^[\w.-]+$/.test(file.name) && Number.isInteger(file.size) && /^sha256-[\w+/]{43}=$/.test(file.integrity);
    if (!sound) throw new CalculatorError("manifest", `no sound entry for ${role}`);
  }
  if (!manifest.lock || !/^[\w.]+$/.test(manifest.module)) throw new CalculatorError("manifest", "no engine named");
  return manifest;
}

async function fetchManifest(base, again) {
  let response;
  try {
    // Its name never changes, so the browser must ask whether it still holds; after a failure, for a fresh copy.
    response = await fetch(new URL("manifest.json", base), { cache: again ? "reload" : "no-cache", credentials: "same-origin" });
  } catch (error) {
    throw new CalculatorError("network", `manifest.json: ${error.message}`);
  }
  if (!response.ok) throw new CalculatorError("missing", `manifest.json: HTTP ${response.status}`);
  let text;
  try {
    text = await response.text();
    return checkManifest(JSON.parse(text));
  } catch (error) {
    throw error instanceof CalculatorError ? error : new CalculatorError("manifest", error.message);
  }
}

export class Calculator {
  /**
   * @param {object} options
   * @param {string|URL} [options.base] folder of the runtime; by default `runtime/` beside this folder
   * @param {(p: {phase, fraction, secondsLeft, received, expected, zh, en}) => void} [options.onProgress]
   * @param {(state: "idle"|"loading"|"ready"|"failed", error?: CalculatorError) => void} [options.onState]
   */
  constructor({ base = new URL("../runtime/", import.meta.url), onProgress = () => {}, onState = () => {} } = {}) {
    const folder = new URL(base, globalThis.location?.href);
    this.base = folder.href.endsWith("/") ? folder.href : `${folder.href}/`;
    this.onProgress = onProgress;
    this.onState = onState;
    this.state = "idle";
    this.manifest = null;
    this.timings = null;
    this.failures = 0;
    this.waiting = [];
    this.running = null;
    this.next = 1;
    this.turn = 0;
  }

  /** Whether this browser can run the calculator at all; the tables can be read in any case. */
  static supported() {
    return typeof Worker === "function" && typeof WebAssembly === "object" && typeof WebAssembly.instantiate === "function";
  }

  /** Starts the runtime; further calls join the start under way, and after a failure this is the retry. */
  start() {
    if (this.state === "loading" || this.state === "ready") return this.started;
    const turn = ++this.turn;
    this.#enter("loading");
    const estimate = new Estimate((progress) => this.onProgress(progress));
    this.started = this.#load(estimate).then(
      () => {
        estimate.done();
        this.failures = 0;
        this.#enter("ready");
        this.#pump();
      },
      (error) => {
        estimate.stop();
        // Stopped, and perhaps started anew since: what belongs to the later start stays untouched.
        if (turn !== this.turn) throw error;
        this.failures += 1;
        this.#drop(error);
        this.#enter("failed", error);
        throw error;
      },
    );
    // Whoever asked gets the error by the promise or by onState; an unobserved start is no error of its own.
    this.started.catch(() => {});
    return this.started;
  }

  /**
   * Asks the engine. Requests are answered in order, one at a time.
   *
   * With a signal a request can be given up: at once if it waits; if it runs, its answer is thrown away, and a worker that
   * is still busy with it after a while is replaced by a new one.
   */
  call(method, params = {}, { signal } = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new CalculatorError("cancelled"));
        return;
      }
      const job = { id: this.next++, request: JSON.stringify({ method, params }), resolve, reject };
      signal?.addEventListener("abort", () => this.#cancel(job), { once: true });
      this.waiting.push(job);
      this.start().then(() => this.#pump(), () => {});
    });
  }

  /** Ends the worker; the next call starts a new one. */
  stop() {
    const error = new CalculatorError("stopped");
    this.turn += 1;
    this.abandon?.(error);
    this.#drop(error);
    this.#enter("idle");
  }

  #enter(state, error) {
    this.state = state;
    this.onState(state, error);
  }

  /** The worker goes, and with it every request that waits for it. */
  #drop(error, keepWaiting = false) {
    this.worker?.terminate();
    this.worker = null;
    clearTimeout(this.grace);
    const lost = [this.running, ...(keepWaiting ? [] : this.waiting)];
    this.running = null;
    if (!keepWaiting) this.waiting = [];
    for (const job of lost) job?.reject(error);
  }

  async #load(estimate) {
    if (!Calculator.supported()) throw new CalculatorError("unsupported", "WebAssembly, Worker");
    const stopped = new Promise((resolve, reject) => (this.abandon = reject));
    stopped.catch(() => {});
    // The worker's script travels while the manifest does.
    const worker = this.#spawn();
    this.worker = worker;
    const finished = new Promise((resolve, reject) => {
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        reject(new CalculatorError("worker", event.message || "worker.js"));
      });
      worker.addEventListener("message", ({ data }) => {
        if (data.type === "progress") estimate.report(data);
        else if (data.type === "failed") reject(new CalculatorError(data.code, data.detail));
        else if (data.type === "ready") {
          this.timings = data.timings;
          resolve();
        }
      });
    });
    finished.catch(() => {});
    this.manifest = await Promise.race([fetchManifest(this.base, this.failures > 0), stopped, finished]);
    worker.postMessage({ type: "start", base: this.base, manifest: this.manifest });
    await Promise.race([finished, stopped]);
    worker.addEventListener("message", ({ data }) => this.#receive(data));
    worker.addEventListener("error", (event) => this.#crashed(event.message));
  }

  #spawn() {
    try {
      return new Worker(new URL("worker.js", import.meta.url), { type: "module", name: "calculator" });
    } catch (error) {
      throw new CalculatorError("worker", error.message);
    }
  }

  #pump() {
    if (this.state !== "ready" || this.running || !this.waiting.length) return;
    this.running = this.waiting.shift();
    this.worker.postMessage({ type: "call", id: this.running.id, request: this.running.request });
  }

  #receive(data) {
    const job = this.running;
    if (!job || data.id !== job.id) return;
    clearTimeout(this.grace);
    this.running = null;
    if (data.type === "broken") job.reject(new CalculatorError("engine", data.detail));
    else {
      const answer = JSON.parse(data.answer);
      if (answer?.error) job.reject(CalculatorError.fromEngine(answer.error));
      else job.resolve(answer);
    }
    this.#pump();
  }

  #cancel(job) {
    job.reject(new CalculatorError("cancelled"));
    this.waiting = this.waiting.filter((other) => other !== job);
    if (this.running !== job) return;
    this.grace = setTimeout(() => {
      this.#drop(new CalculatorError("cancelled"), true);
      this.#enter("idle");
      if (this.waiting.length) this.start();
    }, GRACE);
  }

  #crashed(message) {
    const error = new CalculatorError("crashed", message);
    this.#drop(error);
    this.#enter("failed", error);
  }
}
