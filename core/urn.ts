/** What a URN is made of: `urn:pulumi:<stack>::<project>::<types of the parents, joined by $>::<name>`. */
export interface UrnParts {
  readonly stack: string;
  /** Types of the parents and its own, as they stand in the URN. */
  readonly types: string;
  /** Its own type. */
  readonly type: string;
  readonly name: string;
}

/** Takes a URN apart; what it does not have is an empty text. */
export function partsOf(urn: string): UrnParts {
  // Only a name may hold what is between the parts.
  const [head = "", , types = "", ...name] = urn.split("::");
  return {
    stack: /^urn:pulumi:(.*)$/.exec(head)?.[1] ?? "",
    types,
    type: types.split("$").at(-1) ?? "",
    name: name.join("::"),
  };
}

/** URN of the stack that a resource is of: the subject of what is said of all resources together. */
export function stackUrnOf(urn: string): string {
  const [head = "", project = ""] = urn.split("::");
  return [head, project, "pulumi:pulumi:Stack", `${project}-${partsOf(urn).stack}`].join("::");
}

/** How people speak of a resource: `AgentPool a10`. */
export function spokenName(urn: string): string {
  const { type, name } = partsOf(urn);
  return `${type.split(":").at(-1) ?? type} ${name}`;
}
