"use strict";

// The SDK unpacks the properties of every resource anew for every rule, which with two hundred rules is nearly all that a pack does. Here
// each is unpacked once for all rules: they read, and change nothing. The SDK's version is pinned; one that no longer looks like this is
// left as it is, and is slow.

/** Calls a function of one object once for each object, whatever else it is given. */
function once(unpack) {
  const known = new WeakMap();
  return (of, ...rest) => {
    const key = String(rest);
    const made = known.get(of) ?? new Map();
    known.set(of, made);
    if (!made.has(key)) made.set(key, unpack(of, ...rest));
    return made.get(key);
  };
}

for (const [file, name] of [
  ["@pulumi/policy/deserialize", "deserializeProperties"],
  ["@pulumi/policy/proxy", "unknownCheckingProxy"],
]) {
  const module = require(file);
  if (typeof module[name] === "function") module[name] = once(module[name]);
}
