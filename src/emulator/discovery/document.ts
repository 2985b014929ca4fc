/**
 * The discovery document of the Library API, from which Google's generic client libraries make their methods. Its facts are
 * those of Google's own document (contract D24), without the prose.
 */
import library from './photoslibrary-v1.json' with { type: 'json' };

interface Parameter {
  type: string;
  format?: string;
  repeated?: boolean;
  enum?: string[];
  default?: string;
}

interface Method {
  httpMethod: string;
  path: string;
  query: Record<string, Parameter>;
  request?: string;
  response: string;
  scopes: string[];
}

const METHODS: Readonly<Record<string, Method>> = library.methods;

/** @param origin as the client reached us, without a slash at the end. */
export function discoveryDocument(origin: string): object {
  return {
    kind: 'discovery#restDescription',
    discoveryVersion: 'v1',
    id: 'photoslibrary:v1',
    name: 'photoslibrary',
    version: 'v1',
    version_module: true,
    revision: library.revision,
    title: 'Photos Library API',
    ownerDomain: 'google.com',
    ownerName: 'Google',
    protocol: 'rest',
    rootUrl: `${origin}/`,
    servicePath: '',
    baseUrl: `${origin}/`,
    batchPath: 'batch',
    fullyEncodeReservedExpansion: true,
    auth: { oauth2: { scopes: scopesOf(METHODS) } },
    parameters: mapped(library.parameters, (parameter) => ({ ...parameter, location: 'query' })),
    resources: resourcesOf(METHODS),
    schemas: mapped(library.schemas, (properties, id) => ({ id, type: 'object', properties })),
  };
}

function resourcesOf(methods: Readonly<Record<string, Method>>): object {
  const resources: Record<string, { methods: Record<string, object> }> = {};
  for (const [id, method] of Object.entries(methods)) {
    const [resource = '', name = ''] = id.split('.');
    resources[resource] ??= { methods: {} };
    resources[resource].methods[name] = methodView(id, method);
  }
  return resources;
}

function methodView(id: string, { httpMethod, path, query, request, response, scopes }: Method): object {
  const inPath = [...path.matchAll(/\{\+(\w+)\}/g)].flatMap(([, name]) => (name ? [name] : []));
  const required = { type: 'string', required: true, location: 'path', pattern: '^[^/]+$' };
  return {
    id: `photoslibrary.${id}`,
    httpMethod,
    path,
    flatPath: path.replaceAll('{+', '{'),
    parameters: {
      ...Object.fromEntries(inPath.map((name) => [name, required])),
      ...mapped(query, (parameter) => ({ ...parameter, location: 'query' })),
    },
    parameterOrder: inPath,
    ...(request ? { request: { $ref: request } } : {}),
    response: { $ref: response },
    scopes: scopes.map(scopeUrl),
  };
}

const scopesOf = (methods: Readonly<Record<string, Method>>): object =>
  Object.fromEntries(Object.values(methods).flatMap(({ scopes }) => scopes.map((name) => [scopeUrl(name), {}])));

const scopeUrl = (name: string): string => `https://www.googleapis.com/auth/${name}`;

const mapped = <T>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => object): object =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
