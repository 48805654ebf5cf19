import { parse } from "yaml";
import { z } from "zod";
import type { ClusterAddress } from "./cluster-file";
import { patienceSeconds } from "./api-client";
import { UnreachableError } from "./api-errors";
import { programOutput } from "./program-output";

const exec = z.object({
  command: z.string(),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  installHint: z.string().nullish(),
});
const kubeconfig = z.object({
  "current-context": z.string(),
  clusters: z.array(
    z.object({
      name: z.string(),
      cluster: z.object({ server: z.string(), "certificate-authority-data": z.string() }),
    }),
  ),
  contexts: z.array(
    z.object({
      name: z.string(),
      context: z.object({ cluster: z.string(), user: z.string(), namespace: z.string().nullish() }),
    }),
  ),
  users: z.array(z.object({ name: z.string(), user: z.object({ token: z.string().nullish(), exec: exec.nullish() }) })),
});
const execCredential = z.object({ kind: z.literal("ExecCredential"), status: z.object({ token: z.string() }) });

/** What the current context of a kubeconfig says. */
export interface Kubeconfig {
  readonly server: string;
  readonly certificateAuthorityData: string;
  readonly namespace: string;
  readonly user: {
    readonly token?: string | null | undefined;
    readonly exec?: z.output<typeof exec> | null | undefined;
  };
}

/**
 * Reads the current context of a kubeconfig. Client certificates are not known here: our stacks log in with tokens.
 * @throws Error when it is no kubeconfig
 */
export function readKubeconfig(text: string): Kubeconfig {
  const parsed = kubeconfig.safeParse(parse(text));
  if (!parsed.success) throw new Error(`The kubeconfig cannot be used:\n${z.prettifyError(parsed.error)}`);
  const { clusters, contexts, users, "current-context": current } = parsed.data;
  const context = contexts.find(({ name }) => name === current)?.context;
  const cluster = clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = users.find(({ name }) => name === context?.user)?.user;
  if (context === undefined || cluster === undefined || user === undefined) {
    throw new Error(`The kubeconfig's current context '${current}' names no cluster or no user.`);
  }
  return {
    server: cluster.server,
    certificateAuthorityData: cluster["certificate-authority-data"],
    namespace: context.namespace ?? "default",
    user,
  };
}

/**
 * Logs in: takes the token of the kubeconfig or asks its program for one.
 * @param seconds how long the program may take
 * @throws UnreachableError when the program gives no token
 */
export async function logIn(
  { server, certificateAuthorityData, user }: Kubeconfig,
  seconds = patienceSeconds,
): Promise<ClusterAddress> {
  if (typeof user.token === "string") return { server, certificateAuthorityData, token: user.token };
  if (!user.exec) throw new Error("The kubeconfig's user has neither a token nor a program that gives one.");
  const { command, args, env, installHint } = user.exec;
  const extra = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
  try {
    const credential = await programOutput(command, args ?? [], { env: { ...process.env, ...extra }, seconds });
    return { server, certificateAuthorityData, token: execCredential.parse(JSON.parse(credential)).status.token };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UnreachableError(`${command} gave no token: ${why.trim()}${installHint ? `\n${installHint}` : ""}`);
  }
}
