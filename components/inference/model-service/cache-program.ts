import { varnish } from "../../../catalog/varnish";

/** What the program of a cache is made for. */
export interface CacheProgram {
  /** Port of 127.0.0.1 that it sends requests on to. */
  readonly serverPort: number;
  /** Minutes that an answer is given again. */
  readonly minutes: number;
}

/** Paths of its own port: whether it is there, and that the server behind it starts anew. */
export const controlPaths = { health: "/health", restarted: "/server-started" } as const;

/** Header of an answer that says where it comes from. Not `X-Cache`, which Azure Front Door and others set. */
export const cacheHeader = "x-response-cache";

/** Seconds for which the engine may say nothing: far longer than the route lets a request take. */
const patienceSeconds = 3600;

/**
 * Matches a request that asks for temperature 0: a JSON object whose own keys have no escapes, `temperature` among them once, with 0. It reads
 * the object to its end, since the same words may stand in a prompt, in the schema of a tool, or twice; what it does not understand passes.
 * Possessive throughout: it never goes back, so that a long prompt costs one pass.
 */
const asksForTemperatureZero = String.raw`(?xs)
    (?(DEFINE)
      (?<space>  [ \t\r\n]*+ )
      (?<text>   " (?: [^"\\]++ | \\. )*+ " )
      (?<list>   \[ (?: (?&value) (?: , (?&value) )*+ | (?&space) ) \] )
      (?<pair>   (?&space) (?&text) (?&space) : (?&value) )
      (?<object> \{ (?: (?&pair) (?: , (?&pair) )*+ | (?&space) ) \} )
      (?<value>  (?&space) (?: (?&text) | (?&object) | (?&list) | [^\s"{}\[\],:]++ ) (?&space) )
      (?<other>  (?&space) (?! "temperature" ) " [^"\\]*+ " (?&space) : (?&value) )
    )
    \A (?&space) \{
      (?: (?&other) , )*+
      (?&space) "temperature" (?&space) : (?&space) 0 (?: \. 0++ )? (?&space)
      (?: , (?&other) )*+
    \} (?&space) \z`;

/**
 * What the cache before a server does with a request, in VCL. Kept are answers that are the same each time, and nothing else.
 * Source: varnishcache/varnish-cache:doc/sphinx/reference/vcl.rst, vcl_var.rst and bin/varnishd/builtin.vcl (8.0, and 7.1 alike)
 */
export function cacheProgram({ serverPort, minutes }: CacheProgram): string {
  const longest = varnish.longestRequestMiB * 2 ** 20;
  return `vcl 4.1;

import bodyaccess;
import std;

backend server {
  .host = "127.0.0.1";
  .port = "${serverPort}";
  .first_byte_timeout = ${patienceSeconds}s;
  .between_bytes_timeout = ${patienceSeconds}s;
}

sub vcl_recv {
  if (local.socket == "control") {
    if (req.url == "${controlPaths.restarted}") {
      # It may have other weights now, and what it said while it broke down is forgotten.
      ban("obj.status != 0");
    } elsif (req.url != "${controlPaths.health}") {
      return (synth(404));
    }
    return (synth(200));
  }
  # Whoever is here may ask: the gateway has looked at keys and tokens.
  if (req.method != "POST" || req.url !~ "^/v1/(chat/)?completions$" || req.http.Cache-Control ~ "no-store") {
    return (pass);
  }
  # To read it is to hold it. A request of unknown length that is longer ends here.
  if (std.integer(req.http.Content-Length, 0) > ${longest} || !std.cache_req_body(${longest}B)) {
    return (pass);
  }
  if (bodyaccess.rematch_req_body("""${asksForTemperatureZero}""") != 1) {
    return (pass);
  }
  if (req.http.Cache-Control ~ "no-cache") {
    set req.hash_always_miss = true;
  }
  return (hash);
}

sub vcl_hash {
  hash_data(req.url);
  bodyaccess.hash_req_body();
  return (lookup);
}

sub vcl_backend_fetch {
  # Varnish makes a GET of what it means to keep.
  if (!bereq.uncacheable) {
    set bereq.method = "POST";
  }
  # Engines close a connection that is idle for some seconds, perhaps just as it is used again.
  set bereq.http.Connection = "close";
  unset bereq.http.Via;
  unset bereq.http.X-Varnish;
  return (fetch);
}

sub vcl_backend_response {
  set beresp.grace = 0s;
  set beresp.keep = 0s;
  if (bereq.uncacheable) {
    return (deliver);
  }
  if (beresp.status == 200) {
    set beresp.ttl = ${minutes}m;
  } else {
    call not_kept;
  }
  return (deliver);
}

sub vcl_backend_error {
  call not_kept;
  set beresp.http.Content-Type = "application/json";
  set beresp.body = {"{"error": {"message": "The response cache has no answer from the server of the model.", "type": "ServiceUnavailable", "code": 503}}"};
  return (deliver);
}

# For a moment whoever wants the same asks as well, several at a time. Otherwise those who waited for it would ask one after the other.
sub not_kept {
  set beresp.uncacheable = true;
  set beresp.ttl = 1s;
  set beresp.grace = 0s;
  set beresp.keep = 0s;
}

sub vcl_deliver {
  if (obj.uncacheable) {
    set resp.http.${cacheHeader} = "pass";
  } elsif (obj.hits > 0) {
    set resp.http.${cacheHeader} = "hit";
  } else {
    set resp.http.${cacheHeader} = "miss";
  }
  # Age stays, and says how old an answer is. The others name pods and requests to whoever asks.
  unset resp.http.Via;
  unset resp.http.X-Varnish;
  return (deliver);
}

sub vcl_synth {
  return (deliver);
}
`;
}
