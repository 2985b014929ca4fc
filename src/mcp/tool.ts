/** The form of a tool: one literal in one file (design 5). */
import type * as z from 'zod';
import type { Scope } from '../auth/scopes.ts';
import type { Context } from '../context/context.ts';
import type { Access, Toolset } from '../context/toolsets.ts';

export interface ResourceLink {
  uri: string;
  name: string;
  mimeType?: string;
}

/** What a tool answers: words for the model, the same facts as data, and where to read more. */
export interface Reply {
  text: string;
  data: Record<string, unknown>;
  links?: ResourceLink[];
  images?: { data: Uint8Array; mimeType: string }[];
  /** For the tool's page in the chat alone (the result's `_meta`): no model reads or pays for it. */
  forUi?: Record<string, unknown>;
}

export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** `{folder}_{file}` in snake case; a test compares it with the path. */
  name: string;
  title: string;
  description: string;
  toolset: Toolset;
  access: Access;
  /** What it cannot do its work without; left out by a tool that is one method of Google's, which has the method's. */
  scopes?: readonly Scope[];
  /** Whether a second call with the same input changes nothing more. Reading always is. */
  idempotent?: boolean;
  /** Whether it talks to anything but this machine. Default true. */
  openWorld?: boolean;
  input: Input;
  output: Output;
  /** Address of the page on which clients with MCP Apps show the reply to people (a `ui://` resource). */
  ui?: string;
  /** The happy path; whatever it throws is explained by `explain.ts`. */
  run(input: z.output<Input>, context: Context): Promise<Reply>;
}

/** Checks a tool literal's types; `run` sees the input that its schema describes. */
export const defineTool = <Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
): Tool<Input, Output> => tool;

/** A tool whose input type is forgotten: what lists hold. Only the adapter, which validates first, may run it. */
// biome-ignore lint/suspicious/noExplicitAny: variance of `run`; the adapter parses with `input` before it calls
export type AnyTool = Tool<any, any>;

/** All four hints, always explicit: defaults of the protocol are pessimistic, and reviewers look for them first. */
export function hintsOf({ title, access, idempotent = access === 'read', openWorld = true }: AnyTool) {
  return {
    title,
    readOnlyHint: access === 'read',
    destructiveHint: access === 'destructive',
    idempotentHint: idempotent,
    openWorldHint: openWorld,
  };
}
