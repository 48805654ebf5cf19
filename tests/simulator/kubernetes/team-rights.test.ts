import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TeamRole, teamRoles } from "../../../components/tenancy/kinds/team-rights";
import { toProps } from "../../../core/property-value";
import { ApiClient } from "../../../simulator/kubernetes/api-client";
import { Cluster } from "../../../simulator/kubernetes/cluster";
import { type ControlPlane, startControlPlane } from "../../../simulator/kubernetes/control-plane";
import { installCrds } from "../../../simulator/kubernetes/crds";
import { vision } from "../../components/tenancy/teams";
import { describeWithEngine } from "../engine/with-engine";
import { applyTeam } from "./applied-team";
import { beyondNamespace } from "./requests-beyond-namespace";
import { allowed, type Request } from "./requests-of-people";
import { ofRoles } from "./requests-of-roles";
import { withinNamespace } from "./requests-within-namespace";
import { asSomebody, type Said, type Somebody, untilStatus } from "./somebody";

const leadsGroupObjectId = "66666666-6666-4666-8666-666666666666";
const ciObjectId = "77777777-7777-4777-8777-777777777777";
/** Everybody of a team, as AKS tells the API server of them. */
const somebodies: Readonly<Record<TeamRole, Somebody>> = {
  members: { user: "somebody@example.com", groups: [vision.groupObjectId] },
  leads: { user: "lead@example.com", groups: [leadsGroupObjectId] },
  ci: { user: ciObjectId, groups: [] },
};

/** Refused in the words of the rights: what is refused for another reason would be let in where that is mended. */
function expectNoRight({ status, message }: Said): void {
  expect(message).toMatch(/cannot \w+ (resource|path) /);
  expect(status).toBe(403);
}

const isNamed = (it: string): it is "OWN" | "SERVING" | "OTHER" => ["OWN", "SERVING", "OTHER"].includes(it);

describeWithEngine("what people of a team may ask of a real API server", (engine) => {
  let folder: string;
  let plane: ControlPlane;
  let cluster: Cluster;
  let namespaces: Readonly<Record<"OWN" | "SERVING" | "OTHER", string>>;
  const ask = ([, method, path, body]: Request, role: TeamRole = "members"): Promise<Said> => {
    const there = path.replace(/OWN|SERVING|OTHER/, (it) => (isNamed(it) ? namespaces[it] : it));
    const type = method === "PATCH" ? "application/merge-patch+json" : undefined;
    return asSomebody(plane, somebodies[role])(method, there, body, type);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "team-rights-test-"));
    plane = await startControlPlane({ folder, engine });
    cluster = new Cluster(ApiClient.of(plane));
    await installCrds(cluster, ["kueue"]);
    const workloads = await cluster.kind({ apiVersion: "kueue.x-k8s.io/v1beta2", kind: "Workload" });
    if (workloads === undefined) throw new Error("The server does not serve Kueue's workloads.");
    // Waits where people would be told to try again: a new kind has no list for a moment.
    await cluster.list(workloads);
    const roles = { leadsGroupObjectId, ciObjectId };
    namespaces = {
      OWN: await applyTeam(cluster, "node", roles, { clusterQueueName: "train-node", borrow: 0 }),
      SERVING: await applyTeam(cluster, "node", { ...roles, kind: "inference", gpus: 2 }),
      OTHER: await applyTeam(cluster, "node", {
        team: "other",
        groupObjectId: "99999999-9999-4999-8999-999999999999",
      }),
    };
  });
  afterAll(async () => {
    cluster.close();
    await plane.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(allowed.map((it) => [it[0], it] as const))("they may %s", async (_, request) => {
    const { status, message } = await ask(request);
    expect([200, 201], message).toContain(status);
  });

  describe.each(teamRoles)("%s", (role) => {
    test.each([...withinNamespace, ...beyondNamespace].map((it) => [it[0], it] as const))(
      "may not %s",
      async (_, request) => {
        expectNoRight(await ask(request, role));
      },
    );

    test.each(ofRoles.map(([may, it]) => [may.includes(role) ? "may" : "may not", it[0], it] as const))(
      "%s %s",
      async (may, _, request) => {
        const said = await ask(request, role);
        if (may === "may not") expectNoRight(said);
        // What is asked for need not be there.
        else expect([200, 201, 404], said.message).toContain(said.status);
      },
    );
  });

  test("they make no more objects than the quota counts", async () => {
    const quota = { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "team", namespace: namespaces.OWN } };
    const used = { "count/configmaps": "100", "count/secrets": "100", "count/services": "100" };
    await cluster.merge(quota, toProps({ status: { used } }), "/status");
    const path = `/api/v1/namespaces/${namespaces.OWN}/configmaps?dryRun=All`;
    const flood = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "flood" } };
    // Admission may read the new count a moment after the server took it.
    await untilStatus(403, () => ask(["", "POST", path, flood]));
    const { message } = await ask(["", "POST", path, flood]);
    expect(message).toContain("exceeded quota: team, requested: count/configmaps=1");
  });
});
