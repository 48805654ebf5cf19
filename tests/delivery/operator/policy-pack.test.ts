import { join } from "node:path";
import { Provider } from "@pulumi/kubernetes/provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ClusterObject } from "../../../core/cluster-object";
import { workspaceEnv } from "../../../delivery/operator/stack-object";
import { describeWithEngine } from "../../simulator/engine/with-engine";
import { type KubernetesWorld, kubernetesWorld } from "../../simulator/kubernetes/harness";
import { root } from "../../stack-files";
import { output, settings } from "./settings";

const blue = settings.environments["blue"];
if (blue === undefined) throw new Error("There is no environment blue.");
const stack = {
  environment: "blue",
  settings: blue,
  variables: output.blue,
  stack: "blue",
  role: "apply",
  after: null,
} as const;
/** What a workspace says of policies. There it lies below the folder that the program runs in. */
const policies = Object.fromEntries(
  workspaceEnv(stack)
    .filter(({ name }) => name.startsWith("PULUMI_OPTION_"))
    .map(({ name, value }) => [name, join(root, value)]),
);

describeWithEngine("the environment of a workspace", (engine) => {
  let world: KubernetesWorld;
  beforeAll(async () => {
    world = await kubernetesWorld(engine);
  });
  afterAll(() => world.stop());

  const privileged = (): Promise<void> => {
    const provider = new Provider("aks", { kubeconfig: world.kubeconfig, clusterIdentifier: "aks" });
    const container = { name: "main", image: "any:1", securityContext: { privileged: true } };
    const labels = { app: "any" };
    const template = { metadata: { labels }, spec: { containers: [container] } };
    new ClusterObject(
      "any",
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "any", namespace: "default" },
        spec: { selector: { matchLabels: labels }, template },
      },
      { provider },
    );
    return Promise.resolve();
  };

  it("makes the CLI judge what a plain `preview` and `up` ask for, as --policy-pack would", async () => {
    expect(Object.keys(policies)).toEqual(["PULUMI_OPTION_POLICY_PACK", "PULUMI_OPTION_POLICY_PACK_CONFIG"]);
    const made = await world.stack("policies", privileged);
    await made.preview();
    // As the agent of the operator calls it: with no word of policies.
    made.workspace.envVars = { ...made.workspace.envVars, ...policies };
    await expect(made.preview()).rejects.toThrow(/k8s-no-privileged/);
    await expect(made.up()).rejects.toThrow(/k8s-no-privileged/);
  }, 120_000);
});
