// Loads the project's own proto files into the public gRPC implementation.
const grpc = require("@grpc/grpc-js");
const loader = require("@grpc/proto-loader");

const maxMessage = 400 * 1024 * 1024;

exports.options = {
    "grpc.max_send_message_length": maxMessage,
    "grpc.max_receive_message_length": maxMessage,
};

exports.load = folder => grpc.loadPackageDefinition(loader.loadSync(
    ["pulumi/resource.proto", "pulumi/engine.proto", "pulumi/events.proto", "google/rpc/status.proto"],
    { includeDirs: [folder], keepCase: true, longs: Number, defaults: true }));
