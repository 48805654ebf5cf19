import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { execKubeconfig, loginModes, readApiServer } from "../../../components/cluster/kubeconfig";

const server = { url: "https://aks.hcp.eastus.azmk8s.io:443", certificateAuthority: "Y2VydGlmaWNhdGU=" };

function encode(config: unknown): string {
  return Buffer.from(typeof config === "string" ? config : stringify(config)).toString("base64");
}

describe("execKubeconfig", () => {
  it.each(loginModes)("tells the client to log in by %s and holds no secret", (login) => {
    expect(parse(execKubeconfig(server, login))).toEqual({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "cluster",
      clusters: [
        { name: "cluster", cluster: { server: server.url, "certificate-authority-data": server.certificateAuthority } },
      ],
      contexts: [{ name: "cluster", context: { cluster: "cluster", user: "entra" } }],
      users: [
        {
          name: "entra",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1",
              command: "kubelogin",
              args: ["get-token", "--login", login, "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"],
              interactiveMode: "Never",
              provideClusterInfo: false,
              installHint: "Install kubelogin: https://azure.github.io/kubelogin/install.html",
            },
          },
        },
      ],
    });
  });

  it("keeps a long certificate authority on one line, as some clients want it", () => {
    const certificateAuthority = "QUJD".repeat(600);
    expect(execKubeconfig({ ...server, certificateAuthority }, "msi")).toContain(
      `certificate-authority-data: ${certificateAuthority}\n`,
    );
  });
});

describe("readApiServer", () => {
  it.each(loginModes)("reads back what execKubeconfig writes for %s", (login) => {
    expect(readApiServer(encode(execKubeconfig(server, login)))).toEqual(server);
  });

  it("leaves the login of AKS's answer behind", () => {
    const answer = {
      clusters: [{ name: "aks", cluster: { server: server.url, "certificate-authority-data": "Y2E=" } }],
      users: [{ name: "admin", user: { token: "hunter2", "client-key-data": "a2V5" } }],
    };
    expect(readApiServer(encode(answer))).toEqual({ url: server.url, certificateAuthority: "Y2E=" });
  });

  it.each([
    ["nothing", ""],
    ["no base64", "%%%"],
    ["no YAML", encode("users: [token: hunter2")],
    ["a text", encode("hello")],
    ["no clusters", encode({ users: [{ user: { token: "hunter2" } }] })],
    ["an empty list", encode({ clusters: [] })],
    ["an empty cluster", encode({ clusters: [{ cluster: null }] })],
    ["a list of nothing", encode({ clusters: [null] })],
    ["no certificate", encode({ clusters: [{ cluster: { server: server.url } }] })],
    ["a number for a server", encode({ clusters: [{ cluster: { server: 1, "certificate-authority-data": "Y2E=" } }] })],
  ])("fails on %s, and says so without quoting it", (_, text) => {
    expect(() => readApiServer(text)).toThrow(
      /^The kubeconfig that AKS returned names no API server with a certificate authority\.$/,
    );
  });
});
