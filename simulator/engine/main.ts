import { parseArgs } from "node:util";
import { ensureEngine, findEngine } from "./engine";
import { EngineError } from "./errors";
import { duration, type Progress } from "./go-build";
import { ensureHelm, findHelm } from "./helm";

const help = `Usage: npm run engine [-- --json | --check | --help]

Finds or builds what runs our stacks on this machine without a cloud: the Pulumi engine (one of the SDK's version on
PATH will do), kube-apiserver and etcd, and Helm. The first build needs Go and takes about twelve minutes on two cores; then
nothing is done.

  --json   prints { "pulumi", "kubeApiserver", "etcd", "helm" } with the paths, progress goes to stderr
  --check  builds nothing; exit code 1 when something is missing

Exit codes: 0 ready, 1 failed, 2 something must be installed first, 130 interrupted.
`;

async function main(): Promise<number> {
  const options = {
    json: { type: "boolean" },
    check: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const started = Date.now();
  const progress = printer();
  // One after the other: each build takes all cores. Helm comes last, since most of what runs here does without it.
  const engine = values.check === true ? findEngine() : await ensureEngine(progress);
  const helm = values.check === true ? findHelm() : await ensureHelm(progress);
  if (engine === undefined) process.stderr.write("The engine has not been built: npm run engine\n");
  if (helm === undefined) process.stderr.write("Helm has not been built: npm run engine\n");
  if (engine === undefined || helm === undefined) return 1;
  const programs = { ...engine, helm };
  if (values.json === true) process.stdout.write(`${JSON.stringify(programs)}\n`);
  else {
    const lines = Object.entries(programs).map(([name, path]) => `  ${name.padEnd(14)} ${path}`);
    process.stdout.write([`Engine ready (${duration(Date.now() - started)}):`, ...lines, ""].join("\n"));
  }
  return 0;
}

/** On a terminal a live line is rewritten in place; in a log one appears every 20 seconds. */
function printer(): Progress {
  const { isTTY } = process.stderr;
  let lastLive = 0;
  return (line, live = false) => {
    if (isTTY) process.stderr.write(`\r\u001b[K${line}${live ? "" : "\n"}`);
    else if (!live || Date.now() - lastLive > 20_000) {
      if (live) lastLive = Date.now();
      process.stderr.write(`${line}\n`);
    }
  };
}

let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    interrupted = true;
    // A build that runs ends by itself now, and then removes what it made; a wait for a lock would not.
    setTimeout(() => process.exit(130), 2000).unref();
  });
}

main().then(
  (code) => (process.exitCode = interrupted ? 130 : code),
  (error: unknown) => {
    const message = error instanceof EngineError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`\n${message ?? ""}\n`);
    process.exitCode = interrupted ? 130 : error instanceof EngineError ? error.exitCode : 1;
  },
);
