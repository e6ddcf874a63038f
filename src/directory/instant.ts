/** A day or a time with its zone, as a time in UTC. A space can only be a + that was not encoded. */
export function instantOf(text: string): string | undefined {
  const given = text.replace(' ', '+');
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(given)) return undefined;
  const time = Date.parse(given);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
