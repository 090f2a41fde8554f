// Checks an export of the bank against the schema of HSDS 3.0, which is no part of the product: node scripts/hsds-check.mjs <schema.json> <export.json>
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const [schemaPath, exportPath] = process.argv.slice(2);
if (schemaPath === undefined || exportPath === undefined) {
  process.stderr.write('用法：node scripts/hsds-check.mjs <service_with_definitions.json> <导出.json>\n');
  process.exit(2);
}
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
// What the specification says beside the schema's own words is left to those who read it; formats are checked below by their meaning.
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat('uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i);
ajv.addFormat('uri', (text) => URL.canParse(text));
ajv.addFormat('email', /^[^\s@]+@[^\s@]+$/);
ajv.addFormat('date-time', (text) => /T/.test(text) && !Number.isNaN(Date.parse(text)));
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
ajv.addFormat('time', /^\d{2}:\d{2}/);
const { name: _, path: __, ...schema } = read(schemaPath);
const validate = ajv.compile(schema);
const file = read(exportPath);
const services = Array.isArray(file) ? file : [file];
let wrong = 0;
for (const service of services) {
  if (validate(service)) continue;
  wrong += 1;
  if (wrong <= 10)
    process.stdout.write(`${service.id} ${service.name}\n${validate.errors.map((e) => `  ${e.instancePath} ${e.message}`).join('\n')}\n`);
}
process.stdout.write(`${services.length} 个服务，${services.length - wrong} 个符合，${wrong} 个不符合\n`);
process.exitCode = wrong === 0 ? 0 : 1;
