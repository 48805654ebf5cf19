import type { LoginMode } from "../components/cluster/kubeconfig";
import type { NameParts, Tags } from "../core/scope";
import type { LayerName } from "./config/layers";
import type { Sections } from "./config/sections";

/** How strictly an environment is judged. */
export type EnvironmentKind = Sections["environment"]["kind"];

/** A checked environment: what one stack file says, every default in place, ready to be made. */
export interface Environment {
  /** Stack name. */
  readonly stack: string;
  readonly kind: EnvironmentKind;
  readonly location: string;
  /** Zones of the region. */
  readonly zones: readonly string[];
  readonly names: NameParts;
  readonly tags: Tags;
  /** Whether cluster, network and data refuse to be destroyed. */
  readonly protect: boolean;
  readonly layers: readonly LayerName[];
  /** Stack that made the other layers. */
  readonly handover: string | null;
  readonly login: LoginMode;
  /** ISO date that support of versions is judged on. */
  readonly today: string;
  readonly infra: InfraSections | null;
  /** Choices for add-ons. */
  readonly platform: NonNullable<Sections["platform"]>;
  readonly trainingTeams: Teams;
  readonly inferenceTeams: Teams;
}

/** The sections that describe the infra layer. */
export interface InfraSections {
  readonly network: NonNullable<Sections["network"]>;
  readonly cluster: NonNullable<Sections["cluster"]>;
  readonly gpuPools: NonNullable<Sections["gpuPools"]>;
  readonly scaleSets: NonNullable<Sections["scaleSets"]>;
  readonly storage: NonNullable<Sections["storage"]>;
}

/** The same sections as far as they could be read, for checks that go on after a fault. */
export type InfraParts = { readonly [K in keyof InfraSections]?: InfraSections[K] | undefined };

export type Teams = NonNullable<Sections["trainingTeams"]>;
