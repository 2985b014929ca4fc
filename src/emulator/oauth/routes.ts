/** OAuth on the emulator's origin, under today's addresses and the older ones that client libraries still carry. */
import type { Deps } from '../deps.ts';
import type { Handler, Route } from '../http.ts';
import { page } from '../render-page.ts';
import { discovery, olderUserInfo, revoke, tokenInfo, userInfo } from './account.ts';
import { decideConsent, showConsent } from './authorize.ts';
import { token } from './token.ts';

/** Counted as `oauth.auth`, `oauth.consent`, `oauth.token`, `oauth.revoke`, `oauth.tokeninfo`, `oauth.userinfo`, `oauth.discovery`. */
export function oauthRoutes(deps: Deps): Route[] {
  const auth: Handler = (exchange) => showConsent(deps, exchange);
  const decide: Handler = (exchange) => decideConsent(deps, exchange);
  const give: Handler = (exchange) => token(deps, exchange);
  const end: Handler = (exchange) => revoke(deps, exchange);
  const info: Handler = (exchange) => tokenInfo(deps, exchange);
  const user: Handler = (exchange) => userInfo(deps, exchange);
  const olderUser: Handler = (exchange) => olderUserInfo(deps, exchange);
  return [
    ...at(
      ['/o/oauth2/v2/auth', '/o/oauth2/auth'],
      [
        { name: 'oauth.auth', verb: 'GET', handle: auth, localOnly: true },
        { name: 'oauth.consent', verb: 'POST', handle: decide, localOnly: true },
      ],
    ),
    ...at(
      ['/token', '/o/oauth2/token', '/oauth2/v3/token', '/oauth2/v4/token'],
      [{ name: 'oauth.token', verb: 'POST', handle: give }],
    ),
    ...at(
      ['/revoke', '/o/oauth2/revoke'],
      [
        { name: 'oauth.revoke', verb: 'POST', handle: end },
        { name: 'oauth.revoke', verb: 'GET', handle: end },
      ],
    ),
    ...at(
      ['/tokeninfo', '/oauth2/v1/tokeninfo', '/oauth2/v3/tokeninfo'],
      [
        { name: 'oauth.tokeninfo', verb: 'GET', handle: info },
        { name: 'oauth.tokeninfo', verb: 'POST', handle: info },
      ],
    ),
    ...at(
      ['/v1/userinfo', '/oauth2/v3/userinfo'],
      [
        { name: 'oauth.userinfo', verb: 'GET', handle: user },
        { name: 'oauth.userinfo', verb: 'POST', handle: user },
      ],
    ),
    ...at(
      ['/oauth2/v1/userinfo', '/oauth2/v2/userinfo'],
      [
        { name: 'oauth.userinfo', verb: 'GET', handle: olderUser },
        { name: 'oauth.userinfo', verb: 'POST', handle: olderUser },
      ],
    ),
    {
      name: 'oauth.discovery',
      verb: 'GET',
      path: '/.well-known/openid-configuration',
      handle: (exchange) => discovery(deps, exchange),
    },
    { name: 'oauth.style', verb: 'GET', path: '/o/oauth2/style.css', handle: style, control: true },
  ];
}

function at(paths: string[], routes: Omit<Route, 'path'>[]): Route[] {
  return paths.flatMap((path) => routes.map((route) => ({ ...route, path })));
}

async function style() {
  return { headers: { 'Content-Type': 'text/css; charset=UTF-8' }, body: await page('oauth.css') };
}
