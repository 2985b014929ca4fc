/** How long things may take, in milliseconds: the only place where these times stand. */
export const BUDGETS = {
  /** A tool call works so long before it answers with how far it is: clients give a call about a minute. */
  toolCall: 50_000,
  /** One call of a method, retries and waits included: a tool call has to be able to tell of its failure. */
  methodCall: 45_000,
  /** One read, before it is tried again. */
  read: 20_000,
  /** One call of the Picker API: a person waits for the link, and a poll that failed is followed by the next. */
  pickerCall: 20_000,
  /** A write that got no answer may still take effect for so long: before that it is not to be done again. */
  lateEffect: 3_000,
} as const;
