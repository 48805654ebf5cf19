/** What nodes pull: by digest where one is known, since a tag can be moved to another image. */
export function imageOf({
  image,
  version,
  digest,
}: {
  readonly image: string;
  readonly version: string;
  readonly digest?: string;
}): string {
  return digest === undefined ? `${image}:${version}` : `${image}:${version}@${digest}`;
}
