import { isText, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type Outcome, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { childPath, items, locate, read } from "../../../core/property-tree";
import { isList, isRecord } from "../../../core/property-value";
import { secretsIn } from "../../engine/secret-patterns";

const extensions = "virtualMachineProfile.extensionProfile.extensions";

/** Names that only secrets have. `keyVaultUrl`, `secretName` and the like say where one is. */
const secretKey = /(password|passwd|connectionstring|(account|access|storage|shared|api|private)_?key|secret|token)$/i;

export const vmssExtensionSecrets: ResourceRule = {
  id: 20,
  name: "vmss-extension-secrets",
  area: "gpu",
  kind: "resource",
  types: [types.scaleSet, types.scaleSetExtension, types.machineExtension],
  title: "Open settings of VM extensions hold no secret.",
  why: "Whoever may read the VM gets the settings in clear from Azure, and the stack's state keeps them.",
  remedy:
    "Move the value to protectedSettings, better to Key Vault (protectedSettingsFromKeyVault), and replace the leaked one.",
  severity: "critical",
  levels: levels.always,
  source: "PSRule AZR-000333",
  check: ({ type, inputs }) =>
    locate(inputs, sameType(type, types.scaleSet) ? `${extensions}[].settings` : "settings").flatMap(
      ({ path, value }) => search(path, value),
    ),
};

function search(path: string, value: unknown): readonly Outcome[] {
  if (isUnknown(value)) return [unjudged(path)];
  if (isText(value)) return secretsIn(value).map((kind) => ({ path, is: `text with ${kind}`, must: "hold no secret" }));
  if (isList(value))
    return items({ value }, "value").flatMap((it) => search(`${path}${it.path.slice("value".length)}`, it.value));
  if (!isRecord(value)) return [];
  return Object.keys(value).flatMap((key) => {
    const at = childPath(path, key);
    const inner = read(value, [key]);
    return isText(inner) && inner !== "" && secretKey.test(key)
      ? [violation(at, inner, "be in protectedSettings", "sensitive")]
      : search(at, inner);
  });
}
