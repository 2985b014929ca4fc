/** How the chat around the page looks, and how much room it gives. */
import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps';

/** Height of header and footer, which the list of tiles leaves free. */
const AROUND_TILES = 130;
const SMALLEST_LIST = 200;

/** Puts what the host says onto the document. The host's web fonts are left out: the page loads nothing from anywhere. */
export function applyContext({ style, dataset }: HTMLElement, context: McpUiHostContext): void {
  if (context.theme) style.colorScheme = context.theme;
  for (const [name, value] of Object.entries(context.styles?.variables ?? {}))
    if (name.startsWith('--') && value !== undefined) style.setProperty(name, value);
  for (const [side, pixels] of Object.entries(context.safeAreaInsets ?? {}))
    style.setProperty(`--inset-${side}`, `${pixels}px`);
  const room: { height?: number; maxHeight?: number } = context.containerDimensions ?? {};
  const fills = context.displayMode === 'fullscreen' || room.height !== undefined;
  dataset.fill = String(fills);
  if (room.maxHeight) style.setProperty('--list-height', `${Math.max(SMALLEST_LIST, room.maxHeight - AROUND_TILES)}px`);
  else style.removeProperty('--list-height');
}
