/** One call of a tool: validate, run, catch, shape the reply. */
import { setMaxListeners } from 'node:events';
import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { AppError } from '../app-error.ts';
import type { Answer, Call, EnabledTools, Question, Services } from '../context/context.ts';
import { errorText, explain } from './explain.ts';
import { describeIssues } from './schema.ts';
import type { AnyTool, Reply } from './tool.ts';

/** Written to stderr by the command that starts the server; an unexpected error's stack belongs there and nowhere else. */
export type OnUnexpected = (tool: string, error: unknown) => void;

/** What calling takes; loaded and started by the first call, since most processes never see one. */
export interface ToolRuntime {
  tool(name: string): Promise<AnyTool>;
  services(): Promise<Services & EnabledTools>;
  onUnexpected: OnUnexpected;
}

/** Thrown by `ask` to leave a tool until the person has answered; no error. */
class Unanswered extends Error {
  readonly result: InputRequiredResult;

  constructor(result: InputRequiredResult) {
    super('waiting for an answer');
    this.result = result;
  }
}

/** Validates, runs, catches, shapes the reply. */
export async function callTool(
  name: string,
  input: unknown,
  runtime: ToolRuntime,
  call: Call,
): Promise<CallToolResult | InputRequiredResult> {
  try {
    const tool = await runtime.tool(name);
    const parsed = parse(tool, input);
    return toResult(await tool.run(parsed, { ...(await runtime.services()), ...call }));
  } catch (error) {
    if (error instanceof Unanswered) return error.result;
    const report = explain(error);
    if (report.code === 'internal') runtime.onUnexpected(name, error);
    return {
      isError: true,
      content: [{ type: 'text', text: errorText(report) }],
      structuredContent: { error: report },
    };
  }
}

function parse(tool: AnyTool, input: unknown): unknown {
  const parsed = tool.input.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  throw new AppError(
    'invalidInput',
    `${tool.name}: ${describeIssues(parsed.error, tool.input)}`,
    'Correct the call; nothing was sent.',
  );
}

function toResult({ text, data, links = [], images = [], forUi }: Reply): CallToolResult {
  return {
    content: [
      { type: 'text', text },
      ...images.map(({ data: bytes, mimeType }) => ({
        type: 'image' as const,
        data: Buffer.from(bytes).toString('base64'),
        mimeType,
      })),
      ...links.map((link) => ({ type: 'resource_link' as const, ...link })),
    ],
    structuredContent: data,
    ...(forUi && { _meta: forUi }),
  };
}

/** Progress more often than this is more than a person can read, and costs a message each. */
const PROGRESS_INTERVAL_MS = 200;

export function callOf(server: McpServer, context: ServerContext): Call {
  const { signal, _meta } = context.mcpReq;
  // A call may have dozens of requests in flight, each listening for the same cancellation.
  setMaxListeners(0, signal);
  const progressToken = _meta?.progressToken;
  let last = 0;
  return {
    signal,
    progress(done, total, message) {
      const now = Date.now();
      if (progressToken === undefined || (now - last < PROGRESS_INTERVAL_MS && done !== total)) return;
      last = now;
      const params = { progressToken, progress: done, total, message };
      // A client that has gone away is noticed through the signal; progress itself must never fail a call.
      context.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => {});
    },
    ask: (key, question, carry) => ask(key, question, carry, context, capabilitiesOf(server, context)),
    carried: carriedBy(context),
  };
}

function capabilitiesOf(server: McpServer, context: ServerContext): ClientCapabilities | undefined {
  const envelope: Record<string, unknown> | undefined = context.mcpReq.envelope;
  const declared = envelope?.[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  return declared ?? server.server.getClientCapabilities();
}

/** Comes back by way of the client, which could have changed it: good for naming things, not for proving any. */
function carriedBy({ mcpReq }: ServerContext): string | undefined {
  const state = mcpReq.requestState();
  return typeof state === 'string' ? state : undefined;
}

function ask(
  key: string,
  question: Question,
  carry: string | undefined,
  context: ServerContext,
  capabilities?: ClientCapabilities,
): Answer {
  const mode = 'url' in question ? 'url' : 'form';
  if (!canAsk(capabilities, mode)) return 'unavailable';
  const response = inputResponse(context.mcpReq.inputResponses, key);
  if (response.kind === 'missing')
    throw new Unanswered(inputRequired({ inputRequests: { [key]: requestFor(question) }, requestState: carry }));
  if (response.kind !== 'elicit' || response.action !== 'accept') return 'declined';
  return mode === 'url' || isConfirmed(context.mcpReq.inputResponses?.[key]) ? 'accepted' : 'declined';
}

/**
 * Only a ticked box is a yes: what a client makes of it otherwise ("false", 0, nothing) is not for us to interpret. The box
 * is ticked by default, so that a client which hands over no content has shown it as it was, and the person accepted.
 */
function isConfirmed(response: unknown): boolean {
  const content = memberOf(response, 'content') ?? undefined;
  return content === undefined || memberOf(content, 'confirm') === true;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** A client that declares elicitation without modes speaks of forms (protocol 2025-06-18). */
function canAsk(capabilities: ClientCapabilities | undefined, mode: 'url' | 'form'): boolean {
  const elicitation = capabilities?.elicitation;
  if (!elicitation) return false;
  if (mode === 'url') return elicitation.url !== undefined;
  return elicitation.form !== undefined || elicitation.url === undefined;
}

const requestFor = (question: Question) =>
  'url' in question
    ? inputRequired.elicitUrl({ message: question.message, url: question.url })
    : inputRequired.elicit({
        message: question.message,
        requestedSchema: {
          type: 'object',
          properties: { confirm: { type: 'boolean', title: 'Do it', default: true } },
          required: ['confirm'],
        },
      });
