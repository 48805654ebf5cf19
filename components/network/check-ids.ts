import { nameInId } from "../../azure/arm-id";
import { checkId } from "../../azure/check-id";
import { rows } from "../../azure/rows";
import type { Problems } from "../../core/problems";

/** Notes a problem unless a text can be the ARM ID of a VNet. */
export function checkNetworkId(path: string, id: string, problems: Problems): void {
  checkId({ token: "network:VirtualNetwork", what: "virtual network" }, id, path, problems);
}

/** Notes a problem unless texts can be the ARM IDs of zones that private endpoints have their names in, each once. */
export function checkZoneIds(ids: readonly string[], problems: Problems): void {
  const known = [...rows.values()].flatMap((it) => Object.values(it.privateEndpoints ?? {}));
  const names = ids.map(nameInId);
  ids.forEach((id, at) => {
    const path = `privateDnsZones[${at}]`;
    const name = nameInId(id);
    checkId({ token: "privatedns:PrivateZone", what: "private DNS zone" }, id, path, problems);
    if (name === undefined) return;
    problems.require(known.includes(name), path, `must be a zone of private endpoints: ${known.join(", ")}`, {
      got: name,
      remedy: "Leave it out",
    });
    problems.require(names.indexOf(name) === at, path, "must not be a second zone of one name", {
      got: id,
      remedy: "Leave one out",
    });
  });
}
