/** What the browser shows at the end of a sign-in: real files in `pages/`, carried as text by the bundle. */
import failed from './pages/sign-in-failed.html';
import signedIn from './pages/signed-in.html';

export interface Page {
  readonly status: number;
  readonly html: string;
}

/** `detail` is one more sentence, or empty. */
export async function signedInPage(detail: string): Promise<Page> {
  return { status: 200, html: fill(signedIn, { detail }) };
}

export async function failedPage(status: number, title: string, detail: string): Promise<Page> {
  return { status, html: fill(failed, { title, detail }) };
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => escaped(values[key] ?? ''));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
