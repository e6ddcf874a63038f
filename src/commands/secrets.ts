import type { Command } from 'commander';
import { type Io, type OpenDatabase, UsageError } from './io.ts';
import { counted, show, withDatabase } from './output.ts';
import { sealAll } from './sealing.ts';

export function addSecretsCommands(program: Command, open: OpenDatabase, io: Io): void {
  const secrets = program.command('secrets').description('Look after the key that PINs are sealed with.');
  secrets
    .command('rotate')
    .description(
      'Seal all PINs with the first of the keys that are given; the others only open. Servers may run meanwhile, with the same keys.',
    )
    .option('--json', 'print the key and the count as JSON')
    .action(({ json }: { json?: boolean }) =>
      withDatabase(open, async (database) => {
        const { keyId } = database.secrets;
        if (keyId === undefined) {
          throw new UsageError('There is no key: give one with ANTEROOM_SECRETS_KEY or --secrets-key-file.');
        }
        const sealed = await sealAll(database);
        show(io, json, { keyId, sealed }, `Sealed ${counted(sealed, 'secret')} with the key ${keyId}.`);
      }),
    );
}
