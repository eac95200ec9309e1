import { parseArgs } from 'node:util';
import { readDialectArgument } from './dialect-argument.ts';
import { dialectList } from './dialect-list.ts';
import { startSandbox } from './server.ts';
import { usageText } from './usage.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8443' },
    dialect: { type: 'string', multiple: true, default: [] },
  },
});
if (values.dialect.includes('list')) {
  console.log(dialectList());
  process.exit(0);
}
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port must be a number from 0 to 65535, not ${values.port}`);
  process.exit(1);
}

try {
  const sandbox = await startSandbox({ port, log: 'stdout' });
  try {
    for (const argument of values.dialect) sandbox.dialects.use(...readDialectArgument(argument));
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  console.log(usageText(sandbox));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close());
  }
} catch (error) {
  console.error(`The sandbox did not start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
