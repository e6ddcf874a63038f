/** How the audit log names a token: never by its value. */
import type { GivenEvent } from './events.ts';

export function tokenTarget(
  { id, name }: { readonly id: string; readonly name: string },
  holder: { readonly displayName: string },
): Pick<GivenEvent, 'targetType' | 'targetId' | 'targetName'> {
  return {
    targetType: 'TOKEN',
    targetId: id,
    targetName: `${JSON.stringify(name)} of ${holder.displayName}`,
  };
}
