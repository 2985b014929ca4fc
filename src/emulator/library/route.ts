/** A method of the Library API, or of the Picker's, as one literal: what it is called, who may call it, what it reads, what it does. */
import type { Deps } from '../deps.ts';
import type { ServiceName } from '../emulator.d.ts';
import type { Exchange, Reply, Route } from '../http.ts';
import { type Decoded, type Decoder, decodeBody, decodeQuery } from '../json.ts';
import { type Caller, guard } from '../middleware.ts';

type Fields = Readonly<Record<string, Decoder<unknown>>>;
type Message<F extends Fields> = { [K in keyof F]: Decoded<F[K]> };

interface Method<Q extends Fields, B extends Fields> {
  /** The Library API unless it says otherwise. */
  service?: ServiceName;
  name: string;
  verb: Route['verb'];
  path: string;
  /** Any one of these opens it today, */
  scopes: readonly string[];
  /** or, under `--legacy-sharing`, one of these (contract 2). */
  legacyScopes?: readonly string[];
  write?: boolean;
  query?: Q;
  body?: B;
  when?: Route['when'];
}

/** One call: everything a method needs to answer. */
export interface Call<Q extends Fields = Fields, B extends Fields = Fields> {
  deps: Deps;
  caller: Caller;
  exchange: Exchange;
  params: Readonly<Record<string, string>>;
  query: Message<Q>;
  body: Message<B>;
}

/** What a view of an album or item depends on: who looks, and under which origin. */
export type Viewing = Pick<Call, 'deps' | 'caller' | 'exchange'>;

/** @param answer gives the JSON of a 200, or a whole `Reply` when it says so with `status`. */
export function libraryRoute<Q extends Fields, B extends Fields>(
  deps: Deps,
  method: Method<Q, B>,
  answer: (call: Call<Q, B>) => object | Promise<object>,
): Route {
  const { service = 'photoslibrary', name, verb, path, when, scopes, legacyScopes, write } = method;
  const need = { service, scopes, legacyScopes, write };
  const handle = async (exchange: Exchange, caller: Caller): Promise<Reply> => {
    const query = decodeQuery(method.query ?? ({} as Q), exchange.url.searchParams);
    const body = decodeBody(method.body ?? ({} as B), method.body ? await exchange.body() : Buffer.alloc(0));
    const answered = await answer({ deps, caller, exchange, params: exchange.params, query, body });
    return answered instanceof WithStatus ? { status: answered.status, json: answered.json } : { json: answered };
  };
  return { name, verb, path, when, handle: guard(deps, need, handle) };
}

/** An answer whose HTTP status is not 200. */
export class WithStatus {
  readonly status: number;
  readonly json: object;
  constructor(status: number, json: object) {
    this.status = status;
    this.json = json;
  }
}
