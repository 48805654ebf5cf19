"use strict";

// Makes the Pulumi SDK cheap to load. To turn functions into code that runs in a cloud, which no preview does, the SDK
// loads the TypeScript compiler and npm's dependency solver: more than half of its time to load. Each of these packages
// is loaded here when the SDK first uses it. Why not in the program that `pulumi up` runs: docs/decisions/0007.

const Module = require("node:module");
const path = require("node:path");

const seldomUsed = new Set(["typescript", "@npmcli/arborist", "normalize-package-data"]);
const sdk = path.join(path.sep, "@pulumi", "pulumi", path.sep);

const { require: load } = Module.prototype;
Module.prototype.require = function (name) {
  if (!seldomUsed.has(name) || !this.filename.includes(sdk)) return load.call(this, name);
  // Fails at once where it is not installed, as without this file: the SDK has another TypeScript for that case.
  require.resolve(name, { paths: [this.path] });
  return whenUsed(() => load.call(this, name));
};

/** Stands for a package until something of it is read. In the form of an ES module, which importers keep as it is. */
function whenUsed(loadIt) {
  let loaded;
  return new Proxy(
    {},
    {
      get: (_, property) => {
        if (property === "__esModule") return true;
        loaded ??= loadIt();
        return property === "default" && !loaded.__esModule ? loaded : loaded[property];
      },
    },
  );
}
