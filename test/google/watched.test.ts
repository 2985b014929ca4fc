import { describe, expect, it } from 'vitest';
import { clientOf, closedOrigin, hang, rejection, reset, startScripted } from './scripted.ts';

const caption = {
  albumId: 'album',
  newEnrichmentItem: { textEnrichment: { text: 'Día uno' } },
  albumPosition: { position: 'FIRST_IN_ALBUM' },
} as const;

/** What a watched call told, in order. */
function watch(onSend: () => void = () => undefined) {
  const told: string[] = [];
  return {
    told,
    options: {
      onSend: () => {
        told.push('send');
        onSend();
      },
      onRefused: () => void told.push('refused'),
    },
  };
}

describe('a watched write', () => {
  it('goes out as any other does', async () => {
    const server = await startScripted({ json: { enrichmentItem: { id: 'e1' } } });
    const { told, options } = watch();
    const reply = await clientOf(server.origin).call('albums.addEnrichment', caption, options);
    expect(reply).toEqual({ enrichmentItem: { id: 'e1' } });
    expect(told).toEqual(['send']);
    expect(server.seen).toMatchObject([
      {
        verb: 'POST',
        target: '/v1/albums/album:addEnrichment',
        headers: { authorization: 'Bearer tok-1', 'content-type': 'application/json', 'content-length': '106' },
      },
    ]);
    expect(JSON.parse(server.seen[0]?.body.toString() ?? '')).toEqual({
      newEnrichmentItem: { textEnrichment: { text: 'Día uno' } },
      albumPosition: { position: 'FIRST_IN_ALBUM' },
    });
  });

  it('is told of before the server has it whole', async () => {
    const server = await startScripted({ json: {} });
    const wholeBefore: boolean[] = [];
    const { options } = watch(() => wholeBefore.push(server.seen.some(({ body }) => body.length > 0)));
    await clientOf(server.origin).call('albums.addEnrichment', caption, options);
    expect(wholeBefore).toEqual([false]);
  });

  it('is not sent when its record cannot be written', async () => {
    const server = await startScripted({ json: {} });
    const full = new Error('no space left on device');
    const { options } = watch(() => {
      throw full;
    });
    expect(await rejection(clientOf(server.origin).call('albums.addEnrichment', caption, options))).toBe(full);
    expect(server.seen.every(({ body }) => body.length === 0)).toBe(true);
  });

  it('tells of each attempt and of each refusal', async () => {
    const server = await startScripted(
      { status: 429, json: { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }, headers: { 'retry-after': '1' } },
      { json: {} },
    );
    const { told, options } = watch();
    await clientOf(server.origin).call('albums.addEnrichment', caption, options);
    expect(told).toEqual(['send', 'refused', 'send']);
  });

  it('is no refusal when the answer is lost', async () => {
    const server = await startScripted(reset);
    const { told, options } = watch();
    const error = await rejection(clientOf(server.origin).call('albums.addEnrichment', caption, options));
    expect(error).toMatchObject({ reason: 'network', outcomeUnknown: true });
    expect(told).not.toContain('refused');
  });

  it('was never sent to where nobody listens', async () => {
    const { told, options } = watch();
    const error = await rejection(clientOf(await closedOrigin()).call('albums.addEnrichment', caption, options));
    expect(error).toMatchObject({ reason: 'network', nothingHappened: true });
    expect(told).not.toContain('send');
  });

  it('ends with its signal', async () => {
    const server = await startScripted(hang);
    const abort = new AbortController();
    const { options } = watch(() => setTimeout(() => abort.abort(), 20));
    const call = clientOf(server.origin).call('albums.addEnrichment', caption, { ...options, signal: abort.signal });
    expect(await rejection(call)).toMatchObject({ reason: 'aborted', outcomeUnknown: true });
  });
});
