import { isText, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { locate } from "../../../core/property-tree";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { secretsIn } from "../../engine/secret-patterns";
import { types } from "../../engine/types";

/** The first two are a scale set's, the others a single VM's. */
const paths = [
  "virtualMachineProfile.osProfile.customData",
  "virtualMachineProfile.userData",
  "osProfile.customData",
  "userData",
];

export const vmssNoSecretInUserdata: ResourceRule = {
  id: 19,
  name: "vmss-no-secret-in-userdata",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet, types.virtualMachine],
  title: "Start scripts of VMs hold no secret.",
  why: "Every process on the node can read them, and the stack's state keeps them.",
  remedy: "Let the node fetch the secret from Key Vault with its managed identity, and replace the leaked one.",
  severity: "critical",
  levels: levels.always,
  source: "CKV_AZURE_45; AZU-0037",
  check: ({ inputs }) => paths.flatMap((path) => locate(inputs, path)).flatMap(({ path, value }) => judge(path, value)),
};

function judge(path: string, data: unknown): Outcome[] {
  if (isUnknown(data)) return [unjudged(path)];
  if (!isText(data)) return [];
  // Azure takes base64. The text as given is searched too: somebody may have forgotten to encode it.
  const found = secretsIn(`${data}\n${Buffer.from(data, "base64").toString("utf8")}`);
  return found.map((kind) => ({ path, is: `text with ${kind}`, must: "hold no secret" }));
}
