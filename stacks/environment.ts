import type { Place } from "../catalog/place";
import type { VersionLock } from "../catalog/version-locks";
import type { ExpectedUse } from "../catalog/prices/uses";
import type { LoginMode } from "../components/cluster/kubeconfig";
import type { EnvironmentBudgetPlan } from "../components/foundation/environment-budget/plan";
import type { EnvironmentHoursPlan } from "../components/foundation/environment-hours/plan";
import type { PlatformPlan } from "../components/platform/plan-platform";
import type { Problem } from "../core/problems";
import type { LayerName } from "./config/layers";
import type { Sections } from "./config/sections";
import type { BootstrapPlan } from "./plan-bootstrap";
import type { InfraPlan } from "./plan-infra";
import type { DeclaredTeam } from "./config/teams";

/** How strictly an environment is judged. */
export type EnvironmentKind = Sections["environment"]["kind"];

/** A checked environment: what one stack file says, every default in place, every decision made, ready to be made. */
export interface Environment extends Place {
  /** Stack name. */
  readonly stack: string;
  readonly kind: EnvironmentKind;
  /** Versions of everything that it runs. */
  readonly lock: VersionLock;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether cluster, network and data refuse to be destroyed. */
  readonly protect: boolean;
  /** Hours in which it is switched off, `null` for none. */
  readonly hours: EnvironmentHoursPlan | null;
  /** What Azure is to tell people about the cost, `null` where nobody wants to know. */
  readonly budget: EnvironmentBudgetPlan | null;
  /** USD that a month may cost when all is full, `null` for no bound. */
  readonly ceilingUsdPerMonth: number | null;
  /** Use that is expected of what bills by its use. */
  readonly expectedUse: ExpectedUse;
  /** Options that are given by an old name, each with its new one. */
  readonly deprecations: readonly Problem[];
  readonly layers: readonly LayerName[];
  /** Stack that made the other layers. */
  readonly handover: string | null;
  readonly login: LoginMode;
  /** What pipelines need, `null` in a stack of an environment. */
  readonly bootstrap: BootstrapPlan | null;
  /** Everything in Azure, `null` where another stack makes it. */
  readonly infra: InfraPlan | null;
  /** Choices for add-ons. */
  readonly platform: NonNullable<Sections["platform"]>;
  /** The add-ons for the cluster of this stack, `null` where another stack makes one of the two. */
  readonly platformPlan: PlatformPlan | null;
  /** Teams of every kind. */
  readonly teams: readonly DeclaredTeam[];
}
