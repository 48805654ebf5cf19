import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import azureNative from "@pulumi/azure-native/package.json";
import kubernetes from "@pulumi/kubernetes/package.json";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import manifest from "../../package.json";
import { buildNodeHost } from "../../simulator/engine/providers";
import { describeWithYamlHost } from "../simulator/engine/with-yaml-host";
import { root } from "../stack-files";
import { bareRepository } from "./git-answers";
import { type Ended, SimulatedPackage } from "./simulated-package";
import { type StandInForge, startForge } from "./stand-in-forge";

const address = "github.com/owner/azure-gpu-cluster";
const tag = `v${manifest.version}`;
const example = path.join(root, "examples/infiniband-cluster-yaml/Pulumi.yaml");

describeWithYamlHost("`pulumi package add` of a git tag", ({ pulumi }, yamlHost) => {
  let simulated: SimulatedPackage;
  let forge: StandInForge;

  beforeAll(async () => {
    simulated = new SimulatedPackage(pulumi, [path.dirname(yamlHost)]);
    // In place of the plugin, which is to come from the tag.
    buildNodeHost(simulated.at("plugin"));
    bareRepository(simulated.at("repositories/owner/azure-gpu-cluster.git"), root, tag);
    forge = await startForge(simulated.at("repositories"));
    writeFileSync(simulated.at("forge.crt"), forge.certificate);
    // The CLI installs the providers that a plugin names, whatever PATH has.
    for (const [name, { version }] of Object.entries({ "azure-native": azureNative, kubernetes })) {
      const [file, folder] = [`pulumi-resource-${name}`, simulated.at(`home/plugins/resource-${name}-v${version}`)];
      mkdirSync(folder, { recursive: true });
      copyFileSync(simulated.at(`providers/${file}`), path.join(folder, file));
      chmodSync(path.join(folder, file), 0o700);
    }
    writeFileSync(simulated.at("work/Pulumi.yaml"), readFileSync(example));
  });

  afterAll(() => {
    forge.stop();
    simulated.remove();
  });

  function cli(...args: string[]): Promise<Ended> {
    const env = { HTTPS_PROXY: forge.proxy, SSL_CERT_FILE: simulated.at("forge.crt") };
    return simulated.run(pulumi, [...args, "--non-interactive", "--color=never"], env);
  }

  it("says which tag is not there, and leaves the program as it was", async () => {
    const { status, text } = await cli("package", "add", `${address}@v99.0.0`);
    expect(status).not.toBe(0);
    expect(text).toContain("v99.0.0");
    expect(readFileSync(simulated.at("work/Pulumi.yaml"), "utf8")).toBe(readFileSync(example, "utf8"));
  });

  it("clones it, starts the plugin, and enters the package into the program", async () => {
    expect(await cli("package", "add", `${address}@${tag}`)).toMatchObject({ status: 0 });
    expect(parse(readFileSync(simulated.at("work/Pulumi.yaml"), "utf8"))).toEqual({
      ...(parse(readFileSync(example, "utf8")) as object),
      packages: { "azure-gpu-cluster": `${address}@${tag}` },
    });
  });

  it("plans what the program asks for by the plugin of the tag", async () => {
    expect(await cli("stack", "init", "organization/infiniband-cluster/lab")).toMatchObject({ status: 0 });
    const { status, text } = await cli("preview");
    expect({ status, text }).toMatchObject({ status: 0 });
    expect(text).toContain("+ 26 to create");
  });
});
