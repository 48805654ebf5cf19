import { z } from "zod";
import { priorities } from "../../../catalog/priorities";
import type { AddOn } from "../add-on";
import { admissionPolicy } from "../admission-policy";
import { memlockRules } from "./memlock-rules";
import { podRules } from "./pod-rules";
import { secretRules } from "./secret-rules";
import { serviceRules } from "./service-rules";

/** Nothing that the fence refuses can be left out, for a fence with a gap is none: only who may go before whom is a choice. */
const settings = z.strictObject({
  /**
   * Priority classes of the cluster that pods of teams may have, beside those for teams that the add-on `kueue` makes: with one that
   * preempts they push out pods of every team below it. Somebody else makes these classes. Without a class a pod always may run, and when a class is the cluster's default it must stand here too.
   */
  priorityClasses: z
    .array(
      z
        .string()
        .regex(
          /^(?!system-)[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
          "must be the name of a priority class, in lowercase letters, digits, hyphens and dots, and not one of the system",
        ),
    )
    .default([]),
});

/**
 * What the API server refuses in the namespaces of teams, told by their label `azure-gpu-cluster/tenant`: GPUs of other teams'
 * pools, system nodes, services that take others' traffic. Rights say which kinds a team may make; this says what may be in them.
 * It stands wherever there may be teams, before their namespaces. Costs nothing.
 */
export const teamFence: AddOn<typeof settings> = {
  name: "team-fence",
  gives: "admission policies that keep a team to its pool, and to what Pod Security cannot say",
  verify: "kubectl get validatingadmissionpolicies,validatingadmissionpolicybindings",
  wanted: { when: "always", holds: () => true },
  needs: [],
  after: [],
  namespace: null,
  release: null,
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents: ({ settings: { priorityClasses }, installed }, problems) => {
    const ours = installed.has("kueue") ? priorities : [];
    for (const { name } of ours.filter((it) => !it.forTeams)) {
      problems.require(
        !priorityClasses.includes(name),
        "priorityClasses",
        `must not have ${name}, which is not for teams`,
        {
          got: priorityClasses,
          remedy: `Remove ${name}`,
        },
      );
    }
    const forTeams = ours.filter((it) => it.forTeams).map((it) => it.name);
    return {
      values: {},
      crds: null,
      objects: {
        ...admissionPolicy("team-fence-pods", podRules([...new Set([...priorityClasses, ...forTeams])])),
        ...admissionPolicy("team-fence-services", serviceRules),
        ...admissionPolicy("team-fence-secrets", secretRules),
        ...admissionPolicy("team-fence-memlock", memlockRules),
      },
      handsOver: { teamFence: true },
    };
  },
};
