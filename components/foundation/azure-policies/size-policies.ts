/** A definition of our own, as far as it is not a name. */
export interface OwnDefinition {
  readonly displayName: string;
  readonly description: string;
  readonly policyRule: object;
  readonly parameters: Readonly<Record<string, object>>;
  /** Rules of `policies/rules` that it stands for, by name. */
  readonly rules: readonly string[];
}

const pools = "Microsoft.ContainerService/managedClusters/agentPools";
const clusters = "Microsoft.ContainerService/managedClusters";
const scaleSets = "Microsoft.Compute/virtualMachineScaleSets";
const machines = "Microsoft.Compute/virtualMachines";

const effect = {
  type: "String",
  allowedValues: ["Audit", "Deny", "Disabled"],
  defaultValue: "Audit",
} as const;
const then = { effect: "[parameters('effect')]" };

/** Holds of a type whose field is there and is not what it may be. Pools of single machines have no size of their own. */
const breaks = (type: string, field: string, condition: object): object => ({
  allOf: [
    { field: "type", equals: type },
    { field, exists: true },
    { field, ...condition },
  ],
});

/** The same of any pool that is written inside its cluster. */
const anyPoolBreaks = (property: string, condition: object): object => {
  const list = `${clusters}/agentPoolProfiles[*]`;
  const field = `${list}.${property}`;
  return {
    allOf: [
      { field: "type", equals: clusters },
      {
        count: {
          field: list,
          where: {
            allOf: [
              { field, exists: true },
              { field, ...condition },
            ],
          },
        },
        greater: 0,
      },
    ],
  };
};

/**
 * Sizes that may be bought. Azure brings one for single machines alone, and the most expensive ones are bought in pools and scale sets.
 * Source of the aliases: maciejporebski/azure-policy-aliases:aliases/Microsoft.ContainerService, aliases/Microsoft.Compute (2026-12-02)
 */
export const sizesDefinition: OwnDefinition = {
  displayName: "Machines only of listed sizes, in pools and scale sets too",
  description: "Refuses a node pool, a scale set or a machine of a size that is not on the list.",
  parameters: { effect, sizes: { type: "Array" } },
  rules: ["gpu-known-size", "size-in-catalogue"],
  policyRule: {
    if: {
      anyOf: [
        breaks(pools, `${pools}/vmSize`, { notIn: "[parameters('sizes')]" }),
        anyPoolBreaks("vmSize", { notIn: "[parameters('sizes')]" }),
        breaks(scaleSets, `${scaleSets}/sku.name`, { notIn: "[parameters('sizes')]" }),
        breaks(machines, `${machines}/sku.name`, { notIn: "[parameters('sizes')]" }),
      ],
    },
    then,
  },
};

/** How many nodes one pool or scale set may have, at its fullest. */
export const nodesDefinition: OwnDefinition = {
  displayName: "Pools and scale sets of no more nodes than allowed",
  description: "Refuses a node pool or a scale set that has, or may grow to, more nodes than allowed.",
  parameters: { effect, maxNodes: { type: "Integer" } },
  rules: ["fin-monthly-ceiling"],
  policyRule: {
    if: {
      anyOf: [
        ...["count", "maxCount"].flatMap((it) => [
          breaks(pools, `${pools}/${it}`, { greater: "[parameters('maxNodes')]" }),
          anyPoolBreaks(it, { greater: "[parameters('maxNodes')]" }),
        ]),
        breaks(scaleSets, `${scaleSets}/sku.capacity`, { greater: "[parameters('maxNodes')]" }),
      ],
    },
    then,
  },
};

/** All of them, by key. */
export const ownDefinitions = { sizes: sizesDefinition, nodes: nodesDefinition } as const satisfies Readonly<
  Record<string, OwnDefinition>
>;
