/** POST /v1/uploads: one address, told apart by headers and query (contract 5). */
import type { Deps } from '../deps.ts';
import type { Exchange, Route } from '../http.ts';
import { uploadRaw } from './raw.ts';
import { UploadError, uploader } from './replies.ts';
import { commandsOf, createResumable } from './resumable.ts';

/** The upload endpoint's routes, counted as `uploads.raw`, `uploads.start`, `uploads.upload`, `uploads.query`, `uploads.cancel`. */
export function uploadRoutes(deps: Deps): Route[] {
  const resumable = createResumable(deps);
  const address = { verb: 'POST', path: '/v1/uploads' } as const;
  const started = ({ url }: Exchange) => url.searchParams.has('upload_id');
  const commanded = (word: string) => (exchange: Exchange) => started(exchange) && commandsIn(exchange).includes(word);
  return [
    { ...address, name: 'uploads.query', when: commanded('query'), handle: uploader(deps, resumable.query) },
    { ...address, name: 'uploads.cancel', when: commanded('cancel'), handle: uploader(deps, resumable.cancel) },
    { ...address, name: 'uploads.upload', when: commanded('upload'), handle: uploader(deps, resumable.upload) },
    { ...address, name: 'uploads.upload', when: commanded('finalize'), handle: uploader(deps, resumable.upload) },
    { ...address, name: 'uploads.unknown', when: started, handle: uploader(deps, unknownCommand) },
    { ...address, name: 'uploads.start', when: isStart, handle: uploader(deps, resumable.start) },
    {
      ...address,
      name: 'uploads.raw',
      handle: uploader(deps, (exchange, caller) => uploadRaw(deps, exchange, caller)),
    },
  ];
}

const commandsIn = (exchange: Exchange) => commandsOf(exchange.header('x-goog-upload-command'));

const isStart = (exchange: Exchange) =>
  exchange.header('x-goog-upload-protocol') === 'resumable' || commandsIn(exchange).includes('start');

async function unknownCommand(): Promise<never> {
  throw new UploadError(400, 'X-Goog-Upload-Command must be upload, finalize, query or cancel.');
}
