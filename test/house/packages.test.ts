/** What is installed: locked, from wherever a person gets packages, and by any npm that comes with a Node we support. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

interface Locked {
  version?: string;
  integrity?: string;
  link?: boolean;
  libc?: string[];
  resolved?: string;
}

const PACKAGES: Record<string, Locked> = JSON.parse(read('package-lock.json')).packages;
const installed = Object.entries(PACKAGES).filter(([path]) => path !== '');

test('the lock file names no registry, and holds every package by its content', () => {
  expect(read('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('npm 10, which takes out what it does not know, leaves the lock file as it is', () => {
  expect(installed.filter(([, { libc }]) => libc !== undefined).map(([path]) => path)).toEqual([]);
});

test('the lock file knows the packages of every platform: npm would add those that are missing', () => {
  const { optionalDependencies } = JSON.parse(read('node_modules/@biomejs/biome/package.json'));
  const platforms = Object.keys(optionalDependencies).map((name) => `node_modules/${name}`);
  expect(platforms.filter((path) => !(path in PACKAGES))).toEqual([]);
});
