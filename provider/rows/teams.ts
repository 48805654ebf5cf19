import { z } from "zod";
import { ModelService, type ModelServiceArgs } from "../../components/inference/model-service/model-service";
import { modelServiceShape } from "../../components/inference/model-service/shape";
import { outboundTypes } from "../../components/network/outbound";
import { TeamQueue, type TeamQueueArgs } from "../../components/queues/team-queue/team-queue";
import { teamQueueShape } from "../../components/queues/team-queue/shape";
import { teamNamespaceName } from "../../components/tenancy/kinds/team-kinds";
import { teamNamespaceShape } from "../../components/tenancy/team-namespace/shape";
import { TeamNamespace, type TeamNamespaceArgs } from "../../components/tenancy/team-namespace/team-namespace";
import { dependenciesOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import {
  cpuPoolReference,
  gpuPoolOf,
  gpuPoolReference,
  modelGatewayReference,
  queuesReference,
} from "../reference-shapes";
import { type GivenVolume, teamVolume, teamVolumeShape, teamVolumeWires } from "../team-volume";
import { named } from "../type-names";
import { wiredObject } from "../wires";

const queueReference = named("queues:TeamQueueRef", z.strictObject({ clusterQueueName: z.string(), borrow: z.int() }));
const scaler = z.strictObject({ queryEndpoint: z.string(), identityClientId: z.string(), clusterName: z.string() });

type NamespaceShape = Extract<TeamNamespaceArgs, { readonly plan?: never }>;
type QueueShape = Extract<TeamQueueArgs, { readonly plan?: never }>;
type ModelShape = Extract<ModelServiceArgs, { readonly plan?: never }>;

/** The same without nothing, which other languages cannot tell from absence. */
type ModelInputs = Omit<ModelShape, "scaler" | "surroundings"> & {
  readonly scaler?: ModelShape["scaler"];
  readonly surroundings: Omit<ModelShape["surroundings"], "gateway"> &
    Partial<Pick<ModelShape["surroundings"], "gateway">>;
};

/** What teams have in a cluster. They need a provider of Kubernetes in their options. */
export const teamRows: PackagedComponents = {
  "azure-gpu-cluster:queues:TeamQueue": {
    what: "Team queue",
    inputs: z.strictObject({
      ...teamQueueShape.shape,
      pool: gpuPoolReference,
      queues: queuesReference,
      ahead: z.int().exactOptional(),
    }),
    wires: [],
    references: ["pool", "queues"],
    outputs: z.object({ ref: queueReference.describe("What the team's namespace is given as `queue`.") }),
    make: (name, inputs: QueueShape, opts) => {
      const args = { ...inputs, pool: gpuPoolOf(inputs.pool), after: dependenciesOf(opts) };
      const component = new TeamQueue(name, args, opts);
      return { component, outputs: { ref: { ...component.ref } } };
    },
  },
  "azure-gpu-cluster:tenancy:TeamNamespace": {
    what: "Team namespace",
    inputs: z.strictObject({
      ...teamNamespaceShape.shape,
      pool: gpuPoolReference,
      cpuPools: z.array(cpuPoolReference).exactOptional(),
      volumes: z
        .record(z.string(), teamVolumeShape)
        .describe("Storage to mount, by the name of its claim: lowercase letters and digits. Default: none.")
        .exactOptional(),
      queue: queueReference.exactOptional(),
      endpointCidr: z.string().exactOptional(),
      keyVault: z.strictObject({ name: z.string() }).exactOptional(),
      fqdnPolicies: z.boolean().exactOptional(),
      outboundType: z.enum(outboundTypes).exactOptional(),
      location: z.string().exactOptional(),
      identityClientId: z.string(),
      tenantId: z.string().exactOptional(),
      podSecurityVersion: z.string(),
    }),
    wires: [...teamVolumeWires("volumes.*"), "identityClientId", "tenantId", "podSecurityVersion"],
    references: ["pool", "cpuPools", "queue", "endpointCidr", "keyVault", "outboundType"],
    outputs: z.object({ namespaceName: z.string() }),
    make: (name, inputs: NamespaceShape & { readonly volumes?: Readonly<Record<string, GivenVolume>> }, opts) => {
      const { volumes: given, ...rest } = inputs;
      const { kind, team, identityClientId } = rest;
      const namespace = teamNamespaceName(kind, team);
      const volumes = Object.fromEntries(
        Object.entries(given ?? {}).map(([claim, it]) => [claim, teamVolume(it, namespace, identityClientId)]),
      );
      const args = { ...rest, pool: gpuPoolOf(rest.pool), volumes, after: dependenciesOf(opts) };
      const component = new TeamNamespace(name, args, opts);
      return { component, outputs: { namespaceName: component.namespaceName } };
    },
  },
  "azure-gpu-cluster:inference:ModelService": {
    what: "Model",
    inputs: z.strictObject({
      model: z.string(),
      shape: named("inference:ModelServiceShape", modelServiceShape),
      surroundings: named(
        "inference:ModelSurroundings",
        z.strictObject({
          team: z.string(),
          namespace: z.string(),
          pool: gpuPoolReference,
          gpus: z.int(),
          gateway: modelGatewayReference.nullable().default(null),
          scratchStorageClass: z.string().exactOptional(),
          blob: z.boolean(),
          egress: teamNamespaceShape.shape.egress.unwrap(),
          secrets: z.array(z.string()).exactOptional(),
          keda: z.boolean(),
          metrics: z.enum(["none", "private", "readable"]),
        }),
      ),
      accountName: z.string().exactOptional(),
      serviceAccount: z.string(),
      scaler: named("inference:Scaler", scaler).exactOptional(),
    }),
    wires: ["accountName", wiredObject("scaler", scaler)],
    references: ["surroundings"],
    outputs: z.object({ address: z.string() }),
    make: (name, inputs: ModelInputs, opts) => {
      const { scaler: given = null, surroundings, ...rest } = inputs;
      const { gateway = null, ...others } = surroundings;
      const around = { ...others, gateway, pool: gpuPoolOf(others.pool) };
      const args = { ...rest, scaler: given, surroundings: around, after: dependenciesOf(opts) };
      const component = new ModelService(name, args, opts);
      return { component, outputs: { address: component.address } };
    },
  },
};
