import { contains, parseAddress, parseCidr } from "../core/cidr";
import { list } from "../core/property-tree";
import { isList } from "../core/property-value";
import type { Noted } from "./notes";

/** What others have to do in the network, before the rest of `up` or after it. */
export function networkNotes(noted: Noted): string[] {
  return [...waitsForPeers(noted), ...waitsForServers(noted), ...waitsForOwner(noted)];
}

/** A peering is two halves, and the other side can make its half only when our network is there. */
function waitsForPeers({ environment: { infra } }: Noted): string[] {
  if (infra === null || !("wayOut" in infra.network)) return [];
  const { wayOut, foreignDns } = infra.network;
  const needs = [
    ...(wayOut.natGateway === null ? ["leave through a firewall"] : []),
    ...(foreignDns ? ["look names up"] : []),
  ];
  if (needs.length === 0) return [];
  return [
    `network.peers: nodes ${needs.join(" and ")} in a peer, which works once it has peered back, and without that no cluster comes up. Make the network first: pulumi up --target "**EnvironmentGroup**" --target "**ClusterNetwork**"; have the peer peer back; then up`,
  ];
}

/** DNS servers that are to stand in the network are not there when it is made. */
function waitsForServers({ resources }: Noted): string[] {
  return resources
    .filter((it) => it.type.endsWith(":VirtualNetwork"))
    .flatMap(({ inputs }) => {
      const space = list(inputs, "addressSpace.addressPrefixes").flatMap((it) => parseCidr(String(it)) ?? []);
      const inside = list(inputs, "dhcpOptions.dnsServers").filter((it) => {
        const address = parseAddress(String(it));
        return address !== undefined && space.some((range) => contains(range, address));
      });
      if (inside.length === 0) return [];
      return [
        `network.dnsServers: ${inside.map(String).join(", ")} lie in the network that this stack makes: nobody answers there at the first up, and no node joins. Leave them out until the servers run`,
      ];
    });
}

function waitsForOwner({ resources }: Noted): string[] {
  return resources
    .filter((it) => it.type.endsWith(":PrivateEndpoint") && isList(it.inputs["manualPrivateLinkServiceConnections"]))
    .map(
      ({ inputs }) =>
        `${String(inputs["privateEndpointName"])}: waits for the owner of what it leads to: after up it leads nowhere until that one approves it (az network private-endpoint-connection approve)`,
    );
}
