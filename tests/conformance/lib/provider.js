// The provider process that most cases share: engines attach to it, as they do to one that runs in a debugger, instead of starting their own.
const path = require("node:path");
const { spawn } = require("node:child_process");

/** Starts it. Gives its port, and how to end it. */
function startProvider(clouds) {
    const { ACME_CLOUD, ...environment } = process.env;
    const child = spawn(process.execPath, [path.join(__dirname, "../provider/pulumi-resource-acme"), "127.0.0.1:0"], {
        env: { ...environment, ACME_CLOUDS: clouds }, stdio: ["ignore", "pipe", "ignore"],
    });
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("exit", (code) => reject(new Error(`the provider ended with exit code ${code}`)));
        child.stdout.once("data", (text) => resolve({ port: Number(text), stop: () => child.kill() }));
    });
}

module.exports = { startProvider };
