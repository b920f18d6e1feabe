import { SourceFault } from '../downloads/faults.ts';
import type { FileSource, SourceEntry, SourceFile } from '../downloads/ports.ts';
import { HttpBytes, type AskForRest } from './http-bytes.ts';
import { HttpClient, type HttpAnswer } from './http-client.ts';
import { httpFileFacts, type HttpFileFacts } from './http-file-facts.ts';
import { isPlainBytes, lengthOf } from './http-headers.ts';
import { HttpHeldAnswers, type TakeAnswer } from './http-held-answers.ts';
import { restOf, validatorForRest } from './http-rest.ts';
import { httpNotFound, httpStatusFault } from './http-status-fault.ts';
import { HttpUrlTemplate } from './http-url-template.ts';

/**
 * Offers the files of a service that gives each under an address of its own, and may take minutes before the first byte.
 * What a file is, HEAD tells; where an upstream does not know HEAD, or is slow at it, the head of GET does.
 */
export class HttpFileSource implements FileSource {
  readonly name = 'http';
  readonly #template: HttpUrlTemplate;
  readonly #client: HttpClient;
  readonly #headMs: number;
  readonly #held = new HttpHeldAnswers();

  /** Throws when the template has a mistake. Some upstreams do for HEAD all that they do for GET: after `headMs` the file itself is asked for. */
  constructor({ urlTemplate, headMs = 5000 }: { readonly urlTemplate: string; readonly headMs?: number }) {
    this.#template = new HttpUrlTemplate(urlTemplate);
    this.#client = new HttpClient(this.#template);
    this.#headMs = headMs;
  }

  async find(fileId: number, signal: AbortSignal): Promise<SourceFile> {
    signal.throwIfAborted();
    if (!Number.isSafeInteger(fileId) || fileId < 1) throw httpNotFound(fileId);
    const told = await this.#ask(fileId, signal);
    if (told) return this.#file(fileId, told, () => null);
    const answer = await this.#get(fileId, signal);
    return this.#file(fileId, httpFileFacts(fileId, answer), this.#held.hold(answer));
  }

  async close(): Promise<void> {
    this.#held.close();
    await this.#client.close();
  }

  #file(fileId: number, { fileName, size, contentType, version, modifiedAt }: HttpFileFacts, held: TakeAnswer): SourceFile {
    const open = async (signal: AbortSignal) => this.#open(fileId, size, held, signal);
    const entry: SourceEntry = { path: fileName, size, modifiedAt, open };
    return {
      fileId,
      fileName,
      size,
      contentType,
      folder: false,
      version,
      async *entries() {
        yield entry;
      },
    };
  }

  /** What HEAD tells; null where only GET can tell. */
  async #ask(fileId: number, signal: AbortSignal): Promise<HttpFileFacts | null> {
    const patience = AbortSignal.timeout(this.#headMs);
    try {
      const question = { method: 'HEAD', url: this.#template.urlOf(fileId), headers: {} } as const;
      const answer = await this.#client.ask(question, AbortSignal.any([signal, patience]));
      answer.body.destroy();
      const fault = answer.status === 200 ? null : httpStatusFault(fileId, answer.status);
      // A refusal may mean HEAD alone, as links that were signed for GET do.
      if (answer.status === 501 || fault?.code === 'source-forbidden' || !isPlainBytes(answer.headers)) return null;
      if (fault) throw fault;
      const facts = httpFileFacts(fileId, answer);
      // Servers that make no body for HEAD tell its length: none.
      return facts.size === 0 ? { ...facts, size: null } : facts;
    } catch (error) {
      if (patience.aborted && !signal.aborted) return null;
      throw error;
    }
  }

  async #get(fileId: number, signal: AbortSignal): Promise<HttpAnswer> {
    const answer = await this.#client.ask({ method: 'GET', url: this.#template.urlOf(fileId), headers: {} }, signal);
    const fault = answer.status !== 200 ? httpStatusFault(fileId, answer.status) : isPlainBytes(answer.headers) ? null : packed();
    if (!fault) return answer;
    answer.body.destroy();
    throw fault;
  }

  async #open(fileId: number, size: number | null, held: TakeAnswer, signal: AbortSignal): Promise<HttpBytes> {
    signal.throwIfAborted();
    const answer = held() ?? (await this.#get(fileId, signal));
    const total = lengthOf(answer.headers);
    if (size !== null && total !== null && size !== total) {
      answer.body.destroy();
      throw new SourceFault('checksum-mismatch', 'The source gives another number of bytes than it had said.');
    }
    return new HttpBytes(answer.body, total ?? size, this.#rest(fileId, answer), signal);
  }

  /** How to go on with the same bytes; null where the upstream cannot. */
  #rest(fileId: number, answer: HttpAnswer): AskForRest | null {
    const validator = validatorForRest(answer);
    if (validator === null) return null;
    return async (offset, signal) => {
      const headers = { range: `bytes=${offset}-`, 'if-range': validator };
      const rest = await this.#client.ask({ method: 'GET', url: this.#template.urlOf(fileId), headers }, signal).catch(unlessAway);
      return rest && restOf(rest, offset, validator);
    };
  }
}

function unlessAway(error: unknown): null {
  if (error instanceof SourceFault && error.code === 'source-unavailable') return null;
  throw error;
}

function packed(): SourceFault {
  return new SourceFault('source-unavailable', 'The source sends the file packed for the way, although it was asked for it as it is.');
}
