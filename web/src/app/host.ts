/** Whose preferences the pages speak of: one's own, or those of somebody else. */
import { createContext, useContext } from 'react';
import { useLocation } from 'react-router';
import { useHostName } from '../api/host.ts';
import { useSession } from '../api/session.ts';
import { useSubject } from './subject.ts';

export interface Host {
  readonly email: string;
  /** What the texts call them. */
  readonly name: string;
}

/** Undefined where one's own preferences are shown. */
export const HostContext = createContext<Host | undefined>(undefined);

export function useHost(): Host | undefined {
  return useContext(HostContext);
}

/** The somebody else that the address of the page names; for the frame, which tells everything in it. */
export function useHostOfAddress(): Host | undefined {
  const { pathname } = useLocation();
  const { email: ownEmail } = useSession();
  const { userEmail } = useSubject();
  const isSomebodyElse =
    pathname.startsWith('/preferences') && userEmail?.toLowerCase() !== ownEmail.toLowerCase();
  const email = isSomebodyElse ? userEmail : undefined;
  const name = useHostName(email);
  return email === undefined || name === undefined ? undefined : { email, name };
}
