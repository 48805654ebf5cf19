"use strict";

// Makes libraries cheap to load whose every part loads all the others: what they seldom need is loaded when they first use it.
// Why not in the program that `pulumi up` runs: docs/decisions/0007.

const Module = require("node:module");
const path = require("node:path");

const folderOf = (name) => path.join(path.sep, "node_modules", name, path.sep);
const sdk = folderOf("@pulumi/pulumi");
const stacks = path.join(__dirname, "../stacks");
const client = path.join(folderOf("@kubernetes/client-node"), "dist", path.sep);

/** What is loaded late, by who asks for it: a file, or the files of a folder; with its names, or their form. */
const seldomUsed = [
  // To turn functions into code that runs in a cloud, which no preview does: more than half of the SDK's time to load.
  [sdk, ["typescript", "@npmcli/arborist", "normalize-package-data"]],
  // One of its errors is of a remote call. Whoever only throws another makes none.
  [path.join(sdk, "errors.js"), ["@grpc/grpc-js"]],
  // Its messages in sixty languages. Ours are English, whose file it loads by itself.
  [folderOf("zod"), ["../locales/index.cjs"]],
  // Classes for every kind of Kubernetes, and what proxies need. Of neither is anything used to read a kubeconfig and to log in.
  [path.join(client, "config.js"), ["./gen/index.js", "node-fetch", "socks-proxy-agent", "hpagent"]],
  [path.join(client, "log.js"), ["./api.js"]],
  // Ways to log in, of which a kubeconfig has one.
  [path.join(client, "oidc_auth.js"), ["openid-client"]],
  [path.join(client, "azure_auth.js"), ["jsonpath-plus"]],
  [path.join(client, "gcp_auth.js"), ["jsonpath-plus"]],
  // Classes that register a part of an environment, each with those of the SDK that it is made of: no environment has all parts.
  [path.join(stacks, "make-part.ts"), /^\.\.\/components\//],
  // Decisions about a part, by its row.
  [path.join(stacks, "infra-parts.ts"), /^\.\.\/components\/.*\/plan$/],
  [path.join(stacks, "layers", "infra.ts"), /^\.\.\/\.\.\/components\//],
  // No environment has this layer.
  [path.join(stacks, "deploy.ts"), ["./layers/bootstrap"]],
  [path.join(stacks, "plan-bootstrap.ts"), /^\.\.\/components\/.*\/plan$/],
];

const { require: load } = Module.prototype;
Module.prototype.require = function (name) {
  const isOf = (names) => (names instanceof RegExp ? names.test(name) : names.includes(name));
  if (!seldomUsed.some(([file, names]) => isOf(names) && this.filename.includes(file))) return load.call(this, name);
  // Fails at once where it is not installed, as without this file: the SDK has another TypeScript for that case.
  require.resolve(name, { paths: [this.path] });
  return whenUsed(() => load.call(this, name));
};

/**
 * Stands for a package until something of it is read. In the form of an ES module, which importers keep as it is; what has no property of
 * its own and inherits all, since some importers copy the properties of it.
 */
function whenUsed(loadIt) {
  let loaded;
  const whole = new Proxy(
    {},
    {
      get: (_, property) => {
        if (property === "__esModule") return true;
        loaded ??= loadIt();
        return property === "default" && !loaded.__esModule ? loaded : loaded[property];
      },
    },
  );
  return Object.create(whole);
}
