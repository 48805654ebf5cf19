import { describe, expect, it } from "vitest";
import { inference } from "../../../../components/tenancy/kinds/inference";
import { teamKindNames, teamKinds } from "../../../../components/tenancy/kinds/team-kinds";
import { teamRights } from "../../../../components/tenancy/kinds/team-rights";
import { training } from "../../../../components/tenancy/kinds/training";

const read = ["get", "list", "watch"];
const edit = [...read, "create", "update", "patch", "delete"];
const nothing = { apiServer: false, secrets: false };

describe("rights of the roles of a team", () => {
  it("give leads, beside those of members, all work at once and what pods use", () => {
    expect(teamRights(training, nothing).leads).toEqual([
      { apiGroups: [""], resources: ["pods"], verbs: ["deletecollection"] },
      { apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: ["deletecollection"] },
      { apiGroups: ["jobset.x-k8s.io"], resources: ["jobsets"], verbs: ["deletecollection"] },
      {
        apiGroups: ["trainer.kubeflow.org"],
        resources: ["trainjobs", "trainingruntimes"],
        verbs: ["deletecollection"],
      },
      { apiGroups: ["resource.nvidia.com"], resources: ["computedomains"], verbs: ["deletecollection"] },
      { apiGroups: ["kubeflow.org"], resources: ["mpijobs"], verbs: ["deletecollection"] },
      { apiGroups: ["metrics.k8s.io"], resources: ["pods"], verbs: ["get", "list"] },
    ]);
  });

  it("let leads into pods where members may not enter them", () => {
    const exec = { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] };
    expect(teamRights(inference, nothing).leads).toContainEqual(exec);
    expect(teamRights(inference, nothing).members).not.toContainEqual(exec);
  });

  it("give a pipeline the work of the kind and its logs, and of the core objects what services need", () => {
    const work = training.rules.filter(({ apiGroups }) => !apiGroups.includes(""));
    expect(teamRights(training, { ...nothing, apiServer: true }).ci).toEqual([
      { apiGroups: [""], resources: ["services", "configmaps"], verbs: edit },
      {
        apiGroups: [""],
        resources: ["pods", "persistentvolumeclaims", "events", "resourcequotas", "limitranges"],
        verbs: read,
      },
      { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
      ...work,
      ...training.apiServerRules,
    ]);
  });

  it("let a team that mounts secrets see where they are from, and change nothing of it", () => {
    const classes = {
      apiGroups: ["secrets-store.csi.x-k8s.io"],
      resources: ["secretproviderclasses", "secretproviderclasspodstatuses"],
      verbs: read,
    };
    const rights = teamRights(inference, { ...nothing, secrets: true });
    expect(rights.members).toEqual([...inference.rules, classes]);
    expect(rights.ci).toContainEqual(classes);
    expect(rights.leads).toEqual(teamRights(inference, nothing).leads);
  });

  it.each(teamKindNames)(
    "hold no wildcard, and for pipelines of kind %s neither secrets nor ways into pods",
    (kind) => {
      const rights = teamRights(teamKinds[kind], { apiServer: true, secrets: true });
      const named = Object.values(rights).flatMap((rules) =>
        rules.flatMap(({ apiGroups, resources, verbs }) => [...apiGroups, ...resources, ...verbs]),
      );
      expect(named).not.toContain("*");
      const ofPipelines = rights.ci.flatMap(({ resources }) => resources);
      expect(ofPipelines.filter((it) => /secrets|exec|attach|portforward|ephemeral/.test(it))).toEqual([]);
    },
  );
});
