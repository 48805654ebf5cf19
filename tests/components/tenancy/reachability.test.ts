import { describe, expect, it } from "vitest";
import { planTeamNamespace } from "../../../components/tenancy/team-namespace/plan";
import type { TeamNamespaceShape } from "../../../components/tenancy/team-namespace/shape";
import { type Host, isOpen } from "./network-ways";
import { h100Pool, vision } from "./teams";

const endpointCidr = "10.64.52.0/24";
const team = (more: Partial<TeamNamespaceShape>) =>
  planTeamNamespace("team", { ...vision, ...more }, { pool: h100Pool, endpointCidr, fqdnPolicies: true });

/** Teams with each word that opens a way, and one with none. */
const plans = [
  team({ team: "closed" }),
  team({ team: "ray", reach: ["apiServer", "entra"], ingressFrom: ["ray-system"] }),
  team({ kind: "inference", team: "chat", ingressFrom: ["gateways"] }),
  team({ kind: "notebook", team: "lab", egress: "https" }),
  team({ team: "hosts", egress: ["pypi.org", "*.hf.co"] }),
];

const pod = (namespace: string, address: string, labels = {}): Host => ({ namespace, address, labels });
const hosts: Readonly<Record<string, Host>> = {
  closed: pod("train-closed", "10.96.0.1"),
  ray: pod("train-ray", "10.96.0.2"),
  chat: pod("infer-chat", "10.96.0.3"),
  lab: pod("note-lab", "10.96.0.4"),
  hosts: pod("train-hosts", "10.96.0.5"),
  gateway: pod("gateways", "10.96.1.1"),
  operator: pod("ray-system", "10.96.1.2"),
  dns: pod("kube-system", "10.96.1.3", { "k8s-app": "kube-dns" }),
  system: pod("kube-system", "10.96.1.4"),
  endpoint: { address: "10.64.52.4" },
  node: { address: "10.64.0.4" },
  lustre: { address: "10.64.48.4" },
  metadata: { address: "169.254.169.254" },
  wireServer: { address: "168.63.129.16" },
  privateApi: { address: "10.64.1.4", entity: "kube-apiserver" },
  publicApi: { address: "20.50.1.1", entity: "kube-apiserver" },
  entra: { address: "20.190.128.1" },
  internet: { address: "1.1.1.1" },
  "pypi.org": { address: "151.101.0.223", name: "pypi.org" },
  "cdn.hf.co": { address: "18.155.1.1", name: "cdn.hf.co" },
  "hf.co": { address: "18.155.1.2", name: "hf.co" },
};

/** Ports that are tried: names, TLS, and one that anything may listen on. */
const ports = [53, 443, 8000];

function portsOf(from: Host, to: Host): string {
  const open = ports.filter((port) => isOpen({ from, to, port }, plans));
  return open.length === 0 ? "-" : open.length === ports.length ? "all" : open.join(" ");
}

/** Who reaches what: a row for each host that asks, a column for each that is asked. */
function tableOf(from: readonly string[], to: readonly string[]): string {
  const cell = (name: string): string => name.padEnd(11);
  const line = (cells: readonly string[]): string => cells.map(cell).join("").trimEnd();
  const at = (name: string): Host => hosts[name] ?? { address: "" };
  return [line(["", ...to]), ...from.map((one) => line([one, ...to.map((other) => portsOf(at(one), at(other)))]))].join(
    "\n",
  );
}

const teams = ["closed", "ray", "chat", "lab", "hosts"];

describe("over the network", () => {
  it("a team reaches its own pods and no other team's, and is reached by whom it named", () => {
    expect(tableOf([...teams, "gateway", "operator", "system", "node", "internet"], teams)).toBe(
      [
        "           closed     ray        chat       lab        hosts",
        "closed     all        -          -          -          -",
        "ray        -          all        -          -          -",
        "chat       -          -          all        -          -",
        "lab        -          -          -          all        -",
        "hosts      -          -          -          -          all",
        "gateway    -          -          all        -          -",
        "operator   -          all        -          -          -",
        "system     -          -          -          -          -",
        "node       -          -          -          -          -",
        "internet   -          -          -          -          -",
      ].join("\n"),
    );
  });

  it("a team reaches names, private endpoints, and what it said; never a node, nor what would make it one", () => {
    expect(tableOf(teams, ["dns", "system", "gateway", "endpoint", "node", "lustre", "metadata"])).toBe(
      [
        "           dns        system     gateway    endpoint   node       lustre     metadata",
        "closed     53         -          -          443        -          -          -",
        "ray        53         -          -          443        -          -          -",
        "chat       53         -          -          443        -          -          -",
        "lab        53         -          -          443        -          -          -",
        "hosts      53         -          -          443        -          -          -",
      ].join("\n"),
    );
    expect(tableOf(teams, ["privateApi", "publicApi", "entra", "internet", "wireServer"])).toBe(
      [
        "           privateApi publicApi  entra      internet   wireServer",
        "closed     -          -          -          -          -",
        "ray        all        all        443        -          -",
        "chat       -          -          -          -          -",
        "lab        -          443        443        443        -",
        "hosts      -          -          -          -          -",
      ].join("\n"),
    );
    expect(tableOf(teams, ["pypi.org", "cdn.hf.co", "hf.co"])).toBe(
      [
        "           pypi.org   cdn.hf.co  hf.co",
        "closed     -          -          -",
        "ray        -          -          -",
        "chat       -          -          -",
        "lab        443        443        443",
        "hosts      443        443        -",
      ].join("\n"),
    );
  });
});
