import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { requiredVersion, kueueModule } from "../../engine/modules";
import type { Schedulers } from "../../engine/schedulers";
import type { ControlPlane } from "../control-plane";
import { goModuleFolder } from "../go-module-folder";
import { LeashedProcess } from "../leashed-process";
import { writeKubeconfig } from "./kubeconfig-file";
import { podStages } from "./pod-stages";

/** Programs that run beside a control plane. They end with this process, however it ends. */
export interface Running {
  /** Of what has ended by itself the name, how, and the end of its log. Undefined while all run. */
  readonly whatDied: () => string | undefined;
  /** Stops them and waits until they are gone. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts what makes pods run: the controller manager makes them, the scheduler gives them nodes, and kwok plays the kubelets of all
 * nodes. They work as soon as they have read the cluster; nobody needs to wait for them.
 */
export async function startSchedulers(
  plane: ControlPlane,
  programs: Pick<Schedulers, "kubeScheduler" | "kubeControllerManager" | "kwok">,
): Promise<Running> {
  const folder = join(plane.data, "schedulers");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kubeconfig = join(folder, "kubeconfig");
  await writeKubeconfig(kubeconfig, plane);
  const stages = join(folder, "stages.yaml");
  await writeFile(stages, await podStages(await goModuleFolder(`sigs.k8s.io/kwok@v${kwokVersion()}`)));
  const configuration = join(folder, "scheduler.yaml");
  await writeFile(configuration, JSON.stringify(schedulerConfiguration(kubeconfig)));
  const start = (name: string, program: string, flags: readonly string[]): LeashedProcess =>
    new LeashedProcess(name, program, flags, join(folder, `${name}.log`), folder);
  return running([
    start("kube-controller-manager", programs.kubeControllerManager, controllerManagerFlags(plane, kubeconfig)),
    start("kube-scheduler", programs.kubeScheduler, [`--config=${configuration}`, "--secure-port=0"]),
    start("kwok", programs.kwok, [
      `--kubeconfig=${kubeconfig}`,
      `--config=${stages}`,
      "--manage-all-nodes=true",
      // Renewed four times as often, so that the controller manager keeps the nodes ready.
      "--node-lease-duration-seconds=1200",
    ]),
  ]);
}

/**
 * An error of what was asked of programs that ran together, with the end of what of them has died: whoever asks a dead webhook hears
 * only of a refused connection.
 */
export function withWhatDied(error: unknown, programs: readonly Running[]): Error {
  const own = error instanceof Error ? error : new Error(String(error));
  const died = programs.flatMap((it) => it.whatDied() ?? []).filter((it) => !own.message.includes(it));
  return died.length === 0 ? own : new Error([own.message, ...died].join("\n"), { cause: error });
}

/** What is told about programs that run together. */
export function running(processes: readonly LeashedProcess[]): Running {
  for (const it of processes) it.unref();
  return {
    whatDied: () => processes.find((it) => !it.running)?.obituary,
    stop: async () => {
      await Promise.all(processes.map((it) => it.stop()));
    },
  };
}

function kwokVersion(): string {
  return requiredVersion(readFileSync(join(kueueModule().source, "go.mod"), "utf8"), "sigs.k8s.io/kwok");
}

/** One of each runs, so none needs to be elected; and hundreds of pods at once must not wait for the limits of a client. */
function schedulerConfiguration(kubeconfig: string): object {
  return {
    apiVersion: "kubescheduler.config.k8s.io/v1",
    kind: "KubeSchedulerConfiguration",
    leaderElection: { leaderElect: false },
    clientConnection: { kubeconfig, qps: 1000, burst: 2000 },
  };
}

/** Controllers that only write what nobody reads here: addresses of pods that answer nothing, and how long kubelets keep secrets. */
const withoutUse = [
  "endpoints-controller",
  "endpointslice-controller",
  "endpointslice-mirroring-controller",
  "ttl-controller",
] as const;

function controllerManagerFlags({ data }: ControlPlane, kubeconfig: string): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    "--leader-elect=false",
    "--secure-port=0",
    `--service-account-private-key-file=${join(data, "service-accounts.key")}`,
    `--root-ca-file=${join(data, "certificates", "apiserver.crt")}`,
    "--use-service-account-credentials=true",
    "--kube-api-qps=1000",
    "--kube-api-burst=2000",
    "--concurrent-job-syncs=20",
    `--controllers=*,${withoutUse.map((it) => `-${it}`).join()}`,
    // A pretended node is lost when somebody deletes it. On a machine that does other things its lease may well be late.
    "--node-monitor-grace-period=1h",
  ];
}
