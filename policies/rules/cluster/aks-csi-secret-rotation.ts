import { expectAt, oneOf, unjudged } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";

export const aksCsiSecretRotation: ResourceRule = {
  id: 61,
  name: "aks-csi-secret-rotation",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Secrets that pods mount from Key Vault follow it.",
  why: "Otherwise a rotated secret reaches no pod that runs, and the old one stays in use.",
  remedy: 'Set addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation to "true".',
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "PSRule AZR-000033; CKV_AZURE_172",
  check: ({ inputs }) => {
    const addOn = "addonProfiles.azureKeyvaultSecretsProvider";
    const enabled = read(inputs, `${addOn}.enabled`);
    if (isUnknown(enabled)) return [unjudged(`${addOn}.enabled`)];
    return enabled === true ? expectAt(inputs, `${addOn}.config.enableSecretRotation`, oneOf("true"), 'be "true"') : [];
  },
};
