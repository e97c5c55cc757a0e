// The first answer by the site's own runtime: page, client and worker as readers get them.
import { Calculator } from "./calculator/client.js";

const { method, params } = await (await fetch("request.json")).json();
const calculator = new Calculator({ base: new URL("runtime/", location.href) });
try {
  const answer = await calculator.call(method, params);
  globalThis.result = { seconds: performance.now() / 1000, answer, timings: calculator.timings };
} catch (error) {
  globalThis.result = { error: String(error) };
}
