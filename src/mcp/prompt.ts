/** The form of a prompt, a starter that a person picks in their client, and the adapter that offers it. */
import { completable, type McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Services } from '../context/context.ts';

export interface SuggestContext extends Services {
  signal: AbortSignal;
}

/** Values for an argument that begin with, or contain, what was typed. The protocol shows at most 100. */
export type Suggest = (typed: string, context: SuggestContext) => Promise<string[]>;

export interface PromptArgument {
  description: string;
  /** Default false. */
  required?: boolean;
  suggest: Suggest;
}

export interface Prompt<Name extends string = string> {
  name: string;
  title: string;
  description: string;
  /** Tools that its text names; without one of them it is not offered. */
  tools: readonly string[];
  arguments: Record<Name, PromptArgument>;
  /** What the person says to the assistant by picking it. Arguments that were not given are undefined. */
  text(given: Partial<Record<Name, string>>): string;
}

/** Checks a prompt literal: `text` sees the arguments that it declares. */
export const definePrompt = <Name extends string>(prompt: Prompt<Name>): Prompt<Name> => prompt;

/** A suggestion that comes later comes too late for a person who types. */
const SUGGEST_MS = 3_000;

export function registerPrompt(server: McpServer, prompt: Prompt, services: () => Promise<Services>): void {
  const { name, title, description } = prompt;
  const fields: Record<string, z.ZodString | z.ZodOptional<z.ZodString>> = {};
  for (const [argument, { description, required, suggest }] of Object.entries(prompt.arguments)) {
    const field = completable(z.string().describe(description), (typed) => suggestInTime(suggest, typed, services));
    fields[argument] = required ? field : field.optional();
  }
  server.registerPrompt(name, { title, description, argsSchema: z.object(fields) }, (given) => ({
    description,
    messages: [{ role: 'user', content: { type: 'text', text: prompt.text(withoutBlanks(given)) } }],
  }));
}

/** Without a sign-in or a connection there is nothing to suggest, which is no error for a person who types. */
const suggestInTime = (suggest: Suggest, typed: string, services: () => Promise<Services>): Promise<string[]> => {
  const signal = AbortSignal.timeout(SUGGEST_MS);
  const late = new Promise<string[]>((resolve) => signal.addEventListener('abort', () => resolve([]), { once: true }));
  const found = services().then((all) => suggest(typed, { ...all, signal }));
  return Promise.race([found.catch(() => []), late]);
};

/** Clients send fields that were left empty as empty texts. */
const withoutBlanks = (given: Partial<Record<string, string>>): Partial<Record<string, string>> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value?.trim()));
