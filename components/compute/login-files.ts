import type { NodeFile } from "./node-file";

/** What those find who log in to a machine of a scale set, or to its head. */
export interface Logins {
  /** Start of the names of all nodes of the scale set, `slurm-`. */
  readonly namePrefix: string;
  /** Variables of every login, which programs on GPUs and adapters read: what the image does not set by itself. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Variables for programs, and the way on to the nodes. */
export function loginFiles({ namePrefix, environment }: Logins): readonly NodeFile[] {
  return [...variables(environment), sshAmongNodes(namePrefix)];
}

/**
 * Variables for NCCL, UCX and SHARP. Logins of every kind read this file, and so does what MPI starts on other nodes over SSH; a job that
 * sets one itself has the last word. What NCCL is told by the image stands in `/etc/nccl.conf` and stays there.
 */
function variables(environment: Logins["environment"]): readonly NodeFile[] {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  return lines.length === 0 ? [] : [{ path: "/etc/environment", append: true, content: lines.join("") }];
}

/**
 * Lets MPI start processes on other nodes with the key, or the Entra certificate, that a person brought along in an SSH
 * agent. So no key has to lie on a node, in the boot data or in the state, and it ends with the login. The agent goes on to
 * nodes of this scale set only: Azure names them by the prefix and six characters. Nobody is there to answer a question about
 * an unknown host: it is taken once, and a host that has another key later is refused.
 */
function sshAmongNodes(namePrefix: string): NodeFile {
  return {
    path: "/etc/ssh/ssh_config.d/90-nodes.conf",
    content: `Host ${namePrefix}??????\n  ForwardAgent yes\n  StrictHostKeyChecking accept-new\n`,
  };
}
