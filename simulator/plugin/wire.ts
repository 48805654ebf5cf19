import { Metadata, type sendUnaryData, type ServerUnaryCall, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Props, toProps } from "../../core/property-value";

/** What the engine is told of a resource that exists. */
interface Shown {
  readonly id: string;
  readonly inputs: Props;
  readonly outputs: Props;
}

/** Properties out of a message; none when the message has none. */
export function fromStruct(struct: Struct | undefined): Props {
  return toProps(struct?.toJavaScript() ?? {});
}

/** Properties for a message. */
export function toStruct(props: Props): Struct {
  return Struct.fromJavaScript(props);
}

/**
 * An error as the engine understands it. With a resource it says that this one exists but is not as wanted: the engine
 * keeps it in the state and tries again next time.
 */
export class RpcError extends Error {
  public readonly code: status;
  public readonly metadata = new Metadata();

  public constructor(message: string, code: status = status.UNKNOWN, resource?: Shown) {
    super(message);
    this.code = code;
    if (resource !== undefined) this.metadata.add("grpc-status-details-bin", initDetails(message, code, resource));
  }
}

/** Turns a function into a method of a gRPC service. What it throws becomes the answer. */
export function unary<Request, Response>(
  method: (request: Request) => Response | Promise<Response>,
): (call: ServerUnaryCall<Request, Response>, answer: sendUnaryData<Response>) => void {
  return ({ request }, answer) => {
    Promise.resolve()
      .then(() => method(request))
      .then(
        (response) => answer(null, response),
        (error: unknown) => answer(toServiceError(error)),
      );
  };
}

function toServiceError(error: unknown): Partial<ServiceError> {
  if (error instanceof RpcError) return { code: error.code, details: error.message, metadata: error.metadata };
  return { code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) };
}

function initDetails(message: string, code: status, { id, inputs, outputs }: Shown): Buffer {
  const detail = new ErrorResourceInitFailed();
  detail.setId(id);
  detail.setInputs(toStruct(inputs));
  detail.setProperties(toStruct(outputs));
  detail.addReasons(message);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new Status();
  whole.setCode(code);
  whole.setMessage(message);
  whole.addDetails(any);
  return Buffer.from(whole.serializeBinary());
}
