import type { ArmRow } from "./arm-row";

type Rule = NonNullable<ArmRow["nameRule"]>;

/** Azure's table of names, for what its published types leave out. */
const page = "MicrosoftDocs/azure-docs:articles/azure-resource-manager/management/resource-name-rules.md";

/** Name rules that the published types do not have, or have only in part. */
export const nameRules = {
  network: (min: number, max: number): Rule => ({
    min,
    max,
    pattern: "^[a-zA-Z0-9]([\\w.-]*\\w)?$",
    words: "letters, digits, dots, hyphens and underscores, first a letter or digit, and no dot or hyphen last",
    source: page,
  }),
  scaleSet: {
    min: 1,
    max: 64,
    pattern: "^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$",
    words: "letters, digits, dots and hyphens, first and last a letter or digit",
    source: page,
  },
  disk: {
    min: 1,
    max: 80,
    pattern: "^[\\w-]+$",
    words: "letters, digits, hyphens and underscores",
    source: page,
  },
  identity: {
    min: 3,
    max: 128,
    pattern: "^[a-zA-Z0-9][\\w-]*$",
    words: "letters, digits, hyphens and underscores, first a letter or digit",
    source: page,
  },
  workflow: {
    min: 1,
    max: 80,
    pattern: "^[\\w.()-]+$",
    words: "letters, digits, dots, hyphens, underscores and parentheses",
    source: page,
  },
  /** Published without what a host name adds to it. */
  keyVault: {
    min: 3,
    max: 24,
    pattern: "^[a-zA-Z](?!.*--)[a-zA-Z0-9-]*[a-zA-Z0-9]$",
    words: "letters, digits and single hyphens, first a letter and last a letter or digit",
    source: page,
  },
  /** Published without the rule that a dot may not be last. */
  resourceGroup: {
    min: 1,
    max: 90,
    pattern: "^[-\\w._()]*[-\\w_()]$",
    words: "letters, digits, dots, hyphens, underscores and parentheses, and no dot last",
    source: page,
  },
  privateDnsZone: {
    min: 1,
    max: 63,
    pattern: "^[\\w-]+(\\.[\\w-]+){1,33}$",
    words: "2 to 34 labels of letters, digits, hyphens and underscores, with dots between them",
    source: page,
  },
  /** Published with its length alone. */
  blobContainer: {
    min: 3,
    max: 63,
    pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
    words: "lowercase letters, digits and single hyphens, first and last a letter or digit",
    source: page,
  },
  /** What action groups, metric alerts and activity-log alerts all take. */
  alert: {
    min: 1,
    max: 260,
    pattern: "^[^*#&+:<>?@%{}\\\\/|]*[^*#&+:<>?@%{}\\\\/|\\s.]$",
    words: "none of *#&+:<>?@%{}\\/|, and no space or dot last",
    source: page,
  },
  uuid: {
    min: 36,
    max: 36,
    pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
    words: "a UUID",
    source: page,
  },
} as const;
