import type { Input } from "@pulumi/pulumi";

/** A key of ours, for a service that encrypts with it. Whoever waits for one of its values waits for the right to use it. */
export interface OwnKey {
  /** Address of the vault, without a slash at its end. */
  readonly vaultUri: string;
  /** Name of the key in the vault. */
  readonly keyName: string;
  /** ARM ID of the vault. */
  readonly vaultResourceId: Input<string>;
  /** Identifier of the key without a version: whoever takes it follows new ones. */
  readonly keyUrl: Input<string>;
  /** Identifier of the version that was the newest when Pulumi last looked. */
  readonly keyUrlWithVersion: Input<string>;
  /** ARM ID of the user-assigned identity that may use it. */
  readonly identityResourceId: Input<string>;
  /** Client ID of that identity. */
  readonly identityClientId: Input<string>;
}
