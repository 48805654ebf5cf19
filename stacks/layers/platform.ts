import type { Output } from "@pulumi/pulumi";
import type { KubernetesAccess } from "../../components/cluster/kubernetes-access";
import { installPlatform } from "../../components/platform/install-platform";
import type { PlatformPlan } from "../../components/platform/plan-platform";
import type { PlatformHandover } from "../handover";

/** What every team needs inside the cluster: its add-ons. */
export function deployPlatform(plan: PlatformPlan, { options }: KubernetesAccess): Output<PlatformHandover> {
  return installPlatform(plan, options).apply((it) => ({ schemaVersion: 2 as const, ...it }));
}
