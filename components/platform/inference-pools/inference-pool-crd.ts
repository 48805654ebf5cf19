import { versions } from "../../../catalog/versions";
import type { KubernetesObject } from "../add-on";
import { crd, type CrdSchema, kindSchema } from "../crd-schema";
import { conditions, groupName, kindName, objectName } from "./gateway-schema";

const { choice, integer, object, table, text, whole, withDefault } = crd;

const port: CrdSchema = object({ number: integer(32, { maximum: 65535, minimum: 1 }) }, ["number"]);
const anyGroup: CrdSchema = { ...groupName, minLength: 0 };

const spec = object(
  {
    appProtocol: withDefault(choice(["http", "kubernetes.io/h2c"]), "http"),
    endpointPickerRef: {
      ...object(
        {
          failureMode: withDefault(choice(["FailOpen", "FailClose"]), "FailClose"),
          group: withDefault(anyGroup, ""),
          kind: withDefault(kindName, "Service"),
          name: objectName,
          port,
        },
        ["name"],
      ),
      "x-kubernetes-validations": [
        {
          message: "port is required when kind is 'Service' or unspecified (defaults to 'Service')",
          rule: "self.kind != 'Service' || has(self.port)",
        },
      ],
    },
    selector: object(
      {
        matchLabels: table(
          text({ maxLength: 63, minLength: 0, pattern: "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$" }),
          { maxProperties: 64, minProperties: 1 },
        ),
      },
      ["matchLabels"],
    ),
    targetPorts: whole(port, {
      maxItems: 8,
      minItems: 1,
      "x-kubernetes-validations": [
        {
          message: "port number must be unique",
          rule: "self.all(p1, self.exists_one(p2, p1.number==p2.number))",
        },
      ],
    }),
  },
  ["endpointPickerRef", "selector", "targetPorts"],
);

const status = object({
  parents: whole(
    object(
      {
        conditions,
        controllerName: text({
          maxLength: 253,
          minLength: 1,
          pattern:
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$",
        }),
        parentRef: object(
          {
            group: withDefault(anyGroup, "gateway.networking.k8s.io"),
            kind: withDefault(kindName, "Gateway"),
            name: objectName,
            namespace: text({ maxLength: 63, minLength: 1, pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$" }),
          },
          ["name"],
        ),
      },
      ["parentRef"],
    ),
    { maxItems: 32 },
  ),
});

/**
 * InferencePools, with every field of their own.
 * Source: kubernetes-sigs/gateway-api-inference-extension:config/crd/bases/inference.networking.k8s.io_inferencepools.yaml (v1.5.0)
 */
export const inferencePoolCrd: KubernetesObject = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: {
    name: "inferencepools.inference.networking.k8s.io",
    annotations: {
      // The API server takes kinds of this group only with the review of their API.
      "api-approved.kubernetes.io": "https://github.com/kubernetes-sigs/gateway-api-inference-extension/pull/1173",
      "inference.networking.k8s.io/bundle-version": `v${versions.gatewayApiInferenceExtension.version}`,
    },
  },
  spec: {
    group: "inference.networking.k8s.io",
    names: {
      kind: "InferencePool",
      listKind: "InferencePoolList",
      plural: "inferencepools",
      shortNames: ["infpool"],
      singular: "inferencepool",
    },
    scope: "Namespaced",
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: kindSchema(spec, status, ["spec"]) },
      },
    ],
  },
};
