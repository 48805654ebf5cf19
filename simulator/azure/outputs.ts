import { armOutputs } from "../../azure/answers";
import { sdkType } from "../../azure/sdk-type";
import { hasUnknown, revealAll, unknownValue } from "../../core/property-marks";
import { isRecord, mapProps, mapValue, type Props, same, toProps, type Value } from "../../core/property-value";

/** What Azure answers for a resource: its inputs, secrets still marked, and what only Azure knows. */
export function liveOutputs(type: string, inputs: Props, subscriptionId: string, provisioningState: string): Props {
  const plain = revealAll(inputs);
  const { outputs } = armOutputs(type, plain, subscriptionId);
  const answered = toProps(outputs);
  // An input is answered as it came, with its secret mark, unless Azure adds to it.
  const kept = Object.entries(inputs).filter(([name]) => name === "type" || same(answered[name], plain[name]));
  const known = sdkType(type)?.outputs ?? [];
  return {
    ...answered,
    ...Object.fromEntries(kept),
    ...(known.includes("provisioningState") && { provisioningState }),
  };
}

/**
 * Outputs for a preview: inputs as they are, and unknown whatever Azure would add, down to single properties.
 * @param exists whether the resource is there already, so that what Azure says of it is known
 */
export function previewOutputs(type: string, inputs: Props, subscriptionId: string, exists: boolean): Props {
  const live = liveOutputs(type, inputs, subscriptionId, "Succeeded");
  const declared = Object.fromEntries((sdkType(type)?.outputs ?? []).map((it) => [it, unknownValue]));
  if (exists) return mapProps(live, markUnknown);
  return { ...declared, ...maskProps(live, inputs) };
}

function maskProps(live: Props, inputs: Props): Props {
  return Object.fromEntries(Object.entries(live).map(([key, it]) => [key, mask(it, inputs[key])]));
}

function mask(live: Value, input: Value | undefined): Value {
  if (input !== undefined && same(live, input)) return input;
  return isRecord(live) && isRecord(input) ? maskProps(live, input) : unknownValue;
}

/** A text in which something is unknown is unknown. */
function markUnknown(value: Value): Value {
  return typeof value === "string" && hasUnknown(value) ? unknownValue : mapValue(value, markUnknown);
}
