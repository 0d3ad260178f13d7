import { type Disposable, Owner } from "../base/disposable.js";
import { Emitter, type Event } from "../base/event.js";
import { UserError, type UserErrorCode } from "../base/userError.js";

/**
 * What one end of a channel offers. `requests` is an interface of async functions of one plain-data parameter, which the end implements;
 * `notifications` names what it tells unasked: name -> payload. An end that offers none of a sort uses `NoMessages`.
 */
export interface ChannelEnd {
  readonly requests: object;
  readonly notifications: object;
}

export type NoMessages = Readonly<Record<never, never>>;

/** A pipe for plain data and typed arrays: a child process, a webview, or a pair in a test. */
export interface Port {
  /** Never throws: what cannot be delivered is lost, and the close that lost it is told. */
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  /** Called once when nothing more will come; the reason is shown to whoever waits. */
  onClose(listener: (reason: string) => void): Disposable;
}

type Name<T> = keyof T & string;
type Params<R, K extends keyof R> = R[K] extends (params: infer P) => Promise<unknown> ? P : never;
type Answer<R, K extends keyof R> = R[K] extends (params: never) => Promise<infer A> ? A : never;

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Failure };

type Failure =
  | { readonly kind: "user"; readonly message: string; readonly code: UserErrorCode | undefined }
  | { readonly kind: "unexpected"; readonly message: string };

type Message =
  | { readonly type: "request"; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly type: "response"; readonly id: number; readonly outcome: Outcome }
  | { readonly type: "notification"; readonly name: string; readonly params: unknown };

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One end of a typed connection, the same class for every pair: requests are answered with `{ok}` or an error (a UserError stays one on
 * the other side), notifications are not answered, and the close of the port rejects every pending request with its reason.
 */
export class Channel<Local extends ChannelEnd, Remote extends ChannelEnd> extends Owner {
  readonly #port: Port;
  readonly #handlers: Local["requests"];
  readonly #pending = new Map<number, Pending>();
  readonly #heard = new Map<string, Emitter<unknown>>();
  readonly #didClose = this._register(new Emitter<string>());
  #nextId = 1;
  #closed: string | undefined;

  /** The port's end, with its reason. Not fired by `dispose`. */
  readonly onDidClose: Event<string> = this.#didClose.event;

  /** Listens at once; `handlers` answers the other end's requests. */
  constructor(port: Port, handlers: Local["requests"]) {
    super();
    this.#port = port;
    this.#handlers = handlers;
    this._register(port.onMessage((message) => this.#receive(message as Message)));
    this._register(port.onClose((reason) => this.#close(reason)));
  }

  /** Asks the other end. Rejects with its error, or with the reason why no answer can come any more. */
  request<K extends Name<Remote["requests"]>>(name: K, params: Params<Remote["requests"], K>): Promise<Answer<Remote["requests"], K>> {
    if (this.#closed !== undefined) return Promise.reject(new UserError(this.#closed));
    const id = this.#nextId++;
    return new Promise<Answer<Remote["requests"], K>>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#send({ type: "request", id, name, params });
    });
  }

  /** Tells the other end; lost if the port has closed. */
  notify<K extends Name<Local["notifications"]>>(name: K, params: Local["notifications"][K]): void {
    if (this.#closed === undefined) this.#send({ type: "notification", name, params });
  }

  /** Hears a notification of the other end. */
  on<K extends Name<Remote["notifications"]>>(name: K, listener: (params: Remote["notifications"][K]) => void): Disposable {
    const emitter = this.#heard.get(name) ?? this._register(new Emitter<unknown>());
    this.#heard.set(name, emitter);
    return emitter.event((params) => listener(params as Remote["notifications"][K]));
  }

  override dispose(): void {
    this.#end("The connection was closed.");
    super.dispose();
  }

  #receive(message: Message): void {
    if (this.#closed !== undefined) return;
    if (message.type === "request") void this.#answer(message.id, message.name, message.params);
    else if (message.type === "notification") this.#heard.get(message.name)?.fire(message.params);
    else if (message.type === "response") this.#settle(message.id, message.outcome);
  }

  async #answer(id: number, name: string, params: unknown): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = { ok: true, value: await this.#handler(name)(params) };
    } catch (error) {
      outcome = { ok: false, error: failureOf(error) };
    }
    if (this.#closed === undefined) this.#send({ type: "response", id, outcome });
  }

  #handler(name: string): (params: unknown) => Promise<unknown> {
    const handlers = this.#handlers as Record<string, unknown>;
    const handler = name in Object.prototype ? undefined : handlers[name];
    if (typeof handler !== "function") throw new Error(`Unknown request "${name}".`);
    return (params) => handler.call(handlers, params);
  }

  #settle(id: number, outcome: Outcome): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (outcome.ok) pending?.resolve(outcome.value);
    else pending?.reject(errorOf(outcome.error));
  }

  #close(reason: string): void {
    if (this.#closed !== undefined) return;
    this.#end(reason);
    this.#didClose.fire(reason);
  }

  #end(reason: string): void {
    this.#closed ??= reason;
    for (const pending of this.#pending.values()) pending.reject(new UserError(reason));
    this.#pending.clear();
  }

  #send(message: Message): void {
    this.#port.send(message);
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof UserError) return { kind: "user", message: error.message, code: error.code };
  return { kind: "unexpected", message: error instanceof Error ? error.message : String(error) };
}

function errorOf(failure: Failure): Error {
  return failure.kind === "user" ? new UserError(failure.message, failure.code) : new Error(failure.message);
}
