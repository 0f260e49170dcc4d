const { spawn } = require("node:child_process");

/**
 * Runs a program to its end.
 * @returns {Promise<{code: number, output: string, errors: string}>}
 */
function run(file, args, { cwd, env, onStart } = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
        const result = { code: -1, output: "", errors: "" };
        child.stdout.setEncoding("utf8").on("data", (text) => (result.output += text));
        child.stderr.setEncoding("utf8").on("data", (text) => (result.errors += text));
        child.on("error", reject);
        child.on("close", (code, signal) => resolve({ ...result, code: code ?? `killed by ${signal}` }));
        onStart?.(child, result);
    });
}

module.exports = { run };
