"use strict";

// Stands for @grpc/grpc-js, which the SDK's errors load for one that comes of remote calls: the rules make none.
