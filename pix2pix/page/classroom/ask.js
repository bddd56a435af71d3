/** A request that the server turned away: with a code of its own, or with its status alone. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} [code]
   */
  constructor(status, code) {
    super(`The server answers ${status}.`);
    this.status = status;
    this.code = code;
  }

  /** Is there no use in asking again? A server that is only busy says so. */
  get isFinal() {
    return this.status >= 400 && this.status < 500 && ![408, 429].includes(this.status);
  }
}

/**
 * Asks the classroom's server; without an answer for long, that is an error as well.
 *
 * @param {string} address
 * @param {RequestInit} [options]
 * @throws {Refusal} if it says no
 */
export async function ask(address, options) {
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(address, { cache: 'no-store', signal, ...options });
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => null);
  throw new Refusal(answer.status, said?.error?.code);
}
