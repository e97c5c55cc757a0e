// The first answer by Pyodide as shipped, in a module worker too.
const worker = new Worker("stock_worker.js", { type: "module" });
worker.addEventListener("message", ({ data }) => {
  globalThis.result = data.error ? data : { seconds: performance.now() / 1000, answer: JSON.parse(data.answer) };
});
worker.addEventListener("error", (event) => {
  globalThis.result = { error: event.message || "stock_worker.js" };
});
