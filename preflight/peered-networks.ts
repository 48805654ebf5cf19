import { commandText } from "../core/command-text";
import { type Cidr, formatCidr, overlaps, parseCidr } from "../core/cidr";
import { text, texts } from "../core/property-tree";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import { type Answer, get, unanswered } from "./question";

interface Needs {
  /** IDs of networks of others. */
  readonly peers: readonly string[];
  /** Ranges of the planned network: no peer may have an address of them. */
  readonly ranges: readonly Cidr[];
  /** Ranges inside the cluster: an address of a peer in them is not reached from it. */
  readonly clusterRanges: readonly Cidr[];
}

/** Networks of others that the planned one is peered with: there, with no address in common. */
export const peeredNetworks: Check<Needs, readonly Answer[]> = {
  name: "peered networks",
  needs: ({ resources }) => {
    const peers = resources.flatMap(({ arm, inputs }) =>
      arm === "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
        ? (text(inputs, "remoteVirtualNetwork.id") ?? [])
        : [],
    );
    const rangesAt = (paths: readonly string[]): Cidr[] =>
      resources.flatMap(({ inputs }) =>
        paths.flatMap((path) =>
          [text(inputs, path) ?? "", ...texts(inputs, path)].flatMap((it) => parseCidr(it) ?? []),
        ),
      );
    if (peers.length === 0) return null;
    return {
      peers: [...new Set(peers)],
      ranges: rangesAt(["addressSpace.addressPrefixes"]),
      clusterRanges: rangesAt(["networkProfile.podCidr", "networkProfile.serviceCidr"]),
    };
  },
  ask: ({ peers }, ask) =>
    Promise.all(
      peers.map((id) =>
        ask(
          get(id, {
            apiVersion: armVersions.network,
            right: "Microsoft.Network/virtualNetworks/read",
            has: "properties.addressSpace",
          }),
        ),
      ),
    ),
  judge: ({ peers, ranges, clusterRanges }, answers) =>
    peers.flatMap((id, at) => {
      const answer = answers[at];
      return answer === undefined ? [] : [judgePeer(id, { ranges, clusterRanges }, answer)];
    }),
};

function judgePeer(
  id: string,
  { ranges, clusterRanges }: Pick<Needs, "ranges" | "clusterRanges">,
  answer: Answer,
): Finding {
  const subject = id.split("/").at(-1) ?? id;
  const need = `no address of ${ranges.map(formatCidr).join(", ")}`;
  if (answer.kind === "absent")
    return missing(
      subject,
      need,
      "no such network",
      `Look at network.peers: ${commandText(["network", "vnet", "show", "--ids", id])}`,
    );
  if (answer.kind !== "found") return unanswered(subject, need, answer);
  const theirs = texts(answer.body, "properties.addressSpace.addressPrefixes").flatMap((it) => parseCidr(it) ?? []);
  const met = (mine: readonly Cidr[]): Cidr[] => theirs.filter((it) => mine.some((own) => overlaps(own, it)));
  const taken = met(ranges);
  if (taken.length > 0)
    return missing(
      subject,
      need,
      `it has ${taken.map(formatCidr).join(", ")}`,
      "Choose another network.addressSpace: Azure peers no networks that overlap",
    );
  const unreached = met(clusterRanges);
  return unreached.length > 0
    ? warning(
        subject,
        "no address of pods and services",
        `it has ${unreached.map(formatCidr).join(", ")}, which pods will not reach`,
        "Choose another network.podCidr or network.serviceCidr",
      )
    : ok(subject, need, theirs.map(formatCidr).join(", ") || "none");
}
