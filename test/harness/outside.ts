/** Options of tests that drive a program which is not ours, a browser or a keyring: CI tries them once more. No other test is. */
export const ONCE_MORE_IN_CI = { retry: process.env.CI ? 1 : 0 };
