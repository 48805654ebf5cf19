import { rowOf } from "../../azure/rows";
import { type AzureError, refusedWith } from "./azure-error";
import { refusalOfDelete } from "./delete-rules";
import { resourceAt, withoutResource, withResource, type Estate } from "./estate";
import { findsNoMachines, isRefusal, takeFault, type Fault, type FaultKind } from "./fault";
import { faultError } from "./fault-error";
import { operationSeconds } from "./operation-seconds";
import { liveOutputs } from "./outputs";
import { parentOf } from "./references";
import { takeToken } from "./throttle";
import { type Props } from "../../core/property-value";
import { revealAll } from "../../core/property-marks";
import { sealSecrets } from "./secrets";
import { refusalOfCreate, refusalOfUpdate } from "./write-rules";

/** One change that the engine asks for. */
export interface OperationRequest {
  readonly kind: "create" | "update" | "delete";
  readonly id: string;
  /** Type token without API version. */
  readonly type: string;
  /** Secrets marked. */
  readonly inputs: Props;
  /** Simulated seconds after which the caller gives up, 0 for never. */
  readonly timeoutSeconds: number;
  readonly subscriptionId: string;
}

/** When an operation happens and what is known to go wrong with it. All times are simulated seconds. */
export interface Schedule {
  /** When the engine asked. */
  readonly requested: number;
  /** When Azure began: after throttling, and after writes that exclude this one. */
  readonly start: number;
  readonly end: number;
  /** Seconds of 429 and `Retry-After` before `start`. */
  readonly throttledWait: number;
  /** Refused before anything happened. */
  readonly refusal?: AzureError;
  readonly fault?: FaultKind;
  /** The caller gives up before Azure is done. */
  readonly timedOut: boolean;
}

/** What became of an operation. */
export interface Ending {
  /** `succeeded` or Azure's error code. */
  readonly outcome: string;
  /** What Azure says of the resource, secrets marked. */
  readonly outputs: Props;
  readonly error?: AzureError;
  /** The resource is there, but not as wanted, and the provider knows it. */
  readonly partial: boolean;
  /** The provider's process is to vanish instead of answering. */
  readonly crash: boolean;
}

/** Estate and pending faults after an operation began, and its schedule. Nothing is kept of a refused one. */
export function beginOperation(
  estate: Estate,
  faults: readonly Fault[],
  request: OperationRequest,
  now: number,
  process: number,
): { readonly estate: Estate; readonly faults: readonly Fault[]; readonly schedule: Schedule } {
  const refusal = refusalOf(estate, request, now);
  if (refusal !== undefined) return { estate, faults, schedule: refused(refusal, now) };
  const { fault, rest } = takeFault(faults, request);
  if (fault !== undefined && isRefusal(fault.kind)) {
    const error = faultError(fault.kind, request, locationOf(estate, request));
    return { estate, faults: rest, schedule: { ...refused(error, now), fault: fault.kind } };
  }

  const throttle = throttled(estate, request, now);
  const throttledWait = throttle.waitSeconds + (fault?.kind === "throttled" ? (fault.retryAfterSeconds ?? 60) : 0);
  const lane = laneOf(request);
  const start = Math.max(now + throttledWait, (lane === undefined ? 0 : throttle.estate.busyUntil[lane]) ?? 0);
  const done = start + operationSeconds(request.type, request.kind, revealAll(request.inputs));
  const limit = request.timeoutSeconds > 0 ? now + request.timeoutSeconds : Infinity;
  const busyUntil = lane === undefined ? throttle.estate.busyUntil : { ...throttle.estate.busyUntil, [lane]: done };
  return {
    estate: inFlight({ ...throttle.estate, busyUntil }, request, now, process),
    faults: rest,
    schedule: {
      requested: now,
      start: Math.min(start, limit),
      end: Math.min(done, limit),
      throttledWait,
      ...(fault !== undefined && { fault: fault.kind }),
      timedOut: done > limit,
    },
  };
}

/** Estate after an operation ended, and how it ended. */
export function finishOperation(
  estate: Estate,
  request: OperationRequest,
  schedule: Schedule,
): { readonly estate: Estate; readonly ending: Ending } {
  const none = { outputs: {}, partial: false, crash: false };
  const { refusal, fault } = schedule;
  if (refusal !== undefined) return { estate, ending: { ...none, outcome: refusal.code, error: refusal } };

  const failed = fault !== undefined && findsNoMachines(fault) && request.kind !== "delete";
  const outputs =
    request.kind === "delete"
      ? {}
      : liveOutputs(request.type, request.inputs, request.subscriptionId, failed ? "Failed" : "Succeeded");
  const error = endError(estate, request, schedule);
  return {
    estate:
      request.kind === "delete"
        ? withoutResource(estate, request.id)
        : made(estate, request, outputs, schedule.end, failed),
    ending: {
      outcome: fault === "provider-crash" ? "ProviderCrashed" : (error?.code ?? "succeeded"),
      outputs,
      ...(error !== undefined && { error }),
      partial: failed,
      crash: fault === "provider-crash",
    },
  };
}

function refusalOf(estate: Estate, request: OperationRequest, now: number): AzureError | undefined {
  const live = resourceAt(estate, request.id);
  // Azure has one way to write: an update of what is gone makes it again.
  if (request.kind === "delete") return live === undefined ? undefined : refusalOfDelete(estate, live);
  const refusal =
    request.kind === "update" && live !== undefined
      ? refusalOfUpdate(estate, live, request)
      : refusalOfCreate(estate, request);
  return refusal ?? writtenAtOnce(estate, request, now);
}

function refused(refusal: AzureError, now: number): Schedule {
  return { requested: now, start: now, end: now, throttledWait: 0, refusal, timedOut: false };
}

function throttled(
  estate: Estate,
  { kind, type, id }: OperationRequest,
  now: number,
): { readonly estate: Estate; readonly waitSeconds: number } {
  const { throttle } = rowOf(type);
  if (kind === "delete" || throttle === null) return { estate, waitSeconds: 0 };
  const key = ((throttle.of === "parent" ? parentOf(id) : undefined) ?? id).toLowerCase();
  const { bucket, waitSeconds } = takeToken(estate.buckets[key], throttle, now);
  return { estate: { ...estate, buckets: { ...estate.buckets, [key]: bucket } }, waitSeconds };
}

/** What takes one write at a time, each after the other: Azure answers AnotherOperationInProgress, the provider retries. */
function laneOf({ type, id }: OperationRequest): string | undefined {
  return rowOf(type).oneAtATime === null ? undefined : parentOf(id)?.toLowerCase();
}

/** A second write at the same time, where the provider does not retry. */
function writtenAtOnce({ busyUntil }: Estate, request: OperationRequest, now: number): AzureError | undefined {
  const refusal = rowOf(request.type).oneAtATime?.refusal ?? null;
  const lane = laneOf(request);
  return refusal !== null && lane !== undefined && (busyUntil[lane] ?? 0) > now
    ? refusedWith(refusal, request.id)
    : undefined;
}

/** The resource shows from the moment Azure takes the request. */
function inFlight(estate: Estate, request: OperationRequest, now: number, process: number): Estate {
  const live = resourceAt(estate, request.id);
  if (live !== undefined) {
    const provisioningState = request.kind === "delete" ? "Deleting" : "Updating";
    return withResource(estate, { ...live, provisioningState, process });
  }
  if (request.kind === "delete") return estate;
  const { id, type, inputs, subscriptionId } = request;
  return withResource(estate, {
    id,
    type,
    inputs: sealSecrets(inputs, estate.salt),
    outputs: sealSecrets(liveOutputs(type, inputs, subscriptionId, "Succeeded"), estate.salt),
    provisioningState: "Creating",
    createdAt: now,
    process,
  });
}

function made(estate: Estate, request: OperationRequest, outputs: Props, end: number, failed: boolean): Estate {
  return withResource(estate, {
    id: request.id,
    type: request.type,
    inputs: sealSecrets(request.inputs, estate.salt),
    outputs: sealSecrets(outputs, estate.salt),
    provisioningState: failed ? "Failed" : "Succeeded",
    createdAt: request.kind === "create" ? end : (resourceAt(estate, request.id)?.createdAt ?? end),
    process: null,
  });
}

function endError(estate: Estate, request: OperationRequest, { fault, timedOut }: Schedule): AzureError | undefined {
  const location = locationOf(estate, request);
  if (fault !== undefined && findsNoMachines(fault) && request.kind !== "delete")
    return faultError(fault, request, location);
  if (fault === "timeout-after-create" || timedOut) return faultError("timeout-after-create", request, location);
  return undefined;
}

/** Region of a resource: its own, or that of what it is a part of. */
function locationOf(estate: Estate, { id, inputs }: OperationRequest): string {
  const parent = parentOf(id);
  const own = inputs["location"] ?? (parent === undefined ? undefined : resourceAt(estate, parent)?.inputs["location"]);
  return typeof own === "string" ? own : "";
}
