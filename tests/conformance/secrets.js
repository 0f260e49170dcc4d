// Searches everything below a folder - states, histories, backups, locks, settings, event logs, consoles, whatever else is there - for the
// plain secrets of the tests. All of them begin with the same letters, so that none can be forgotten here.
// Argument: the folder.
const fs = require("node:fs");
const path = require("node:path");

const mark = "hush-";
// Base64 turns three bytes into four letters, so what the letters are depends on where the mark begins.
const inBase64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(mark)]).toString("base64");
    return encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + mark.length) * 4) / 3));
});
const forms = {
    "as it is": Buffer.from(mark),
    "in UTF-16": Buffer.from(mark, "utf16le"),
    "in hexadecimal": Buffer.from(Buffer.from(mark).toString("hex")),
    ...Object.fromEntries(inBase64.map((text, offset) => [`in Base64 (${offset})`, Buffer.from(text)])),
};

/** Every file below a folder. */
function* filesOf(folder) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) yield* filesOf(file);
        else if (entry.isFile()) yield file;
    }
}

const folder = process.argv[2];
const found = [];
const kinds = new Map();
let encrypted = 0;
for (const file of filesOf(folder)) {
    const content = fs.readFileSync(file);
    const kind = /\/\.pulumi\/([a-z]+)\//.exec(file)?.[1] ?? (/events-\d+\.log$/.test(file) ? "event logs" : path.basename(file) === "console.log" ? "consoles" : "other");
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    encrypted += content.includes("ciphertext") || content.includes("secure:") ? 1 : 0;
    for (const [form, bytes] of Object.entries(forms)) {
        if (content.includes(bytes)) found.push(`${path.relative(folder, file)}: a plain secret ${form}`);
    }
}

// A search that looks at the wrong place finds nothing, too.
const missing = ["stacks", "history", "backups", "event logs", "consoles"].filter((kind) => !kinds.has(kind));
const problems = [...found, ...missing.map((kind) => `there are no ${kind}: nothing was searched`), ...(encrypted === 0 ? ["nothing is encrypted: no secret was ever written"] : [])];
problems.forEach((problem) => console.log(`FAILED ${problem}`));
console.log(`searched ${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ")}; ${encrypted} hold something encrypted`);
console.log(`${problems.length === 0 ? 1 : 0} passed, ${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;
