/** All checks, in the order in which one builds upon another. */
import { ACCOUNT_CHECKS } from './account.ts';
import type { Check } from './check.ts';
import { CLIENT_CHECKS } from './client.ts';
import { MACHINE_CHECKS } from './machine.ts';

export const CHECKS: readonly Check[] = [...MACHINE_CHECKS, ...CLIENT_CHECKS, ...ACCOUNT_CHECKS];
