import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../stack-files";

/** The lines of a language in the page on packages. They make a pool of `env`, `net` and `aks`. */
export function snippet(language: "python" | "ts" | "go"): string {
  const page = readFileSync(path.join(root, "docs/packages.md"), "utf8");
  const lines = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)?.[1];
  if (lines === undefined) throw new Error(`docs/packages.md has no lines of ${language}.`);
  return lines;
}

/** The lines of TypeScript in a module that compiles. */
export function typescriptModule(): string {
  const [first = "", ...rest] = snippet("ts").split("\n");
  const given = [
    'import { foundation, network } from "@pulumi/azure-gpu-cluster";',
    "declare const env: foundation.EnvironmentGroup;",
    "declare const net: network.ClusterNetwork;",
    "declare const aks: cluster.KubernetesCluster;",
  ];
  return [first, ...given, ...rest].join("\n");
}

/** The lines of Go in a package that compiles. */
export function goPackage(): string {
  const [first = "", ...rest] = snippet("go").split("\n");
  const sdk = /"(.*)\/cluster"/.exec(first)?.[1] ?? "";
  return `package snippet

${first}
import (
	"${sdk}/foundation"
	"${sdk}/network"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func pool(ctx *pulumi.Context, env *foundation.EnvironmentGroup, net *network.ClusterNetwork, aks *cluster.KubernetesCluster) error {
${rest.join("\n")}
	return err
}

var _ = pool
`;
}
