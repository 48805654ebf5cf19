import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { expect, it } from "vitest";
import { withoutMessages } from "../../preview/without-messages";

type Given = Parameters<typeof Struct.fromJavaScript>[0];

/** What a monitor reads of properties, as text: the order of keys counts. */
function received(given: Given): string {
  const request = new RegisterResourceRequest();
  request.setObject(Struct.fromJavaScript(given));
  return JSON.stringify(request.getObject()?.toJavaScript());
}

it("gives a monitor what messages would, in the same order", async () => {
  // Of a key that would set a prototype messages make nothing, and stack files refuse it.
  const value = fc.jsonValue().filter((it) => !JSON.stringify(it).includes("__proto__"));
  const samples = fc.sample(fc.record({ b: value, a: value, c: value }), 300) as Given[];
  const byMessages = samples.map(received);
  expect(await withoutMessages(() => Promise.resolve(samples.map(received)))).toEqual(byMessages);
});

it("hands over a copy", async () => {
  const properties = { a: [1] };
  const read = await withoutMessages(() => Promise.resolve(Struct.fromJavaScript(properties).toJavaScript()));
  expect(read).toEqual(properties);
  expect(read["a"]).not.toBe(properties.a);
});

it("leaves messages as they were, also after an error", async () => {
  const usual = Reflect.get(Struct, "fromJavaScript") as unknown;
  await expect(withoutMessages(() => Promise.reject(new Error("stop")))).rejects.toThrow("stop");
  expect(Reflect.get(Struct, "fromJavaScript")).toBe(usual);
});
