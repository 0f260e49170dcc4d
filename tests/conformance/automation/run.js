// Drives the `pulumi` of PATH by Pulumi's own Automation API for Node, and checks that each call does what the API's documentation promises.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const { LocalWorkspace, PulumiCommand, Stack, CommandError, ConcurrentUpdateError, StackAlreadyExistsError, StackNotFoundError } = require("@pulumi/pulumi/automation");
const { usual, slow, throwing, refused } = require("./programs");

const { CONFORMANCE_WORK: work, CONFORMANCE_CLOUDS: clouds } = process.env;
const folder = path.join(work, "automation");
const cloud = path.join(clouds, "automation");
[folder, cloud, path.join(folder, "tmp"), path.join(folder, "local")].forEach((it) => fs.mkdirSync(it, { recursive: true }));
process.env.TMPDIR = path.join(folder, "tmp"); // Where the API makes the folders of inline programs.

const envVars = {
    ACME_CLOUD: cloud,
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "battery staple",
    PATH: `${path.join(__dirname, "../provider")}${path.delimiter}${process.env.PATH}`,
};
const projectName = "automation";
const password = "hush-automation-password";
const console_ = [];
const said = (text) => console_.push(text);
const inline = (stackName, program = usual) => [{ stackName, projectName, program }, { envVars }];
const things = () => fs.readdirSync(cloud).filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -5)).sort();
const urn = (name) => `urn:pulumi:dev::automation::acme:index:Thing::${name}`;
const until = async (holds) => {
    while (!holds()) await new Promise((done) => setTimeout(done, 20));
};

const steps = [];
const step = (name, run) => steps.push({ name, run });
const shared = {};

step("PulumiCommand.get: finds the executable and its version", async () => {
    const command = await PulumiCommand.get();
    assert.equal(command.version.major, 3);
});

step("selectStack: a stack that does not exist is StackNotFoundError", async () => {
    await assert.rejects(LocalWorkspace.selectStack(...inline("nobody")), StackNotFoundError);
});

step("createStack (inline program)", async () => {
    shared.stack = await LocalWorkspace.createStack(...inline("dev"));
    assert.equal(shared.stack.name, "dev");
});

step("createStack: a stack that exists is StackAlreadyExistsError", async () => {
    await assert.rejects(Stack.create("dev", shared.stack.workspace), StackAlreadyExistsError);
});

step("createOrSelectStack: selects what exists", async () => {
    const again = await LocalWorkspace.createOrSelectStack(...inline("dev"));
    assert.deepEqual(await again.getAllConfig(), {});
});

step("createOrSelectStack: creates what does not, by its qualified name", async () => {
    await LocalWorkspace.createOrSelectStack(...inline(`organization/${projectName}/other`));
});

step("whoAmI", async () => {
    const who = await shared.stack.workspace.whoAmI();
    assert.ok(who.user.length > 0);
    assert.equal(who.url, `file://${folder}`);
});

step("listStacks and the workspace's current stack", async () => {
    const stacks = await shared.stack.workspace.listStacks();
    assert.deepEqual(stacks.map((it) => it.name).sort(), ["dev", "other"]);
    assert.equal((await shared.stack.workspace.stack()).name, "dev");
});

step("setConfig and getConfig: plain, secret, values that look like flags, paths", async () => {
    const { stack } = shared;
    await stack.setConfig("size", { value: "1" });
    await stack.setConfig("password", { value: password, secret: true });
    await stack.setConfig("dash", { value: "-1 --force" });
    await stack.setConfig("deep.list[0].name", { value: "inside" }, true);
    await stack.setConfig("deep.hidden", { value: "hush-automation-path", secret: true }, true);
    assert.deepEqual(await stack.getConfig("size"), { value: "1", secret: false });
    assert.deepEqual(await stack.getConfig("password"), { value: password, secret: true });
    assert.equal((await stack.getConfig("dash")).value, "-1 --force");
    assert.equal((await stack.getConfig("deep.list[0].name", true)).value, "inside");
});

step("setAllConfig and getAllConfig", async () => {
    const { stack } = shared;
    await stack.setAllConfig({ "a": { value: "1" }, "other:b": { value: "hush-automation-all", secret: true }, "c": { value: "3" } });
    const all = await stack.getAllConfig();
    assert.deepEqual(all["automation:a"], { value: "1", secret: false });
    assert.deepEqual(all["other:b"], { value: "hush-automation-all", secret: true });
    assert.deepEqual(JSON.parse(all["automation:deep"].value), { list: [{ name: "inside" }], hidden: "hush-automation-path" });
});

step("setAllConfigJson", async () => {
    await shared.stack.setAllConfigJson(JSON.stringify({ "automation:d": { value: "4", secret: false }, "automation:e": { value: "hush-automation-json", secret: true } }));
    assert.equal((await shared.stack.getConfig("d")).value, "4");
    assert.deepEqual(await shared.stack.getConfig("e"), { value: "hush-automation-json", secret: true });
});

step("removeConfig and removeAllConfig", async () => {
    const { stack } = shared;
    await stack.removeConfig("deep.list", true);
    await stack.removeConfig("dash");
    await stack.removeAllConfig(["a", "c", "d", "e", "other:b"]);
    assert.deepEqual(Object.keys(await stack.getAllConfig()).sort(), ["automation:deep", "automation:password", "automation:size"]);
});

step("getConfig: a key that is not there is an error", async () => {
    await assert.rejects(shared.stack.getConfig("nobody"), /configuration key 'nobody' not found for stack 'dev'/);
});

step("tags: set, get, list, remove", async () => {
    const { stack } = shared;
    await stack.setTag("team", "blue & green");
    await stack.setTag("tier", "1");
    assert.equal((await stack.getTag("team")).trim(), "blue & green");
    await stack.removeTag("tier");
    const tags = await stack.listTags();
    assert.equal(tags.team, "blue & green");
    assert.ok(!("tier" in tags));
});

step("preview (inline): counts, events, nothing done", async () => {
    const events = [];
    const preview = await shared.stack.preview({ onEvent: (event) => events.push(event), onOutput: said });
    assert.deepEqual(preview.changeSummary, { create: 3 });
    assert.ok(events.some((event) => event.resourcePreEvent?.planning && event.resourcePreEvent.metadata.op === "create"));
    assert.deepEqual(things(), []);
});

step("up (inline): outputs with secrets, summary, events in order", async () => {
    const events = [];
    const result = await shared.stack.up({ message: "the first", parallel: 2, onEvent: (event) => events.push(event), onOutput: said });
    assert.deepEqual(result.outputs.address, { value: "acme://first-1", secret: false });
    assert.deepEqual(result.outputs.secret, { value: password, secret: true });
    assert.deepEqual(result.outputs.nested.value, { open: "yes", closed: "hush-automation-nested" });
    assert.deepEqual(result.outputs.list.value, [1, 2, 3]);
    assert.equal(result.summary.kind, "update");
    assert.equal(result.summary.result, "succeeded");
    assert.equal(result.summary.message, "the first");
    assert.deepEqual(result.summary.resourceChanges, { create: 3 });
    assert.ok(result.summary.startTime instanceof Date && result.summary.endTime >= result.summary.startTime);
    assert.equal(result.summary.config["automation:password"].secret, true);
    assert.deepEqual(events.map((event) => event.sequence), events.map((_, index) => index));
    assert.ok("preludeEvent" in events[0] && events.at(-1).cancelEvent);
    assert.deepEqual(events.find((event) => event.summaryEvent).summaryEvent.resourceChanges, { create: 3 });
    assert.deepEqual(things(), ["first-1", "second-1"]);
    assert.doesNotMatch(result.stdout, /hush-/);
});

step("outputs", async () => {
    const outputs = await shared.stack.outputs();
    assert.deepEqual(outputs.secret, { value: password, secret: true });
    assert.deepEqual(outputs.address, { value: "acme://first-1", secret: false });
});

step("up again with expectNoChanges", async () => {
    const result = await shared.stack.up({ expectNoChanges: true, onOutput: said });
    assert.deepEqual(result.summary.resourceChanges, { same: 3 });
});

step("up with targets", async () => {
    await shared.stack.setConfig("size", { value: "2" });
    const result = await shared.stack.up({ target: [urn("second")], onOutput: said });
    assert.equal(result.summary.resourceChanges.update ?? 0, 0);
});

step("preview with a diff", async () => {
    const preview = await shared.stack.preview({ diff: true, onOutput: said });
    assert.deepEqual(preview.changeSummary, { same: 1, update: 2 }); // Its provider has no previews: what the second takes from the first is unknown.
    assert.match(preview.stdout, /size/);
});

step("expectNoChanges: an error when there are changes", async () => {
    await assert.rejects(shared.stack.preview({ expectNoChanges: true }), /no changes were expected but changes were proposed|no changes were expected/);
});

step("up with replace", async () => {
    const result = await shared.stack.up({ replace: [urn("second")], onOutput: said });
    assert.deepEqual(result.summary.resourceChanges, { same: 1, update: 1, replace: 1 });
    assert.deepEqual(things(), ["first-1", "second-2"]);
});

step("previewRefresh and refresh find drift", async () => {
    const file = path.join(cloud, "first-1.json");
    const thing = JSON.parse(fs.readFileSync(file, "utf8"));
    fs.writeFileSync(file, JSON.stringify({ ...thing, inputs: { ...thing.inputs, size: 99 } }));
    assert.deepEqual((await shared.stack.previewRefresh()).changeSummary, { same: 2, update: 1 });
    const result = await shared.stack.refresh({ onOutput: said });
    assert.equal(result.summary.kind, "refresh");
    assert.deepEqual(result.summary.resourceChanges, { same: 2, update: 1 });
});

step("up with refresh puts it right", async () => {
    await shared.stack.up({ refresh: true, onOutput: said });
    assert.equal(JSON.parse(fs.readFileSync(path.join(cloud, "first-1.json"), "utf8")).inputs.size, 2);
});

step("history: all, and by pages", async () => {
    const all = await shared.stack.history();
    assert.deepEqual(all.map((it) => it.kind), ["update", "refresh", "update", "update", "update", "update"]);
    assert.deepEqual((await shared.stack.history(2, 2)).map((it) => it.kind), ["update", "update"]);
    assert.equal(all.at(-1).message, "the first");
});

step("info: the last update", async () => {
    assert.equal((await shared.stack.info()).result, "succeeded");
});

step("refreshConfig: the configuration of the last update", async () => {
    await shared.stack.setConfig("size", { value: "77" });
    const config = await shared.stack.refreshConfig();
    assert.equal(config["automation:size"].value, "2");
    assert.deepEqual(config["automation:password"], { value: password, secret: true });
});

step("exportStack and importStack", async () => {
    const deployment = await shared.stack.exportStack();
    assert.equal(deployment.version, 3);
    assert.equal(deployment.deployment.resources.length, 4);
    const other = await LocalWorkspace.selectStack(...inline("dev"));
    await other.importStack({ ...deployment, deployment: { ...deployment.deployment, resources: deployment.deployment.resources.filter((it) => !it.urn.endsWith("::second")) } });
    assert.equal((await shared.stack.exportStack()).deployment.resources.length, 3);
    await shared.stack.importStack(deployment);
    assert.deepEqual((await shared.stack.outputs()).secret, { value: password, secret: true });
});

step("up: a program that throws is an error, and the history says failed", async () => {
    const failing = await LocalWorkspace.selectStack(...inline("other", throwing));
    await assert.rejects(failing.up({ onOutput: said }), /the inline program gives up/);
    assert.equal((await failing.history())[0].result, "failed");
});

step("up: a resource that fails is a CommandError", async () => {
    const failing = await LocalWorkspace.selectStack(...inline("other", refused));
    await assert.rejects(failing.up({ onOutput: said }), (error) => error instanceof CommandError && /the cloud refuses to create refused/.test(error.message));
});

step("a second update at the same time is ConcurrentUpdateError", async () => {
    const first = await LocalWorkspace.selectStack(...inline("other", slow(2500)));
    const second = await LocalWorkspace.selectStack(...inline("other", slow(0)));
    const running = first.up({ onOutput: said });
    await until(() => fs.readFileSync(path.join(cloud, "calls.log"), "utf8").includes("create slow"));
    await assert.rejects(second.up(), ConcurrentUpdateError);
    await running;
});

step("cancel takes the lock away", async () => {
    const locks = path.join(folder, ".pulumi/locks/organization/automation/other");
    fs.mkdirSync(locks, { recursive: true });
    fs.writeFileSync(path.join(locks, "7c9e6679-7425-40de-944b-e07fc1f90ae7.json"), JSON.stringify({ pid: 1, username: "somebody", hostname: "elsewhere", timestamp: new Date().toISOString() }));
    const stack = await LocalWorkspace.selectStack(...inline("other", slow(0)));
    await assert.rejects(stack.up(), ConcurrentUpdateError);
    await stack.cancel();
    await stack.up({ onOutput: said });
});

step("an abort signal ends an update in good order", async () => {
    const stack = await LocalWorkspace.createStack(...inline("aborted", async () => {
        const { Thing } = require("../lib/acme");
        const aborted = new Thing("aborted", { delay: 2000 });
        new Thing("never", { peer: aborted.address });
    }));
    const controller = new AbortController();
    const running = stack.up({ signal: controller.signal, onOutput: said });
    await until(() => fs.readFileSync(path.join(cloud, "calls.log"), "utf8").includes("create aborted"));
    controller.abort();
    await assert.rejects(running);
    const state = await stack.exportStack();
    assert.deepEqual(state.deployment.resources.filter((it) => it.type === "acme:index:Thing").map((it) => it.id), ["aborted-1"]);
    assert.ok(!things().includes("never-1"));
    await stack.destroy({ remove: true, onOutput: said });
});

step("import takes over a resource", async () => {
    fs.writeFileSync(path.join(cloud, "found.json"), JSON.stringify({ inputs: { size: 3, zone: "south" } }));
    const result = await shared.stack.import({ resources: [{ type: "acme:index:Thing", name: "imported", id: "found" }], protect: false, generateCode: false, onOutput: said });
    assert.equal(result.summary.kind, "resource-import");
    const state = await shared.stack.exportStack();
    assert.equal(state.deployment.resources.find((it) => it.urn === urn("imported")).id, "found");
});

step("rename", async () => {
    const other = await LocalWorkspace.selectStack(...inline("other", slow(0)));
    await other.rename({ stackName: "renamed" });
    await assert.rejects(LocalWorkspace.selectStack(...inline("other")), StackNotFoundError);
    const renamed = await LocalWorkspace.selectStack(...inline("renamed", slow(0)));
    assert.ok((await renamed.exportStack()).deployment.resources.every((it) => it.urn.startsWith("urn:pulumi:renamed::")));
});

step("removeStack: refused while there are resources, then forced", async () => {
    const { workspace } = shared.stack;
    await assert.rejects(workspace.removeStack("renamed"), /still contains resources|still has resources/);
    await workspace.removeStack("renamed", { force: true });
    assert.deepEqual((await workspace.listStacks()).map((it) => it.name), ["dev"]);
});

step("previewDestroy and destroy", async () => {
    const preview = await shared.stack.previewDestroy();
    assert.deepEqual(preview.changeSummary, { delete: 4 });
    const result = await shared.stack.destroy({ onOutput: said });
    assert.equal(result.summary.kind, "destroy");
    assert.deepEqual(things(), ["slow-1"]);
    assert.deepEqual(await shared.stack.outputs(), {});
});

step("workspace.removeStack, and then it is not found", async () => {
    await shared.stack.workspace.removeStack("dev");
    await assert.rejects(LocalWorkspace.selectStack(...inline("dev")), StackNotFoundError);
});

step("project and stack settings of a workspace", async () => {
    const workspace = await LocalWorkspace.create({ envVars, projectSettings: { name: "settings", runtime: "nodejs" }, program: usual });
    assert.equal((await workspace.projectSettings()).name, "settings");
    await workspace.createStack("dev");
    const settings = await workspace.stackSettings("dev");
    await workspace.saveStackSettings("dev", { ...settings, config: { "settings:key": "value" } });
    assert.equal((await workspace.getConfig("dev", "key")).value, "value");
    await workspace.removeStack("dev", { preserveConfig: true });
});

step("plugins: list, install what is there already, remove", async () => {
    const workspace = await LocalWorkspace.create({ envVars, projectSettings: { name: "plugins", runtime: "nodejs" } });
    const home = path.join(folder, "home/plugins/resource-test-v1.0.0");
    fs.mkdirSync(home, { recursive: true });
    fs.writeFileSync(path.join(home, "pulumi-resource-test"), "");
    const [plugin] = await workspace.listPlugins();
    assert.equal(`${plugin.kind} ${plugin.name} ${plugin.version}`, "resource test 1.0.0");
    await workspace.installPlugin("test", "v1.0.0");
    await workspace.removePlugin("test", "1.0.0");
    assert.deepEqual(await workspace.listPlugins(), []);
});

// The program stays in its folder; what the stack needs there is written to a copy, so that the source stays clean.
const localFolder = () => {
    const target = path.join(folder, "local");
    fs.writeFileSync(path.join(target, "Pulumi.yaml"), `name: automation-local\nruntime: nodejs\nmain: ${path.join(__dirname, "local")}\n`);
    return target;
};

step("local program: create, configure, preview, up, outputs", async () => {
    const stack = await LocalWorkspace.createOrSelectStack({ stackName: "local", workDir: localFolder() }, { envVars });
    await stack.setAllConfig({ size: { value: "5" }, key: { value: "hush-automation-local", secret: true } });
    assert.deepEqual((await stack.preview()).changeSummary, { create: 2 });
    const result = await stack.up({ onOutput: said });
    assert.deepEqual(result.outputs, { size: { value: 5, secret: false }, key: { value: "hush-automation-local", secret: true } });
    shared.local = stack;
});

step("local program: a broken configuration is an error that says so", async () => {
    await shared.local.setConfig("size", { value: "many" });
    await assert.rejects(shared.local.up({ onOutput: said }), /size.*many|many.*size/s);
});

step("local program: destroy with the program run, and remove", async () => {
    await shared.local.setConfig("size", { value: "5" });
    await shared.local.destroy({ runProgram: true, remove: true, onOutput: said });
    await assert.rejects(LocalWorkspace.selectStack({ stackName: "local", workDir: localFolder() }, { envVars }), StackNotFoundError);
});

async function main() {
    const counts = { passed: 0, failed: 0 };
    for (const { name, run } of steps) {
        const started = Date.now();
        try {
            await run();
            counts.passed++;
            console.log(`ok     ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
        } catch (error) {
            counts.failed++;
            console.log(`FAILED ${name}\n${(error.stack ?? String(error)).replaceAll(/^/gm, "       ")}`);
        }
    }

    fs.writeFileSync(path.join(folder, "console.log"), console_.join(""));
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    process.exitCode = counts.failed > 0 ? 1 : 0;
}

main();
