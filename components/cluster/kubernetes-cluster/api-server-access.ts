import type { containerservice } from "@pulumi/azure-native/types/input";
import type { z } from "zod";
import { nameInId } from "../../../azure/arm-id";
import { checkId } from "../../../azure/check-id";
import type { Place } from "../../../catalog/place";
import type { Problems } from "../../../core/problems";
import type { kubernetesClusterShape } from "./shape";

type Shape = z.output<typeof kubernetesClusterShape>;

/** The private DNS zone that the API server's name stands in, where AKS does not make one by itself. */
export type ApiServerZonePlan =
  /** A zone to make. */
  | { readonly privateZoneName: string }
  /** ARM ID of a zone of somebody else's, who links it to networks. */
  | { readonly resourceId: string };

/** Who reaches the API server and under which name. */
export interface ApiServerAccess {
  /** What AKS is asked for, without the subnet that the API server answers in and without the zone of `zone`. */
  readonly profile: containerservice.ManagedClusterAPIServerAccessProfileArgs;
  readonly zone: ApiServerZonePlan | null;
  /** Which name clients are given: the one in public DNS, `null` where there is one name only. */
  readonly serverFqdn: "public" | null;
}

type PrivateDns = Extract<Shape["apiServer"], { privateDns: unknown }>["privateDns"];

/** Public ranges that may call the API server, `null` where it is private. */
export function authorizedIpRanges({ apiServer }: Pick<Shape, "apiServer">): readonly string[] | null {
  return apiServer !== "private" && "authorizedIpRanges" in apiServer ? apiServer.authorizedIpRanges : null;
}

/** How the name of a private API server is found, `null` where it is public. */
function privateDnsOf({ apiServer }: Pick<Shape, "apiServer">): PrivateDns | null {
  if (apiServer === "private") return "public-name";
  return "privateDns" in apiServer ? apiServer.privateDns : null;
}

/**
 * Decides the API server's access.
 * @param dnsPrefix Label that tells this cluster from others, in the name of a zone of its own.
 */
export function planApiServerAccess(
  shape: Pick<Shape, "apiServer">,
  { location }: Pick<Place, "location">,
  dnsPrefix: string,
  problems: Problems,
): ApiServerAccess {
  const common = { disableRunCommand: true, enableVnetIntegration: true } as const;
  const ranges = authorizedIpRanges(shape);
  if (ranges !== null) {
    const profile = { enablePrivateCluster: false, authorizedIPRanges: [...ranges], ...common };
    return { profile, zone: null, serverFqdn: null };
  }
  const privateDns = privateDnsOf(shape);
  const isPublic = privateDns === "public-name";
  const zone = zoneOf(privateDns, location, dnsPrefix, problems);
  return {
    zone,
    serverFqdn: isPublic ? "public" : null,
    profile: {
      enablePrivateCluster: true,
      // The address stays private; only the name is public. It can be turned on and off, the zone cannot be changed.
      // Source: MicrosoftDocs/azure-aks-docs:articles/aks/private-clusters.md (2026-08-05)
      enablePrivateClusterPublicFQDN: isPublic,
      ...(zone === null && { privateDNSZone: "system" }),
      ...common,
    },
  };
}

/**
 * With API Server VNet Integration a zone is named `private.<region>.azmk8s.io`, or has one label of at most 32 characters
 * before it. Ours has one: a network that several clusters peer with can be linked to one zone of each name only.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/private-clusters.md (2026-08-05)
 */
function zoneOf(
  privateDns: PrivateDns | null,
  location: string,
  dnsPrefix: string,
  problems: Problems,
): ApiServerZonePlan | null {
  const base = `private.${location}.azmk8s.io`;
  if (privateDns === "own-zone") {
    problems.require(
      dnsPrefix.length <= 32,
      "apiServer.privateDns",
      "cannot be own-zone: the zone is named after workload and environment, which may have 32 characters together",
      { got: dnsPrefix, remedy: "Shorten environment.workload or the stack's name, or use public-name" },
    );
    return { privateZoneName: `${dnsPrefix}.${base}` };
  }
  if (privateDns === null || typeof privateDns === "string") return null;
  const { zoneResourceId } = privateDns;
  const path = "apiServer.privateDns.zoneResourceId";
  checkId({ token: "privatedns:PrivateZone", what: "private DNS zone" }, zoneResourceId, path, problems);
  const name = nameInId(zoneResourceId);
  if (name === undefined) return { resourceId: zoneResourceId };
  const label = name === base ? "" : name.slice(0, -base.length - 1);
  problems.require(
    name === base || (name === `${label}.${base}` && /^[a-z0-9-]{1,32}$/.test(label)),
    path,
    `must be a zone named ${base}, or <label>.${base} with a label of at most 32 characters`,
    { got: name, remedy: "Write the ID of such a zone, or public-name" },
  );
  return { resourceId: zoneResourceId };
}
