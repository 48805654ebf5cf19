import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { readClusterFile } from "../../../simulator/kubernetes/cluster-file";
import { startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { listeningPorts, processesWith } from "../engine/processes";
import { describeWithEngine } from "../engine/with-engine";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "control-plane-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Killed processes need a moment to be gone when nobody waits for them. */
async function untilNoneRuns(): Promise<string[]> {
  while (processesWith(folder).length > 0) await sleep(50);
  return processesWith(folder);
}

describeWithEngine("a control plane", (engine) => {
  test("serves Kubernetes 1.36, tells others where, and leaves nothing when it stops", async () => {
    const controlPlane = await startControlPlane({ folder, engine });
    const client = ApiClient.of(readClusterFile(folder));
    const { body } = await client.request("GET", "/version");
    expect(body).toMatchObject({ major: "1", minor: "36" });
    client.close();
    await controlPlane.stop();
    expect(processesWith(folder)).toEqual([]);
    expect(existsSync(join(folder, "kubernetes.json"))).toBe(false);
  });

  test("answers on one port, the API server's: the store listens in a folder of this user alone", async () => {
    const controlPlane = await startControlPlane({ folder, engine });
    const data = join(folder, "kubernetes");
    const ofFolder = (program: string): RegExp => new RegExp(`^\\S*/${program} .*${data}`);
    expect(listeningPorts(ofFolder("etcd"))).toEqual([]);
    expect(listeningPorts(ofFolder("kube-apiserver"))).toEqual([Number(new URL(controlPlane.server).port)]);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, "client:1")).isSocket()).toBe(true);
    await controlPlane.stop();
  });

  test("keeps what is in it over a restart in the same folder", async () => {
    const first = await startControlPlane({ folder, engine });
    const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kept" } };
    const client = ApiClient.of(first);
    await client.object("POST", "/api/v1/namespaces", object);
    client.close();
    await first.stop();
    const second = await startControlPlane({ folder, engine });
    const again = ApiClient.of(second);
    expect((await again.request("GET", "/api/v1/namespaces/kept")).status).toBe(200);
    again.close();
    await second.stop();
  });

  test.each(["SIGKILL", "SIGINT"] as const)("ends with its process, even by %s", async (signal) => {
    const program = `
      const { startControlPlane } = require("./simulator/kubernetes/control-plane");
      startControlPlane(${JSON.stringify({ folder, engine })}).then(() => {
        process.stdout.write("ready");
        setInterval(() => undefined, 1000);
      });`;
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "-e", program], {
      cwd: resolve(__dirname, "../../.."),
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((ready) => child.stdout.once("data", ready));
    expect(processesWith(folder).length).toBeGreaterThanOrEqual(2);
    child.kill(signal);
    expect(await untilNoneRuns()).toEqual([]);
  });

  test("fails with the server's words when its port is in use", async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(startControlPlane({ folder, engine, port })).rejects.toThrow(
      "kube-apiserver ended while starting: its port is in use. The end of its log:",
    );
    server.close();
    expect(await untilNoneRuns()).toEqual([]);
  });
});

describe("a control plane that cannot start", () => {
  test("fails when a program is missing, and says how to get it", async () => {
    const engine = { etcd: "/nowhere/etcd", kubeApiserver: "/bin/sh" };
    await expect(startControlPlane({ folder, engine })).rejects.toThrow(
      "The control plane cannot start: /nowhere/etcd is missing. Run `npm run engine` once",
    );
  });

  test("fails with the end of the log of what died", async () => {
    const dies = join(folder, "dies");
    await writeFile(dies, '#!/bin/sh\necho "no such flag" >&2\nexit 3\n');
    await chmod(dies, 0o755);
    const engine = { etcd: dies, kubeApiserver: dies };
    await expect(startControlPlane({ folder, engine })).rejects.toThrow(
      /ended while starting. The end of its log:\nno such flag/,
    );
    expect(await untilNoneRuns()).toEqual([]);
  });
});
