import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Engine, howToGetEngine } from "../engine/engine";
import { privateFolder } from "../engine/private-folder";
import { ApiClient } from "./api-client";
import { type ClusterAddress, clusterFile } from "./cluster-file";
import { freePort } from "./free-port";
import { LeashedProcess } from "./leashed-process";

/** A real API server with a real store behind it. Nothing else of a cluster: no controllers, scheduler or nodes. */
export interface ControlPlane extends ClusterAddress {
  /** Folder of its keys, certificates and logs. */
  readonly data: string;
  /** Stops both processes, waits until they are gone, and forgets the address. The data stay in the folder. */
  readonly stop: () => Promise<void>;
}

/** What a control plane is started with. */
export interface ControlPlaneOptions {
  /** Simulator folder: gets `kubernetes.json` with the address, and `kubernetes/` with data, keys and logs. */
  readonly folder: string;
  readonly engine: Pick<Engine, "etcd" | "kubeApiserver">;
  /** Port of the API server. @default a free one */
  readonly port?: number;
  /** How long a start may take. @default 60; 2 are usual */
  readonly timeoutSeconds?: number;
}

/**
 * Starts etcd and kube-apiserver and waits until they serve. Both end with this process, however it ends.
 * @throws Error with the end of the log of what did not start
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { folder, engine } = options;
  for (const binary of [engine.etcd, engine.kubeApiserver]) {
    if (!existsSync(binary)) throw new Error(`The control plane cannot start: ${binary} is missing. ${howToGetEngine}`);
  }
  const data = privateFolder(join(folder, "kubernetes"));
  const port = options.port ?? (await freePort());
  const token = randomBytes(16).toString("hex");
  await writeKeys(data, token);

  const start = (name: string, program: string, flags: readonly string[]): LeashedProcess =>
    new LeashedProcess(name, program, flags, join(data, `${name}.log`), data);
  const etcd = start("etcd", engine.etcd, etcdFlags(data));
  const server = start("kube-apiserver", engine.kubeApiserver, apiServerFlags(data, port));
  const processes = [server, etcd];
  const file = clusterFile(folder);
  const stop = async (): Promise<void> => {
    await rm(file, { force: true });
    await Promise.all(processes.map((it) => it.stop()));
  };
  try {
    const address = await ready(processes, data, { port, token, seconds: options.timeoutSeconds ?? 60 });
    await writeFile(file, JSON.stringify(address), { mode: 0o600 });
    for (const it of processes) it.unref();
    return { ...address, data, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeKeys(data: string, token: string): Promise<void> {
  // Made at once, where a key of RSA takes up to a second. The server takes both.
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "sec1", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const own = { mode: 0o600 };
  await writeFile(join(data, "service-accounts.key"), privateKey, own);
  await writeFile(join(data, "service-accounts.pub"), publicKey, own);
  await writeFile(join(data, "tokens.csv"), `${token},admin,admin,system:masters\n`, own);
}

/**
 * Sockets of etcd, as files in the folder that both programs work in. etcd asks nobody who they are, and a port would
 * answer every user and every web page of this machine. It takes no path, and wants a port that means nothing here.
 */
const sockets = { client: "unix://client:1", peer: "unix://peer:1" } as const;

function etcdFlags(data: string): string[] {
  return [
    ["--data-dir", join(data, "etcd")],
    ["--listen-client-urls", sockets.client],
    ["--advertise-client-urls", sockets.client],
    ["--listen-peer-urls", sockets.peer],
    ["--initial-advertise-peer-urls", sockets.peer],
    ["--initial-cluster", `default=${sockets.peer}`],
    // The data need not survive a power cut.
    ["--unsafe-no-fsync"],
  ].flat();
}

function apiServerFlags(data: string, port: number): string[] {
  return [
    ["--etcd-servers", sockets.client],
    ["--bind-address", "127.0.0.1"],
    ["--secure-port", `${port}`],
    ["--cert-dir", join(data, "certificates")],
    ["--token-auth-file", join(data, "tokens.csv")],
    ["--service-account-key-file", join(data, "service-accounts.pub")],
    ["--service-account-signing-key-file", join(data, "service-accounts.key")],
    ["--service-account-issuer", "https://kubernetes.default.svc"],
    ["--authorization-mode", "RBAC"],
    ["--allow-privileged=true"],
    ["--service-cluster-ip-range", "10.0.0.0/16"],
    ["--endpoint-reconciler-type", "none"],
  ].flat();
}

async function ready(
  processes: readonly LeashedProcess[],
  data: string,
  { port, token, seconds }: { port: number; token: string; seconds: number },
): Promise<ClusterAddress> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const dead = processes.find((it) => !it.running);
    if (dead !== undefined) throw startError(dead, "ended while starting");
    const certificate = await readFile(join(data, "certificates", "apiserver.crt")).catch(() => undefined);
    if (certificate !== undefined && certificate.length > 0) {
      const address = {
        server: `https://127.0.0.1:${port}`,
        certificateAuthorityData: certificate.toString("base64"),
        token,
      };
      if (await isReady(address)) return address;
    }
    if (Date.now() > deadline) {
      const [server] = processes;
      if (server !== undefined) throw startError(server, `was not ready within ${seconds} seconds`);
    }
    await sleep(50);
  }
}

async function isReady(address: ClusterAddress): Promise<boolean> {
  const client = ApiClient.of(address);
  try {
    // Something else may listen on our port and never answer.
    const answer = await Promise.race([client.request("GET", "/readyz"), sleep(1000, undefined, { ref: false })]);
    return answer?.status === 200;
  } catch {
    return false;
  } finally {
    client.close();
  }
}

function startError(it: LeashedProcess, what: string): Error {
  const tail = it.logTail();
  const reason = /address already in use/.test(tail) ? `${what}: its port is in use` : what;
  return new Error(`${it.name} ${reason}. The end of its log:\n${tail}`);
}
