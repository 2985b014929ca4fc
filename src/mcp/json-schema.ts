import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';

export type JsonSchema = Record<string, unknown>;

/** The schema as the SDK takes it: its JSON for the list, and no validation. */
export function forListing(json: JsonSchema): StandardSchemaWithJSON {
  return {
    '~standard': {
      version: 1,
      vendor: 'google-photos-mcp',
      validate: (value) => ({ value }),
      jsonSchema: { input: () => json, output: () => json },
    },
  };
}
