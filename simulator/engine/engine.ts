import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { version as sdkVersion } from "@pulumi/pulumi/package.json";
import { EngineError } from "./errors";
import { buildModule, type Progress } from "./go-build";
import { withLock } from "./lock";
import { type GoModule, kubernetesModule, pulumiModule } from "./modules";

/** Paths of the executables that run a stack, and a cluster for it, on this machine. */
export interface Engine {
  readonly pulumi: string;
  readonly kubeApiserver: string;
  readonly etcd: string;
}

/** How to get an engine, for messages. */
export const howToGetEngine =
  "Run `npm run engine` once: it builds the engine from source, about ten minutes on two cores.";

/** The engine of this machine, or undefined when it has not been built. Builds nothing, takes milliseconds. */
export function findEngine(): Engine | undefined {
  const pulumi = onPath("pulumi") ?? built(pulumiModule(), "pulumi");
  const kubernetes = kubernetesModule();
  const kubeApiserver = built(kubernetes, "kube-apiserver");
  const etcd = built(kubernetes, "etcd");
  if (pulumi === undefined || kubeApiserver === undefined || etcd === undefined) return undefined;
  return { pulumi, kubeApiserver, etcd };
}

/**
 * The engine of this machine. What is missing is built once, minutes the first time.
 * @throws EngineError that says what to do
 */
export async function ensureEngine(progress: Progress = () => undefined): Promise<Engine> {
  const pulumi = onPath("pulumi");
  if (pulumi === undefined) {
    const module = pulumiModule();
    if (module.version !== sdkVersion) {
      throw new EngineError(
        `simulator/engine/go/pulumi pins Pulumi ${module.version}, but @pulumi/pulumi is ${sdkVersion}. They must be ` +
          "the same: change both lines of its go.mod and run `go mod tidy` there.",
      );
    }
    await ensureModule(module, progress);
  }
  await ensureModule(kubernetesModule(), progress);
  const engine = findEngine();
  if (engine === undefined) throw new Error("The engine was built, but is not where it should be.");
  return engine;
}

async function ensureModule(module: GoModule, progress: Progress): Promise<void> {
  const isBuilt = (): boolean => module.programs.every(({ executable }) => built(module, executable) !== undefined);
  if (isBuilt()) return;
  await withLock(
    `${module.folder}.lock`,
    async () => {
      // Whoever held the lock before us may have built it.
      if (!isBuilt()) await buildModule(module, progress);
    },
    (holder) => progress(`waiting for process ${holder}, which is building ${module.name} ${module.version}`, true),
  );
}

function built(module: GoModule, executable: string): string | undefined {
  const path = join(module.folder, executable);
  return isExecutable(path) ? path : undefined;
}

/** First executable of a name on PATH. */
export function onPath(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
