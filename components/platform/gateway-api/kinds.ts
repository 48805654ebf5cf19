import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { KubernetesObject, KubernetesObjects } from "../add-on";

/** What of a CRD is looked at. The rest goes to the API server as it is. */
const crd = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().exactOptional(),
    labels: z.record(z.string(), z.string()).exactOptional(),
    annotations: z.record(z.string(), z.string()).exactOptional(),
  }),
});

/** The file of kinds: where they are from, and the CRDs themselves without their explanations. */
const kindsFile = z.object({ source: z.string(), license: z.string(), kinds: z.array(crd) });

/**
 * CRDs of the Gateway API, by the names of their Pulumi resources: `gateway-api-httproutes`. They are read when they are asked for, so
 * that nobody else waits for them. `npm run gateway-api-kinds` writes the file.
 */
export function gatewayApiKinds(): KubernetesObjects {
  const { kinds } = kindsFile.parse(JSON.parse(readFileSync(join(__dirname, "kinds.json"), "utf8")));
  return Object.fromEntries(
    kinds.map((it): [string, KubernetesObject] => [`gateway-api-${it.metadata.name.split(".")[0] ?? ""}`, it]),
  );
}
