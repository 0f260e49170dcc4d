const pulumi = require("@pulumi/pulumi");

const path = require("node:path");
const { Thing } = require("../../lib/acme");

const here = (name) => path.join(__dirname, name);
new Thing("carrier", {
    text: new pulumi.asset.StringAsset("hello"),
    file: new pulumi.asset.FileAsset(here("index.js")),
    folder: new pulumi.asset.AssetArchive({ "a.txt": new pulumi.asset.StringAsset("a"), sub: new pulumi.asset.AssetArchive({ "b.txt": new pulumi.asset.StringAsset("b") }) }),
});
