import { z } from "zod";
import type { AddOn } from "../add-on";
import { admissionPolicy } from "../admission-policy";
import { memlockRules } from "./memlock-rules";
import { podRules } from "./pod-rules";
import { serviceRules } from "./service-rules";

/** There is nothing to choose: a fence with a gap is none. */
const settings = z.strictObject({});

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
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({
    values: {},
    crds: null,
    objects: {
      ...admissionPolicy("team-fence-pods", podRules),
      ...admissionPolicy("team-fence-services", serviceRules),
      ...admissionPolicy("team-fence-memlock", memlockRules),
    },
    handsOver: { teamFence: true },
  }),
};
