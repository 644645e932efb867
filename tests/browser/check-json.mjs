// Holds JSON documents against a JSON Schema: node check-json.mjs SCHEMA FILE…; prints one line per fault.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const [schema, ...files] = process.argv.slice(2);
const check = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  .compile(JSON.parse(readFileSync(schema, "utf8")));
for (const file of files) {
  if (!check(JSON.parse(readFileSync(file, "utf8"))))
    for (const { instancePath, message } of check.errors.slice(0, 5)) console.log(`${file} ${instancePath}: ${message}`);
}
