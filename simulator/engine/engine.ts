import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/package.json";
import { isBuilt } from "./built-programs";
import { EngineError } from "./errors";
import { buildModule, type Progress } from "./go-build";
import { withLock } from "./lock";
import { type GoModule, kubernetesModule, pulumiModule } from "./modules";
import { onPath } from "./search-path";

/** Paths of the executables that run a stack, and a cluster for it, on this machine. */
export interface Engine {
  readonly pulumi: string;
  readonly kubeApiserver: string;
  readonly etcd: string;
}

/** How to get an engine, for messages. */
export const howToGetEngine =
  "Run `npm run engine` once: it builds the engine from source, about ten minutes on two cores.";

/**
 * The engine of this machine, or undefined when it has not been built. Builds nothing.
 * @throws EngineError when something was built that must not be run
 */
export function findEngine(): Engine | undefined {
  const [module, kubernetes] = [pulumiModule(), kubernetesModule()];
  const pulumi = isBuilt(module) ? join(module.folder, "pulumi") : installedPulumi().usable;
  if (pulumi === undefined || !isBuilt(kubernetes)) return undefined;
  return { pulumi, kubeApiserver: join(kubernetes.folder, "kube-apiserver"), etcd: join(kubernetes.folder, "etcd") };
}

/**
 * The engine of this machine. What is missing is built once, minutes the first time.
 * @throws EngineError that says what to do
 */
export async function ensureEngine(progress: Progress = () => undefined): Promise<Engine> {
  const module = pulumiModule();
  if (module.version !== sdkVersion) {
    throw new EngineError(
      `simulator/engine/go/pulumi pins Pulumi ${module.version}, but @pulumi/pulumi is ${sdkVersion}. They must be ` +
        "the same: change both lines of its go.mod and run `go mod tidy` there.",
    );
  }
  const installed = installedPulumi();
  if (installed.refused !== undefined) progress(installed.refused);
  if (installed.usable === undefined) await ensureModule(module, progress);
  await ensureModule(kubernetesModule(), progress);
  const engine = findEngine();
  if (engine === undefined) throw new Error("The engine was built, but is not where it should be.");
  return engine;
}

/** The `pulumi` on PATH: usable at the version of the SDK, else refused with the reason. */
function installedPulumi(): { readonly usable?: string; readonly refused?: string } {
  const path = onPath("pulumi");
  if (path === undefined) return {};
  const version = versionOf(path);
  if (version === `v${sdkVersion}`) return { usable: path };
  return { refused: `${path} is not used: it is ${version}, and the rehearsal runs v${sdkVersion}, as the SDK is` };
}

function versionOf(pulumi: string): string {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" };
    return execFileSync(pulumi, ["version"], {
      encoding: "utf8",
      env,
      stdio: ["ignore", "pipe", "ignore"],
      // What lies on PATH may be a wrapper that asks something which nobody hears.
      timeout: 10_000,
      killSignal: "SIGKILL",
    }).trim();
  } catch {
    return "a program that tells no version";
  }
}

/**
 * Builds the programs of a module where they are not built yet, once for all who ask at the same time.
 * @throws EngineError that says what to do
 */
export async function ensureModule(module: GoModule, progress: Progress): Promise<void> {
  if (isBuilt(module)) return;
  await withLock(
    `${module.folder}.lock`,
    async () => {
      // Whoever held the lock before us may have built it.
      if (!isBuilt(module)) await buildModule(module, progress);
    },
    (holder) => progress(`waiting for process ${holder}, which is building ${module.name} ${module.version}`, true),
  );
}
