/**
 * Whether a page is on iOS, where pages that take much memory are closed without a word; an iPad says
 * that it is a Mac.
 *
 * @param {Pick<Navigator, 'userAgent' | 'maxTouchPoints'>} navigator
 */
export function isOnIOS({ userAgent, maxTouchPoints }) {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}
