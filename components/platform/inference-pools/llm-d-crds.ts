import type { KubernetesObject } from "../add-on";
import { crd, type CrdSchema, kindSchema } from "../crd-schema";
import { conditions, groupName, kindName, objectName } from "./gateway-schema";

const { choice, integer, list, object, text, withDefault } = crd;

/** The pool that an object is about. */
const poolRef: CrdSchema = object(
  {
    group: withDefault(groupName, "inference.networking.k8s.io"),
    kind: withDefault(kindName, "InferencePool"),
    name: objectName,
  },
  ["name"],
);

/** What is said of an object that no controller has seen. */
function statusWith(type: string): CrdSchema {
  const waiting = {
    lastTransitionTime: "1970-01-01T00:00:00Z",
    message: "Waiting for controller",
    reason: "Pending",
    status: "Unknown",
    type,
  };
  return object({ conditions: withDefault(conditions, [waiting]) });
}

const column = (name: string, jsonPath: string, type: string): object => ({ name, jsonPath, type });
const poolColumn = column("Inference Pool", ".spec.poolRef.name", "string");
const ageColumn = column("Age", ".metadata.creationTimestamp", "date");

function definition(kind: string, spec: CrdSchema, status: CrdSchema, columns: readonly object[]): KubernetesObject {
  const singular = kind.toLowerCase();
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${singular}s.llm-d.ai` },
    spec: {
      group: "llm-d.ai",
      names: { kind, listKind: `${kind}List`, plural: `${singular}s`, singular },
      scope: "Namespaced",
      versions: [
        {
          name: "v1alpha2",
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: columns,
          schema: { openAPIV3Schema: kindSchema(spec, status) },
        },
      ],
    },
  };
}

/**
 * How urgent requests are, for one pool.
 * Source: llm-d/llm-d-router:config/crd/bases/llm-d.ai_inferenceobjectives.yaml (v0.10.0)
 */
export const objectiveCrd: KubernetesObject = definition(
  "InferenceObjective",
  object({ poolRef, priority: integer(32) }, ["poolRef"]),
  statusWith("Ready"),
  [poolColumn, column("Priority", ".spec.priority", "string"), ageColumn],
);

/**
 * Which model answers requests for another name, for one pool.
 * Source: llm-d/llm-d-router:config/crd/bases/llm-d.ai_inferencemodelrewrites.yaml (v0.10.0)
 */
export const modelRewriteCrd: KubernetesObject = definition(
  "InferenceModelRewrite",
  object(
    {
      poolRef,
      rules: list(
        object({
          matches: list(
            object(
              {
                model: object({ type: withDefault(choice(["Exact"]), "Exact"), value: text({ minLength: 1 }) }, [
                  "value",
                ]),
              },
              ["model"],
            ),
          ),
          targets: list(
            object({ modelRewrite: text(), weight: integer(32, { maximum: 1_000_000, minimum: 1 }) }, ["modelRewrite"]),
            { minItems: 1 },
          ),
        }),
      ),
    },
    ["poolRef", "rules"],
  ),
  statusWith("Accepted"),
  [poolColumn, ageColumn],
);
