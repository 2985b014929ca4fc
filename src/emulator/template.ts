/** Fills the emulator's HTML pages. Whatever a request brought in comes out as text, never as markup. */

export interface Values {
  [name: string]: string | boolean | readonly Values[];
}

const section = /\{\{#(\w+)\}\}([\s\S]*?)\{\{\/\1\}\}/g;
const value = /\{\{(\w+)\}\}/g;

/**
 * `{{name}}` becomes the value, escaped; `{{#name}}…{{/name}}` is kept once for true, dropped for false, and repeated for
 * each entry of a list, whose own values come first.
 */
export function fill(template: string, values: Values): string {
  const withoutSections = template.replace(section, (_, name: string, inner: string) => {
    const found = values[name];
    if (Array.isArray(found)) return found.map((entry) => fill(inner, { ...values, ...entry })).join('');
    return found ? fill(inner, values) : '';
  });
  return withoutSections.replace(value, (_, name: string) => escapeHtml(String(values[name] ?? '')));
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
