/** Who is signed in. */
import { type QueryClient, useQuery } from '@tanstack/react-query';
import { sessionPath } from './paths.ts';
import { RequestFailed, request } from './request.ts';

export interface Session {
  readonly personId: string;
  readonly email: string;
  readonly displayName: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly roles: {
    readonly fullAdministrator: boolean;
    /** The sites that the user administers. */
    readonly siteAdministrator: readonly string[];
  };
  readonly sites: readonly { readonly siteUrl: string; readonly default: boolean }[];
  readonly scopes: readonly string[];
  /** Whether the server runs for development, with a demo organization. */
  readonly development: boolean;
}

const sessionQuery = {
  queryKey: ['session'],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (await request<Session>(sessionPath, { signal })).value,
};

/** Begins to read it; resolves when it is there, or cannot be had. */
export function prefetchSession(queries: QueryClient): Promise<void> {
  return queries.prefetchQuery({ ...sessionQuery, retry: false });
}

/** For the frame that waits for it; everything inside uses {@link useSession}. */
export function useSessionQuery() {
  return useQuery(sessionQuery);
}

/** The session, of a component that is only shown when there is one. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (data === undefined) throw new Error('used outside of the frame that loads the session');
  return data;
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof RequestFailed && error.status === 401;
}

/** Leaves for the sign-in page, which comes back to where we are. */
export function goToSignIn(): void {
  window.location.assign(signInUrl());
}

export function signInUrl(): string {
  const here = window.location.pathname + window.location.search;
  return `/sign-in?return=${encodeURIComponent(here)}`;
}

/** Whether somebody may do anything for others: a full administrator with a site to administer. */
export function isAdministrator({ roles }: Session): boolean {
  return roles.fullAdministrator && roles.siteAdministrator.length > 0;
}
