import { z } from "zod";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { dranetNames } from "../../../catalog/owned-parts";
import { priorities, teamPriorities } from "../../../catalog/priorities";
import { computeDomainChannelClass } from "../../../catalog/scheduling";
import { tableOf } from "../../../core/records";
import type { AddOn } from "../add-on";
import { admissionPolicy } from "../admission-policy";
import { checkExceptions, exceptionOf, withExceptions } from "./exceptions";
import { fencePolicies, ruleNames } from "./fence-policies";

/** Name of an object of the whole cluster. */
const objectName = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

/** A rule is left out for one namespace at a time, by an exception with a reason and an end. */
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
          new RegExp(`^(?!system-)${objectName}$`),
          "must be the name of a priority class, in lowercase letters, digits, hyphens and dots, and not one of the system",
        ),
    )
    .default([]),
  /** Which images teams may run, in containers and in volumes. */
  images: z
    .strictObject({
      /**
       * Registries that images of teams may be from, or paths in them: `myregistry.azurecr.io`, `nvcr.io/nvidia`. Images must then be
       * named in full, those of Docker Hub as `docker.io/library/ubuntu`; so must those that webhooks add, such as the proxy of workload
       * identity from `mcr.microsoft.com`. Default: any registry.
       */
      registries: z
        .array(
          z
            .string()
            .regex(
              /^(?=[^/]*[.:])[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9]([a-z0-9._/-]*[a-z0-9])?)?$/,
              "must be the host of a registry, with a path or without, for example myregistry.azurecr.io, and not end with a slash",
            ),
        )
        .default([]),
      /** Whether images must be named by their digest, `name@sha256:...`: a tag may be another image tomorrow. */
      digests: z.boolean().default(false),
    })
    .prefault({}),
  /**
   * Device classes that teams may claim, beside the channel of a ComputeDomain and adapters of DRANET where a pool has them. Quotas and
   * queues count no others: with a class that gives GPUs a team takes what nobody counts. Somebody else makes these classes.
   */
  deviceClasses: z
    .array(
      z
        .string()
        .regex(
          new RegExp(`^${objectName}$`),
          "must be the name of a device class, in lowercase letters, digits, hyphens and dots",
        ),
    )
    .default([]),
  /**
   * Namespaces that a rule lets pass until a day, each for one rule; what a refusal says ends with the rule's name. A pod security
   * level stays as it is.
   */
  exceptions: z.array(exceptionOf(ruleNames)).default([]),
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
  contents: ({ settings: { priorityClasses, images, deviceClasses, exceptions }, facts, installed }, problems) => {
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
    const claimed = [
      ...(facts.pools.some((it) => gpuStackRows[it.gpuStack].computeDomain) ? [computeDomainChannelClass] : []),
      // Claims of adapters are made in the namespaces of teams, from a template that the team cannot change.
      ...(facts.pools.some((it) => it.rdma === "dranet") ? [dranetNames.deviceClass] : []),
    ];
    const policies = fencePolicies({
      priorityClasses,
      teamPriorities: ours.length === 0 ? [] : teamPriorities,
      images,
      queued: [
        ...(installed.has("leaderWorkerSet") ? (["groups"] as const) : []),
        ...(installed.has("kubeRay") ? (["ray"] as const) : []),
      ],
      deviceClasses: [...new Set([...claimed, ...deviceClasses])],
    });
    const rules = Object.values(policies).flatMap((it) => it.rules.map(({ name }) => name));
    checkExceptions(
      exceptions,
      rules,
      "Remove the exception: platform.teamFence.images does not ask for this",
      problems,
    );
    const bodies = Object.entries(policies).map(([what, policy]) =>
      admissionPolicy(`team-fence-${what}`, withExceptions(policy, exceptions)),
    );
    return {
      values: {},
      crds: null,
      objects: tableOf(bodies.flatMap((it) => Object.entries(it))),
      handsOver: { teamFence: true },
    };
  },
};
