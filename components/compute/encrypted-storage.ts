import { type Input, output, type Output, type Unwrap } from "@pulumi/pulumi";

/** What machines say of their disks, as far as a key is part of it. */
interface StorageProfile {
  readonly osDisk?: Input<
    { readonly managedDisk?: Input<{ readonly diskEncryptionSet?: unknown } | undefined> } | undefined
  >;
}

/** The disk of the system encrypted by a disk encryption set of the environment's own, unless the plan names one itself. */
export function encryptedStorage<S extends StorageProfile>(
  storage: Input<S | undefined>,
  diskEncryptionSetResourceId: Input<string>,
): Output<Unwrap<S> | undefined> {
  return output(storage).apply((it) => {
    const { osDisk } = (it ?? {}) as { osDisk?: { managedDisk?: object } };
    if (it === undefined || osDisk === undefined) return it as Unwrap<S> | undefined;
    const managedDisk = { diskEncryptionSet: { id: diskEncryptionSetResourceId }, ...osDisk.managedDisk };
    return { ...it, osDisk: { ...osDisk, managedDisk } } as Unwrap<S>;
  });
}
