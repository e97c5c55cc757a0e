/**
 * The engine's home: a module worker that fetches the runtime, verifies it, starts Python and answers one request at a time.
 *
 * Messages in:  {type: "start", base, manifest}  and then  {type: "call", id, request}
 * Messages out: {type: "progress", phase, loaded, total, wire}, {type: "ready", timings}, {type: "failed", code, detail},
 *               {type: "answer", id, answer} and {type: "broken", id, detail}
 *
 * It asks only the folder it was told for files, sends nothing, and evaluates no text as code.
 */

/** A server that sends nothing for this long has gone away. */
const STALLED_AFTER = 45_000;
/** Smaller files are not worth a second request for their compressed sibling. */
const WORTH_PACKING = 50_000;
const REPORT_EVERY = 80;

class Failure extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/** Anything thrown becomes a code that the page has words for. */
function asFailure(error) {
  if (error instanceof Failure) return error;
  const text = String(error?.message ?? error);
  if (/wasm-unsafe-eval|unsafe-eval|Content Security Policy|disallowed by embedder/i.test(text)) return new Failure("blocked", text);
  if (error instanceof RangeError || /out of memory|could not allocate|Cannot allocate/i.test(text)) return new Failure("memory", text);
  return new Failure("start", text);
}

const counts = new Map();
let reported = 0;

function progress(phase, force = true) {
  const now = performance.now();
  if (!force && now - reported < REPORT_EVERY) return;
  reported = now;
  const sum = { loaded: 0, total: 0, received: 0, expected: 0 };
  for (const file of counts.values()) {
    sum.loaded += file.loaded;
    sum.total += file.size;
    // The server decides how a file travels; what has come over the wire follows from the share that has been unpacked.
    sum.received += (file.loaded / file.size) * file.wire;
    sum.expected += file.wire;
  }
  const wire = { loaded: Math.round(sum.received), total: Math.round(sum.expected) };
  self.postMessage({ type: "progress", phase, loaded: sum.loaded, total: sum.total, wire });
}

/** A request that fails in the network or at the server, told apart. */
async function request(url, options, name) {
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...options });
  } catch (error) {
    if (options.signal.reason instanceof Failure) throw options.signal.reason;
    throw new Failure("network", `${name}: ${error.message}`);
  }
  if (!response.ok) throw new Failure("missing", `${name}: HTTP ${response.status}`);
  return response;
}

/**
 * Fetches one file of the manifest and returns its verified bytes.
 *
 * Bytes are counted, and handed to `sink`, as they come; nothing is given out before the hash of the whole is right.
 * `fetch(…, {integrity})` would hold back every byte until the last has come, so it serves only where the browser
 * offers no hash function: on a page that came over plain http.
 */
async function download(base, file, sink = null) {
  const count = counts.get(file.name);
  const stop = new AbortController();
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(new Failure("stalled", file.name)), STALLED_AFTER);
  };
  const { signal } = stop;
  try {
    alive();
    const hashing = globalThis.crypto?.subtle;
    const strict = (entry) => (hashing ? { signal } : { signal, integrity: entry.integrity });
    let response = await request(new URL(file.name, base), strict(file), file.name);
    let body = response.body;
    const coding = response.headers.get("content-encoding");
    if (coding) {
      count.wire = (coding === "br" ? file.br?.size : file.gz?.size) ?? file.size;
    } else if (file.gz && file.size > WORTH_PACKING && typeof DecompressionStream === "function") {
      // A server that packs nothing: the packed sibling is unpacked here. Without a sibling the plain answer serves.
      const packed = await request(new URL(file.gz.name, base), strict(file.gz), file.gz.name).catch(() => null);
      if (packed) {
        body.cancel().catch(() => {});
        // Some servers label the sibling itself as packed, and then the browser has unpacked it already.
        body = packed.headers.get("content-encoding") ? packed.body : packed.body.pipeThrough(new DecompressionStream("gzip"));
        count.wire = file.gz.size;
      }
    }
    const bytes = new Uint8Array(file.size);
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      alive();
      if (count.loaded + value.length > file.size) throw new Failure("integrity", `${file.name}: longer than ${file.size} bytes`);
      bytes.set(value, count.loaded);
      count.loaded += value.length;
      sink?.push(value);
      progress("download", false);
    }
    if (count.loaded !== file.size) throw new Failure("integrity", `${file.name}: ${count.loaded} of ${file.size} bytes`);
    if (hashing) {
      const digest = new Uint8Array(await hashing.digest("SHA-256", bytes));
      const got = `sha256-${btoa(String.fromCharCode(...digest))}`;
      if (got !== file.integrity) throw new Failure("integrity", `${file.name}: expected ${file.integrity}, got ${got}`);
    }
    sink?.end();
    return bytes;
  } catch (error) {
    sink?.fail(error);
    if (signal.reason instanceof Failure) throw signal.reason;
    if (error instanceof Failure) throw error;
    throw new Failure("network", `${file.name}: ${error.message}`);
  } finally {
    clearTimeout(timer);
  }
}

/** Compiles while downloading; the type the server gave the file does not matter, since the answer is made here. */
function compileWhileDownloading(base, file) {
  let controller;
  const stream = new ReadableStream({ start: (given) => (controller = given) });
  const sink = {
    push: (chunk) => controller.enqueue(chunk),
    end: () => controller.close(),
    fail: (error) => controller.error(error),
  };
  const early = typeof WebAssembly.compileStreaming === "function";
  const compiled = early
    ? WebAssembly.compileStreaming(new Response(stream, { headers: { "content-type": "application/wasm" } }))
    : null;
  compiled?.catch(() => {});
  return download(base, file, early ? sink : null).then(
    // Compiling runs nothing; the module is used only after its bytes have been verified.
    (bytes) => (early ? compiled : WebAssembly.compile(bytes)).catch((error) => Promise.reject(asFailure(error))),
  );
}

/** Scripts have to be imported by address: they are verified first, and then come from the browser's cache. */
async function verifiedModule(base, file) {
  await download(base, file);
  try {
    return await import(new URL(file.name, base).href);
  } catch (error) {
    throw new Failure("network", `${file.name}: ${error.message}`);
  }
}

/** Pyodide starts from what is already here; it would fetch by itself, unverified and insisting on one file type. */
async function startPyodide(manifest, base, loadPyodide, module, library) {
  const libraryUrl = new URL(manifest.files.library.name, base).href;
  const own = { fetch: self.fetch, instantiate: WebAssembly.instantiateStreaming };
  const broken = new Promise((resolve, reject) => {
    WebAssembly.instantiateStreaming = async (response, imports) => {
      try {
        await response;
        const ready = await module;
        return { module: ready, instance: await WebAssembly.instantiate(ready, imports) };
      } catch (error) {
        // Pyodide would only warn, and wait for ever.
        reject(asFailure(error));
        throw error;
      }
    };
  });
  self.fetch = async (resource) => {
    const url = String(resource?.url ?? resource);
    if (url === libraryUrl) return new Response(await library);
    if (url.endsWith("/pyodide.asm.wasm")) return new Response();
    throw new Failure("start", `unexpected request for ${url}`);
  };
  try {
    const loading = loadPyodide({
      indexURL: base,
      packageBaseUrl: base,
      stdLibURL: libraryUrl,
      lockFileContents: JSON.stringify({ info: manifest.lock, packages: {} }),
      env: { ...manifest.env },
      stdout: () => {},
      stderr: (line) => console.warn(line),
    });
    return await Promise.race([loading, broken, module.then(() => loading), library.then(() => loading)]);
  } finally {
    self.fetch = own.fetch;
    WebAssembly.instantiateStreaming = own.instantiate;
  }
}

let engine = null;

async function start({ base, manifest }) {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") throw new Failure("unsupported", "WebAssembly");
  const began = performance.now();
  const timings = {};
  const mark = (name) => (timings[name] = Math.round(performance.now() - began));
  const { wasm, glue, loader, library, policies } = manifest.files;
  for (const file of [wasm, glue, loader, library, policies]) {
    counts.set(file.name, { loaded: 0, size: file.size, wire: file.br?.size ?? file.size });
  }
  progress("download");
  const parts = {
    module: compileWhileDownloading(base, wasm),
    library: download(base, library),
    policies: download(base, policies),
    glue: verifiedModule(base, glue),
    loader: verifiedModule(base, loader),
  };
  const everything = Promise.all(Object.values(parts));
  everything.then(
    () => {
      mark("downloaded");
      progress("python");
    },
    () => {},
  );
  // The first failure of any part ends the start, whichever part is being waited for.
  const [{ loadPyodide }] = await Promise.race([Promise.all([parts.loader, parts.glue]), everything.then(() => new Promise(() => {}))]);
  const pyodide = await Promise.race([
    startPyodide(manifest, base, loadPyodide, parts.module, parts.library),
    everything.then(() => new Promise(() => {})),
  ]);
  mark("python");
  progress("engine");
  pyodide.pyimport("left_out").install();
  engine = pyodide.pyimport(manifest.module);
  mark("engine");
  engine.load(new TextDecoder().decode(await parts.policies));
  mark("policies");
  self.postMessage({ type: "ready", timings });
}

/** The engine turns every foreseen error into an answer; what still escapes is a defect and is reported as such. */
function call({ id, request: text }) {
  try {
    self.postMessage({ type: "answer", id, answer: engine.handle(text) });
  } catch (error) {
    self.postMessage({ type: "broken", id, detail: String(error?.message ?? error) });
  }
}

self.addEventListener("message", ({ data }) => {
  if (data.type === "call") call(data);
  else if (data.type === "start") {
    start(data).catch((error) => {
      const { code, message } = asFailure(error);
      self.postMessage({ type: "failed", code, detail: message });
    });
  }
});
