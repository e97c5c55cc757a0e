// Runs Pyodide under Node with the whole (slim) library, warms the engine up as the worker does, and prints which modules that took.
// usage: node probe.mjs JOB.json   (the job names the runtime's folder, the engine's zip, the policies and the requests)
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Node would print the minified line that an error came from, a megabyte of it, before the message.
process.on("uncaughtException", (error) => {
  console.error(error?.message ?? error);
  process.exit(1);
});

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(join(job.runtime, "pyodide.mjs")));
const lines = [];
const pyodide = await loadPyodide({
  indexURL: job.runtime,
  stdLibURL: job.library,
  lockFileContents: JSON.stringify({ info: job.info, packages: {} }),
  env: job.env,
  stdout: (line) => lines.push(line),
  stderr: (line) => lines.push(line),
});
pyodide.FS.writeFile("/engine.zip", new Uint8Array(readFileSync(job.engine)));
pyodide.pyimport("sys").path.insert(0, "/engine.zip");

const engine = pyodide.pyimport(`${job.package}.browser`);
if (job.policies) engine.load(readFileSync(job.policies, "utf8"));
const requests = job.requests ?? (engine.samples ? JSON.parse(engine.samples()) : []);
for (const request of requests) engine.handle(JSON.stringify(request));
engine.handle("{");
// An error that leaves Python is formatted by Python: that path belongs to the warm-up too.
try {
  pyodide.pyimport("builtins").int("not a number");
} catch (error) {
  if (!String(error.message).includes("ValueError")) throw error;
}

const report = pyodide.runPython(`
def report(package, late):
    import sys
    from importlib import import_module
    from importlib.util import MAGIC_NUMBER
    seen = set()
    while True:
        new = [name for name in sys.modules if name in late and name not in seen]
        if not new:
            break
        for name in new:
            seen.add(name)
            for target in late[name]:
                parent, _, attribute = target.rpartition(".")
                if parent and hasattr(sys.modules.get(parent), attribute):
                    continue
                try:
                    import_module(target)
                except ModuleNotFoundError:
                    # Not even the whole library has it: the function guards that import itself.
                    continue
    library, engine = [], []
    for name, module in sorted(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        origin = getattr(spec, "origin", None) or ""
        if origin.startswith("/engine.zip/"):
            engine.append(origin.removeprefix("/engine.zip/"))
        elif ".zip/" in origin:
            library.append(origin.partition(".zip/")[2])
    import json
    return json.dumps({
        "magic": MAGIC_NUMBER.hex(),
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "library": library,
        "engine": engine,
    })
report`)(job.package, pyodide.toPy(job.late));
console.log(JSON.stringify({ ...JSON.parse(report), requests: requests.length, output: lines }));
