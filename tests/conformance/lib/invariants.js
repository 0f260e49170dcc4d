// What must hold after every step of every case, whatever it is about.

/** What is wrong with a deployment's resources: order, identity, references. */
function stateProblems(resources) {
    const problems = [];
    const before = new Set();
    const living = new Set();
    for (const resource of resources) {
        const needed = [resource.parent, ...(resource.dependencies ?? []), ...Object.values(resource.propertyDependencies ?? {}).flat(), resource.deletedWith,
            resource.provider?.slice(0, resource.provider.lastIndexOf("::"))].filter((urn) => urn);
        problems.push(...needed.filter((urn) => !before.has(urn)).map((urn) => `state: ${resource.urn} stands before ${urn}, which it needs`));
        if (resource.custom && !resource.id) problems.push(`state: ${resource.urn} has no id`);
        if (!resource.custom && resource.id) problems.push(`state: the component ${resource.urn} has an id`);
        if (!resource.delete && living.has(resource.urn)) problems.push(`state: ${resource.urn} is there twice`);
        if (!resource.delete) living.add(resource.urn);
        before.add(resource.urn);
    }

    return problems;
}

/** What is wrong with the events of an operation. */
function eventProblems(events) {
    const problems = [];
    const kindOf = (event) => Object.keys(event).find((key) => key.endsWith("Event"));
    events.forEach((event, index) => {
        if (event.sequence !== index) problems.push(`events: number ${event.sequence} at place ${index}`);
        if (!Number.isInteger(event.timestamp)) problems.push(`events: the timestamp ${event.timestamp} is no whole number`);
        const metadata = (event.resourcePreEvent ?? event.resOutputsEvent ?? event.resOpFailedEvent)?.metadata;
        for (const state of [metadata?.old, metadata?.new].filter((it) => it)) {
            if (!state.inputs || !state.outputs) problems.push(`events: ${metadata.urn} without inputs or outputs`);
        }
    });
    const kinds = events.map(kindOf);
    if (kinds[0] !== "preludeEvent") problems.push(`events: the first is ${kinds[0]}`);
    if (kinds.at(-1) !== "cancelEvent" || kinds.filter((kind) => kind === "cancelEvent").length !== 1) problems.push("events: no end mark, or more than one");
    if (kinds.filter((kind) => kind === "summaryEvent").length !== 1) problems.push("events: not one summary");
    return problems;
}

module.exports = { stateProblems, eventProblems };
