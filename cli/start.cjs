"use strict";

// Loaded before the commands that plan, so that they start in little more than half the time: docs/decisions/0007.

const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

// Compiled code is kept for the next run, from Node 22.1 on. It lies with the packages that it was made from: whoever can
// write there owns this process anyway, which is not so for Node's own choice, the temporary folder of all users.
Module.enableCompileCache?.(path.join(__dirname, "../node_modules/.cache/node"));

require("./lazy-sdk.cjs");

// tsx reads through every file that it loads, and has nothing to do in packages but where one is an ES module. Of one of these parts are
// left out, which only what tsx makes of it allows.
const byNode = Module._extensions[".js"];
const foundByNode = Module._resolveFilename;
require("tsx/cjs");
const byTsx = Module._extensions[".js"];
const foundByTsx = Module._resolveFilename;
const packages = path.join(path.sep, "node_modules", path.sep);
const withoutParts = path.join(packages, "@kubernetes/client-node", path.sep);
const isForNode = (file) => file.includes(packages) && !file.includes(withoutParts);

Module._extensions[".js"] = (module, file) => {
  if (!isForNode(file)) return byTsx(module, file);
  try {
    return byNode(module, file);
  } catch (error) {
    if (error.code !== "ERR_REQUIRE_ESM") throw error;
    return byTsx(module, file);
  }
};

// tsx tries every file that another asks for in more forms than there are here: in a package Node finds it, and beside a file of ours it
// is TypeScript.
Module._resolveFilename = (request, parent, ...rest) => {
  const from = parent?.filename ?? "";
  if (isForNode(from)) return foundByNode(request, parent, ...rest);
  if (from.endsWith(".ts") && /^\.\.?\//.test(request)) {
    const file = path.join(path.dirname(from), `${request}.ts`);
    if (fs.existsSync(file)) return file;
  }
  return foundByTsx(request, parent, ...rest);
};
