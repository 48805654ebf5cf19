import { text } from "../../../../core/property-tree";

/** Something that Azure will do to a VM. */
export interface Maintenance {
  /** The same for as long as it is the same event. */
  readonly id: string;
  /** What it is, and when. */
  readonly what: string;
}

/**
 * Reads what AKS's node problem detector says in a condition of the node: it asks Azure's metadata service for scheduled events, and
 * repeats an event and its state, `Redeploy Scheduled: Mon, 30 Nov 2026 10:00:00 GMT. ... EventId: 1F3A...`. So nothing here needs the
 * way to that service, which hands out tokens too.
 * Sources: MicrosoftDocs/azure-aks-docs:articles/aks/node-problem-detector.md (2023-05-31);
 * Azure/karpenter-provider-azure:pkg/controllers/node/interruption/preemption.go (the form of the message)
 */
export function maintenanceOf(conditions: readonly unknown[]): Maintenance | null {
  const scheduled = conditions.find((it) => text(it, "type") === "VMEventScheduled" && text(it, "status") === "True");
  if (scheduled === undefined) return null;
  const message = text(scheduled, "message") ?? "";
  // Azure's advice that a Spot VM may go soon is not the event itself.
  if (/^\S+ Advisory\b/.test(message)) return null;
  const [, what = "an event that it does not name"] = /^([^.]+)\./.exec(message) ?? [];
  return { id: /EventId: ([\w-]+)/.exec(message)?.[1] ?? what, what };
}
