/**
 * What a page needs before it can show anything is asked for while its code is still on its way: `early.ts` asks, and
 * whoever wants the same a moment later gets that answer.
 */
import { sectionPath, sessionPath, subjectIn } from './paths.ts';

/** Makes the server take the session cookie: pages of other origins cannot send it. */
export const sessionHeaders = { 'x-anteroom-session': '1' } as const;

/** What the pages of the preferences read first. */
const sectionsOfPages: Readonly<Record<string, readonly string[]>> = {
  '/': ['personalMeetingRoom', 'siteSupport'],
  '/preferences/personal-room': ['personalMeetingRoom', 'siteSupport'],
  '/preferences/audio': ['audio', 'siteSupport'],
  '/preferences/video': ['video', 'siteSupport'],
  '/preferences/scheduling': ['schedulingOptions', 'siteSupport'],
  '/preferences/sites': ['sites'],
};

const answers = new Map<string, Promise<Response>>();
/** Whether the code of the page is there already, and asks by itself. */
let isTooLate = false;

/** Asks for what the page at this address begins with. */
export function askFirst({ pathname, search }: { readonly pathname: string; readonly search: string }): void {
  if (isTooLate) return;
  const subject = subjectIn(new URLSearchParams(search));
  const sections = (sectionsOfPages[pathname] ?? []).map((section) => sectionPath(section, subject));
  for (const path of [sessionPath, ...sections]) {
    const answer = fetch(path, { headers: sessionHeaders, cache: 'no-store' });
    // Whoever takes it is told of its failure.
    answer.catch(() => {});
    answers.set(path, answer);
  }
}

/** The answer to the GET of `path` that was asked for early; once. */
export function takeFirstAnswer(path: string): Promise<Response> | undefined {
  isTooLate = true;
  const answer = answers.get(path);
  answers.delete(path);
  return answer;
}

/** What nobody took when the first page was shown is not what anybody wants to know later. */
export function forgetFirstAnswers(): void {
  isTooLate = true;
  answers.clear();
}
