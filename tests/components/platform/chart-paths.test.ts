import { describe, expect, it } from "vitest";
import { unknownPaths } from "./chart-paths";

const chart = {
  values: {
    driver: { enabled: true, env: [], rdma: { enabled: false } },
    labels: {},
    limits: { cpu: 1 },
    sum: { total: 1 },
    config: null,
    tolerations: [{ key: "a" }],
  },
  templates:
    "{{ .Values.pool.size }} {{ .Values.pool.sizes.least }} {{ .Values.nfd-worker.on }}\n" +
    "{{- with .Values.limits }}\nlimits:\n  {{- toYaml . | nindent 2 }}\n{{- end }}\n{{- with .Values.sum }}{{ .total }}",
};

describe("paths that a chart knows", () => {
  it.each([
    ["a default of its own", { driver: { enabled: false, rdma: { enabled: true } } }],
    ["a list that replaces a default", { tolerations: [{ unheard: "of" }] }],
    ["below an empty list", { driver: { env: [{ name: "A" }] } }],
    ["below an empty mapping", { labels: { any: { depth: 1 } } }],
    ["below null", { config: { sources: { pci: {} } } }],
    ["a mapping in place of one", { driver: {} }],
    ["a name in a template", { pool: { size: 1 } }],
    ["below what a template prints whole", { limits: { requests: { cpu: 1 } } }],
    ["a name with a hyphen in a template", { "nfd-worker": { on: true } }],
  ])("%s", (_, ours) => {
    expect(unknownPaths(ours, chart)).toEqual([]);
  });
});

describe("paths that a chart does not know", () => {
  it.each([
    ["below what a template looks into", { sum: { parts: 1 } }, ["sum.parts"]],
    ["a misspelt name", { drivers: { enabled: true } }, ["drivers.enabled"]],
    [
      "a misspelt name below a known one",
      { driver: { enabledd: true, rdma: { on: 1 } } },
      ["driver.enabledd", "driver.rdma.on"],
    ],
    ["below a value that is no mapping", { driver: { enabled: { really: true } } }, ["driver.enabled.really"]],
    ["below a list with entries", { tolerations: { key: "a" } }, ["tolerations.key"]],
    ["the beginning of a name in a template", { pool: { siz: 1 } }, ["pool.siz"]],
    ["the beginning of a path in a template", { pool: { sizes: 1 } }, ["pool.sizes"]],
  ])("%s", (_, ours, unknown) => {
    expect(unknownPaths(ours, chart)).toEqual(unknown);
  });
});
