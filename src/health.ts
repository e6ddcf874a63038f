import type { FastifyInstance } from 'fastify';
import { unavailable } from './errors.ts';
import { jsonMediaType } from './platform/answers.ts';
import type { Database } from './platform/database.ts';

/** `/livez`: the process answers. `/readyz`: it can read its database and is not about to stop; else 503. */
export function mountHealth(app: FastifyInstance, database: Database): void {
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  app.get('/livez', async (_request, reply) => {
    reply.type(jsonMediaType);
    return '{"status":"live"}';
  });
  app.get('/readyz', async (_request, reply) => {
    if (isStopping) throw unavailable();
    await database.check();
    reply.type(jsonMediaType);
    return '{"status":"ready"}';
  });
}
