import { type DriftFacts, type DriftPath, guarded, written } from "../catalog/drift";

/** Of a type whose row says nothing of what becomes of those who need it. */
const gone: DriftFacts["gone"] = { harm: "capacity", means: "Whatever needs it fails, or fails with the next up" };

/**
 * What a property means by its name, wherever it stands and of whichever type. A row of a type says it better; what neither knows is told
 * as judged by nobody.
 */
const byName: readonly DriftPath[] = [
  ...written(
    "harmless",
    "Tags are how people and reports find it; the next up with a refresh writes them back",
    "tags",
  ),
  ...guarded("It may be reached from the Internet", ["Disabled"], "publicNetworkAccess"),
  ...written("security", "Who reaches it over the network is not what was reviewed", "networkAcls", "networkRuleSet"),
  ...guarded("It takes keys in place of identities", [true], "disableLocalAuth", "disableLocalAccounts"),
  ...written("security", "It acts as another identity, with that one's rights", "identity"),
  ...written("security", "Its data are encrypted in another way than was reviewed", "encryption"),
  ...written("cost", "It is bought in another size or tier than was priced", "sku"),
  ...written("capacity", "It stands in other zones than was planned", "zones", "availabilityZones"),
];

/** What a type means whose row has no drift of its own, and what any row leaves open. */
export const driftDefaults: DriftFacts = { gone, paths: byName };
