// The plain way: load Pyodide with everything it ships, unpack the engine's wheel, hand it the policies, ask.
import { loadPyodide } from "./stock/pyodide.mjs";

try {
  const [pyodide, wheel, policies, setup] = await Promise.all([
    loadPyodide({ indexURL: new URL("stock/", location.href).href }),
    fetch("stock/engine.whl").then((response) => response.arrayBuffer()),
    fetch("stock/policies.json").then((response) => response.text()),
    fetch("request.json").then((response) => response.json()),
  ]);
  pyodide.unpackArchive(wheel, "wheel");
  const engine = pyodide.pyimport(setup.module);
  engine.load(policies);
  self.postMessage({ answer: engine.handle(JSON.stringify({ method: setup.method, params: setup.params })) });
} catch (error) {
  self.postMessage({ error: String(error) });
}
