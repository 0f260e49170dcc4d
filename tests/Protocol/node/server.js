// Serves on a free port: node server.js PROTOS. Prints the port, ends when its standard input does.
const grpc = require("@grpc/grpc-js");
const { load, options } = require("./protos");

const { pulumirpc, google } = load(process.argv[2]);

const fail = (call, done) => {
    const metadata = new grpc.Metadata();
    metadata.set("grpc-status-details-bin", Buffer.from(call.request.properties.fields.status.stringValue, "base64"));
    done({ code: grpc.status.UNKNOWN, details: "nicht möglich: 100 %\nzweite Zeile", metadata });
};

const server = new grpc.Server(options);
server.addService(pulumirpc.ResourceMonitor.service, {
    SupportsFeature: (call, done) => done(null, { hasSupport: call.request.id === "secrets" }),
    RegisterResource: (call, done) => setTimeout(() => done(null, { urn: `urn:${call.request.name}` }), Math.random() * 20),
    ReadResource: fail,
    Invoke: (call, done) => done(null, { return: call.request.args }),
    SignalAndWaitForShutdown: () => { /* Never answers; the caller cancels. */ },
});
const received = [];
server.addService(pulumirpc.Events.service, {
    StreamEvents: (call, done) => {
        call.on("data", request => received.push(request.event));
        call.on("end", () => done(null, {}));
    },
});
server.addService(pulumirpc.Engine.service, {
    GetRootResource: (call, done) => done(null, { urn: received.join(",") }),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(port);
});
process.stdin.on("end", () => process.exit(0)).resume();
