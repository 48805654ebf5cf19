import {
  type ReadResourceRequest,
  ReadResourceResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { armOutputs, functionOf } from "../azure/answers";
import { stableUuid } from "../core/names";
import type { PlannedOptions, PlannedResource } from "../core/planned-resource";
import { isSecret } from "../core/property-marks";
import { text } from "../core/property-tree";
import { mapProps, mapValue, type Props, toProps, type Value } from "../core/property-value";
import { partsOf } from "../core/urn";
import type { RecordedPlan } from "./recorded-plan";

type Answer<T> = (error: Error | null, response: T) => void;

/**
 * What the SDK reads of the answer to a registration. Not the message itself: of that it would build every field, and write all of it
 * into a line for debugging that is then thrown away.
 */
interface Registered {
  readonly getUrn: () => string;
  readonly getId: () => string;
  readonly getObject: () => Pick<Struct, "toJavaScript">;
  readonly getPropertydependenciesMap: () => undefined;
  /** 0 is success. */
  readonly getResult: () => 0;
}

/** What a program gets to know of a resource. */
interface Answered {
  readonly urn: string;
  readonly id: string;
  readonly outputs: Props;
}

/** What the recorder is told about the world outside the stack. */
export interface RecorderWorld {
  readonly project: string;
  readonly stack: string;
  readonly subscriptionId: string;
  /** Outputs of the stacks that a `StackReference` may ask for, by full name. */
  readonly stackOutputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Stands where the engine stands and writes down what the program asks for. The SDK sends it the very requests that the
 * engine gets; it answers with ids and outputs that are real in form, so that what depends on them can be recorded too.
 */
export class RecordingMonitor extends MockMonitor {
  readonly #world: RecorderWorld;
  readonly #resources: PlannedResource[] = [];
  readonly #componentOutputs = new Map<string, Props>();
  #failure: { readonly error: unknown } | undefined;

  public constructor(world: RecorderWorld) {
    // The base class would ask these for answers; every method that does so is replaced below.
    super({ newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) });
    this.#world = world;
  }

  /**
   * What was registered so far.
   * @throws the first request that could not be answered
   */
  public plan(): RecordedPlan {
    if (this.#failure !== undefined) throw this.#failure.error;
    const root = this.#resources.find((it) => it.type === "pulumi:pulumi:Stack");
    return {
      stack: this.#world.stack,
      resources: this.#resources,
      outputs: root === undefined ? {} : (this.#componentOutputs.get(root.urn) ?? {}),
    };
  }

  // Types are the base class's business; these methods only ever see what the SDK sends.
  public override registerResource(req: RegisterResourceRequest, answer: Answer<Registered>): Promise<void> {
    let resource: Answered;
    try {
      resource = this.#record(req);
    } catch (error) {
      this.#fail(error);
      resource = { urn: this.#urn(req.getParent(), req.getType(), req.getName()), id: "", outputs: {} };
    }
    answer(null, registered(resource));
    return Promise.resolve();
  }

  public override registerResourceOutputs(req: RegisterResourceOutputsRequest, answer: Answer<object>): void {
    this.#componentOutputs.set(req.getUrn(), req.getOutputs()?.toJavaScript() ?? {});
    answer(null, {});
  }

  /** A `StackReference` is the only resource that is read: its outputs are known beforehand. */
  public override readResource(req: ReadResourceRequest, answer: Answer<ReadResourceResponse>): Promise<void> {
    const response = new ReadResourceResponse();
    const [type, name] = [req.getType(), req.getName()];
    const outputs = type === "pulumi:pulumi:StackReference" ? this.#world.stackOutputs[req.getId()] : undefined;
    const urn = this.#urn(req.getParent(), type, name);
    if (outputs === undefined) {
      this.#fail(new Error(`The plan knows no cloud, so it cannot read ${type} ${name}.`));
      response.setUrn(urn);
      answer(null, response);
      return Promise.resolve();
    }
    const state = { name: req.getId(), outputs, secretOutputNames: [] };
    this.#resources.push({
      urn,
      type,
      name,
      parent: req.getParent(),
      id: req.getId(),
      custom: true,
      inputs: { name: req.getId() },
      outputs: state,
      provider: "",
      dependencies: [],
      propertyDependencies: {},
      options: {},
    });
    response.setUrn(urn);
    response.setProperties(Struct.fromJavaScript(toProps(state)));
    answer(null, response);
    return Promise.resolve();
  }

  public override invoke(req: ResourceInvokeRequest, answer: Answer<InvokeResponse>): Promise<void> {
    const response = new InvokeResponse();
    try {
      const inputs = req.getArgs()?.toJavaScript() ?? {};
      const { subscriptionId } = this.#world;
      const answered = functionOf(req.getTok()).answer(inputs, { subscriptionId, kubernetesApi: null });
      response.setReturn(Struct.fromJavaScript(toProps(answered)));
    } catch (error) {
      this.#fail(error);
      response.setReturn(Struct.fromJavaScript({}));
    }
    answer(null, response);
    return Promise.resolve();
  }

  /**
   * Keeps what went wrong for the end. Told to the SDK, it would come back as unhandled rejections with the whole graph
   * in them.
   */
  #fail(error: unknown): void {
    this.#failure ??= { error };
  }

  #record(req: RegisterResourceRequest): Answered {
    const [type, name, parent] = [req.getType(), req.getName(), req.getParent()];
    const inputs = mapProps(req.getObject()?.toJavaScript() ?? {}, withoutSecrets);
    const urn = this.#urn(parent, type, name);
    const { id, outputs } = this.#answer(urn, type, name, req.getCustom(), inputs);
    const propertyDependencies: Record<string, readonly string[]> = {};
    req.getPropertydependenciesMap().forEach((urns, property) => {
      propertyDependencies[property] = sorted(urns.getUrnsList());
    });
    this.#resources.push({
      urn,
      type,
      name,
      parent,
      id,
      inputs,
      outputs,
      custom: req.getCustom(),
      provider: req.getProvider(),
      dependencies: sorted(req.getDependenciesList()),
      propertyDependencies,
      options: { ...this.#aliases(req), ...options(req) },
    });
    return { urn, id, outputs };
  }

  #urn(parent: string, type: string, name: string): string {
    const { stack, project } = this.#world;
    const parentType = partsOf(parent).types;
    const chain = parentType === "" || parentType === "pulumi:pulumi:Stack" ? type : `${parentType}$${type}`;
    return `urn:pulumi:${stack}::${project}::${chain}::${name}`;
  }

  /** Aliases of the program. */
  #aliases(req: RegisterResourceRequest): Pick<PlannedOptions, "aliases"> {
    const aliases = req.getAliasesList().flatMap((alias) => {
      const spec = alias.getSpec();
      if (spec === undefined) return [alias.getUrn()];
      // An alias says only what was different.
      const [parent, name] = [spec.getParenturn(), spec.getName() || req.getName()];
      return [this.#urn(parent, spec.getType() || req.getType(), name)];
    });
    return aliases.length === 0 ? {} : { aliases };
  }

  #answer(urn: string, type: string, name: string, custom: boolean, inputs: Props): { id: string; outputs: Props } {
    if (!custom) return { id: "", outputs: inputs };
    if (type.startsWith("azure-native:")) {
      const { id, outputs } = armOutputs(type, inputs, this.#world.subscriptionId);
      return { id, outputs: toProps(outputs) };
    }
    if (type.startsWith("kubernetes:")) return { id: kubernetesId(name, inputs), outputs: inputs };
    if (type.startsWith("pulumi:providers:")) return { id: stableUuid(urn), outputs: inputs };
    throw new Error(`The plan knows no provider for ${type}.`);
  }
}

function registered({ urn, id, outputs }: Answered): Registered {
  return {
    getUrn: () => urn,
    getId: () => id,
    getObject: () => ({ toJavaScript: () => outputs }),
    getPropertydependenciesMap: () => undefined,
    getResult: () => 0,
  };
}

/** `namespace/name`, or the name alone for what belongs to no namespace. */
function kubernetesId(logicalName: string, inputs: Props): string {
  const name = text(inputs, "metadata.name") ?? logicalName;
  return [text(inputs, "metadata.namespace"), name].filter((part) => part !== undefined).join("/");
}

function options(req: RegisterResourceRequest): PlannedOptions {
  const timeouts = req.getCustomtimeouts();
  return {
    ...(req.getProtect() && { protect: true }),
    ...(req.getDeletedwith() !== "" && { deletedWith: req.getDeletedwith() }),
    ...(req.getIgnorechangesList().length > 0 && { ignoreChanges: req.getIgnorechangesList() }),
    ...(req.getReplaceonchangesList().length > 0 && { replaceOnChanges: req.getReplaceonchangesList() }),
    ...(req.getRetainondelete() && { retainOnDelete: true }),
    ...(req.getDeletebeforereplace() && { deleteBeforeReplace: true }),
    ...(timeouts !== undefined &&
      isSet(timeouts) && {
        customTimeouts: { create: timeouts.getCreate(), update: timeouts.getUpdate(), delete: timeouts.getDelete() },
      }),
  };
}

/** The SDK sends timeouts always, empty when the program states none. */
function isSet(timeouts: RegisterResourceRequest.CustomTimeouts): boolean {
  return [timeouts.getCreate(), timeouts.getUpdate(), timeouts.getDelete()].some((it) => it !== "");
}

/** A plan is printed and kept: a secret in it is only the word. */
function withoutSecrets(value: Value): Value {
  return isSecret(value) ? "[secret]" : mapValue(value, withoutSecrets);
}

function sorted(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}
