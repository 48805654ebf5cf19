import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { afterAll, expect, it, vi } from "vitest";

const load = createRequire(__filename);
const unpacking = load("@pulumi/policy/deserialize") as {
  deserializeProperties: (of: Struct, secrets: boolean) => object;
};
const proxies = load("@pulumi/policy/proxy") as { unknownCheckingProxy: (of: object) => object };
const before = { ...unpacking, ...proxies };

afterAll(() => {
  unpacking.deserializeProperties = before.deserializeProperties;
  proxies.unknownCheckingProxy = before.unknownCheckingProxy;
});

it("unpacks the properties of a resource once, however many rules ask", () => {
  load("../../policies/share-properties.js");
  const properties = Struct.fromJavaScript({ a: { b: 1 } });
  const unpacked = vi.spyOn(properties, "toJavaScript");
  const rules = Array.from({ length: 200 }, () =>
    proxies.unknownCheckingProxy(unpacking.deserializeProperties(properties, false)),
  );
  expect(unpacked).toHaveBeenCalledTimes(1);
  expect(new Set(rules).size).toBe(1);
  expect(rules[0]).toEqual({ a: { b: 1 } });
  // Repairs see secrets as such: another form of the same.
  expect(unpacking.deserializeProperties(properties, true)).not.toBe(
    unpacking.deserializeProperties(properties, false),
  );
  const others = Struct.fromJavaScript({ a: { b: 2 } });
  expect(proxies.unknownCheckingProxy(unpacking.deserializeProperties(others, false))).toEqual({ a: { b: 2 } });
});

it("reaches the pinned SDK, which asks for both by the module that they are of", () => {
  const server = readFileSync(load.resolve("@pulumi/policy/server"), "utf8");
  expect(server.match(/proxy_1\.unknownCheckingProxy\(deserd\)/g)?.length).toBeGreaterThanOrEqual(2);
  expect(server.match(/deserialize_1\.deserializeProperties\(\w+\.getProperties\(\), false\)/g)?.length).toBe(3);
});
