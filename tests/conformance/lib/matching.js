// Compares what is with what a case expects. An expected object names the fields that matter; "<secret>", "<any>" and "/pattern/" stand for values.
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

/** The differences, as lines; none when the value is as expected. */
function differences(expected, actual, where) {
    if (expected === "<any>") return actual === undefined ? [`${where}: missing`] : [];
    if (expected === "<secret>") {
        return actual?.[signature] === secret && typeof actual.ciphertext === "string" ? [] : [`${where}: not an encrypted secret but ${JSON.stringify(actual)}`];
    }

    if (expected === null) return actual === undefined || actual === null ? [] : [`${where}: should not be there, but is ${JSON.stringify(actual)}`];
    if (typeof expected === "string" && /^\/.*\/s?$/.test(expected)) {
        const end = expected.lastIndexOf("/");
        const pattern = new RegExp(expected.slice(1, end), expected.slice(end + 1));
        return pattern.test(typeof actual === "string" ? actual : JSON.stringify(actual)) ? [] : [`${where}: ${JSON.stringify(actual)} does not match ${expected}`];
    }

    if (Array.isArray(expected)) {
        if (!Array.isArray(actual) || actual.length !== expected.length) return [`${where}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`];
        return expected.flatMap((item, index) => differences(item, actual[index], `${where}[${index}]`));
    }

    if (typeof expected === "object") {
        if (typeof actual !== "object" || actual === null) return [`${where}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`];
        return Object.entries(expected).flatMap(([key, item]) => differences(item, actual[key], `${where}.${key}`));
    }

    return expected === actual ? [] : [`${where}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`];
}

/** Like differences, but the object must have no other fields. */
function exactDifferences(expected, actual, where) {
    const surplus = Object.keys(actual ?? {}).filter((key) => !(key in expected));
    return [...surplus.map((key) => `${where}.${key}: not expected, but is ${JSON.stringify(actual[key])}`), ...differences(expected, actual ?? {}, where)];
}

/** Compares two lists whose order does not matter. */
function setDifferences(expected, actual, where) {
    const [wanted, found] = [[...expected].sort(), [...actual].sort()];
    return JSON.stringify(wanted) === JSON.stringify(found) ? [] : [`${where}: expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
}

module.exports = { differences, exactDifferences, setDifferences };
