import type { z } from "zod";
import { checkId } from "../../../azure/check-id";
import { kubernetesVersions, parseKubernetesVersion, supportOf } from "../../../catalog/kubernetes-versions";
import { limits } from "../../../catalog/limits";
import type { Problems } from "../../../core/problems";
import { versionRemedy } from "../version-remedy";
import type { agentPoolShape } from "./shape";

type Shape = z.output<typeof agentPoolShape>;

/**
 * Notes a problem for versions and images that no pool can have.
 * @param today ISO date, `null` to take any version that the catalogue knows.
 */
export function checkSoftware(
  { kubernetesVersion: version, nodeImageSnapshotId: snapshot }: Shape,
  today: string | null,
  problems: Problems,
): void {
  if (version !== undefined) {
    const open = kubernetesVersions.filter((it) => today === null || it.endOfLongTermSupport >= today);
    const minor = parseKubernetesVersion(version)?.minor;
    const known = open.some((it) => it.minor === minor);
    const support = today === null ? null : supportOf(version, today);
    problems.require(
      known && support !== "not-released" && support !== "unknown",
      "kubernetesVersion",
      "must be a version that AKS supports, as major.minor or major.minor.patch",
      {
        got: version,
        remedy: versionRemedy(
          version,
          open.map((it) => it.minor),
          "Known",
        ),
      },
    );
  }
  if (snapshot === undefined) return;
  checkId(
    { token: "containerservice:Snapshot", what: "node pool snapshot" },
    snapshot,
    "nodeImageSnapshotId",
    problems,
  );
  problems.require(
    version === undefined,
    "kubernetesVersion",
    "must be absent beside nodeImageSnapshotId: the snapshot holds the version that it was taken at",
    { got: version, remedy: "Remove one of the two" },
  );
}

/**
 * Notes a problem unless a cluster may have nodes of the version.
 * @param path Of the version of the nodes.
 */
export function checkSkew(version: string, cluster: string, path: string, problems: Problems): void {
  const nodes = parseKubernetesVersion(version);
  const controlPlane = parseKubernetesVersion(cluster);
  // What is no version was told before.
  if (nodes === undefined || controlPlane === undefined) return;
  const behind = Number(controlPlane.minor.split(".")[1]) - Number(nodes.minor.split(".")[1]);
  // Of a minor version alone AKS takes the newest patch, which is newer than an older one that the cluster is held at.
  const newerPatch = controlPlane.patch !== null && (nodes.patch ?? Number.POSITIVE_INFINITY) > controlPlane.patch;
  const most = limits.aksVersionSkew.value;
  problems.require(
    behind > 0 || (behind === 0 && !newerPatch),
    path,
    `must not be newer than the cluster (${cluster})`,
    {
      got: version,
      remedy: "Upgrade cluster.kubernetesVersion first",
    },
  );
  problems.require(behind <= most, path, `must be at most ${most} minor versions behind the cluster (${cluster})`, {
    got: version,
    remedy: "Raise or remove the version of the pool",
  });
}
