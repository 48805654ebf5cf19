import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GetRequiredPackagesResponse,
  InstallDependenciesResponse,
  LanguageHandshakeResponse,
  RunPluginResponse,
  type RunRequest,
  RunResponse,
  RuntimeOptionsResponse,
  TemplateResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/**
 * Stand-in for Pulumi's host of programs in Node, as far as a program is made from a template, previewed and updated, and a plugin in
 * TypeScript is installed and run. Programs and plugins run as under the real one, in processes of `@pulumi/pulumi/cmd`. What it does not do:
 * it installs no package, but lends those of this project, and it names no plugin that a program needs.
 * Source: pulumi/pulumi:sdk/nodejs/cmd/pulumi-language-nodejs/main.go
 * @param engine Address of the engine.
 */
export function nodeHost(engine: string): UntypedServiceImplementation {
  const host: Partial<ILanguageRuntimeServer> = {
    handshake: answer(() => new LanguageHandshakeResponse()),
    getPluginInfo: answer(() => new PluginInfo().setVersion("0.0.0")),
    getRequiredPackages: answer(() => new GetRequiredPackagesResponse()),
    runtimeOptionsPrompts: answer(() => new RuntimeOptionsResponse()),
    template: answer(() => new TemplateResponse()),
    cancel: answer(() => new Empty()),

    installDependencies: (call) => {
      const info = call.request.getInfo();
      lendPackages(
        info?.getProgramDirectory() ?? call.request.getDirectory(),
        info?.getOptions()?.toJavaScript()["production"] === true,
      );
      call.write(new InstallDependenciesResponse().setStdout(Buffer.from("Packages are lent by a stand-in\n")));
      call.end();
    },

    run: (call, done) => {
      const directory = call.request.getInfo()?.getProgramDirectory() ?? "";
      const child = spawn(process.execPath, [command(directory, "run"), ...programArguments(call.request, engine)], {
        cwd: directory,
        env: { ...process.env, ...programSettings(call.request) },
        // This process has told its port on the first line: what a program says goes the same ways.
        stdio: "inherit",
      });
      child.on("error", done);
      child.on("close", (code) =>
        done(null, new RunResponse().setError(code === 0 ? "" : `exit code ${code ?? "none"}`)),
      );
    },

    runPlugin: (call) => {
      const directory = call.request.getInfo()?.getProgramDirectory() ?? "";
      const child = spawn(
        process.execPath,
        [command(directory, "run-plugin"), directory, ...call.request.getArgsList()],
        {
          cwd: call.request.getPwd(),
          env: Object.fromEntries(
            call.request.getEnvList().map((it) => [it.split("=", 1)[0] ?? "", it.replace(/^[^=]*=/, "")]),
          ),
        },
      );
      child.stdout.on("data", (it: Buffer) => call.write(new RunPluginResponse().setStdout(it)));
      child.stderr.on("data", (it: Buffer) => call.write(new RunPluginResponse().setStderr(it)));
      child.on("error", (error) => call.destroy(error));
      child.on("close", (code) => {
        call.write(new RunPluginResponse().setExitcode(code ?? 1));
        call.end();
      });
      call.on("cancelled", () => child.kill());
    },
  };
  // Only what it does: the library answers the rest with "unimplemented".
  return host as UntypedServiceImplementation;
}

/** A call that needs nothing of what it is asked. */
function answer<Response>(make: () => Response): handleUnaryCall<unknown, Response> {
  return (_, done) => done(null, make());
}

/** A program of `@pulumi/pulumi`, of the packages that a folder has. */
function command(directory: string, name: string): string {
  return createRequire(path.join(directory, "package.json")).resolve(`@pulumi/pulumi/cmd/${name}`);
}

/**
 * Lends packages of this project to a folder that has none.
 * @param onlyNeeded Whether it asks for no more than its dependencies, without what only their developers need.
 */
function lendPackages(directory: string, onlyNeeded: boolean): void {
  const installed = path.join(directory, "node_modules");
  if (existsSync(installed)) return;
  const own = path.resolve(createRequire(__filename).resolve("@pulumi/pulumi/package.json"), "../../..");
  if (!onlyNeeded) {
    symlinkSync(own, installed);
    return;
  }
  const manifest = readFileSync(path.join(directory, "package.json"), "utf8");
  const { dependencies = {} } = JSON.parse(manifest) as { readonly dependencies?: Readonly<Record<string, string>> };
  for (const name of Object.keys(dependencies)) {
    mkdirSync(path.dirname(path.join(installed, name)), { recursive: true });
    symlinkSync(path.join(own, name), path.join(installed, name));
  }
}

function programArguments(request: RunRequest, engine: string): readonly string[] {
  const info = request.getInfo();
  const options = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory() ?? "",
    stack: request.getStack(),
    pwd: info?.getProgramDirectory() ?? "",
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(options).flatMap(([name, value]) => (value === "" ? [] : [`--${name}`, value])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() ?? ".",
    ...request.getArgsList(),
  ];
}

/** Configuration goes by the environment; a key `pkg:name` is told as `pkg:config:name`. */
function programSettings(request: RunRequest): NodeJS.ProcessEnv {
  const config = Object.fromEntries(
    [...request.getConfigMap().entries()].map(([key, value]) => [key.replace(":", ":config:"), value]),
  );
  return {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: "true",
  };
}
