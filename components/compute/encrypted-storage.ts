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
    if (it === undefined) return it;
    // Of a known shape, which TypeScript does not see through what may be known later.
    const { osDisk } = it as { readonly osDisk?: { readonly managedDisk?: object } };
    if (osDisk === undefined) return it;
    const managedDisk = { diskEncryptionSet: { id: diskEncryptionSetResourceId }, ...osDisk.managedDisk };
    return { ...it, osDisk: { ...osDisk, managedDisk } };
  });
}
