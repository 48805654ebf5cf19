"use strict";

// The SDK unpacks the properties of every resource anew for every rule, which with two hundred rules is nearly all that a pack does. Here
// each is unpacked once for all rules: they read, and change nothing. The SDK's version is pinned; one that no longer looks like this is
// left as it is, and is slow.

/** Calls a function once for each object. With secrets kept, which only a policy asks for that repairs what it finds, it is called each time. */
function once(unpack) {
  const known = new WeakMap();
  return (of, keepsSecrets) => {
    if (keepsSecrets) return unpack(of, keepsSecrets);
    if (!known.has(of)) known.set(of, unpack(of, keepsSecrets));
    return known.get(of);
  };
}

for (const [file, name] of [
  ["@pulumi/policy/deserialize", "deserializeProperties"],
  ["@pulumi/policy/proxy", "unknownCheckingProxy"],
]) {
  const module = require(file);
  if (typeof module[name] === "function") module[name] = once(module[name]);
}
