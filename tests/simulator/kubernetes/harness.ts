import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import {
  fullyQualifiedStackName,
  LocalWorkspace,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import type { Engine } from "../../../simulator/engine/engine";
import { buildProviders } from "../../../simulator/engine/providers";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { withAnswersFromState } from "../../../simulator/rehearsal/cli";
import { useOwnConnections } from "../../../simulator/rehearsal/own-connections";
import { execKubeconfig } from "../../../components/cluster/kubeconfig";

/** A simulated cluster, and stacks that the real engine runs against it, in a folder of their own. */
export interface KubernetesWorld {
  readonly folder: string;
  readonly controlPlane: ControlPlane;
  /** Looks at the cluster past the provider. */
  readonly cluster: Cluster;
  /** As our stacks make it: without a secret, it asks kubelogin. */
  readonly kubeconfig: string;
  readonly stack: (name: string, program: PulumiFn) => Promise<Stack>;
  /** The state file of a stack, as it lies on disk. */
  readonly state: (stack: Stack) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function kubernetesWorld(engine: Engine): Promise<KubernetesWorld> {
  const folder = await mkdtemp(join(tmpdir(), "azure-gpu-cluster-test-"));
  const controlPlane = await startControlPlane({ folder, engine });
  const cluster = new Cluster(ApiClient.of(controlPlane));
  const standIns = resolve(__dirname, "../../../simulator/bin");
  const providers = buildProviders(join(folder, "providers"));
  // The Automation API looks for the CLI on the PATH of this process, not on that of the stack.
  process.env["PATH"] = [providers, standIns, dirname(engine.pulumi), process.env["PATH"] ?? ""].join(delimiter);
  const env = {
    GPU_SIMULATOR_FOLDER: folder,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    // The state is written once, when an operation ends. It holds whole CRDs, and would be written after each of them.
    PULUMI_SKIP_CHECKPOINTS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  await mkdir(join(folder, "state"));
  await mkdir(join(folder, "home"));
  useOwnConnections();
  const pulumiCommand = withAnswersFromState(await PulumiCommand.get(), join(folder, "state"));
  return {
    folder,
    controlPlane,
    cluster,
    kubeconfig: execKubeconfig(
      { url: controlPlane.server, certificateAuthority: controlPlane.certificateAuthorityData },
      "azurecli",
    ),
    stack: (name, program) =>
      LocalWorkspace.createOrSelectStack(
        { projectName: "stand-in", stackName: fullyQualifiedStackName("organization", "stand-in", name), program },
        { envVars: env, pulumiHome: env.PULUMI_HOME, pulumiCommand },
      ),
    state: (stack) =>
      readFile(join(folder, "state", ".pulumi", "stacks", "stand-in", `${basename(stack.name)}.json`), "utf8"),
    stop: async () => {
      cluster.close();
      await controlPlane.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
