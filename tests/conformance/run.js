// Runs the cases of the folder cases on the `pulumi` of PATH, two at a time, and says which of them pass.
// Arguments: parts of the names of cases to run; all without any.
const fs = require("node:fs");
const path = require("node:path");
const { Case } = require("./lib/case");
const { Simulator } = require("./lib/simulator");
const { startProvider } = require("./lib/provider");

const places = 2;

async function main() {
    const { CONFORMANCE_WORK: work, CONFORMANCE_CLOUDS: clouds } = process.env;
    if (!work || !clouds) throw new Error("start it by tests/conformance/run, which sets CONFORMANCE_WORK, CONFORMANCE_CLOUDS and PATH");
    const filters = process.argv.slice(2);
    const names = fs.readdirSync(path.join(__dirname, "cases")).filter((name) => filters.length === 0 || filters.some((filter) => name.includes(filter))).sort();
    const simulator = new Simulator(path.join(clouds, "simulator"));
    const counts = { passed: 0, failed: 0 };
    const provider = await startProvider(clouds);
    try {
        const environment = { ...process.env, KUBECONFIG: names.some((name) => name.startsWith("kubernetes")) ? await simulator.start() : "/dev/null" };
        const waiting = [...names];
        await Promise.all(Array.from({ length: places }, async () => {
            for (let name = waiting.shift(); name; name = waiting.shift()) {
                await runCase(name, new Case(name, path.join(__dirname, "cases", name), work, clouds, environment, provider.port), counts);
            }
        }));
    } finally {
        provider.stop();
        await simulator.stop();
    }

    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

async function runCase(name, it, counts) {
    const started = Date.now();
    const problems = await it.run().catch((error) => [error.stack]);
    counts[problems.length === 0 ? "passed" : "failed"]++;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${problems.length === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s): ${it.definition.covers.join(", ")}`);
    problems.forEach((problem) => console.log(problem.replaceAll(/^/gm, "       ")));
}

main().catch((error) => {
    console.error(error.message);
    process.exitCode = 2;
});
