/**
 * Varnish as the cache before a server of a model, at the version of `versions.varnish`. Sources: varnish/docker-varnish:old/debian/Dockerfile
 * (8.0.2-1: user, folder, C compiler, varnish-modules with `bodyaccess`);
 * varnishcache/varnish-cache:bin/varnishd/cache/cache_req_body.c and include/tbl/params.h (8.0); varnish/varnish-modules:src/vmod_bodyaccess.vcc
 */
export const varnish = {
  uid: 1000,
  /** Folder that it writes to: the program that it compiles at its start, and its log in memory. */
  folder: "/var/lib/varnish",
  ports: {
    /** Where the kubelet asks for its health, and tells it that the server behind it starts anew. */
    control: 8001,
    /** What it sends requests on to. */
    server: 8100,
  },
  /**
   * Longest request that it reads, in MiB. A longer one whose length stands in its head passes unread; one that comes in parts (chunked), as
   * the gateway sends them, has its connection closed.
   */
  longestRequestMiB: 64,
  /** Room for requests that it holds while they are answered, and for answers that pass, in MiB. What finds none is refused. */
  passingMiB: 512,
  /**
   * What it takes of its server's part of a node besides: a CPU; for each byte of answers what its allocator and its index take; and what
   * is there without any answer: the room above, two threads for each request, its program. Assumptions, but for the room.
   */
  overhead: { cpu: 1, share: 0.25, memoryMiB: 1024 },
} as const;
