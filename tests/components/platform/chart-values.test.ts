import { expect, it } from "vitest";
import { portsOf, unknownPaths } from "./chart-values";

const chart = {
  defaults: {
    replicas: 1,
    image: { tag: "main" },
    affinity: {},
    tolerations: [],
    priority: null,
    security: { user: 1 },
  },
  templates: "{{ .Values.extra.name }} {{ .Values.extras }}\n{{ toYaml .Values.security }}\n- containerPort: 9443\n",
};

it.each([
  [{ replicas: 2, image: { tag: "v1" } }, []],
  [{ replica: 2 }, ["replica"]],
  [{ image: { tagg: "v1", tag: "v1" } }, ["image.tagg"]],
  [{ affinity: { nodeAffinity: {} }, tolerations: [{ key: "a" }], priority: "high" }, []],
  [{ extra: { name: "a", nam: "a" } }, ["extra.nam"]],
  [{ extra: "a" }, ["extra"]],
  [{ security: { group: { id: 1 } } }, []],
  [{ replicas: { least: 2 } }, ["replicas"]],
])("of %j the chart does not know %j", (values, unknown) => {
  expect(unknownPaths(values, chart)).toEqual(unknown);
});

it("finds the ports of containers", () => {
  expect(portsOf(chart)).toEqual(new Set([9443]));
});
