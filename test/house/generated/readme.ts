/** The parts of README that are written from the code. */
import { connections, DEMO, installLinks, OWN_LIBRARY } from '../../../src/cli/client-configs.ts';
import { type Access, TOOLSETS } from '../../../src/context/toolsets.ts';
import type { AnyTool } from '../../../src/mcp/tool.ts';

const fence = '```';

const links = (command: typeof DEMO): string =>
  installLinks(command)
    .map(({ client, url }) => `[Install in ${client}](${url})`)
    .join(' · ');

const snippets = (command: typeof DEMO): string =>
  connections(command)
    .map(({ client, where, language, text }) => `**${client}**, ${where}:\n\n${fence}${language}\n${text}\n${fence}`)
    .join('\n\n');

const EFFECT: Record<Access, string> = {
  read: 'reads',
  write: 'adds',
  destructive: 'changes or removes',
};

const parameters = ({ input }: AnyTool): string =>
  Object.entries<{ isOptional(): boolean }>(input.shape)
    .map(([name, schema]) => `\`${name}${schema.isOptional() ? '?' : ''}\``)
    .join(' ') || 'none';

function toolTables(tools: readonly AnyTool[]): string {
  return TOOLSETS.map((toolset) => {
    const rows = tools
      .filter((tool) => tool.toolset === toolset)
      .map((tool) => `| \`${tool.name}\` | ${tool.description} | ${parameters(tool)} | ${EFFECT[tool.access]} |`);
    return [`**\`${toolset}\`**`, '', '| Tool | What it does | Parameters | |', '|---|---|---|---|', ...rows].join(
      '\n',
    );
  }).join('\n\n');
}

/** README with its generated parts written anew; everything else stays. */
export function generateReadme(readme: string, tools: readonly AnyTool[]): string {
  const parts: Record<string, string> = {
    'links-demo': links(DEMO),
    'connect-demo': snippets(DEMO),
    'links-own': links(OWN_LIBRARY),
    'connect-own': snippets(OWN_LIBRARY),
    tools: toolTables(tools),
  };
  return readme.replace(
    /(<!-- generated: ([\w-]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g,
    (_, begin: string, name: string, end: string) => {
      if (parts[name] === undefined) throw new Error(`README has an unknown generated part: ${name}`);
      return `${begin}\n${parts[name]}\n\n${end}`;
    },
  );
}
