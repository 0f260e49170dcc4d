const { Thing, step } = require("../../lib/acme");

for (const name of ["a", "b", "c"]) new Thing(name, { delay: 100 });
