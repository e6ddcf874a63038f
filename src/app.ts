/** The only composition root: the server, its tests and its benchmarks are all built here. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { mountAdminAudit } from './admin-audit/routes.ts';
import { Audit } from './audit/audit.ts';
import { LoggedPeople } from './audit/logged-people.ts';
import { DeletedUsers } from './directory/deleted-user-store.ts';
import { Deletions } from './directory/deletion-store.ts';
import { PeopleChanges } from './directory/people-changes-store.ts';
import { PeopleStore } from './directory/people-store.ts';
import type { RandomBytes } from './directory/room-names.ts';
import { SiteUsers } from './directory/site-users-store.ts';
import { Directory } from './directory/store.ts';
import { mountHealth } from './health.ts';
import { forgetInBackground, Idempotency } from './identity/idempotency.ts';
import { IdempotencyRegistry } from './identity/idempotency-registry.ts';
import { jwtTokensFrom } from './identity/jwt-tokens.ts';
import { Operations } from './identity/operations.ts';
import { Tokens } from './identity/tokens.ts';
import { wireOAuth } from './oauth/wiring.ts';
import { mountDescription } from './openapi.ts';
import { mountPeople } from './people/routes.ts';
import type { NoteAnswer } from './platform/answers.ts';
import type { Database } from './platform/database.ts';
import { createHttp, type HttpOptions } from './platform/http.ts';
import { type LimitOptions, RateLimits } from './platform/limits.ts';
import type { Log } from './platform/log.ts';
import { publicUrlOf } from './platform/public-url.ts';
import type { SignInSettings } from './platform/sign-in-settings.ts';
import { mountAudio } from './preferences/audio/routes.ts';
import { removeDelegate } from './preferences/delegation-store.ts';
import { mountDetails } from './preferences/details.ts';
import { mountHistory } from './preferences/history/routes.ts';
import { HistoryStore } from './preferences/history/store.ts';
import { mountPersonalMeetingRoom } from './preferences/personal-meeting-room/routes.ts';
import { RecordStore } from './preferences/record-store.ts';
import { mountRoomIds } from './preferences/room-ids/routes.ts';
import { mountSchedulingOptions } from './preferences/scheduling-options/routes.ts';
import { mountSiteSupport } from './preferences/site-support/routes.ts';
import { mountSiteUsers } from './preferences/site-users/routes.ts';
import { mountSites } from './preferences/sites/routes.ts';
import { PreferencesStore } from './preferences/store.ts';
import { mountVideo } from './preferences/video/routes.ts';
import type { Compatibility } from './request/body.ts';
import { mountScim } from './scim/routes.ts';
import { browserCallers } from './sign-in/browser-callers.ts';
import { mountSignIn } from './sign-in/routes.ts';
import { Sessions } from './sign-in/sessions.ts';
import { signInParts } from './sign-in/wiring.ts';
import { mountSiteSettings } from './site-settings/routes.ts';
import { mountTokens } from './tokens/routes.ts';
import { mountWeb } from './web/routes.ts';

export interface AppParts extends HttpOptions, LimitOptions, SignInSettings {
  readonly database: Database;
  readonly log: Log;
  readonly compatibility: Compatibility;
  /** Where browsers reach the server; empty for where it listens. */
  readonly publicUrl: string;
  readonly oauthAccessTokenMinutes: number;
  readonly oauthRefreshTokenDays: number;
  /** Whether the tokens that everybody knows work: in development only. */
  readonly acceptDevelopmentTokens: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly random?: RandomBytes;
  /** Where the built web application is; what `npm run build:web` wrote unless told otherwise. */
  readonly webFolder?: string;
}

const minuteMs = 60_000;

/** Wires a server that is ready to listen. The caller keeps the database, and closes it after the server. */
export function buildApp(parts: AppParts): FastifyInstance {
  const { database, log, compatibility, now = Date.now, random = randomBytes } = parts;
  const limits = new RateLimits(parts);
  const noteAnswer = noteAnswers(parts);
  const app = createHttp(parts, limits, noteAnswer);
  const idempotency = new Idempotency(new IdempotencyRegistry(database), now);
  forgetInBackground(app, idempotency);
  const directory = new Directory(database);
  const audit = new Audit({ database, directory, log, now });
  app.addHook('onClose', () => audit.close());
  const publicUrl = publicUrlOf(app, parts.publicUrl);
  const jwtTokens = jwtTokensFrom(parts, database, now, publicUrl);
  const tokens = new Tokens(database, now, parts.acceptDevelopmentTokens, jwtTokens);
  const sessionLimits = {
    idleMs: parts.sessionIdleMinutes * minuteMs,
    lifetimeMs: parts.sessionLifetimeHours * 60 * minuteMs,
  };
  const sessions = new Sessions({ database, directory, publicUrl, now, limits: sessionLimits });
  const operations = new Operations({
    app,
    database,
    tokens,
    idempotency,
    limits,
    browserCallers: browserCallers(sessions, directory),
    noteAnswer,
  });
  const preferences = new PreferencesStore(database, now, audit);
  const records = new RecordStore(database, now);
  const wiring = { operations, directory, preferences, records, compatibility, random, audit };
  mountDetails(wiring);
  mountPersonalMeetingRoom(wiring);
  mountAudio(wiring);
  mountVideo(wiring);
  mountSchedulingOptions(wiring);
  mountSites(wiring);
  mountSiteSupport(wiring);
  mountRoomIds(wiring);
  mountSiteUsers({ ...wiring, siteUsers: new SiteUsers(database) });
  mountHistory({ ...wiring, history: new HistoryStore(database), deletedUsers: new DeletedUsers(database) });
  const people = new PeopleStore(database);
  const forget = () => {
    for (const memory of [directory, tokens, sessions, preferences]) memory.forgetAll();
  };
  const deletions = new Deletions(database, removeDelegate(database), now, forget);
  const changes = new PeopleChanges({ database, people, deletions, now, random, forget });
  const logged = new LoggedPeople(changes, audit);
  mountPeople({ operations, directory, people, logged, compatibility, publicUrl });
  mountScim({ app, database, operations, directory, people, logged, log, limits, publicUrl, now });
  mountSignIn(signInParts(parts, { app, audit, database, directory, log, now, random, sessions, publicUrl }));
  mountSiteSettings(wiring);
  mountAdminAudit({ operations, directory, database, now });
  mountTokens({ ...wiring, database, people, tokens, now });
  wireOAuth({ ...parts, app, directory, tokens, sessions, publicUrl, operations, limits, audit, now });
  mountHealth(app, database);
  mountDescription(app, operations);
  mountWeb(app, parts.webFolder);
  return app;
}

/** Undefined where the log does not want to know of requests. */
function noteAnswers({ log, clock = () => performance.now() }: AppParts): NoteAnswer | undefined {
  const note = log.request;
  if (note === undefined) return undefined;
  return (request, status) =>
    note({
      trackingId: request.id,
      operation: request.operation?.id ?? 'none',
      status,
      durationUs: Math.round((clock() - request.arrivedMs) * 1000),
      organization: request.caller?.organizationId,
    });
}
