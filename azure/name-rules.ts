import type { ArmRow } from "./arm-row";

type Rule = NonNullable<ArmRow["nameRule"]>;

/** Azure's table of names, for what its published types leave out. */
const page = "MicrosoftDocs/azure-docs:articles/azure-resource-manager/management/resource-name-rules.md";

/** Name rules that the published types do not have, or have only in part. */
export const nameRules = {
  /** Letters, digits, dots, hyphens and underscores; a letter or digit first, no dot or hyphen last. */
  network: (min: number, max: number): Rule => ({ min, max, pattern: "^[a-zA-Z0-9]([\\w.-]*\\w)?$", source: page }),
  /** Published without the rule that a dot may not be last. */
  resourceGroup: { min: 1, max: 90, pattern: "^[-\\w._()]*[-\\w_()]$", source: page },
  privateDnsZone: { min: 1, max: 63, pattern: "^[\\w-]+(\\.[\\w-]+){1,33}$", source: page },
  /** Published with its length alone. */
  blobContainer: { min: 3, max: 63, pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", source: page },
  uuid: { min: 36, max: 36, pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", source: page },
} as const;
