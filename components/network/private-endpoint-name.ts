import { physicalName } from "../../core/names";
import type { NameParts } from "../../core/scope";

/** Physical name of a private endpoint, for whoever checks it before it is made. */
export function privateEndpointName(names: NameParts, name: string): string {
  return physicalName("pep", names, name);
}
