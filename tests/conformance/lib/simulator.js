// A simulated Kubernetes cluster, for the cases whose names begin with kubernetes.
const fs = require("node:fs");
const path = require("node:path");
const { spawn } = require("node:child_process");

class Simulator {
    constructor(folder) {
        this.folder = folder;
    }

    /** Starts it with one cluster. Gives the path of a kubeconfig. */
    async start() {
        fs.mkdirSync(this.folder, { recursive: true });
        this.child = spawn("dotnet", [process.env.CONFORMANCE_SIMULATOR, "serve", "--data", this.folder], { stdio: ["ignore", "ignore", "inherit"] });
        const address = await this.address();
        const cluster = { name: "conformance", images: ["web:*"] };
        const made = await fetch(`${address}/simulator/clusters`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(cluster) });
        if (!made.ok) throw new Error(`the simulator: ${await made.text()}`);
        const kubeconfig = path.join(this.folder, "kubeconfig");
        fs.writeFileSync(kubeconfig, await (await fetch(`${address}/simulator/clusters/${cluster.name}/kubeconfig`)).text());
        return kubeconfig;
    }

    async stop() {
        if (!this.child) return;
        const ended = new Promise((resolve) => this.child.on("close", resolve));
        this.child.kill("SIGTERM");
        await ended;
    }

    async address() {
        const info = path.join(this.folder, "simulator.json");
        for (let attempt = 0; attempt < 300; attempt++) {
            if (this.child.exitCode !== null) throw new Error(`the simulator ended with exit code ${this.child.exitCode}`);
            if (fs.existsSync(info)) return JSON.parse(fs.readFileSync(info, "utf8")).address;
            await new Promise((resolve) => setTimeout(resolve, 100));
        }

        throw new Error("the simulator did not start within 30 seconds");
    }
}

module.exports = { Simulator };
