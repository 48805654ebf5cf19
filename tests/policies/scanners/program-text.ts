import { stringify } from "yaml";
import type { BadInput } from "./bad-inputs";

const $schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/** A program as scanners read it: an ARM template, or manifests. */
export function programText(kind: BadInput["kind"], bodies: BadInput["good"]): string {
  if (kind === "kubernetes") return bodies.map((it) => stringify(it)).join("---\n");
  return JSON.stringify({ $schema, contentVersion: "1.0.0.0", resources: bodies }, null, 2);
}
