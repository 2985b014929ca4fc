/** Imported by programs that run until they are killed: they end with the test's process, also when that is killed. */
process.stdin.on('end', () => process.exit()).resume();
// A program that comes to its own end need not wait for that.
if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
