/** The authorization endpoint: a page for the person to agree on, and the way back to the app with a code (contract 9). */
import type { Deps } from '../deps.ts';
import type { Exchange, Reply } from '../http.ts';
import { page } from '../render-page.ts';
import { DEMO_USER } from '../state.ts';
import { fill } from '../template.ts';
import { issueCode, liveGrantOf } from './grants.ts';
import { AuthorizationError, type AuthorizationRequest, parseAuthorization } from './request.ts';
import { IDENTITY_SCOPES, textOfScope } from './scopes.ts';

/** GET: the consent page; straight back when the person has agreed to all of it before and the app does not insist. */
export function showConsent(deps: Deps, exchange: Exchange): Promise<Reply> {
  return orErrorPage(async () => {
    const request = admitted(deps, exchange);
    const agreed = liveGrantOf(deps, request.clientId)?.scopes ?? [];
    const known = request.scopes.every((scope) => agreed.includes(scope));
    const asks = request.prompt.includes('consent') || request.prompt.includes('select_account');
    if (known && !asks) return redirectWithCode(deps, request, request.scopes);
    if (request.prompt.includes('none')) return redirect(request, { error: 'interaction_required' });
    return consentPage(request);
  });
}

/**
 * POST of the page's form, to the same address with the same query: `decision` is `allow` or `deny`, `scope` stands once
 * for each ticked box. Scopes that were not asked for are not granted; none ticked is a refusal.
 */
export function decideConsent(deps: Deps, exchange: Exchange): Promise<Reply> {
  return orErrorPage(async () => {
    const request = admitted(deps, exchange);
    const form = new URLSearchParams((await exchange.body()).toString('utf8'));
    const ticked = new Set(form.getAll('scope'));
    const boxes = request.scopes.filter((scope) => textOfScope(scope) !== undefined);
    const granted = request.scopes.filter((scope) => ticked.has(scope) || IDENTITY_SCOPES.includes(scope));
    const refused = boxes.length > 0 && !boxes.some((scope) => ticked.has(scope));
    if (form.get('decision') !== 'allow' || refused) return redirect(request, { error: 'access_denied' });
    return redirectWithCode(deps, request, granted);
  });
}

function admitted({ overrides }: Deps, exchange: Exchange): AuthorizationRequest {
  const request = parseAuthorization(exchange.url.searchParams);
  if (overrides.appBlocked) {
    const message =
      'This app tried to access sensitive info in your Google Account. To keep your account safe, Google blocked this access.';
    throw new AuthorizationError(403, 'app_blocked', message);
  }
  if (overrides.adminPolicyEnforced) {
    const message = "Your organization's administrator has not allowed this app to access some of your Google data.";
    throw new AuthorizationError(400, 'admin_policy_enforced', message);
  }
  return request;
}

const html = {
  'Content-Type': 'text/html; charset=UTF-8',
  'Cache-Control': 'no-store',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
};

async function consentPage({ clientId, scopes, loginHint }: AuthorizationRequest): Promise<Reply> {
  const boxes = scopes.flatMap((scope) => {
    const text = textOfScope(scope);
    return text === undefined ? [] : [{ scope, text }];
  });
  const body = fill(await page('consent.html'), {
    app: clientId.replace(/\.apps\.googleusercontent\.com$/, ''),
    email: DEMO_USER.email,
    otherHint: loginHint !== undefined && loginHint !== DEMO_USER.email,
    hint: loginHint ?? '',
    boxes: boxes.map((box, index) => ({ ...box, id: `scope-${index + 1}` })),
    hasBoxes: boxes.length > 0,
    identity: scopes.some((scope) => IDENTITY_SCOPES.includes(scope)),
  });
  return { headers: html, body };
}

async function orErrorPage(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error;
    const { status, code, message } = error;
    return {
      status,
      headers: html,
      body: fill(await page('oauth-error.html'), { status: String(status), code, message }),
    };
  }
}

function redirectWithCode(deps: Deps, request: AuthorizationRequest, granted: string[]): Reply {
  const { code, scopes } = issueCode(deps, request, granted);
  return redirect(request, { code, scope: scopes.join(' ') });
}

function redirect({ redirectUri, state }: AuthorizationRequest, answer: Record<string, string>): Reply {
  const there = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...(state ? { state } : {}), ...answer }))
    there.searchParams.set(name, value);
  return { status: 302, headers: { Location: there.href, 'Cache-Control': 'no-store' }, body: '' };
}
