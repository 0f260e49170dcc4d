// Calls a server: node client.js PROTOS ADDRESS. Prints one JSON object with what it saw.
const grpc = require("@grpc/grpc-js");
const { load, options } = require("./protos");

const [folder, address] = process.argv.slice(2);
const { pulumirpc } = load(folder);
const monitor = new pulumirpc.ResourceMonitor(address, grpc.credentials.createInsecure(), options);
const engine = new pulumirpc.Engine(address, grpc.credentials.createInsecure(), options);
const events = new pulumirpc.Events(address, grpc.credentials.createInsecure(), options);

const call = (client, method, request) => new Promise(resolve => client[method](request, (error, response) =>
    resolve(error
        ? { code: error.code, details: error.details, bin: (error.metadata.get("grpc-status-details-bin")[0] || "").toString("base64") }
        : response)));

const stream = texts => new Promise(resolve => {
    const sending = events.StreamEvents(error => resolve(error ? error.code : "done"));
    texts.forEach(event => sending.write({ event }));
    sending.end();
});

(async () => {
    const seen = {};
    seen.known = await call(monitor, "SupportsFeature", { id: "secrets" });
    seen.unknown = await call(monitor, "SupportsFeature", { id: "magic" });
    seen.missing = await call(monitor, "GetDeploymentInfo", {});
    seen.failed = await call(monitor, "RegisterResource", { name: "fail" });
    seen.large = (await call(engine, "Log", { message: "x".repeat(20 * 1024 * 1024) })).code || "taken";
    seen.many = (await Promise.all(Array.from({ length: 500 }, (_, i) => call(monitor, "RegisterResource", { name: `r${i}` }))))
        .filter((response, i) => response.urn === `urn:r${i}`).length;
    seen.streamed = await stream(["a", "b", "ü"]);
    console.log(JSON.stringify(seen));
    process.exit(0);
})();
