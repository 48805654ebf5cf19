import { expect, test } from "vitest";
import { leanCrd } from "../../../simulator/kubernetes/lean-crd";

test("loses what fields are said to be, and nothing that an object is judged by", () => {
  const told = { description: "what it is" };
  const leaf = { type: "string", default: { description: "kept" }, enum: ["description"] };
  const schema = (more: object): object => ({
    ...more,
    type: "object",
    required: ["description"],
    properties: {
      // A field of that name is no description.
      description: { ...more, ...leaf },
      list: { ...more, type: "array", items: { ...more, ...leaf } },
      map: { ...more, type: "object", additionalProperties: { ...more, ...leaf } },
      open: { ...more, type: "object", additionalProperties: true },
      any: {
        anyOf: [
          { ...more, ...leaf },
          { ...more, type: "integer" },
        ],
        not: { ...more, required: ["x"] },
      },
    },
    "x-kubernetes-validations": [{ rule: "has(self.description)", message: "must be described" }],
  });
  const crd = (more: object): Parameters<typeof leanCrd>[0] =>
    ({
      kind: "CustomResourceDefinition",
      metadata: { name: "things.example.com", annotations: told },
      spec: {
        names: { kind: "Thing" },
        versions: ["v1beta1", "v1"].map((name) => ({
          name,
          schema: { openAPIV3Schema: schema(more) },
          // Shown by kubectl, and short.
          additionalPrinterColumns: [{ name: "Age", ...told }],
        })),
      },
    }) as unknown as Parameters<typeof leanCrd>[0];
  expect(leanCrd(crd(told))).toEqual(crd({}));
});
