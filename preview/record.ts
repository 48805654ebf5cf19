import { ComponentResource, type Resource, type ResourceOptions, runtime } from "@pulumi/pulumi";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { rowOf } from "../azure/rows";
import { isRecord } from "../core/property-value";
import { withoutStackTraces } from "../core/without-stack-traces";
import { projectName } from "../stacks/config/sections";
import { nilSubscription } from "../azure/arm-id";
import type { RecordedPlan } from "./recorded-plan";
import { RecordingMonitor, type RecorderWorld } from "./recording-monitor";
import { withoutMessages } from "./without-messages";

/** What to record and what it may know. */
export interface Recording {
  readonly stack: string;
  readonly program: () => Promise<unknown>;
  readonly subscriptionId?: string;
  /** Outputs of the stacks that a `StackReference` may ask for, by full name. @default none */
  readonly stackOutputs?: RecorderWorld["stackOutputs"];
}

/**
 * Runs a program without engine and cloud and returns everything it would make. One recording at a time: the SDK keeps
 * its settings in globals.
 * @throws what the program throws, and for a type or function that nothing is known of
 */
export async function record({ stack, program, subscriptionId, stackOutputs }: Recording): Promise<RecordedPlan> {
  const monitor = new RecordingMonitor({
    project: projectName,
    stack,
    subscriptionId: subscriptionId ?? nilSubscription,
    stackOutputs: stackOutputs ?? {},
  });
  let failure: { readonly error: unknown } | undefined;
  const constructed: Resource[] = [];
  const run = async (): Promise<void> => {
    // Switches the SDK's features on as for any mock; then our monitor takes the place of the one it sets.
    await runtime.setMocks(
      { newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) },
      projectName,
      stack,
      false,
    );
    setMockOptions(monitor, projectName, stack, false, "organization");
    await runtime.runInPulumiStack(async () => {
      // Called as each resource is constructed; registrations come later, in an order that timing decides.
      runtime.registerStackTransformation(({ resource, type, props, opts }) => {
        // Here the program stops at the line that asks for the resource, and nothing waits for its answer.
        if (type.startsWith("azure-native:")) rowOf(type);
        constructed.push(resource);
        const isComponent = resource instanceof ComponentResource;
        return { props, opts: isComponent ? opts : withoutOldTypes(opts) };
      });
      try {
        return await program();
      } catch (error) {
        // Kept, not thrown: inside the stack it would end as an unhandled rejection with the whole graph in it.
        failure = { error };
        return {};
      }
    });
    await runtime.disconnect();
  };
  await withoutStackTraces(() => withoutMessages(run));
  if (failure !== undefined) throw failure.error;
  return inOrder(monitor.plan(), await Promise.all(constructed.map(urnOf)));
}

/**
 * Leaves out aliases that only name another type of a provider: its lists of its own old versions, some sixty for the resources of
 * a team. The SDK would turn each into a URN, by more promises than a resource has, and no plan shows them.
 */
function withoutOldTypes({ aliases, ...opts }: ResourceOptions): ResourceOptions {
  const own = (aliases ?? []).filter((it) => !isRecord(it) || Object.keys(it).some((key) => key !== "type"));
  return own.length === 0 ? opts : { ...opts, aliases: own };
}

/** Resources in the order in which the program constructs them: the same program gives the same plan. */
function inOrder(plan: RecordedPlan, urns: readonly string[]): RecordedPlan {
  const place = new Map(urns.map((urn, at) => [urn, at]));
  const ranked = plan.resources.map((resource) => ({ resource, rank: place.get(resource.urn) ?? -1 }));
  return { ...plan, resources: ranked.sort((a, b) => a.rank - b.rank).map(({ resource }) => resource) };
}

function urnOf({ urn }: Resource): Promise<string> {
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}
