import type { FastifyInstance } from 'fastify';

/**
 * Where browsers and integrations reach the server, as an origin such as `https://meet.example.com`: the base of its
 * links, redirects and issuer. Asked for each time, because it may follow from where the server listens.
 */
export type PublicUrl = () => string;

/** As `configured`, unless that is empty; else where `app` listens. */
export function publicUrlOf(app: FastifyInstance, configured = ''): PublicUrl {
  return () => {
    if (configured !== '') return configured;
    // Not listening at all: a test, or a program that asks it without a network.
    return app.server.listening ? app.listeningOrigin : 'http://localhost';
  };
}

/** Whether browsers speak TLS with it: then no cookie of ours goes over a connection without. */
export function isSecure(publicUrl: PublicUrl): boolean {
  return publicUrl().startsWith('https:');
}
