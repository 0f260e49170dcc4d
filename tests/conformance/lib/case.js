// Runs one case: a stack of its own, through the steps of its case.json.
const fs = require("node:fs");
const path = require("node:path");
const { run } = require("./process");
const { differences, exactDifferences, setDifferences } = require("./matching");
const { stateProblems, eventProblems } = require("./invariants");

const operations = ["up", "preview", "refresh", "destroy"];

class Case {
    /**
     * @param name The case, and its project.
     * @param folder Where its program and its case.json are.
     * @param work Where it may write.
     * @param clouds Where its cloud is to be.
     * @param environment The environment of commands.
     * @param provider The address of the provider process that the cases share; those that say "plugin": "own" have the engine start one.
     */
    constructor(name, folder, work, clouds, environment, provider) {
        this.name = name;
        this.definition = JSON.parse(fs.readFileSync(path.join(folder, "case.json"), "utf8"));
        this.folder = folder;
        this.work = path.join(work, name);
        this.cloud = path.join(clouds, name);
        this.env = {
            ...environment,
            ACME_CLOUD: this.cloud,
            ...(this.definition.plugin === "own" ? {} : { PULUMI_DEBUG_PROVIDERS: `acme:${provider}` }),
            PULUMI_HOME: path.join(this.work, "home"),
            PULUMI_BACKEND_URL: `file://${this.work}`,
            PULUMI_CONFIG_PASSPHRASE: "correct horse",
            PULUMI_DEBUG_COMMANDS: "true",
            PULUMI_SKIP_UPDATE_CHECK: "true",
        };
    }

    /** Runs all steps; the first with problems ends the case. Gives the problems. */
    async run() {
        fs.mkdirSync(this.work, { recursive: true });
        fs.mkdirSync(this.cloud, { recursive: true });
        this.writeProject(this.name, this.folder);
        let problems = await this.pulumi(["stack", "init", "dev"], "0").then((result) => (result.code === 0 ? [] : [`stack init: ${result.errors}`]));
        for (const [key, value] of Object.entries(this.definition.config ?? {})) {
            const words = typeof value === "object" ? ["--secret", key, value.secret] : [key, value];
            const result = await this.pulumi(["config", "set", ...words], "0");
            if (result.code !== 0) problems.push(`config set ${key}: ${result.errors}`);
        }

        for (const [index, step] of this.definition.steps.entries()) {
            if (problems.length > 0) break;
            problems = (await this.runStep(step, index + 1)).map((problem) => `step ${index + 1} (${step.run}): ${problem}`);
        }

        return problems;
    }

    writeProject(name, main) {
        // TypeScript's compiler, which the SDK loads unless it is told otherwise, takes a third of the time of a program that has nothing to compile.
        const { project, runtime = "runtime: { name: nodejs, options: { typescript: false } }" } = this.definition;
        fs.writeFileSync(
            path.join(this.work, "Pulumi.yaml"),
            `name: ${name}\n${runtime}\nmain: ${main}\nplugins:\n  providers:\n    - name: acme\n      path: ${path.join(__dirname, "../provider")}\n${project ?? ""}`);
    }

    async pulumi(words, step, more = {}) {
        const result = await run("pulumi", words, { cwd: this.work, env: { ...this.env, STEP: step, ...more.env }, onStart: more.onStart });
        fs.appendFileSync(path.join(this.work, "console.log"), `$ pulumi ${words.slice(0, 2).join(" ")}\n${result.output}${result.errors}exit ${result.code}\n`);
        return result;
    }

    async runStep(step, number) {
        this.change(step.before ?? {});
        const callsBefore = this.calls().length;
        const words = (Array.isArray(step.run) ? step.run : step.run.split(" ")).map((word) => this.fillIn(word));
        const log = path.join(this.work, `events-${number}.log`);
        const isOperation = operations.includes(words[0]);
        if (isOperation) {
            words.push("--event-log", log, ...(words[0] === "preview" || words.includes("--preview-only") ? [] : ["--yes", "--skip-preview"]));
        }

        const result = await this.pulumi(words, String(number), { env: step.env, onStart: step.interrupt && ((child) => this.interrupt(child, step.interrupt)) });
        const expect = step.expect ?? {};
        const text = result.output + result.errors;
        const problems = [];
        if (differences(expect.exit ?? 0, result.code, "").length > 0) return [`exit code ${result.code}, expected ${expect.exit ?? 0}:\n${text}`];
        const events = fs.existsSync(log) ? fs.readFileSync(log, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line)) : [];
        if (isOperation && !expect.refused) problems.push(...eventProblems(events));
        if (expect.changes) problems.push(...exactDifferences(expect.changes, events.find((event) => event.summaryEvent)?.summaryEvent.resourceChanges, "changes"));
        const calls = this.calls().slice(callsBefore);
        problems.push(...this.checkCalls(expect, calls), ...this.checkState(expect), ...this.checkCloud(expect));
        problems.push(...(expect.shows ?? []).flatMap((pattern) => (new RegExp(pattern, "s").test(text) ? [] : [`does not show ${pattern}`])));
        problems.push(...(expect.hides ?? []).flatMap((pattern) => (new RegExp(pattern, "s").test(text) ? [`shows ${pattern}`] : [])));
        if (expect.json) problems.push(...differences(expect.json, JSON.parse(result.output), "json"));
        problems.push(...(await this.checkCluster(expect.cluster ?? [])));
        return problems.length > 0 ? [...problems, text] : [];
    }

    // What happens behind the engine's back before a step.
    change({ remove = [], edit = {} }) {
        remove.forEach((id) => fs.rmSync(path.join(this.cloud, `${id}.json`)));
        for (const [id, inputs] of Object.entries(edit)) {
            const file = path.join(this.cloud, `${id}.json`);
            const thing = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : { inputs: {} };
            fs.writeFileSync(file, JSON.stringify({ ...thing, inputs: { ...thing.inputs, ...inputs } }));
        }
    }

    interrupt(child, { after, again }) {
        const send = () => child.exitCode === null && child.signalCode === null && child.kill("SIGINT");
        const timer = setInterval(() => {
            if (!this.calls().includes(after)) return;
            clearInterval(timer);
            send();
            if (again) setTimeout(send, 500);
        }, 20);
        child.on("close", () => clearInterval(timer));
    }

    fillIn(word) {
        return word
            .replace(/\{urn:([^}]*)\}/g, (_, name) => this.resources().find((resource) => resource.urn.endsWith(`::${name}`))?.urn ?? name)
            .replaceAll("{case}", this.name).replaceAll("{work}", this.work).replaceAll("{folder}", this.folder);
    }

    calls() {
        const file = path.join(this.cloud, "calls.log");
        return fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n").filter((line) => line) : [];
    }

    deployment() {
        const file = path.join(this.work, ".pulumi/stacks", this.name, "dev.json");
        return (fs.existsSync(file) && JSON.parse(fs.readFileSync(file, "utf8")).checkpoint.latest) || { resources: [] };
    }

    resources() {
        return this.deployment().resources ?? [];
    }

    checkCalls(expect, calls) {
        const effective = calls.filter((call) => !/^(check|diff|created|deleted) /.test(call));
        const problems = expect.calls ? setDifferences(expect.calls, effective, "calls") : [];
        for (const [first, second] of expect.order ?? []) {
            if (!(calls.indexOf(first) >= 0 && calls.indexOf(first) < calls.indexOf(second))) problems.push(`'${first}' does not come before '${second}' in ${calls.join(", ")}`);
        }

        // Which comes first is open: a program registers all that does not depend on each other at once.
        if (expect.oneAtATime) {
            const marks = calls.filter((call) => call.startsWith(expect.oneAtATime));
            const pairs = marks.filter((_, index) => index % 2 === 0).map((call) => [call, call.replace(" ", "d ")]);
            if (marks.length === 0 || marks.join() !== pairs.flat().join()) problems.push(`'${expect.oneAtATime}' is not done one at a time: ${marks.join(", ")}`);
        }

        return problems;
    }

    checkState(expect) {
        const all = this.resources();
        const problems = stateProblems(all);
        const nameOf = (resource) => resource.urn.split("::").slice(3).join("::");
        if (expect.resources) {
            const own = all.filter((it) => it.type !== "pulumi:pulumi:Stack" && !/^default(_|$)/.test(nameOf(it)));
            problems.push(...setDifferences(expect.resources, own.map(nameOf), "resources"));
        }

        for (const [name, wanted] of Object.entries(expect.state ?? {})) {
            const found = all.filter((it) => nameOf(it) === name);
            problems.push(...differences(wanted, found.find((it) => !it.delete) ?? found[0], `state of ${name}`));
        }

        if (expect.outputs) problems.push(...exactDifferences(expect.outputs, all.find((it) => it.type === "pulumi:pulumi:Stack")?.outputs ?? {}, "outputs"));
        if (expect.pending) problems.push(...setDifferences(expect.pending, (this.deployment().pending_operations ?? []).map((it) => `${it.type} ${nameOf(it.resource)}`), "pending"));
        return problems;
    }

    checkCloud(expect) {
        const ids = fs.readdirSync(this.cloud).filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
        const problems = expect.things ? setDifferences(expect.things, ids, "things") : [];
        for (const [id, wanted] of Object.entries(expect.cloud ?? {})) {
            problems.push(...differences(wanted, ids.includes(id) ? JSON.parse(fs.readFileSync(path.join(this.cloud, `${id}.json`), "utf8")).inputs : undefined, `cloud ${id}`));
        }

        return problems;
    }

    async checkCluster(wanted) {
        const problems = [];
        for (const { get, namespace, is } of wanted) {
            const result = await run("kubectl", ["get", get, "--namespace", namespace ?? "default", "--output", "json", "--ignore-not-found"], { env: this.env });
            if (result.code !== 0) problems.push(`kubectl get ${get}: ${result.errors}`);
            else problems.push(...differences(is, result.output ? JSON.parse(result.output) : undefined, get));
        }

        return problems;
    }
}

module.exports = { Case };
