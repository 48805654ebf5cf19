export type { AddOn, AddOnContents, AddOnContext, KubernetesObject, KubernetesObjects, PlatformFacts } from "./add-on";
export { addOns, type PlatformShape } from "./add-ons";
export { type InstalledPlatform, installPlatform } from "./install-platform";
export { planPlatform, type AddOnPlan, type PlatformPlan } from "./plan-platform";
export type { PlatformRef } from "./platform-ref";
export type { QueuesRef } from "./queues-ref";
