import { z } from "zod";
import { forgeShape, operatorShape, trustShape } from "../../components/identity/pipeline-identity/shape";
import { secretsKeyShape } from "../../components/identity/secrets-key/shape";
import { stateAccountShape } from "../../components/storage/state-account/shape";
import { distinct } from "../../core/distinct";
import { isUuid } from "../../core/names";

const groupId = z.string().refine(isUuid, "must be the object ID of an Entra group, which is a UUID");

/** One environment that pipelines deploy. Its key is the name of its stack, as in `dev` or `prod-eastus-1`. */
const deliveredShape = z.strictObject({
  /**
   * Subscription of the environment, and of no other: the rights of its pipelines are given there as a whole, since a stack makes its own
   * resource groups.
   */
  subscriptionId: z.string().refine(isUuid, "must be a UUID, and not all zeros"),
  ...trustShape.omit({ stacks: true }).shape,
  /**
   * Whether its pipeline makes and takes away locks, as `deleteLock` of a store asks for: then it could take away any lock of the
   * subscription.
   */
  locks: z.boolean().default(false),
  /**
   * Whether its pipeline makes and takes away assignments and definitions of Azure Policy, as the section `azurePolicy` of its stack file
   * asks for: then it could take away any of them in the subscription. What a management group forbids stays.
   */
  policies: z.boolean().default(false),
  /**
   * Object ID of an Entra group that may do what the pipeline may, for when the pipeline is what broke. Keep it empty, let people in for two
   * hours and with a second person's consent (Privileged Identity Management), and have each sign-in told to somebody. Default: none.
   */
  breakGlassGroupObjectId: groupId.exactOptional(),
  /**
   * Identities by which the operator runs stacks of the environment, beside those of its pipeline, with the same rights. Default: none, and
   * no operator can.
   */
  operator: z
    .strictObject({
      /** Its stacks, each of which has a service account of its own. Default: one, named like the environment */
      stacks: trustShape.shape.stacks,
      /**
       * Whether it has an identity that changes something. Without, its stacks only show what would change; with it, nobody is asked once
       * more after the source was signed.
       */
      applies: z.boolean().default(false),
    })
    .exactOptional(),
});

/** What pipelines need before they can run: a place for state, a key for secrets, identities and their rights. */
export const deliverySection = z.strictObject({
  /** The pipelines that are trusted. */
  pipelines: forgeShape,
  /** Cluster of the Pulumi Kubernetes Operator that runs stacks as well. Default: none. */
  operator: operatorShape.exactOptional(),
  /** The environments that they deploy, by the name of their stack. Each has an account of state, a key and two identities of its own. */
  environments: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,23}$/, "must be that of a stack: 1 to 24 lowercase letters, digits and hyphens"),
      deliveredShape,
    )
    .refine((it) => Object.keys(it).length > 0, "must name at least one environment"),
  /**
   * Object IDs of Entra groups that run `up` of this stack itself: they read and write its state and use its key. No pipeline does, since
   * whoever deploys this stack gives rights to pipelines.
   */
  administratorGroupObjectIds: distinct(
    z.array(groupId).min(1, "must name at least one group: nobody else reads the state of this stack"),
    "must name each group once",
  ),
  /** How state and keys are reached: by one of the two ways, or both. */
  network: z.strictObject({
    /**
     * Public ranges of pipelines and people, the same for every environment. Runners that GitHub hosts have none: use its larger runners with
     * addresses of their own, or run your own. Where `kind` is prod the policies refuse a public address. Default: none.
     */
    allowedRanges: stateAccountShape.shape.allowedRanges,
    /** Private endpoints in a network of somebody's in which runners are. */
    endpoints: z
      .strictObject({
        /** ARM ID of the subnet that gets the addresses, two for each environment and two for this stack. */
        subnetResourceId: z.string(),
        /** ARM IDs of the private DNS zones that answer in that network. */
        privateDnsZoneResourceIds: z.strictObject({
          /** Zone `privatelink.blob.core.windows.net`. */
          blob: z.string(),
          /** Zone `privatelink.vaultcore.azure.net`. */
          vault: z.string(),
        }),
      })
      .exactOptional(),
  }),
  /** Copies, and how long what was deleted or overwritten can be brought back: the same for every account of state. */
  state: z.strictObject(stateAccountShape.omit({ allowedRanges: true }).shape).prefault({}),
  /** True for the first `up` after a `destroy` within 90 days: the deleted vaults are brought back with their keys. Take it out again afterwards. */
  recoverDeleted: secretsKeyShape.shape.recoverDeleted,
  /**
   * Locks with which Azure refuses to delete the groups of state and keys, whoever asks, and all in them. Turn it off with an `up` before a
   * grant on a state is taken away, and before a `destroy`.
   */
  deleteLock: z.boolean().default(true),
});
