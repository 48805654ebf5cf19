import type { AmlFilesystemArgs } from "@pulumi/azure-native/storagecache/amlFilesystem";
import type { z } from "zod";
import { type Cidr, formatCidr, nearestCidr, parseCidr } from "../../../core/cidr";
import { Problems } from "../../../core/problems";
import { nidLists } from "./nid-lists";
import type { lustreFileSystemShape } from "./shape";

/** User and group `nobody` of Linux. */
const nobody = 65534;

/** Whose root is nobody, as far as the shape says it. */
export interface PlannedSquash {
  /** Whether any root is. */
  readonly on: boolean;
  /** Ranges of machines that keep their root beside the nodes of the cluster. */
  readonly trusted: readonly Cidr[];
}

type Shape = Pick<z.output<typeof lustreFileSystemShape>, "rootSquash" | "trustedRanges">;

/** Reads who is trusted, and notes what is not a range and what nothing would read. */
export function planSquash({ rootSquash, trustedRanges }: Shape, problems: Problems): PlannedSquash {
  const on = rootSquash !== "none";
  problems.require(
    on || trustedRanges.length === 0,
    "trustedRanges",
    "must be left out without rootSquash: root-only: every machine keeps its root",
    { got: trustedRanges, remedy: "Leave it out, or write rootSquash: root-only" },
  );
  problems.requireDistinct("trustedRanges", trustedRanges, "Leave one out");
  return { on, trusted: trustedRanges.flatMap((it, at) => readTrusted(`trustedRanges[${at}]`, it, problems)) };
}

/**
 * Settings as Azure takes them.
 * @param nodeRanges Ranges of the nodes of the cluster.
 * @throws MisconfiguredError where nobody would keep root: the root directory is root's, so that no team could get a directory
 */
export function squashSettings(
  subject: string,
  { on, trusted }: PlannedSquash,
  nodeRanges: readonly string[],
): NonNullable<AmlFilesystemArgs["rootSquashSettings"]> {
  if (!on) return { mode: "None" };
  const problems = new Problems();
  const nodes = nodeRanges.flatMap((it, at) => readTrusted(`nodeRanges[${at}]`, it, problems));
  problems.require(
    nodeRanges.length + trusted.length > 0,
    "rootSquash",
    "must be none where neither nodeRanges nor trustedRanges name anybody: no one could make a directory in the file system",
    { got: "root-only", remedy: "Give the ranges of the nodes on which the CSI driver runs" },
  );
  problems.throwIfAny(subject);
  return {
    mode: "RootOnly",
    squashUID: nobody,
    squashGID: nobody,
    noSquashNidLists: nidLists([...nodes, ...trusted]),
  };
}

function readTrusted(path: string, given: string, problems: Problems): Cidr[] {
  const cidr = parseCidr(given);
  const near = nearestCidr(given);
  const remedy = near === undefined ? "Write 10.80.192.4/32 for one machine" : `${near} would be one`;
  problems.require(cidr !== undefined, path, "must be an IPv4 range such as 10.64.0.0/16, with all host bits zero", {
    got: given,
    remedy,
  });
  if (cidr === undefined) return [];
  // A shorter prefix holds addresses of others: no network of Azure is one.
  problems.require(cidr.prefixLength >= 8, path, "must be a /8 or smaller: who is trusted is named", {
    got: formatCidr(cidr),
    remedy: "Write the ranges that are meant",
  });
  return cidr.prefixLength >= 8 ? [cidr] : [];
}
