/** The JSON of a reply, whatever its shape: a test looks at what it expects in it. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of every shape
export const jsonOf = async (reply: Pick<Response, 'json'>): Promise<any> => reply.json();
