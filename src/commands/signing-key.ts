import type { Command } from 'commander';
import { KeyStore } from '../oauth/key-store.ts';
import { addKey, keysInUse, publishedBeforeUseMs } from '../oauth/keys.ts';
import type { Io, OpenDatabase } from './io.ts';
import { show, withDatabase } from './output.ts';

interface Options {
  readonly json?: boolean;
}

export function addSigningKeyCommands(program: Command, open: OpenDatabase, io: Io): void {
  const key = program.command('signing-key').description('List and rotate the keys that sign ID tokens.');
  key
    .command('list')
    .description('List the keys that are published; the first one signs.')
    .option('--json', 'print the list as JSON')
    .action(({ json }: Options) =>
      withDatabase(open, async (database) => {
        const inUse = keysInUse(await new KeyStore(database).list(), Date.now());
        const keys = inUse.map(({ number, created }, index) => ({ number, created, signs: index === 0 }));
        const lines = keys.map((each) => `${each.number}  ${each.created}${each.signs ? '  signs' : ''}`);
        const none = 'There is no key yet: the first one is made when it is needed.';
        show(io, json, { keys }, lines.length === 0 ? none : lines.join('\n'));
      }),
    );
  key
    .command('rotate')
    .description(
      'Add a key that signs in the place of the present one, as soon as clients can know it. The old one stays published for a day.',
    )
    .option('--json', 'print the new key, without what is private of it, as JSON')
    .action(({ json }: Options) =>
      withDatabase(open, async (database) => {
        const store = new KeyStore(database);
        await addKey(store, Date.now());
        const { number, created } = (await store.list())[0]!;
        const minutes = publishedBeforeUseMs / 60_000;
        show(io, json, { number, created }, `Added key ${number}; it signs in ${minutes} minutes.`);
      }),
    );
}
