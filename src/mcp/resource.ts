/** The form of a resource, and the adapter that serves it. Knows the protocol, not what is read. */
import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { AppError } from '../app-error.ts';
import type { Services } from '../context/context.ts';
import { shorten } from '../text/text.ts';

export interface ReadContext extends Services {
  signal: AbortSignal;
}

export type ResourceBody = { json: unknown } | { text: string } | { bytes: Uint8Array; mimeType: string };

interface ResourceWords {
  name: string;
  title: string;
  description: string;
  mimeType: string;
}

/** A resource with one address, shown in `resources/list`. */
export interface FixedResource extends ResourceWords {
  uri: string;
  /** The protocol's `_meta`, in the list and with the contents: what a host of a page must know before it shows it. */
  meta?: Record<string, unknown>;
  read(context: ReadContext): Promise<ResourceBody>;
}

/** A family of resources; never listed one by one (the list must not change as a side effect of other requests). */
export interface TemplateResource extends ResourceWords {
  uriTemplate: string;
  /** Suggestions for a variable, at most 100. */
  complete?: Record<string, (typed: string, context: ReadContext) => Promise<string[]>>;
  /** Variables arrive decoded. */
  read(variables: Record<string, string>, context: ReadContext): Promise<ResourceBody>;
}

export type Resource = FixedResource | TemplateResource;

export function registerResource(server: McpServer, resource: Resource, services: () => Promise<Services>): void {
  const { name, title, description, mimeType } = resource;
  const words = { title, description, mimeType };
  if ('uri' in resource) {
    const _meta = resource.meta;
    server.registerResource(name, resource.uri, { ...words, _meta }, (uri, { mcpReq: { signal } }) =>
      serve({ uri: uri.href, mimeType, _meta }, async () => resource.read({ ...(await services()), signal })),
    );
    return;
  }
  server.registerResource(name, toTemplate(resource, services), words, (uri, variables, { mcpReq: { signal } }) =>
    serve({ uri: uri.href, mimeType }, async () => resource.read(decode(variables), { ...(await services()), signal })),
  );
}

function toTemplate(
  { uriTemplate, complete = {} }: TemplateResource,
  services: () => Promise<Services>,
): ResourceTemplate {
  const completions = Object.entries(complete).map(([variable, suggest]) => [
    variable,
    async (typed: string) => {
      const signal = AbortSignal.timeout(COMPLETION_MS);
      return services()
        .then((all) => suggest(typed, { ...all, signal }))
        .catch(() => []);
    },
  ]);
  return new ResourceTemplate(uriTemplate, { list: undefined, complete: Object.fromEntries(completions) });
}

/** A suggestion that comes later than this comes too late for a person who types. */
const COMPLETION_MS = 5_000;

/** Throws AppError `badId` for what nothing decodes from, such as a lone `%`. */
const decode = (variables: Record<string, string | string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, decodeVariable(String(value))]));

function decodeVariable(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    const words = `"${shorten(value, 60)}" is not what an address can hold.`;
    throw new AppError('badId', words, 'Write it percent-encoded.');
  }
}

interface Envelope {
  uri: string;
  mimeType: string;
  _meta?: Record<string, unknown>;
}

async function serve(envelope: Envelope, read: () => Promise<ResourceBody>): Promise<ReadResourceResult> {
  try {
    const body = await read();
    if ('bytes' in body) {
      const blob = Buffer.from(body.bytes).toString('base64');
      return { contents: [{ ...envelope, mimeType: body.mimeType, blob }] };
    }
    const text = 'text' in body ? body.text : JSON.stringify(body.json);
    return { contents: [{ ...envelope, text }] };
  } catch (error) {
    throw await toProtocolError(envelope.uri, error);
  }
}

const NOT_FOUND = new Set([
  'unknownResult',
  'expiredResult',
  'pastEnd',
  'badPageToken',
  'badReference',
  'badId',
  'notFound',
]);

async function toProtocolError(uri: string, error: unknown): Promise<ProtocolError> {
  const { errorText, explain } = await import('./explain.ts');
  const report = explain(error);
  if (NOT_FOUND.has(report.code)) return new ResourceNotFoundError(uri, errorText(report));
  return new ProtocolError(ProtocolErrorCode.InternalError, errorText(report), { uri, error: report });
}
