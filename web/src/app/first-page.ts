/** Whether the application is still about to show its first page: until then, the empty frame of the HTML is shown. */
import { forgetFirstAnswers } from '../api/first-answers.ts';

let isAhead = true;

export function isFirstPageAhead(): boolean {
  return isAhead;
}

export function showFirstPage(): void {
  isAhead = false;
  forgetFirstAnswers();
}
