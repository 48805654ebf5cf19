import { list, text } from "../../../../core/property-tree";
import { type Api, ask, patchTypes } from "./api";
import type { NodeState } from "./node-state";

/** What AKS asks during an upgrade, and what it reads: it goes on with True, stops with False, and waits with Unknown. */
const group = "/apis/health.aks.io/v1alpha1";
const apiVersion = "health.aks.io/v1alpha1";

/** What a node says to AKS. */
export interface Signal {
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
}

/** What to say of a node: what its checks came to in this boot, since an upgrade starts nodes anew. */
export function signalOf({ report, bootId }: NodeState): Signal {
  if (report?.bootId !== bootId || report.verdict === "no-evidence") {
    return { status: "Unknown", reason: "NoEvidence", message: "The checks of this boot have come to nothing yet." };
  }
  return report.verdict === "pass"
    ? { status: "True", reason: "ChecksPassed", message: "All checks of GPUs and adapters passed." }
    : { status: "False", reason: "ChecksFailed", message: report.reasons.join("; ") };
}

/**
 * Answers AKS's requests for the health of nodes, where the cluster has them.
 * Source: Azure/AKS-Health-Signal:README.md, api/health/v1alpha1 (v0.0.4)
 */
export async function answerHealthRequests(
  api: Api,
  nodes: readonly NodeState[],
  facts: { readonly now: number; readonly deadlineMinutes: number },
): Promise<void> {
  const { status, body } = await api.request("GET", `${group}/healthcheckrequests`);
  // The kinds are there where AKS asks.
  if (status === 404) return;
  if (status >= 300) throw new Error(`The requests of AKS cannot be read: ${status} ${JSON.stringify(body)}`);
  const requests = list(body, "items");
  const wanted = requests.flatMap((request) => {
    const node = nodes.find(({ name }) => name === text(request, "spec.targetRef.name"));
    return node === undefined || text(request, "spec.scope") !== "Node" ? [] : [{ request, node }];
  });
  if (wanted.length === 0) return;
  const signals = list(await ask(api, "GET", `${group}/healthsignals`), "items");
  for (const { request, node } of wanted) {
    const requestName = text(request, "metadata.name") ?? "";
    const name = `gpu-health-${requestName}`;
    const there = signals.find((it) => text(it, "metadata.name") === name);
    const signal = signalOf(node);
    if (there === undefined) {
      await ask(api, "POST", `${group}/healthsignals`, {
        apiVersion,
        kind: "HealthSignal",
        metadata: {
          name,
          annotations: { "health.aks.io/request-name": requestName },
          ownerReferences: [
            { apiVersion, kind: "HealthCheckRequest", name: requestName, uid: text(request, "metadata.uid") },
          ],
        },
        spec: {
          type: "NodeHealth",
          targetRef: { apiVersion: "v1", kind: "Node", name: node.name, uid: node.uid },
          timeout: `${facts.deadlineMinutes}m`,
        },
      });
    }
    const [condition] = list(there, "status.conditions");
    if (text(condition, "status") === signal.status && text(condition, "message") === signal.message) continue;
    const conditions = [{ type: "Ready", ...signal, lastTransitionTime: new Date(facts.now).toISOString() }];
    await ask(api, "PATCH", `${group}/healthsignals/${name}/status`, { status: { conditions } }, patchTypes.merge);
  }
}
